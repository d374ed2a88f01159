//! A line of a fact as it is written down.

use crate::app::{App, micros};
use crate::authorise::Actor;
use casebook::command::Terms;
use engine::time::Moment;
use serde_json::{Map, Value, json};
use store::{NewRow, RowKind};

/// The line of a fact, recorded now.
pub(super) fn line(app: &App, fact: &str, value: &Value, terms: &Terms) -> Map<String, Value> {
    let calendar = &app.rules.vocabulary().calendar;
    let mut line = bare(app, fact);
    line.insert("value".into(), value.clone());
    if terms.from > Moment::EVER {
        line.insert("from".into(), calendar.stamp(terms.from).into());
    }
    if let Some(until) = terms.until {
        line.insert("until".into(), calendar.stamp(until).into());
    }
    line.insert("source".into(), terms.taken.word().into());
    for (key, text) in [("told_by", &terms.told_by), ("note", &terms.note)] {
        if !text.is_empty() {
            line.insert(key.into(), text.as_str().into());
        }
    }
    line
}

/// A line with nothing but which fact it is about, and when it was recorded.
pub(super) fn bare(app: &App, fact: &str) -> Map<String, Value> {
    let now = app.rules.vocabulary().calendar.stamp(app.now());
    let all = [("id", json!(app.new_id())), ("fact", json!(fact)), ("recorded_at", json!(now))];
    all.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

/// The row of a line.
pub(super) fn row(app: &App, actor: &Actor, from: Moment, line: Map<String, Value>) -> NewRow {
    let now = app.now();
    NewRow {
        kind: RowKind::Fact,
        occurred_us: micros(if from > Moment::EVER { from } else { now }),
        recorded_us: micros(now),
        actor: actor.person.clone(),
        payload: Value::Object(line).to_string(),
        salt: app.secret(),
        photograph: None,
    }
}
