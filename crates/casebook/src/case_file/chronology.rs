//! The chronology: its entries one by one, then the references between them.

use super::entry::entry;
use super::model::EntryLine;
use super::references;
use crate::node::Node;
use crate::reader::Reader;
use engine::time::Moment;
use engine::vocabulary::FieldId;
use std::sync::Arc;

/// The names of the two times of an entry: in full in case files, short in scenarios.
pub(crate) struct Keys {
    pub occurred: &'static str,
    pub recorded: &'static str,
}

impl Keys {
    pub const CASE_FILE: Keys = Keys { occurred: "occurred_at", recorded: "recorded_at" };
    pub const SCENARIO: Keys = Keys { occurred: "at", recorded: "recorded" };
}

/// An entry on its own, before its references are resolved.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub line: EntryLine,
    /// Byte offset of the entry.
    pub at: usize,
    /// `None`: not given.
    pub recorded: Option<Moment>,
    /// The id written, and where.
    pub corrects: Option<(String, usize)>,
    /// The id written, and where.
    pub episode: Option<(String, usize)>,
    /// Entries that its fields name: the field, the id written, and where.
    pub entries: Vec<(FieldId, String, usize)>,
    /// Its event is known; a withdrawal need not have one.
    pub complete: bool,
}

/// Reads the list of entries and resolves the references between them.
pub(crate) fn chronology<'a>(reader: &mut Reader<'a>, node: &Node<'a>, keys: &Keys) -> Vec<Arc<EntryLine>> {
    let items = reader.list(node, "chronology");
    let drafts: Vec<Draft> =
        items.iter().enumerate().filter_map(|(n, item)| entry(reader, item, n + 1, keys)).collect();
    references::resolve(reader, &[], drafts, keys)
}
