//! Children of one name told apart: by what the record of each says and the other's does not.

use super::age_and_birthday;
use crate::{Lens, Record};
use casebook::likeness::words;
use engine::value::Value;
use engine::words::sym;

/// So much is said of each.
const SAID: usize = 2;

/// A name as it is compared: its words in any order, whatever the capitals and accents.
pub fn name_key(name: &str) -> String {
    let mut words = words(name);
    words.sort_unstable();
    words.join(" ")
}

/// A child of a name that others have too.
pub struct Named<'a> {
    /// The record, as the viewer may see it.
    pub record: &'a Record,
    /// When it was opened, in words.
    pub opened: String,
}

/// What tells each of some children of one name from the others, in words; what all of them share tells nothing. When the record was opened
/// stands where nothing else does.
pub fn told_apart(lens: &Lens<'_>, all: &[Named<'_>]) -> Vec<String> {
    let marks: Vec<Vec<String>> = all.iter().map(|one| marks(lens, one.record)).collect();
    let alone = |n: usize, mark: &String| marks.iter().enumerate().all(|(other, of)| other == n || !of.contains(mark));
    let said = |(n, one): (usize, &Named<'_>)| {
        let mut own: Vec<String> = marks[n].iter().filter(|mark| alone(n, mark)).take(SAID).cloned().collect();
        if own.is_empty() {
            own.push(format!("record opened {}", one.opened));
        }
        own.join("; ")
    };
    all.iter().enumerate().map(said).collect()
}

/// What a child is known by, the most telling first.
fn marks(lens: &Lens<'_>, record: &Record) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(Value::Date(date)) =
        record.case.facts.at(lens.rules.vocabulary().known.date_of_birth, lens.now).map(|change| change.value)
    {
        found.push(format!("born {}", age_and_birthday(lens, &date.to_string()).1));
    }
    let child = record.file.people.iter().find(|person| person.role == Some(sym("child")));
    let detail = |key: &str| {
        let details = child.iter().flat_map(|child| &child.details);
        details.into_iter().find(|(own, _)| own == key).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    };
    let told = [
        ("known as", "known_as"),
        ("legal name", "legal_name"),
        ("at", "school_name"),
        ("authority’s number", "authority_number"),
        ("NHS number", "nhs_number"),
        ("pupil number", "upn"),
        ("police number", "police_nominal"),
    ];
    let line = |text: &str| text.lines().next().unwrap_or_default().chars().take(60).collect::<String>();
    found.extend(told.into_iter().filter_map(|(words, key)| Some(format!("{words} {}", line(detail(key)?)))));
    let lives = record.file.placements.iter().filter(|p| p.from <= lens.now && p.until.is_none_or(|u| u > lens.now));
    let lives = lives.max_by_key(|p| p.from).and_then(|p| p.name.as_deref());
    found.extend(lives.map(|name| format!("lives at {}", line(name))));
    found
}
