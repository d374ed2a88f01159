//! What a sound case file says that is hard to believe: kept, and flagged for somebody to look at.

use super::facts;
use super::model::{CaseFile, EntryLine};
use crate::reader::{Reader, short};
use engine::diagnostic::Diagnostic;
use engine::time::Moment;
use engine::value::Value;

/// Flags C13 (times), C14 (before birth), C16 (order in the file). Of a child who was not born yet, what was recorded before anybody
/// knew of the birth is as it should be.
pub(super) fn check(reader: &mut Reader<'_>, case: &CaseFile, now: Option<Moment>) {
    let born = born(reader, case);
    let mut before: Option<&EntryLine> = None;
    // An entry whose time could not be read was reported for that.
    for entry in case.chronology.iter().filter(|e| e.occurred != Moment::EVER) {
        recorded_first(reader, entry);
        if let Some(now) = now {
            later_than(reader, entry, now);
        }
        if born.is_some_and(|(born, known)| entry.occurred < born && entry.recorded >= known) {
            flag(reader, entry, "C14", "happened before the child was born", "check the time and the date of birth");
        }
        if before.is_some_and(|b| entry.occurred < b.occurred && entry.recorded < b.recorded) {
            let help = "write entries in the order in which they happened, or in which they were recorded";
            flag(reader, entry, "C16", "happened, and was recorded, before the one above it", help);
        }
        before = Some(entry);
    }
}

fn flag(reader: &mut Reader<'_>, entry: &EntryLine, code: &'static str, says: &str, help: &str) {
    let message = format!("the entry `{}` {says}", short(&entry.id));
    reader.add(Diagnostic::warning(code, entry.place.clone(), message, help));
}

fn recorded_first(reader: &mut Reader<'_>, entry: &EntryLine) {
    if entry.recorded.minute() < entry.occurred.minute() {
        flag(
            reader,
            entry,
            "C13",
            "was recorded before it happened",
            "check the two times; a plan has a field of its own",
        );
    }
}

fn later_than(reader: &mut Reader<'_>, entry: &EntryLine, now: Moment) {
    if entry.occurred.minute() > now.minute() || entry.recorded.minute() > now.minute() {
        let says = format!("is later than now, {}", reader.vocabulary.calendar.words(now));
        flag(reader, entry, "C13", &says, "check the date; it counts once its time has come");
    }
}

/// The start of the day of birth, and since when it was known: of several dates the one recorded last; of two that are disputed the earlier.
fn born(reader: &Reader<'_>, case: &CaseFile) -> Option<(Moment, Moment)> {
    let v = reader.vocabulary;
    let standing = facts::standing(case, None);
    let of = |fact| standing.iter().map(|(_, f)| *f).filter(move |f| Some(f.fact) == fact).max_by_key(|f| f.recorded);
    let last = of(Some(v.known.date_of_birth))?;
    let disputed = v.known.disputed_birth.and_then(|fact| of(Some(fact)));
    let start = |value: Value| if let Value::Date(date) = value { Some(v.calendar.start_of(date)) } else { None };
    let other = disputed.and_then(|f| start(f.value)).unwrap_or(Moment::NEVER);
    Some((start(last.value)?.min(other), last.recorded))
}
