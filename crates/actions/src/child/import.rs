//! Brings in the record of a child as a whole: for demonstrations, tests and measurements. No person does this from a page.

use crate::app::{App, micros, moment};
use crate::case::{ChildBase, begun};
use crate::photograph::id_in;
use engine::time::Moment;
use serde_json::{Value, json};
use store::{Appended, NewChild, NewRow, RowKind};

/// A record to be brought in.
pub struct Import<'a> {
    /// The id.
    pub id: &'a str,
    /// The name.
    pub name: &'a str,
    /// The agencies that work with the child, by id.
    pub agencies: &'a [String],
    /// A case file.
    pub case: &'a Value,
    /// The id of the person who wrote an entry, from its `by` and `by_name`.
    pub writer: &'a (dyn Fn(&str, &str) -> String + Sync),
}

/// Brings a record in: once, however often it is sent. Pictures that it names were put beside it before.
///
/// # Errors
/// What is wrong with the case file, or that the store cannot be reached.
pub async fn import(app: &App, import: &Import<'_>) -> Result<Appended, String> {
    let rows = rows(app, import)?;
    let base =
        ChildBase { id: import.id.into(), name: import.name.into(), agencies: import.agencies.to_vec(), into: None };
    let derived = begun(app, &base, &rows).await.map_err(|refused| refused.says())??;
    let created_us = rows.iter().map(|r| r.recorded_us).min().unwrap_or_else(|| app.now_us());
    let child = NewChild { id: import.id.into(), created_us };
    let key = format!("import:{}", import.id);
    app.store.add_child(&child, &rows, &derived, &key).await.map_err(|e| e.to_string())
}

/// Can a case file be brought in?
///
/// # Errors
/// What is wrong with it.
pub(crate) async fn readable(app: &App, id: &str, name: &str, case: &Value) -> Result<(), String> {
    let rows = rows(app, &Import { id, name, agencies: &[], case, writer: &|_, _| String::new() })?;
    let base = ChildBase { id: id.into(), name: name.into(), agencies: Vec::new(), into: None };
    begun(app, &base, &rows).await.map_err(|refused| refused.says())?.map(drop)
}

/// The parts of a case file as rows, in the order in which they were recorded; what has no date comes first.
fn rows(app: &App, import: &Import<'_>) -> Result<Vec<NewRow>, String> {
    let vocabulary = app.rules.vocabulary();
    let mut rows = Vec::new();
    let mut add = |kind: RowKind, part: &Value, occurred: Option<Moment>, recorded: Option<Moment>| {
        let text = |key: &str| part.get(key).and_then(Value::as_str).unwrap_or_default();
        rows.push(NewRow {
            kind,
            occurred_us: occurred.map_or(0, micros),
            recorded_us: recorded.or(occurred).map_or(0, micros),
            actor: (import.writer)(text("by"), text("by_name")),
            payload: part.to_string(),
            salt: app.secret(),
            photograph: part.as_object().and_then(|entry| {
                let event = vocabulary.event(text("event"))?;
                id_in(vocabulary.event_at(event), entry).map(|(_, id)| id.to_string())
            }),
        });
    };
    let list = |key: &str| import.case.get(key).and_then(Value::as_array).into_iter().flatten();
    for part in list("people") {
        add(RowKind::Person, part, None, None);
    }
    for (book, settings) in import.case.get("settings").and_then(Value::as_object).into_iter().flatten() {
        add(RowKind::Setting, &json!({ book: settings }), None, None);
    }
    for (kind, key, from) in [(RowKind::Fact, "facts", "from"), (RowKind::Placement, "placements", "from")] {
        for part in list(key) {
            add(kind, part, time(part, from)?, time(part, "recorded_at")?);
        }
    }
    for (n, part) in list("chronology").enumerate() {
        let mut part = part.clone();
        if let Some(entry) = part.as_object_mut() {
            // An entry without an id is known by its place, which changes when rows are put in order.
            entry.entry("id").or_insert_with(|| json!(format!("#{}", n + 1)));
        }
        add(RowKind::Entry, &part, time(&part, "occurred_at")?, time(&part, "recorded_at")?);
    }
    let begun = rows.iter().map(|r| r.recorded_us).filter(|at| *at != 0).min().unwrap_or_else(|| app.now_us());
    for row in &mut rows {
        // What was always so was written down when the record was opened.
        row.occurred_us = if row.occurred_us == 0 { begun } else { row.occurred_us };
        row.recorded_us = if row.recorded_us == 0 { begun } else { row.recorded_us };
    }
    rows.sort_by_key(|r| moment(r.recorded_us));
    Ok(rows)
}

fn time(part: &Value, key: &str) -> Result<Option<Moment>, String> {
    part.get(key).and_then(Value::as_str).map(Moment::parse).transpose()
}
