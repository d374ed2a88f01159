//! What is set, for whoever works by it.

use super::{Set, Subject, all};
use crate::app::App;
use crate::area::{Kept, Kind, history};
use crate::refused::Result;
use engine::rulebook::{OfficeHours, Setting, SettingValue};
use engine::time::Moment;
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError};

/// So long an open episode may be without an entry before somebody is told, where nobody has set anything.
pub const SILENCE_HOURS: i64 = 4;
/// The same at high risk.
pub const SILENCE_HOURS_HIGH: i64 = 2;

/// A text of the area, and since when.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Said {
    /// The text.
    pub text: String,
    /// From which day: `2026-11-29`.
    pub since: String,
}

/// The hours without an entry after which somebody is told of an open episode of this area; at high risk, or not.
///
/// # Errors
/// If the store cannot be reached.
pub async fn silence_hours(app: &App, area: &str, high: bool) -> Result<i64> {
    let word = if high { "silence-high" } else { "silence" };
    let set = all(app, area).await?.into_iter().find(|one| one.row.subject == word && one.says.is_set);
    let hours = set.and_then(|one| one.says.value.parse().ok());
    Ok(hours.unwrap_or(if high { SILENCE_HOURS_HIGH } else { SILENCE_HOURS }))
}

/// The minutes that areas have set for silence: by area, and whether at high risk. What is not there goes by the server's own setting.
pub(crate) async fn silences(app: &App) -> Result<HashMap<(String, bool), i64>> {
    let heads = super::heads(app).await?;
    let set = heads.iter().flat_map(|(area, head)| {
        [(false, head.silence), (true, head.silence_high)].map(|(high, minutes)| Some(((area.clone(), high), minutes?)))
    });
    Ok(set.flatten().collect())
}

/// The area's help line, if one is set.
///
/// # Errors
/// If the store cannot be reached.
pub async fn helpline(app: &App, area: &str) -> Result<Option<Said>> {
    text(app, area, "helpline").await
}

/// The area's privacy notice, if one is set.
///
/// # Errors
/// If the store cannot be reached.
pub async fn privacy(app: &App, area: &str) -> Result<Option<Said>> {
    text(app, area, "privacy").await
}

/// The privacy notices of every area: its name, since when, and the notice. Anybody may read them.
///
/// # Errors
/// If the store cannot be reached.
pub async fn notices(app: &App) -> Result<Vec<(String, String, String)>> {
    let names = views::words::Names::shared(&app.rules);
    let rows = app.store.area_everywhere(Kind::Setting.word()).await?.into_iter();
    let said = rows.filter(|row| row.subject == "privacy").filter_map(|row| {
        let set: Set = serde_json::from_str(&row.payload).ok()?;
        (set.is_set && !set.value.is_empty())
            .then(|| (names.area(&row.area), super::contacts::day(&set.since), set.value))
    });
    Ok(said.collect())
}

async fn text(app: &App, area: &str, subject: &str) -> Result<Option<Said>> {
    let set = all(app, area).await?.into_iter().find(|one| one.row.subject == subject && one.says.is_set);
    Ok(set.map(|one| Said { text: one.says.value, since: one.says.since }).filter(|said| !said.text.is_empty()))
}

/// As [`local_text`], read once for each length of the journal, in which every setting is: see [`store::Stands::deeds`].
pub(crate) async fn local_text_at(app: &App, deeds: i64) -> Result<Arc<str>> {
    {
        let known = app.settings.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 == deeds {
            return Ok(known.1.clone());
        }
    }
    let text = local_text(app).await?;
    *app.settings.lock().unwrap_or_else(PoisonError::into_inner) = (deeds, text.clone());
    Ok(text)
}

/// What areas have set of their rulebooks, as the settings of a case file: below what is set of one child. Empty where nothing is. Each
/// value holds from its day on, so that a limit that is changed today changes none of last month.
pub(crate) async fn local_text(app: &App) -> Result<Arc<str>> {
    let now = app.store.area_everywhere(Kind::Setting.word()).await?.into_iter();
    let areas: BTreeSet<String> = now.filter(|row| row.subject.starts_with("limit.")).map(|row| row.area).collect();
    let mut books: Map<String, Value> = Map::new();
    for area in areas {
        let rows: Vec<Kept<Set>> = history(app, &area, Kind::Setting).await?;
        for book in app.rules.library.rulebooks.iter().filter(|book| book.kind == "area" && book.area == area) {
            for setting in &book.settings {
                let course = course(app, setting, &rows);
                if !course.is_empty() {
                    let of = books.entry(book.id.clone()).or_insert_with(|| Value::Object(Map::new()));
                    of[setting.id.as_str()] = Value::Array(course);
                }
            }
        }
    }
    Ok(if books.is_empty() { Arc::default() } else { Value::Object(books).to_string().into() })
}

/// What was set of one setting, as a case file has it.
fn course(app: &App, setting: &Setting, rows: &[Kept<Set>]) -> Vec<Value> {
    let held = held(app, &Subject::Local(setting).word(), rows);
    let held = held.into_iter().filter(|(_, text)| setting.read(text).is_ok());
    held.map(|(from, text)| {
        let value = match text {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            text => Value::from(text),
        };
        json!({ "value": value, "from": app.rules.vocabulary().calendar.stamp(from) })
    })
    .collect()
}

/// Office hours as an area has set them.
pub(super) async fn hours(app: &App, area: &str) -> Result<Vec<(Moment, SettingValue)>> {
    let rows: Vec<Kept<Set>> = history(app, area, Kind::Setting).await?;
    let held = held(app, &Subject::hours_word(), &rows).into_iter();
    Ok(held.filter_map(|(from, text)| Some((from, SettingValue::Hours(OfficeHours::parse(text).ok()?)))).collect())
}

/// What was set of one subject, from which day on. Of two from one day the later one counts.
fn held<'r>(app: &App, word: &str, rows: &'r [Kept<Set>]) -> Vec<(Moment, &'r str)> {
    let calendar = &app.rules.vocabulary().calendar;
    let set = rows.iter().filter(|one| one.row.subject == word && one.says.is_set && one.says.proposed.is_none());
    // A proposal that was refused says again what held before.
    let set = set.filter(|one| one.says.act != "Refused");
    set.filter_map(|one| Some((calendar.start_of(one.says.since.parse().ok()?), one.says.value.as_str()))).collect()
}
