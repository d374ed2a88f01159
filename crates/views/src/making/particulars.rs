//! Who a child is, as the record has it: labels and values, by what the vocabulary asks.

use crate::Record;
use casebook::particulars::{Particular, all};

/// Everything that is kept of who the child is, in the order in which it is asked.
pub fn particulars(record: &Record) -> Vec<(String, String)> {
    lines(record, |_| true)
}

/// What of it is read to the police.
pub fn to_say(record: &Record) -> Vec<(String, String)> {
    lines(record, |one| one.say)
}

/// How the child looks.
pub fn looks(record: &Record) -> Vec<(String, String)> {
    lines(record, |one| one.group == "looks")
}

fn lines(record: &Record, wanted: impl Fn(&Particular) -> bool) -> Vec<(String, String)> {
    let child = engine::words::sym("child");
    let own = || record.file.people.iter().filter(|person| person.role == Some(child)).flat_map(|p| &p.details);
    let line = |one: &Particular| {
        let (_, value) = own().find(|(key, _)| *key == one.id)?;
        Some((one.label.trim_end_matches('?').to_string(), one.words(value)))
    };
    all().iter().filter(|one| wanted(one)).filter_map(line).collect()
}
