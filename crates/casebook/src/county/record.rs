//! A case file in the making: what is known of a child, and entries added one by one, in whatever order they come to mind.
//! At any time it can be handed to the engine as a case; in the end it is written as a case file.

use super::entry::Entry;
use crate::case_file::{self, CaseFile, Keys};
use crate::known::known;
use crate::node::{Content, Node, Property};
use crate::reader::Reader;
use engine::case::Case;
use engine::source::SourceFile;
use engine::time::Moment;
use engine::vocabulary::Vocabulary;
use serde_json::{Map, Value, json};

/// An entry's place in the making; its id in the case file follows from it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Key(pub u32);

impl Key {
    pub fn id(self) -> String {
        format!("e{}", self.0 + 1)
    }

    /// The entry of an id.
    pub fn of(id: &str) -> Option<Key> {
        let number: u32 = id.strip_prefix('e')?.parse().ok()?;
        number.checked_sub(1).map(Key)
    }
}

pub(super) struct Record<'a> {
    vocabulary: &'a Vocabulary,
    reader: Reader<'a>,
    known: Map<String, Value>,
    file: CaseFile,
    rows: Vec<(Moment, Map<String, Value>)>,
}

impl<'a> Record<'a> {
    /// Begins with everything but the chronology. `None` if that is no case file.
    pub fn begin(vocabulary: &'a Vocabulary, known: Map<String, Value>) -> Option<Record<'a>> {
        let text = Value::Object(known.clone()).to_string();
        let file = case_file::read(&SourceFile::new("county", text), vocabulary, None).case?;
        Some(Record { vocabulary, reader: Reader::new(vocabulary, "county", ""), known, file, rows: Vec::new() })
    }

    /// Adds an entry.
    pub fn add(&mut self, entry: Entry) -> Key {
        let key = Key(self.rows.len() as u32);
        let occurred = entry.at;
        let (episode, corrects) = (entry.episode, entry.corrects);
        let row = entry.json(&key.id(), &self.vocabulary.calendar);
        let node = Node { at: 0, content: Content::List(vec![object(&row, &["episode", "corrects"])]) };
        for mut line in case_file::chronology(&mut self.reader, &node, &Keys::CASE_FILE) {
            line.root = corrects.map_or(key.0, |Key(corrected)| self.file.chronology[corrected as usize].root);
            line.corrects = corrects.map(|c| c.0);
            line.episode = episode.map(|e| e.0);
            self.file.chronology.push(line);
        }
        self.rows.push((occurred, row));
        key
    }

    /// What the engine sees of it.
    pub fn case(&self) -> Case {
        known(&self.file, self.vocabulary, &[], None).0
    }

    /// The case file, its entries in the order in which they happened.
    pub fn finish(self) -> Value {
        debug_assert_eq!(self.reader.errors(), 0, "{:#?}", self.reader.finish().1);
        let mut rows = self.rows;
        rows.sort_by_key(|(at, _)| *at);
        let mut case = self.known;
        case.insert("chronology".into(), json!(rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>()));
        Value::Object(case)
    }
}

/// An object as the reader takes it, without the keys whose references are resolved here.
fn object(row: &Map<String, Value>, without: &[&str]) -> Node<'static> {
    let properties = row.iter().filter(|(name, _)| !without.contains(&name.as_str()));
    let properties = properties.map(|(name, value)| Property { name: name.clone().into(), at: 0, value: node(value) });
    Node { at: 0, content: Content::Object(properties.collect()) }
}

fn node(value: &Value) -> Node<'static> {
    let content = match value {
        Value::Null => Content::Nothing,
        Value::Bool(yes) => Content::YesNo(*yes),
        Value::Number(number) => Content::Number(number.to_string().into()),
        Value::String(text) => Content::Text(text.clone().into()),
        Value::Array(items) => Content::List(items.iter().map(node).collect()),
        Value::Object(object) => return self::object(object, &[]),
    };
    Node { at: 0, content }
}
