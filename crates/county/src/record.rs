//! A case file in the making: what is known of a child, and entries added one by one, in whatever order they come to mind.
//! At any time it can be handed to the engine as a case; in the end it is written as a case file.

use crate::entry::Entry;
use casebook::case_file::Growing;
use casebook::known::known;
use engine::case::Case;
use engine::evaluate::Evaluator;
use engine::ids::LineNo;
use engine::time::Moment;
use engine::vocabulary::Vocabulary;
use serde_json::{Map, Value, json};

/// An entry's place in the making; its id in the case file follows from it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Key(pub u32);

impl Key {
    pub fn id(self) -> String {
        format!("e{}", self.0 + 1)
    }

    /// Its line in the case file.
    fn line(self) -> LineNo {
        LineNo(self.0)
    }

    /// The entry of an id.
    pub fn of(id: &str) -> Option<Key> {
        let number: u32 = id.strip_prefix('e')?.parse().ok()?;
        number.checked_sub(1).map(Key)
    }
}

pub(crate) struct Record<'a> {
    vocabulary: &'a Vocabulary,
    known: Map<String, Value>,
    file: Growing<'a>,
    rows: Vec<(Moment, Map<String, Value>)>,
}

impl<'a> Record<'a> {
    /// Begins with everything but the chronology. `None` if that is no case file.
    pub fn begin(vocabulary: &'a Vocabulary, known: Map<String, Value>) -> Option<Record<'a>> {
        let file = Growing::begin(vocabulary, "county", &Value::Object(known.clone()).to_string())?;
        Some(Record { vocabulary, known, file, rows: Vec::new() })
    }

    /// Adds an entry.
    pub fn add(&mut self, entry: Entry) -> Key {
        let key = Key(self.rows.len() as u32);
        let occurred = entry.at;
        let (episode, corrects) = (entry.episode, entry.corrects);
        let row = entry.json(&key.id(), &self.vocabulary.calendar);
        self.file.add(&row, corrects.map(Key::line), episode.map(Key::line));
        self.rows.push((occurred, row));
        key
    }

    /// What the engine sees of it.
    pub fn case(&self) -> Case {
        known(self.file.file(), &Evaluator::new(self.vocabulary, []), None).0
    }

    /// The case file, its entries in the order in which they happened.
    pub fn finish(self) -> Value {
        debug_assert_eq!(self.file.errors(), 0, "an entry of the county is no entry");
        let mut rows = self.rows;
        rows.sort_by_key(|(at, _)| *at);
        let mut case = self.known;
        case.insert("chronology".into(), json!(rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>()));
        Value::Object(case)
    }
}
