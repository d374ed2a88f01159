//! Which photograph of a child is shown.

use casebook::case_file::{CaseFile, EntryLine};
use casebook::known::corrected;
use engine::value::Type;
use engine::vocabulary::{FieldId, Vocabulary};

/// The photograph that an entry adds: its id, in the text of its field.
pub(crate) fn named<'a>(vocabulary: &Vocabulary, line: &'a EntryLine) -> Option<&'a str> {
    let field = field(vocabulary, line)?;
    line.texts.iter().find(|(f, _)| *f == field).map(|(_, id)| id.as_str())
}

/// The entry that adds the photograph which is shown, as it stands: the one put on the record last, whenever it is said to have happened.
pub(crate) fn shown<'a>(vocabulary: &Vocabulary, file: &'a CaseFile) -> Option<&'a EntryLine> {
    let adds = |line: &&EntryLine| line.corrects.is_none() && field(vocabulary, line).is_some();
    if !file.chronology.iter().any(|line| adds(&line)) {
        return None;
    }
    let corrected = corrected(file, None);
    let stands = |root: &'a EntryLine| match corrected.iter().find(|c| c.entry == root.id) {
        Some(correction) if correction.withdrawn => None,
        Some(correction) => file.chronology.iter().find(|line| line.id == correction.by),
        None => Some(root),
    };
    let standing = file.chronology.iter().filter(adds).filter_map(|root| Some((root.recorded, stands(root)?)));
    standing.max_by_key(|(recorded, _)| *recorded).map(|(_, line)| line)
}

fn field(vocabulary: &Vocabulary, line: &EntryLine) -> Option<FieldId> {
    let fields = &vocabulary.event_at(line.event).fields;
    fields.iter().find(|field| field.kind == Type::Photograph).map(|field| field.field)
}
