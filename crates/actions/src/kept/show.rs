//! The history of something kept, in words.

use crate::app::App;
use crate::case::Kept;
use crate::refused::Result;
use casebook::command::time;
use std::collections::HashMap;
use views::{Lens, Said};

/// The names of those who wrote rows, by their ids.
pub(crate) async fn writers<'a>(app: &App, kept: &'a [Kept]) -> Result<HashMap<&'a str, String>> {
    let mut ids: Vec<&str> = kept.iter().map(|row| row.actor.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let known = app.store.people_known(&ids).await?;
    let name = |id: &str| known.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default();
    Ok(ids.iter().map(|id| (*id, name(id))).collect())
}

/// Is it over on this day?
pub(crate) fn is_over(row: &Kept, today: &str) -> bool {
    let until = row.text("details.until");
    !until.is_empty() && until <= today
}

/// What a row said, and who wrote it. `seen` is how they knew it who were there, `ended` that it is over.
pub(crate) fn said(
    lens: &Lens<'_>,
    writers: &HashMap<&str, String>,
    row: &Kept,
    (ended, seen): (&str, &str),
    lines: Vec<(String, String)>,
) -> Said {
    let act = match row.text("details.act") {
        "added" => "Added",
        "changed" => "Changed",
        "ended" => ended,
        "corrected" => "Put right",
        "mistaken" => "Entered by mistake",
        _ => "Written down",
    };
    let source = match row.text("details.source") {
        "seen" => seen,
        "told" => "was told",
        "document" => "from a document",
        _ => "",
    };
    Said {
        at: lens.face.when(row.recorded),
        by: writers.get(row.actor.as_str()).cloned().unwrap_or_default(),
        act: act.into(),
        lines,
        source: source.into(),
        reason: row.text("details.reason").into(),
    }
}

/// A day of the record in words; as it is written where it is none.
pub(crate) fn in_words(text: &str) -> String {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return text.into() };
    let known = time::date(day, month, year).ok();
    let date = known.and_then(|date| date.parse().map(engine::value::Value::Date).ok());
    match date {
        Some(engine::value::Value::Date(date)) => date.strftime("%-d %B %Y").to_string(),
        _ => text.into(),
    }
}
