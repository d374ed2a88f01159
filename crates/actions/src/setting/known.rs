//! What is set, for whoever works by it.

use super::{Set, all};
use crate::app::App;
use crate::area::Kind;
use crate::refused::Result;
use serde_json::{Map, Value};
use std::collections::HashMap;

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
    let rows = app.store.area_everywhere(Kind::Setting.word()).await?.into_iter();
    let set = rows.filter_map(|row| {
        let high = match row.subject.as_str() {
            "silence" => false,
            "silence-high" => true,
            _ => return None,
        };
        let set: Set = serde_json::from_str(&row.payload).ok()?;
        let hours: i64 = set.value.parse().ok().filter(|_| set.is_set)?;
        Some(((row.area, high), hours * 60))
    });
    Ok(set.collect())
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

/// What areas have set of their rulebooks, as the settings of a case file: below what is set of one child. Empty where nothing is.
pub(crate) async fn local_text(app: &App) -> Result<String> {
    let mut books: Map<String, Value> = Map::new();
    for row in app.store.area_everywhere(Kind::Setting.word()).await? {
        let Some(id) = row.subject.strip_prefix("limit.") else { continue };
        let Ok(set) = serde_json::from_str::<Set>(&row.payload) else { continue };
        if !set.is_set {
            continue;
        }
        for book in app.rules.library.rulebooks.iter().filter(|book| book.kind == "area" && book.area == row.area) {
            if book.settings.iter().any(|setting| setting.id == id && setting.read(&set.value).is_ok()) {
                let of = books.entry(book.id.clone()).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(of) = of {
                    let value = match set.value.as_str() {
                        "true" => Value::Bool(true),
                        "false" => Value::Bool(false),
                        text => Value::from(text),
                    };
                    of.insert(id.to_string(), value);
                }
            }
        }
    }
    Ok(if books.is_empty() { String::new() } else { Value::Object(books).to_string() })
}
