//! How it is said what putting something right would change.

use crate::Change;
use casebook::command::labels;

/// What stands over changes of one kind.
pub fn title(what: Change) -> &'static str {
    match what {
        Change::Gone => "Whether the child is gone",
        Change::Stranded => "Would stand before the start of the absence",
        Change::Due => "Would have to be done",
        Change::ToCome => "Would have to be done later",
        Change::NoLonger => "Would not have to be done any more",
        Change::Moved => "Would have another time limit",
        Change::Owner => "Would be for somebody else to do",
        Change::Unknown => "Could not be known any more",
        Change::Late => "Was done, and would count as late",
        Change::InTime => "Was done, and would not count as late any more",
    }
}

/// An absence that there would not be.
pub fn no_absence(start: &str) -> String {
    format!("The absence that began {start} would be none.")
}

/// An absence that there would be.
pub fn an_absence(start: &str) -> String {
    format!("An absence would begin {start}.")
}

/// The child would be gone.
pub fn is_gone(name: &str, start: &str) -> String {
    format!("{name} would be on record as gone, since {start}.")
}

/// The child would be back.
pub fn is_back(name: &str) -> String {
    format!("{name} would not be on record as gone any more.")
}

/// A limit.
pub fn by(due: &str) -> String {
    if due.is_empty() { "no time set".into() } else { format!("by {due}") }
}

/// A limit that passed undone.
pub fn overdue_since(due: &str) -> String {
    format!("overdue since {due}")
}

/// A limit in the place of another.
pub fn not_by(due: &str, was: &str) -> String {
    let was = if due.starts_with("by ") { was.strip_prefix("by ").unwrap_or(was) } else { was };
    if was == by("") {
        return format!("{due}; until now no time is set");
    }
    format!("{due}, not {was}")
}

/// It was done before.
pub fn done_already(at: &str) -> String {
    if at.is_empty() { "done".into() } else { format!("done {at}") }
}

/// What did it would do it no more.
pub fn counted_as_done(by: &str) -> String {
    format!("{by}; until now it counts as done")
}

/// It comes up later.
pub fn from(at: &str) -> String {
    format!("from {at}")
}

/// Whose it is.
pub fn whose(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!("for the {name}") }
}

/// Whose it would be in the place of another.
pub fn not_for(name: &str, was: &str) -> String {
    match (name, was) {
        ("", was) => format!("for somebody who is not known yet, not for the {was}"),
        (name, "") => format!("for the {name}"),
        (name, was) => format!("for the {name}, not for the {was}"),
    }
}

/// Of which absence: by its beginning and its end, as where one is chosen.
pub fn of_absence(lasted: &str) -> String {
    format!("of the absence {lasted}")
}

/// Who hears of it.
pub fn told(roles: &[String]) -> String {
    match roles {
        [] => String::new(),
        [one] => format!("{} was told, and hears once that the time was corrected.", labels::capital(one)),
        [all @ .., last] => {
            let all = format!("{} and {last}", all.join(", "));
            format!("{} were told, and hear once that the time was corrected.", labels::capital(&all))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_in_the_place_of_another_says_both() {
        assert_eq!(not_by(&by("19:30 today"), &by("18:30 today")), "by 19:30 today, not 18:30 today");
        assert_eq!(not_by(&by(""), &by("18:30 today")), "no time set, not by 18:30 today");
        assert_eq!(not_by(&by("18:30 today"), &by("")), "by 18:30 today; until now no time is set");
    }

    #[test]
    fn who_hears_of_it_is_one_sentence() {
        let all = |names: &[&str]| told(&names.iter().map(|n| (*n).to_string()).collect::<Vec<_>>());
        assert_eq!(all(&[]), "");
        assert_eq!(all(&["police"]), "Police was told, and hears once that the time was corrected.");
        assert_eq!(
            all(&["police", "parent"]),
            "Police and parent were told, and hear once that the time was corrected."
        );
    }
}
