//! What is to do, from lines of many children: one answer to what now, then a few lines, what is about the same child and hour together,
//! and the rest in parts.

use super::duty_line::pressing;
use crate::words::count;
use crate::{Bundle, DutyKey, DutyLine, Modality, State, TodoList, TodoPart, Urgency, Whose};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// So many lines stand open on a list.
const OPEN: usize = 7;
/// So many more are folded; what is left over is on the page of the list.
const FOLDED: usize = 13;
/// What is due later than this, in minutes, is no answer to what now: three days.
const SOON_MINUTES: i64 = 3 * 24 * 60;
/// So many lines are on a page of a list.
pub const PAGE: usize = 20;

/// The part of a list that a line belongs to.
pub fn part_of(line: &DutyLine) -> TodoPart {
    match line.state {
        // The call to the police is never set aside, whatever is not known yet.
        _ if line.alarm => TodoPart::Due,
        State::CannotTell => TodoPart::Unknown,
        _ if binds(line) => TodoPart::Due,
        _ => TodoPart::May,
    }
}

fn binds(line: &DutyLine) -> bool {
    matches!(line.modality, Modality::Must | Modality::Should | Modality::Consider)
}

/// The order of a list: the call to the police; what is late; what is due soon; what has no time, of a child who is gone; what had passed
/// before it was known; what is due in days to come; what holds all the time.
fn place(line: &DutyLine) -> u8 {
    match (line.state, &line.limit.at) {
        _ if line.alarm => 0,
        (State::Overdue, _) if line.known_late.is_empty() => 1,
        (State::Overdue, _) => 4,
        (_, Some(at)) if at.minutes <= SOON_MINUTES => 2,
        (_, Some(_)) => 5,
        (_, None) if line.episode.is_some() => 3,
        (_, None) => 6,
    }
}

/// Lines in the order in which they press. Of what is asked again and again, the times that are overdue alike are one line: a form of
/// every month that nobody knew of for a year is one thing to see to, not twelve.
pub fn ordered(mut lines: Vec<DutyLine>) -> Vec<DutyLine> {
    lines.sort_by_key(|line| (part_of(line) as u8, place(line), pressing(line)));
    let mut found: Vec<DutyLine> = Vec::with_capacity(lines.len());
    let mut places: HashMap<(String, DutyKey, bool), usize> = HashMap::new();
    for line in lines {
        if !line.repeats || line.state != State::Overdue {
            found.push(line);
            continue;
        }
        // What could have been kept is not counted with what had passed before anybody knew.
        let alike = (line.child.clone(), DutyKey { n: 0, ..line.key.clone() }, line.known_late.is_empty());
        match places.entry(alike) {
            Entry::Occupied(first) => found[*first.get()].other_times.push(line),
            Entry::Vacant(place) => {
                place.insert(found.len());
                found.push(line);
            }
        }
    }
    found
}

/// The one answer to what now, of lines in their order; none where nothing has a time and nobody is gone.
pub fn next(lines: &[DutyLine]) -> Option<&DutyLine> {
    lines.iter().find(|line| part_of(line) == TodoPart::Due && place(line) < 4)
}

/// The lists, of lines in their order: those of the viewer's own children and those of the team, or one of all where no child is the
/// viewer's own.
pub fn lists(lines: Vec<DutyLine>, own: &[String]) -> Vec<TodoList> {
    if own.is_empty() {
        return list(Whose::All, "To do", lines).into_iter().collect();
    }
    let (mine, team): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| own.contains(&line.child));
    let both = [list(Whose::Mine, "Your children", mine), list(Whose::Team, "Your team", team)];
    both.into_iter().flatten().collect()
}

fn list(whose: Whose, title: &str, lines: Vec<DutyLine>) -> Option<TodoList> {
    let mut made = TodoList { whose, title: title.into(), ..TodoList::default() };
    let mut due = Vec::new();
    for line in lines {
        match part_of(&line) {
            TodoPart::Due => due.push(line),
            TodoPart::Unknown => made.unknown += 1,
            TodoPart::May => made.may += 1,
        }
    }
    made.count = due.len();
    if made.count + made.unknown + made.may == 0 {
        return None;
    }
    let mut left = OPEN;
    for mut bundle in bundles(due) {
        let folded = bundle.lines.split_off(left.min(bundle.lines.len()));
        left -= bundle.lines.len();
        made.folded.extend(folded);
        if !bundle.lines.is_empty() {
            made.bundles.push(bundle);
        }
    }
    // A fold that hides a line or two costs a press for nothing; but seven are enough for one look.
    made.rest = made.folded.len().saturating_sub(FOLDED);
    made.folded.truncate(FOLDED);
    Some(made)
}

/// What is about the same child and hour, together, where the first of it stands.
fn bundles(lines: Vec<DutyLine>) -> Vec<Bundle> {
    let mut found: Vec<(String, Bundle)> = Vec::new();
    for line in lines {
        let (hour, when) = hour(&line);
        match found.iter_mut().find(|(of, bundle)| *of == hour && bundle.child == line.child) {
            Some((_, bundle)) => bundle.lines.push(line),
            None => {
                let bundle = Bundle {
                    child: line.child.clone(),
                    child_name: line.child_name.clone(),
                    initials: line.initials.clone(),
                    episode: line.episode.clone(),
                    urgency: line.limit.urgency,
                    when,
                    lines: vec![line],
                };
                found.push((hour, bundle));
            }
        }
    }
    found.into_iter().map(|(_, bundle)| bundle).collect()
}

/// The hour that a line is about, to compare and in words.
fn hour(line: &DutyLine) -> (String, String) {
    match &line.limit.at {
        _ if !line.known_late.is_empty() => ("known late".into(), "Passed before it was known".into()),
        Some(_) if line.limit.urgency == Urgency::Overdue => ("late".into(), "Overdue".into()),
        Some(_) if line.limit.at_once => ("now".into(), "At once".into()),
        Some(at) => {
            let hour = at.iso.get(..13).unwrap_or_default().to_string();
            (hour, format!("Due by {}", at.words))
        }
        // The call to the police comes first though the protocol sets no time: no heading says that it does.
        None if line.alarm => ("first".into(), "Before anything else".into()),
        None if line.episode.is_some() => ("open".into(), "No time set".into()),
        None => ("always".into(), "All the time".into()),
    }
}

/// What is to do in one sentence.
pub fn summary_of_todo(lines: &[DutyLine]) -> String {
    let due: Vec<&DutyLine> = lines.iter().filter(|line| part_of(line) == TodoPart::Due).collect();
    // What nobody could have kept, because it became known too late, is counted apart.
    let past = |known_late| {
        due.iter().filter(|line| line.state == State::Overdue && line.known_late.is_empty() != known_late).count()
    };
    let (overdue, unknown) = (past(false), past(true));
    let mut said = Vec::new();
    if overdue > 0 {
        said.push(format!("{} overdue.", count(overdue, "thing is", "things are")));
    }
    match due.iter().filter(|line| line.state == State::Due).find_map(|line| line.limit.at.as_ref()) {
        Some(at) if at.minutes <= 0 => said.push("Something is due now.".into()),
        Some(at) => said.push(format!("The next is due by {}, {}.", at.words, at.apart)),
        None if due.is_empty() => said.push("Nothing is due from you now.".into()),
        None if overdue == 0 && due.len() > unknown => {
            said.push(format!("{} to do, with no time set.", count(due.len() - unknown, "thing is", "things are")));
        }
        None => {}
    }
    if unknown > 0 {
        said.push(format!(
            "{} when it became known.",
            count(unknown, "thing was late already", "things were late already")
        ));
    }
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limit, When};

    fn line(child: &str, label: &str, iso: &str, minutes: i64) -> DutyLine {
        let at = (!iso.is_empty()).then(|| When { iso: iso.into(), words: iso.into(), minutes, ..When::default() });
        let urgency = match at {
            Some(_) if minutes < 0 => Urgency::Overdue,
            Some(_) => Urgency::Later,
            None => Urgency::None,
        };
        let state = if urgency == Urgency::Overdue { State::Overdue } else { State::Due };
        DutyLine {
            child: child.into(),
            label: label.into(),
            episode: Some("e".into()),
            limit: Limit { at, urgency, ..Limit::default() },
            state,
            ..DutyLine::default()
        }
    }

    fn labels<'a>(lines: impl IntoIterator<Item = &'a DutyLine>) -> Vec<&'a str> {
        lines.into_iter().map(|line| line.label.as_str()).collect()
    }

    #[test]
    fn the_police_come_before_a_search_and_both_before_what_holds_always() {
        let search = line("riley", "Search", "", 0);
        let police = DutyLine { alarm: true, ..line("riley", "Report to the police", "", 0) };
        let always = DutyLine { episode: None, ..line("riley", "Keep a photograph", "", 0) };
        let late = line("robin", "Interview", "2026-01-05T10", -60);
        let lines = ordered(vec![always, search, late, police]);
        assert_eq!(labels(&lines), ["Report to the police", "Interview", "Search", "Keep a photograph"]);
        assert_eq!(next(&lines).map(|line| line.label.as_str()), Some("Report to the police"));
        assert_eq!(next(&lines[3..]), None, "what holds always is no answer to what now");
    }

    #[test]
    fn a_review_in_half_a_year_is_no_answer_to_what_now() {
        let review = line("robin", "Review the plan", "2026-07-05T10", 180 * 24 * 60);
        let search = line("riley", "Search", "", 0);
        let tomorrow = line("riley", "Interview", "2026-01-07T10", 30 * 60);
        let lines = ordered(vec![review.clone(), search, tomorrow]);
        assert_eq!(labels(&lines), ["Interview", "Search", "Review the plan"]);
        assert_eq!(next(&lines).map(|line| line.label.as_str()), Some("Interview"));
        assert_eq!(next(&[review]), None);
    }

    #[test]
    fn what_is_about_one_child_and_hour_is_together_and_seven_stand_open() {
        let mut lines: Vec<DutyLine> =
            (0..30).map(|n| line("riley", &format!("r{n}"), "2026-01-06T19:30", 40)).collect();
        lines.insert(1, line("robin", "other", "2026-01-06T19:40", 50));
        let [list] = &lists(ordered(lines), &[])[..] else { panic!("one list") };
        assert_eq!((list.count, list.bundles.len()), (31, 1));
        assert_eq!(list.bundles[0].lines.len(), OPEN);
        assert_eq!((list.folded.len(), list.rest), (FOLDED, 31 - OPEN - FOLDED));
        let few = vec![
            line("riley", "a", "2026-01-06T19:30", 40),
            line("robin", "b", "2026-01-06T19:31", 41),
            line("riley", "c", "2026-01-06T19:45", 55),
        ];
        let [list] = &lists(few, &[])[..] else { panic!("one list") };
        assert_eq!(labels(&list.bundles[0].lines), ["a", "c"]);
        assert_eq!(labels(&list.bundles[1].lines), ["b"]);
    }

    #[test]
    fn the_times_of_one_thing_that_are_overdue_alike_are_one_line() {
        let of = |rule: &str, n: u32, minutes: i64, known_late: &str| DutyLine {
            key: DutyKey { rulebook: "area".into(), rule: rule.into(), episode: None, n },
            repeats: rule == "monthly",
            known_late: known_late.into(),
            ..line("riley", &format!("{rule} {n}"), "2026-01-05T10", minutes)
        };
        let now = DutyLine { state: State::Due, ..of("monthly", 5, 90, "") };
        let late =
            [of("monthly", 3, -60, ""), of("monthly", 4, -30, ""), of("once", 1, -50, ""), of("once", 2, -40, "")];
        let known = [of("monthly", 2, -80, "Mon"), of("monthly", 1, -90, "Mon")];
        let other = DutyLine { child: "robin".into(), ..of("monthly", 1, -20, "") };
        let lines = ordered([&late[..], &known, &[now, other]].concat());
        assert_eq!(labels(&lines), ["monthly 3", "once 1", "once 2", "monthly 1", "monthly 5", "monthly 1"]);
        let others: Vec<Vec<&str>> = lines.iter().map(|line| labels(&line.other_times)).collect();
        assert_eq!(others, [vec!["monthly 4"], vec![], vec![], vec![], vec![], vec!["monthly 2"]]);
    }

    #[test]
    fn mine_come_before_my_teams() {
        let lines = vec![line("robin", "b", "2026-01-06T19", -9), line("riley", "a", "", 0)];
        let found = lists(lines, &["riley".to_string()]);
        assert_eq!(
            found.iter().map(|list| (list.whose, list.count)).collect::<Vec<_>>(),
            [(Whose::Mine, 1), (Whose::Team, 1)]
        );
    }

    #[test]
    fn one_sentence_says_what_is_late_and_what_is_next() {
        let said = |lines: &[DutyLine]| summary_of_todo(&ordered(lines.to_vec()));
        assert_eq!(said(&[]), "Nothing is due from you now.");
        let (late, none) = (line("riley", "a", "2026-01-05", -9), line("riley", "b", "", 0));
        assert_eq!(said(&[late.clone(), late.clone(), none.clone()]), "2 things are overdue.");
        assert_eq!(said(std::slice::from_ref(&none)), "1 thing is to do, with no time set.");
        let unknown = DutyLine { known_late: "Mon".into(), ..late };
        assert_eq!(
            said(&[unknown, none]),
            "1 thing is to do, with no time set. 1 thing was late already when it became known."
        );
    }
}
