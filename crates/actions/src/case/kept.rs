//! What is kept of a child beside what happened, row by row: people, placements and places with their history, as somebody may see them.
//!
//! Of several rows of one id the last counts, and the others are its history. A row that differs from the one before only in what somebody
//! may not see is not there for them, and is not counted either.

use super::load::{Opened, Purpose};
use super::redact::{Sight, gives_away, secrets};
use super::ties::{Tied, load_tied};
use super::whole::Whole;
use crate::app::{App, micros, moment};
use crate::authorise::{Actor, Permit};
use crate::refused::Result;
use casebook::particulars;
use engine::time::Moment;
use policy::{Class, Policy};
use serde_json::{Map, Value};
use std::collections::HashMap;
use store::RowKind;
use views::Record;

/// What a row says of how it came about, and not of whom it is about.
const ABOUT_THE_ROW: [&str; 2] = ["recorded_at", "details"];
/// The same among its details.
const ABOUT_THE_DETAILS: [&str; 3] = ["source", "reason", "act"];

/// A row about a person or a placement.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Kept {
    /// A person or a placement.
    pub kind: RowKind,
    /// Whom or what it is about.
    pub id: String,
    /// What it says, without what few may see.
    pub says: Map<String, Value>,
    /// Its place in the record.
    pub seq: i64,
    /// Who wrote it, by id.
    pub actor: String,
    /// When.
    pub recorded: Moment,
}

impl Kept {
    /// A text; empty where there is none. `details.phone` is one of the details.
    pub fn text(&self, key: &str) -> &str {
        text(&self.says, key)
    }

    /// A moment.
    pub fn at(&self, key: &str) -> Option<Moment> {
        Moment::parse(self.text(key)).ok()
    }

    /// It says that it should never have been there.
    pub fn is_void(&self) -> bool {
        self.says.get("void") == Some(&Value::Bool(true))
    }
}

/// A text of a row; empty where there is none. `details.phone` is one of the details.
pub(crate) fn text<'a>(says: &'a Map<String, Value>, key: &str) -> &'a str {
    let found = match key.split_once('.') {
        Some((outer, inner)) => says.get(outer).and_then(|v| v.get(inner)),
        None => says.get(key),
    };
    found.and_then(Value::as_str).unwrap_or_default()
}

/// Does a row of a person say that they care for the child?
pub(crate) fn is_carer(roles: &Policy, says: &Map<String, Value>) -> bool {
    text(says, "details.kind") == "carer" || roles.is(text(says, "role"), "carers")
}

/// The rows as these eyes see them, and the places of those that they do not.
pub(super) fn kept(sight: &Sight, whole: &Whole) -> (Vec<Kept>, Vec<i64>) {
    let (mut seen, mut hidden): (Vec<Kept>, Vec<i64>) = (Vec::new(), Vec::new());
    let mut last: HashMap<String, Map<String, Value>> = HashMap::new();
    let secret = secrets(&whole.file, sight);
    let of_kind = |kind| matches!(kind, RowKind::Person | RowKind::Placement | RowKind::Place);
    for row in whole.rows.iter().filter(|row| of_kind(row.kind)) {
        let Some(Value::Object(mut says)) = row.payload.as_deref().and_then(|text| serde_json::from_str(text).ok())
        else {
            continue;
        };
        let id = says.get("id").and_then(Value::as_str).unwrap_or_default().to_string();
        let gone = match row.kind {
            RowKind::Placement => !sight.see.has(Class::Whereabouts) || sight.withheld.contains(&id),
            RowKind::Place => !sight.sees_places() || gives_away(&secret, &Value::Object(says.clone()).to_string()),
            _ if sight.carers.contains(&id) => true,
            _ if sight.left.is_some_and(|left| row.recorded_us >= micros(left)) => true,
            _ => strip(sight, &secret, &mut says) && same(last.get(&id), &says),
        };
        if gone {
            hidden.push(row.seq);
            continue;
        }
        if row.kind == RowKind::Person {
            last.insert(id.clone(), says.clone());
        }
        seen.push(Kept {
            kind: row.kind,
            id,
            says,
            seq: row.seq,
            actor: row.actor.clone(),
            recorded: moment(row.recorded_us),
        });
    }
    (seen, hidden)
}

/// Takes out what these eyes may not see. Says whether there was anything.
fn strip(sight: &Sight, secret: &[String], says: &mut Map<String, Value>) -> bool {
    let tells = |value: &Value| value.as_str().is_some_and(|text| gives_away(secret, text));
    let may = |key: &str, value: &Value| sight.see.has(class_of(key)) && !tells(value);
    let before = says.len();
    says.retain(|key, value| may(key, value));
    let mut gone = before != says.len();
    if let Some(Value::Object(details)) = says.get_mut("details") {
        let before = details.len();
        details.retain(|key, value| may(key, value));
        gone |= before != details.len();
    }
    gone
}

/// The class of what is said of a person.
pub(crate) fn class_of(key: &str) -> Class {
    match key {
        "address" | "other_address" => Class::Whereabouts,
        _ => particulars::class(key).and_then(Class::of).unwrap_or(Class::Ordinary),
    }
}

/// Does a row say what the one before it said, or nothing at all?
fn same(before: Option<&Map<String, Value>>, says: &Map<String, Value>) -> bool {
    let bare = |says: &Map<String, Value>| {
        let details = says.get("details").and_then(Value::as_object).into_iter().flatten();
        let details = details.filter(|(key, _)| !ABOUT_THE_DETAILS.contains(&key.as_str()));
        let own = says.iter().filter(|(key, _)| !ABOUT_THE_ROW.contains(&key.as_str()));
        own.chain(details).map(|(key, value)| (key.clone(), value.clone())).collect::<Map<String, Value>>()
    };
    before.map_or_else(|| bare(says).keys().all(|key| key == "id"), |before| bare(before) == bare(says))
}

/// The record of a child with what is kept beside it, as this person may see it.
pub(crate) async fn load_kept(
    app: &App,
    actor: &Actor,
    child: &str,
    purpose: Purpose,
) -> Result<(Record, Vec<Kept>, Permit)> {
    let Tied { record, kept, permit, .. } = load_tied(app, actor, child, purpose).await?;
    Ok((record, kept, permit))
}

impl Opened {
    /// May whoever writes see where the child goes?
    pub fn sees_places(&self) -> bool {
        self.sight.sees_places()
    }

    /// What is kept, as whoever writes may see it.
    pub fn kept(&self) -> Vec<Kept> {
        kept(&self.sight, &self.whole).0
    }

    /// The last row of an id as it was written, for the row that takes its place: what the writer does not see stays as it was.
    pub fn last(&self, kind: RowKind, id: &str) -> Option<Map<String, Value>> {
        let rows = self.whole.rows.iter().rev().filter(|row| row.kind == kind);
        rows.filter_map(|row| serde_json::from_str::<Map<String, Value>>(row.payload.as_deref()?).ok())
            .find(|says| says.get("id").and_then(Value::as_str) == Some(id))
    }
}
