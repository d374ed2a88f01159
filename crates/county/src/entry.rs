//! An entry of a chronology in the making.

use crate::record::Key;
use engine::calendar::Calendar;
use engine::time::Moment;
use serde_json::{Map, Value, json};

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub event: String,
    pub at: Moment,
    /// When it was written down; `None`: at once.
    pub recorded: Option<Moment>,
    pub by: Option<String>,
    pub by_name: Option<String>,
    pub note: Option<String>,
    pub fields: Map<String, Value>,
    pub episode: Option<Key>,
    pub corrects: Option<Key>,
}

impl Entry {
    pub fn new(event: &str, at: Moment) -> Entry {
        Entry {
            event: event.into(),
            // People write minutes.
            at: Moment(at.minute() * 60),
            recorded: None,
            by: None,
            by_name: None,
            note: None,
            fields: Map::new(),
            episode: None,
            corrects: None,
        }
    }

    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Entry {
        self.fields.insert(field.into(), value.into());
        self
    }

    pub fn by(mut self, role: &str, name: Option<String>) -> Entry {
        self.by = Some(role.into());
        self.by_name = name;
        self
    }

    pub fn recorded(mut self, at: Moment) -> Entry {
        self.recorded = Some(Moment(at.minute() * 60));
        self
    }

    pub fn note(mut self, note: impl Into<String>) -> Entry {
        self.note = Some(note.into());
        self
    }

    pub fn correcting(mut self, key: Key) -> Entry {
        self.corrects = Some(key);
        self
    }

    /// The word in a field.
    pub fn word(&self, field: &str) -> Option<&str> {
        self.fields.get(field).and_then(Value::as_str)
    }

    /// As it is written in a case file.
    pub fn json(self, id: &str, calendar: &Calendar) -> Map<String, Value> {
        let mut json = Map::new();
        let mut put = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                json.insert(key.into(), json!(value));
            }
        };
        put("id", Some(id.into()));
        put("event", Some(self.event));
        put("occurred_at", Some(calendar.stamp(self.at)));
        put("recorded_at", self.recorded.filter(|r| *r > self.at).map(|r| calendar.stamp(r)));
        put("by", self.by);
        put("by_name", self.by_name);
        put("episode", self.episode.map(Key::id));
        put("corrects", self.corrects.map(Key::id));
        json.extend(self.fields);
        if let Some(note) = self.note {
            json.insert("note".into(), json!(note));
        }
        json
    }
}
