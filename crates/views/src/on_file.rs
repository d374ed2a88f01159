//! The photographs on a record, and which of them is shown.

use casebook::case_file::{CaseFile, EntryLine};
use casebook::known::{Corrected, corrected};
use engine::vocabulary::Vocabulary;
use std::collections::HashMap;

/// A photograph on the record.
#[derive(Clone, Copy)]
pub struct OnFile<'a> {
    /// Its id.
    pub id: &'a str,
    /// The entry that put it there.
    pub root: &'a EntryLine,
    /// What that entry says now: itself, or the correction in force.
    pub line: &'a EntryLine,
}

/// The photograph that an entry adds: its id, in the text of its field.
fn named<'a>(vocabulary: &Vocabulary, line: &'a EntryLine) -> Option<&'a str> {
    let field = vocabulary.event_at(line.event).photograph()?.field;
    line.texts.iter().find(|(f, _)| *f == field).map(|(_, id)| id.as_str())
}

/// The photographs that stand, in the order of the record: as corrected, and none that was withdrawn.
pub fn on_file<'a>(vocabulary: &Vocabulary, file: &'a CaseFile) -> Vec<OnFile<'a>> {
    let lines = file.chronology.iter().map(|line| &**line);
    let adds = |line: &&EntryLine| line.corrects.is_none() && vocabulary.event_at(line.event).photograph().is_some();
    let roots: Vec<&EntryLine> = lines.clone().filter(adds).collect();
    if roots.is_empty() {
        return Vec::new();
    }
    let corrected = corrected(file, None);
    let in_force: HashMap<&str, &Corrected> = corrected.iter().map(|one| (one.entry.as_str(), one)).collect();
    let by_id: HashMap<&str, &EntryLine> = lines.map(|line| (line.id.as_str(), line)).collect();
    let stands = |root: &'a EntryLine| {
        let line = match in_force.get(root.id.as_str()) {
            Some(correction) if correction.withdrawn => None,
            Some(correction) => by_id.get(correction.by.as_str()).copied(),
            None => Some(root),
        }?;
        Some(OnFile { id: named(vocabulary, line)?, root, line })
    };
    roots.into_iter().filter_map(stands).collect()
}

/// The photograph that is shown: the one put on the record last, whenever it is said to have happened.
pub fn shown<'a>(vocabulary: &Vocabulary, file: &'a CaseFile) -> Option<OnFile<'a>> {
    on_file(vocabulary, file).into_iter().max_by_key(|one| one.root.recorded)
}
