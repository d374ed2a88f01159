//! A child at the top of a page and in lists.

use crate::words::initials;
use crate::{ChildHead, Lens, Record, on_file};
use engine::value::Value;

/// What is said on every page of a child to whoever broke the glass.
const GLASS: &str =
    "You broke the glass to see this record. It closes within an hour; whoever guards the record was told.";

/// From the record.
pub fn head(lens: &Lens<'_>, record: &Record) -> ChildHead {
    let born = record.case.facts.at(lens.rules.vocabulary().known.date_of_birth, lens.now);
    let date = if let Some(Value::Date(date)) = born.map(|c| c.value) { date.to_string() } else { String::new() };
    let (age, born) = age_and_birthday(lens, &date);
    let current = record.file.placements.iter().filter(|p| p.from <= lens.now && p.until.is_none_or(|u| u > lens.now));
    let placement = current.max_by_key(|p| p.from).and_then(|p| p.name.clone()).unwrap_or_default();
    let photograph = on_file::shown(lens.rules.vocabulary(), &record.file).map(|one| one.id);
    ChildHead {
        id: record.id.clone(),
        name: record.name.clone(),
        initials: initials(&record.name),
        photograph: photograph.unwrap_or_default().to_string(),
        age,
        born,
        placement,
        glass: if record.glass { GLASS.into() } else { String::new() },
    }
}

/// The age in whole years, and the birthday in words; both empty where the date is not recorded.
pub fn age_and_birthday(lens: &Lens<'_>, date: &str) -> (String, String) {
    // Parsed with the type that a value holds, so that the calendar library need not be named.
    let Ok(Value::Date(born)) = date.parse().map(Value::Date) else { return Default::default() };
    let today = lens.face.calendar.date(lens.now);
    let before_birthday = (today.month(), today.day()) < (born.month(), born.day());
    let age = i32::from(today.year()) - i32::from(born.year()) - i32::from(before_birthday);
    (age.max(0).to_string(), born.strftime("%-d %B %Y").to_string())
}
