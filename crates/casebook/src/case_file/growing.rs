//! A case file that grows: entries are read one by one and added at its end, without reading again what is there.

use super::chronology::{Keys, chronology};
use super::model::CaseFile;
use crate::node::{Content, Node, Property};
use crate::reader::Reader;
use engine::ids::LineNo;
use engine::source::SourceFile;
use engine::vocabulary::Vocabulary;
use serde_json::{Map, Value};
use std::sync::Arc;

/// A case file, and what reads more of it.
pub struct Growing<'a> {
    reader: Reader<'a>,
    file: CaseFile,
}

impl<'a> Growing<'a> {
    /// Begins with a case file that has no chronology yet. `None` if it is none.
    pub fn begin(vocabulary: &'a Vocabulary, name: &'a str, text: &str) -> Option<Growing<'a>> {
        let file = super::read(&SourceFile::new(name, text), vocabulary, None).case?;
        Some(Growing { reader: Reader::new(vocabulary, name, ""), file })
    }

    /// Adds an entry. What it corrects, and the entry that starts its episode, are given by their places in the chronology.
    pub fn add(&mut self, entry: &Map<String, Value>, corrects: Option<LineNo>, episode: Option<LineNo>) {
        let node = Node { at: 0, content: Content::List(vec![object(entry, &["episode", "corrects"])]) };
        for mut line in chronology(&mut self.reader, &node, &Keys::CASE_FILE).into_iter().map(Arc::unwrap_or_clone) {
            let own = LineNo::at(self.file.chronology.len());
            line.root = corrects.map_or(own, |corrected| self.file.chronology[corrected.place()].root);
            line.corrects = corrects;
            line.episode = episode;
            self.file.chronology.push(Arc::new(line));
        }
    }

    /// As it is so far.
    pub fn file(&self) -> &CaseFile {
        &self.file
    }

    /// So many entries were faulty.
    pub fn errors(&self) -> usize {
        self.reader.errors()
    }
}

/// An object as the reader takes it, without some of its keys.
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
