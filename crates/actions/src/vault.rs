//! Which texts of the database are sealed under a key outside it: addresses, and whatever else says where a child is or may be found.
//!
//! Of a row of a record it is each text of the class *whereabouts*: fields of events and answers of forms by the vocabulary, addresses of
//! placements, places where the child goes, and what is kept of people by `particulars.toml`. In the payload `{ "sealed": ... }` stands in the
//! place of the text, so that chain, backup and erasure work on what is kept, and nobody needs the key to verify. What was typed and not
//! sent yet is sealed whole.
//! Indexes hold, of an address, keys that are blinded.

use crate::case::{PLACE_AT, PLACE_CALLED, class_of};
use crate::seal::{Of, Sealing, Shut};
use casebook::rules::Rules;
use engine::vocabulary::Class;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use store::{NewRow, RowKind, Vault};

/// Stands in a payload instead of a text.
const SEALED: &str = "sealed";
/// How it begins, as JSON. No text that somebody typed is written like this: its quotation marks would be escaped.
const BEGINS: &str = "{\"sealed\":\"";
/// What a text of a row is sealed as; its row is the child.
const ROW: &str = "row";
/// What is said where the key is not here. The sealed text stands behind it, so that it is kept whatever is made of it.
const NOT_HERE: &str = "(sealed with a key that is not here) ";

/// Seals where children may be found.
pub(crate) struct Addresses {
    /// The keys.
    pub sealing: Arc<Sealing>,
    /// The vocabulary says what is of which class.
    pub rules: Arc<Rules>,
}

impl Vault for Addresses {
    fn close_payload(&self, child: &str, row: &NewRow) -> Option<String> {
        let mut says: Map<String, Value> = match row.kind {
            RowKind::Entry | RowKind::Placement | RowKind::Person | RowKind::Place => {
                serde_json::from_str(&row.payload).ok()?
            }
            // Facts are words of the vocabulary; the others are about rows.
            RowKind::Fact | RowKind::Setting | RowKind::Erasure | RowKind::Same => return None,
        };
        let mut closing = Closing { sealing: &self.sealing, child, salt: &row.salt, closed: false };
        match row.kind {
            RowKind::Placement => closing.keys(&mut says, |key| matches!(key, "address" | "postcode")),
            RowKind::Place => closing.keys(&mut says, |key| matches!(key, "name" | "address" | "why" | "risk")),
            RowKind::Person => closing.keys(&mut says, |key| class_of(key) == policy::Class::Whereabouts),
            _ => self.entry(&mut says, &mut closing),
        }
        closing.closed.then(|| Value::Object(says).to_string())
    }

    fn open_payload(&self, child: &str, _: RowKind, payload: &str) -> Option<String> {
        if !payload.contains(BEGINS) {
            return None;
        }
        let mut says: Value = serde_json::from_str(payload).ok()?;
        self.opened(child, &mut says);
        Some(says.to_string())
    }

    fn close(&self, what: &str, whose: &str, text: &str) -> String {
        self.sealing.seal_alike(Of { what, row: whose }, "", text)
    }

    fn open(&self, what: &str, whose: &str, text: &str) -> Option<String> {
        match self.sealing.open(Of { what, row: whose }, text) {
            Ok(open) => Some(open),
            Err(Shut::Plain) => Some(text.to_owned()),
            Err(shut) => {
                tracing::error!(what, whose, ?shut, "a sealed text does not open");
                None
            }
        }
    }

    fn blind(&self, kind: &str, value: &str) -> Option<String> {
        matches!(kind, "at" | "place" | PLACE_AT | PLACE_CALLED).then(|| self.sealing.blind(kind, value))
    }
}

impl Addresses {
    /// The fields of an entry and the answers of its form that say where the child is.
    fn entry(&self, says: &mut Map<String, Value>, closing: &mut Closing<'_>) {
        let vocabulary = self.rules.vocabulary();
        let event = says.get("event").and_then(Value::as_str).and_then(|word| vocabulary.event(word));
        if let Some(event) = event.map(|id| vocabulary.event_at(id)) {
            let fields = event.fields.iter().filter(|field| field.class == Class::Whereabouts);
            for field in fields {
                if let Some(value) = says.get_mut(&vocabulary.fields[field.field.place()]) {
                    closing.value(value);
                }
            }
        }
        let answers = says.get_mut("filled").and_then(|form| form.get_mut("answers")).and_then(Value::as_array_mut);
        for answer in answers.into_iter().flatten().filter_map(Value::as_object_mut) {
            if answer.get("class").and_then(Value::as_str) != Some(Class::Whereabouts.word()) {
                continue;
            }
            closing.keys(answer, |key| matches!(key, "answer" | "words" | "what"));
            for line in answer.get_mut("lines").and_then(Value::as_array_mut).into_iter().flatten() {
                for one in line.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
                    closing.keys(one, |key| key == "answer");
                }
            }
        }
    }

    fn opened(&self, child: &str, value: &mut Value) {
        let inner = match value {
            Value::Object(object) => {
                let sealed = (object.len() == 1).then(|| object.get(SEALED).and_then(Value::as_str)).flatten();
                if let Some(sealed) = sealed {
                    *value = Value::String(self.text(child, sealed));
                    return;
                }
                object.iter_mut().map(|(_, inner)| inner).collect::<Vec<_>>()
            }
            Value::Array(list) => list.iter_mut().collect(),
            _ => return,
        };
        inner.into_iter().for_each(|inner| self.opened(child, inner));
    }

    fn text(&self, child: &str, sealed: &str) -> String {
        self.sealing.open(Of { what: ROW, row: child }, sealed).unwrap_or_else(|shut| {
            tracing::error!(%child, ?shut, "a sealed address does not open");
            format!("{NOT_HERE}{sealed}")
        })
    }
}

/// Closing the texts of one row.
struct Closing<'a> {
    sealing: &'a Sealing,
    child: &'a str,
    salt: &'a str,
    closed: bool,
}

impl Closing<'_> {
    /// Closes what stands under these keys, in the row and in its details.
    fn keys(&mut self, says: &mut Map<String, Value>, few: impl Fn(&str) -> bool) {
        let rows = says.iter_mut().filter(|(key, _)| few(key));
        rows.for_each(|(_, value)| self.value(value));
        if let Some(Value::Object(details)) = says.get_mut("details") {
            let rows = details.iter_mut().filter(|(key, _)| few(key));
            rows.for_each(|(_, value)| self.value(value));
        }
    }

    fn value(&mut self, value: &mut Value) {
        match value {
            Value::String(text) if !text.is_empty() => {
                // What could not be opened goes back as it was.
                let sealed = match text.strip_prefix(NOT_HERE) {
                    Some(sealed) => sealed.to_owned(),
                    None => self.sealing.seal_alike(Of { what: ROW, row: self.child }, self.salt, text),
                };
                *value = json!({ SEALED: sealed });
                self.closed = true;
            }
            Value::Array(list) => list.iter_mut().for_each(|one| self.value(one)),
            Value::Object(object) => object.iter_mut().for_each(|(_, one)| self.value(one)),
            _ => {}
        }
    }
}
