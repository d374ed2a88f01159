//! Compares answers: where they must be the same, and where they may differ in one direction only.

use super::ask::{Answer, Answers, World};
use engine::evaluate::State;
use engine::time::Moment;

/// An answer that is not what it must be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The rulebook and edition.
    pub book: String,
    /// The rule; of what is no duty, what it is.
    pub rule: String,
    /// The duty.
    pub duty: String,
    /// What must be.
    pub expected: String,
    /// What came.
    pub got: String,
}

/// Which duties are looked at.
pub(super) type Which<'a> = &'a dyn Fn(&Answer) -> bool;

/// Everything that is looked at must be the same, before and after. Limits may be moved, for what was moved in time as a whole.
pub(super) fn same(world: &World<'_>, before: &Answers, after: &Answers, which: Which<'_>) -> Vec<Difference> {
    shifted(world, before, after, which, &|due| vec![due])
}

/// As [`same`], each limit being one of those that the earlier one may become.
pub(super) fn shifted(
    world: &World<'_>,
    before: &Answers,
    after: &Answers,
    which: Which<'_>,
    becomes: &dyn Fn(Moment) -> Vec<Moment>,
) -> Vec<Difference> {
    let mut found = Vec::new();
    for old in before.list.iter().filter(|a| which(a)) {
        let Some(new) = after.list.iter().find(|a| a.is(old)) else {
            found.push(difference(world, old, words(world, old), "no such duty".into()));
            continue;
        };
        let due = match (old.due, new.due) {
            (Some(old), Some(new)) => becomes(old).iter().any(|due| due.minute() == new.minute()),
            (old, new) => old == new,
        };
        let rest = |a: &Answer| (a.state, a.owner, a.told.clone(), a.breached);
        if !due || rest(old) != rest(new) {
            let due = old.due.map(|due| becomes(due)[0]);
            found.push(difference(world, old, words(world, &Answer { due, ..old.clone() }), words(world, new)));
        }
    }
    for new in after.list.iter().filter(|a| which(a)) {
        if !before.list.iter().any(|a| a.is(new)) {
            found.push(difference(world, new, "no such duty".into(), words(world, new)));
        }
    }
    found
}

/// What was open is still open or cannot be told, and its limit is no later. What had been done or was never asked may become open.
pub(super) fn never_eased(world: &World<'_>, before: &Answers, after: &Answers, which: Which<'_>) -> Vec<Difference> {
    let mut found = Vec::new();
    for old in before.list.iter().filter(|a| which(a) && a.state.is_open()) {
        let of = || after.list.iter().filter(|a| a.of(old));
        let new = of().find(|a| a.arises == old.arises).or_else(|| of().find(|a| a.is(old)));
        let new = new.filter(|a| a.state.is_open()).or_else(|| of().find(|a| a.state.is_open())).or(new);
        match new {
            None => found.push(difference(world, old, asks(world, old), "no such duty".into())),
            Some(new) if eased(old, new, after.at) => {
                found.push(difference(world, old, asks(world, old), words(world, new)));
            }
            Some(_) => {}
        }
    }
    found
}

/// What was open is still asked by its rule in its episode, by whatever limit.
pub(super) fn never_silenced(
    world: &World<'_>,
    before: &Answers,
    after: &Answers,
    which: Which<'_>,
) -> Vec<Difference> {
    let open = before.list.iter().filter(|a| which(a) && a.state.is_open());
    let silent = open.filter(|old| !after.list.iter().any(|a| a.of(old) && a.state.is_open()));
    silent.map(|old| difference(world, old, asks(world, old), "nothing of the rule is open".into())).collect()
}

fn eased(old: &Answer, new: &Answer, at: Moment) -> bool {
    let silenced = !new.state.is_open();
    // Where it is not known since when, what is asked at once is asked now.
    let since_unknown = new.state == State::CannotTell && new.arises == at && new.due == Some(at);
    // What is overdue shows the last of the limits that could apply.
    let later = match (old.due, new.due) {
        (Some(old), Some(new)) => new.minute() > old.minute(),
        (Some(_), None) => new.state != State::CannotTell,
        (None, _) => false,
    };
    silenced || later && !since_unknown && new.state != State::Overdue
}

fn asks(world: &World<'_>, answer: &Answer) -> String {
    let due = answer.due.map_or(String::new(), |due| format!(" by {}", world.vocabulary().calendar.words(due)));
    format!("still asked{due} (it is {})", words(world, answer))
}

pub(super) fn difference(world: &World<'_>, answer: &Answer, expected: String, got: String) -> Difference {
    let (book, rule) = (world.book(answer.book), world.rule(answer));
    let n = if answer.n > 1 { format!("#{}", answer.n) } else { String::new() };
    let episode = answer.episode.as_ref().map_or(String::new(), |e| format!("@{e}"));
    Difference {
        book: format!("{}/{}", book.id, book.edition),
        rule: rule.id.clone(),
        duty: format!("{}{episode}{n}", rule.id),
        expected,
        got,
    }
}

/// A duty in one line.
pub(super) fn words(world: &World<'_>, answer: &Answer) -> String {
    let v = world.vocabulary();
    let due = answer.due.map_or("no limit".into(), |due| format!("limit {}", v.calendar.words(due)));
    let owner = answer.owner.map_or("owner unknown", |o| v.word(o).unwrap_or("?"));
    let told = |yes: bool| {
        let roles: Vec<&str> = answer.told.iter().filter(|(_, told)| *told == yes).map(|(r, _)| r.as_str()).collect();
        let what = if yes { "told" } else { "to be told" };
        if roles.is_empty() { String::new() } else { format!(", {what}: {}", roles.join(" ")) }
    };
    let by = answer.done_by.as_ref().map_or(String::new(), |by| format!(" by `{by}`"));
    let late = if answer.breached { ", late" } else { "" };
    let arises = v.calendar.words(answer.arises);
    let state = answer.state.word();
    format!("{state}{by}, {due}, {owner}{}{}{late}; arises {arises}", told(true), told(false))
}

/// Flags that are new, or gone.
pub(super) fn flags_differ(before: &Answers, after: &Answers, but: &str) -> Vec<Difference> {
    let of = |answers: &Answers| -> Vec<[String; 3]> {
        let mut all: Vec<_> = answers.flags.iter().filter(|f| f[2] != but).cloned().collect();
        all.sort();
        all
    };
    let (old, new) = (of(before), of(after));
    let line = |f: &[String; 3], expected: &str, got: &str| Difference {
        book: f[0].clone(),
        rule: f[1].clone(),
        duty: format!("flag {} on `{}`", f[1], f[2]),
        expected: expected.into(),
        got: got.into(),
    };
    let mut found: Vec<Difference> =
        old.iter().filter(|f| !new.contains(f)).map(|f| line(f, "flagged", "not flagged")).collect();
    found.extend(new.iter().filter(|f| !old.contains(f)).map(|f| line(f, "not flagged", "flagged")));
    found
}
