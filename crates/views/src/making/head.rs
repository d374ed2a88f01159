//! A child at the top of a page and in lists.

use crate::words::initials;
use crate::{ChildHead, Lens, Record, on_file};
use engine::calendar::{Date, birthday};
use engine::value::Value;

/// What is said on every page of a child to whoever broke the glass.
const GLASS: &str =
    "You broke the glass to see this record. It closes within an hour; whoever guards the record was told.";

/// So many days before the 18th birthday a page says that it comes.
const SOON_DAYS: i32 = 28;

/// From the record.
pub fn head(lens: &Lens<'_>, record: &Record) -> ChildHead {
    let dates = birth(lens, record);
    let (mut age, mut born, mut coming_of_age) = Default::default();
    if let Some(later) = dates.last() {
        (age, born) = age_and_birthday(lens, &later.to_string());
        coming_of_age = eighteen(lens, *later);
    }
    if let [earlier, _] = dates[..] {
        born = format!("{} or {born}", age_and_birthday(lens, &earlier.to_string()).1);
    }
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
        coming_of_age,
        placement,
        namesakes: Vec::new(),
        access: access(lens, record),
    }
}

/// What whoever sees the record for a while only is told on every page of the child: why, and until when.
fn access(lens: &Lens<'_>, record: &Record) -> String {
    match record.left {
        _ if record.glass => GLASS.into(),
        Some(left) => format!(
            "You work with this child no more, since {}. You see what was before, and what is left for you to finish; what was written since \
             is for those who care for the child now.",
            lens.face.calendar.words(left)
        ),
        None => String::new(),
    }
}

/// The dates of birth that are given, the later one last: by it the age goes where two are disputed, since the child is then younger.
fn birth(lens: &Lens<'_>, record: &Record) -> Vec<Date> {
    let known = &lens.rules.vocabulary().known;
    let date = |fact| match record.case.facts.at(fact, lens.now).map(|change| change.value) {
        Some(Value::Date(date)) => Some(date),
        _ => None,
    };
    let mut dates: Vec<Date> =
        [Some(known.date_of_birth), known.disputed_birth].into_iter().flatten().filter_map(date).collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// `18 tomorrow`, from four weeks before the 18th birthday until its end: much of what is asked ends or changes that day.
fn eighteen(lens: &Lens<'_>, born: Date) -> String {
    let Some(day) = born.year().checked_add(18).and_then(|year| birthday(born, year)) else { return String::new() };
    match (day - lens.face.calendar.date(lens.now)).get_days() {
        0 => "18 today".into(),
        1 => "18 tomorrow".into(),
        days @ 2..=SOON_DAYS => format!("18 in {days} days"),
        _ => String::new(),
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
