//! A child at the top of a page and in lists.

use super::Lens;
use crate::case::{Loaded, photograph_shown};
use crate::views::ChildHead;
use crate::words::initials;
use engine::value::Value;
use store::ChildRow;

/// From a row of a list.
pub(crate) fn head(lens: &Lens<'_>, row: &ChildRow) -> ChildHead {
    let (age, born) = row.date_of_birth.as_deref().map_or_else(Default::default, |date| age_and_birthday(lens, date));
    ChildHead {
        id: row.id.clone(),
        name: row.name.clone(),
        initials: initials(&row.name),
        photograph: row.photograph.clone().unwrap_or_default(),
        age,
        born,
        placement: String::new(),
    }
}

/// From the record.
pub(crate) fn head_of(lens: &Lens<'_>, loaded: &Loaded) -> ChildHead {
    let born = loaded.case.facts.at(lens.app.rules.vocabulary().known.date_of_birth, lens.now);
    let date = if let Some(Value::Date(date)) = born.map(|c| c.value) { date.to_string() } else { String::new() };
    let (age, born) = age_and_birthday(lens, &date);
    let current = loaded.file.placements.iter().filter(|p| p.from <= lens.now && p.until.is_none_or(|u| u > lens.now));
    let placement = current.max_by_key(|p| p.from).and_then(|p| p.name.clone()).unwrap_or_default();
    let photograph = photograph_shown(lens.app.rules.vocabulary(), &loaded.file).map(|one| one.id);
    ChildHead {
        id: loaded.base.id.clone(),
        name: loaded.base.name.clone(),
        initials: initials(&loaded.base.name),
        photograph: photograph.unwrap_or_default().to_string(),
        age,
        born,
        placement,
    }
}

/// The age in whole years, and the birthday in words; both empty where the date is not recorded.
pub(crate) fn age_and_birthday(lens: &Lens<'_>, date: &str) -> (String, String) {
    // Parsed with the type that a value holds, so that the calendar library need not be named.
    let Ok(Value::Date(born)) = date.parse().map(Value::Date) else { return Default::default() };
    let today = lens.face.calendar.date(lens.now);
    let before_birthday = (today.month(), today.day()) < (born.month(), born.day());
    let age = i32::from(today.year()) - i32::from(born.year()) - i32::from(before_birthday);
    (age.max(0).to_string(), born.strftime("%-d %B %Y").to_string())
}
