//! Brings in the record of a child as a whole: for demonstrations, tests and measurements. No person does this from a page.

use crate::app::{App, micros, moment};
use crate::case::{ChildBase, begun};
use crate::photograph::id_in;
use engine::time::Moment;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
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
    let base = ChildBase {
        id: import.id.into(),
        name: import.name.into(),
        agencies: import.agencies.to_vec(),
        ..ChildBase::default()
    };
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
    let base = ChildBase { id: id.into(), name: name.into(), agencies: Vec::new(), ..ChildBase::default() };
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
    for part in named(list("chronology")) {
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

/// Entries, each with an id. One that has none is known in its file as `#3`, by its place there: that changes when rows are put in order,
/// and a browser cuts it off an address. It gets an id that an address can hold, and so does what refers to it.
fn named<'v>(entries: impl Iterator<Item = &'v Value>) -> Vec<Value> {
    let mut entries: Vec<Value> = entries.cloned().collect();
    let mut taken: HashSet<String> =
        entries.iter().filter_map(|entry| Some(entry.get("id")?.as_str()?.into())).collect();
    let mut names: HashMap<String, String> = HashMap::new();
    for (n, entry) in entries.iter_mut().enumerate() {
        let Some(entry) = entry.as_object_mut().filter(|entry| !entry.contains_key("id")) else { continue };
        let mut id = format!("entry-{}", n + 1);
        while !taken.insert(id.clone()) {
            id.push('x');
        }
        entry.insert("id".into(), json!(id));
        names.insert(format!("#{}", n + 1), id);
    }
    let refer = |value: &mut Value| {
        if let Some(name) = value.as_str().and_then(|id| names.get(id)) {
            *value = json!(name);
        }
    };
    for entry in &mut entries {
        for key in ["corrects", "episode", "episodes"] {
            match entry.get_mut(key) {
                Some(Value::Array(list)) => list.iter_mut().for_each(refer),
                Some(value) => refer(value),
                None => {}
            }
        }
    }
    entries
}

fn time(part: &Value, key: &str) -> Result<Option<Moment>, String> {
    part.get(key).and_then(Value::as_str).map(Moment::parse).transpose()
}
