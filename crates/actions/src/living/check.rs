//! What does not fit of a placement: before the birth, to come or over already, before the one it follows, beside another, late with an
//! episode in between. What cannot be is refused in words; what may be is asked, and once it is answered it stands.

use super::{Doing, is_respite, name};
use crate::case::Kept;
use casebook::command::FieldProblem;
use engine::calendar::Calendar;
use engine::case::Episode;
use engine::time::Moment;

/// A placement recorded so long after it began is late, in minutes.
const LATE: i64 = 24 * 60;
/// Answers a question that only doubt asks.
pub(super) const STANDS: &str = "stands";
/// Asked where two placements lie beside each other.
pub(super) const OVERLAP: &str = "overlap";
/// Asked where an episode lies between.
pub(super) const BETWEEN: &str = "between";
/// Asked where the postcode lies in another area than was chosen.
pub(super) const ELSEWHERE: &str = "elsewhere";
/// Asked where the directory has a home that is called nearly so.
pub(super) const LISTED: &str = "listed";

/// What is weighed.
pub(super) struct Weighed<'a> {
    pub doing: &'a Doing,
    pub from: Moment,
    pub until: Option<Moment>,
    pub respite: bool,
    pub now: Moment,
    pub born: Option<Moment>,
    /// The placements that the record has, without the one that is changed.
    pub others: &'a [&'a Kept],
    pub episodes: &'a [Episode],
    pub calendar: &'a Calendar,
    /// What was asked and has been answered.
    pub answered: &'a [&'a str],
}

/// Everything that is wrong, or has to be asked.
pub(super) fn problems(one: &Weighed<'_>) -> Vec<FieldProblem> {
    let mut found: Vec<FieldProblem> = Vec::new();
    found.extend(dates(one));
    if found.is_empty() && one.doing.begins() && !one.respite {
        found.extend(follows(one));
    }
    if found.is_empty() && matches!(one.doing, Doing::Correct(_)) && !one.respite {
        found.extend(beside(one));
    }
    found
}

fn dates(one: &Weighed<'_>) -> Option<FieldProblem> {
    let words = |at: Moment| one.calendar.words(at);
    let from = words(one.from);
    let is_plan = matches!(one.doing, Doing::Plan);
    let problem = |field: &str, message: String| Some(FieldProblem::new(field, message));
    if one.born.is_some_and(|born| one.from < born) {
        return problem("from", format!("Began: {from} is before the child was born; check the year"));
    }
    if one.doing.begins() && one.from.minute() > one.now.minute() {
        return problem(
            "from",
            format!("Began: {from} is still to come; record it as planned, and that it began on the day"),
        );
    }
    if is_plan && one.from.minute() <= one.now.minute() {
        return problem("from", format!("To begin: {from} is over; record that the child moved, or check the day"));
    }
    let until = one.until?;
    if until <= one.from {
        return problem("until", format!("Ended: {} is not after {from}, when it began; check both", words(until)));
    }
    let ends = matches!(one.doing, Doing::End(_));
    if ends && until.minute() > one.now.minute() {
        return problem("until", format!("Ended: {} is still to come; record it on the day", words(until)));
    }
    None
}

/// A placement follows the one before it: not before that began, and perhaps before that ended.
fn follows(one: &Weighed<'_>) -> Option<FieldProblem> {
    let began = |row: &&&Kept| !is_respite(row) && row.at("from").is_some_and(|from| from <= one.now);
    let main: Vec<&&Kept> = one.others.iter().filter(began).collect();
    if let Some(later) = main.iter().find(|row| row.at("from").is_some_and(|from| from >= one.from)) {
        let when = later.at("from").map(|at| one.calendar.words(at)).unwrap_or_default();
        let message = format!(
            "Began: this is not after {when}, when “{}” began, which it follows; check the time, or correct that one first",
            name(later)
        );
        return Some(FieldProblem::new("from", message));
    }
    let over = |row: &&&&Kept| row.at("until").is_some_and(|until| until > one.from && until <= one.now);
    let before = main.iter().find(over)?;
    if one.answered.contains(&OVERLAP) {
        return None;
    }
    let ended = before.at("until").map(|at| one.calendar.words(at)).unwrap_or_default();
    let message = format!(
        "“{}” is recorded to have ended at {ended}, after this began. Check the time; or say that it ended when this began",
        name(before)
    );
    Some(FieldProblem::new(OVERLAP, message))
}

/// A placement that is put right may come to lie beside another.
fn beside(one: &Weighed<'_>) -> Option<FieldProblem> {
    let meets = |row: &&&Kept| {
        let (from, until) = (row.at("from").unwrap_or(Moment::EVER), row.at("until").unwrap_or(Moment::NEVER));
        !is_respite(row) && from < one.until.unwrap_or(Moment::NEVER) && one.from < until
    };
    let other = one.others.iter().find(meets)?;
    if one.answered.contains(&OVERLAP) {
        return None;
    }
    let message = format!(
        "With these dates the child would be here and at “{}” at one time. Check the dates; or say that it was so",
        name(other)
    );
    Some(FieldProblem::new(OVERLAP, message))
}

/// A move that is recorded late, while the child was gone in between: from where the child went missing decides what was asked.
/// What it changes is said beside it, once the rows are there.
pub(super) fn between(one: &Weighed<'_>) -> Option<FieldProblem> {
    if !one.doing.begins() || one.answered.contains(&BETWEEN) || one.now.minute() - one.from.minute() < LATE {
        return None;
    }
    let episode = one.episodes.iter().find(|e| e.start > one.from && e.start <= one.now)?;
    let message = format!(
        "The child went missing at {}, after this began. With this time it was from the new place, and what is asked for that episode \
         is worked out anew. Check the time; or say that it is right.",
        one.calendar.words(episode.start)
    );
    Some(FieldProblem::new(BETWEEN, message))
}
