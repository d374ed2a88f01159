//! One entry of the chronology: what every entry carries, and the fields of its event.

use super::checked::checklist;
use super::chronology::{Draft, Keys};
use super::filled::filled;
use super::model::{EntryLine, Remark};
use crate::node::{Content, Node, Property};
use crate::reader::{Reader, short};
use engine::ids::LineNo;
use engine::time::Moment;
use engine::value::{Type, Value};
use engine::vocabulary::{EventId, Vocabulary};
use engine::words::{meant, sym};

/// What every entry may carry, beside its two times.
const COMMON: [&str; 15] = [
    "id",
    "event",
    "by",
    "by_name",
    "note",
    "why",
    "episode",
    "followed",
    "corrects",
    "withdrawn",
    "confirmed",
    "disputed",
    "told_by",
    "checklist",
    "filled",
];

/// What is faulty is said and left at a value that means nothing; a case with an error is never handed on.
/// `None` for what is no object at all.
pub(super) fn entry<'a>(reader: &mut Reader<'a>, node: &Node<'a>, position: usize, keys: &Keys) -> Option<Draft> {
    let Content::Object(properties) = &node.content else {
        reader.wrong_type(node, "chronology", "objects");
        return None;
    };
    let says = |key: &str| matches!(node.get(key).map(|n| &n.content), Some(Content::YesNo(true)));
    let withdrawn = says("withdrawn");
    let remark = match (says("confirmed"), says("disputed")) {
        (true, _) => Some(Remark::Confirmed),
        (_, true) => Some(Remark::Disputed),
        _ => None,
    };
    // What is about an entry as a whole has its event.
    let bare = withdrawn || remark.is_some();
    let event = match node.get("event") {
        Some(word) => event(reader, word),
        None if bare => None,
        None => {
            reader.missing(node.at, "the entry", "event", "write what happened, such as `absence.noticed`");
            None
        }
    };
    let unreadable = event.is_none() && !(bare && node.get("event").is_none());
    let place = reader.lines.place(node.at);
    let mut draft = Draft {
        line: EntryLine {
            id: format!("#{position}"),
            event: event.unwrap_or(EventId(0)),
            occurred: Moment::EVER,
            recorded: Moment::EVER,
            by: None,
            by_name: None,
            note: None,
            why: None,
            fields: Vec::new(),
            texts: Vec::new(),
            episode: None,
            also: Vec::new(),
            corrects: None,
            root: LineNo::at(position - 1),
            withdrawn,
            remark,
            told_by: None,
            checklist: Vec::new(),
            filled: None,
            place,
        },
        at: node.at,
        recorded: None,
        corrects: None,
        episode: None,
        entries: Vec::new(),
        complete: event.is_some(),
    };
    let mut occurred = None;
    for property in properties {
        let value = &property.value;
        match &*property.name {
            key if key == keys.occurred => occurred = reader.moment(value, key),
            key if key == keys.recorded => draft.recorded = reader.moment(value, key),
            // Of an event that nobody knows, nobody knows the fields.
            key if unreadable && !COMMON.contains(&key) => {}
            _ => common(reader, node, property, &mut draft, event, keys),
        }
    }
    required(reader, &draft, event, properties);
    times(reader, &mut draft, node, keys, occurred);
    Some(draft)
}

fn event(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<EventId> {
    let Content::Text(word) = &node.content else {
        reader.wrong_type(node, "event", "a text");
        return None;
    };
    let v = reader.vocabulary;
    match v.event(word) {
        Some(id) if !v.event_at(id).made_up => Some(id),
        Some(_) => {
            reader.error(
                "C01",
                node.at,
                format!("`{word}` is worked out, never recorded"),
                "record what starts or ends the episode",
            );
            None
        }
        None => {
            let known = v.events.iter().filter(|e| !e.made_up).map(|e| e.id.as_str());
            reader.error("C01", node.at, format!("unknown event `{}`", short(word)), reader.nearest(word, known));
            None
        }
    }
}

fn common<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
    property: &Property<'a>,
    draft: &mut Draft,
    event: Option<EventId>,
    keys: &Keys,
) {
    let value = &property.value;
    let line = &mut draft.line;
    match &*property.name {
        "event" => {}
        "id" => {
            if let Some(id) = reader.full_text(value, "id") {
                line.id = id;
            }
        }
        "by" => {
            line.by = reader.role(value, "by");
            line.fields.extend(line.by.map(|by| (reader.vocabulary.known.by, Value::Word(by))));
        }
        "by_name" => line.by_name = reader.text(value, "by_name"),
        "note" => line.note = reader.text(value, "note"),
        "why" => line.why = reader.text(value, "why"),
        // Which rulebooks there are is known where they are asked.
        "followed" => {
            if let Some(rulebook) = reader.full_text(value, "followed") {
                let followed = reader.vocabulary.known.followed;
                line.fields.push((followed, Value::Word(sym(&rulebook))));
                line.texts.push((followed, rulebook));
            }
        }
        "episode" => draft.episode = reader.full_text(value, "episode").map(|id| (id, value.at)),
        "corrects" => draft.corrects = reader.full_text(value, "corrects").map(|id| (id, value.at)),
        key @ ("withdrawn" | "confirmed" | "disputed") => _ = reader.yes_no(value, key),
        "told_by" => line.told_by = reader.role(value, "told_by"),
        "checklist" => line.checklist = checklist(reader, value),
        "filled" => line.filled = filled(reader, value),
        _ => field(reader, node, property, draft, event, keys),
    }
}

fn field<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
    property: &Property<'a>,
    draft: &mut Draft,
    event: Option<EventId>,
    keys: &Keys,
) {
    let v = reader.vocabulary;
    let Some(field) = event.and_then(|event| v.event_field(event, &property.name)) else {
        let what =
            event.map_or("what is said about an entry".to_string(), |event| format!("`{}`", v.event_at(event).id));
        let own = event.into_iter().flat_map(|event| v.event_at(event).fields.iter().map(|f| f.id.as_str()));
        let known: Vec<&str> = own.chain(COMMON).chain([keys.occurred, keys.recorded]).collect();
        reader.unknown_key(property, &what, &known);
        return;
    };
    let answers = matches!(field.kind, Type::Answer(_)).then(|| answers(v, node)).flatten();
    let values = reader.values(&property.value, answers.as_ref().unwrap_or(&field.kind), &field.id);
    draft.line.fields.extend(values.into_iter().map(|value| (field.field, value)));
    match (&field.kind, &property.value.content) {
        (Type::Text | Type::Photograph | Type::Rule, Content::Text(text)) => {
            draft.line.texts.push((field.field, text.to_string()));
        }
        (Type::Entries, content) => {
            let items = if let Content::List(items) = content {
                items.as_slice()
            } else {
                std::slice::from_ref(&property.value)
            };
            for item in items {
                if let Content::Text(id) = &item.content {
                    draft.line.texts.push((field.field, id.to_string()));
                    draft.entries.push((field.field, id.to_string(), item.at));
                }
            }
        }
        _ => {}
    }
}

/// What the answer may be to the decision that an entry names.
fn answers(vocabulary: &Vocabulary, node: &Node<'_>) -> Option<Type> {
    let Content::Text(written) = &node.get("decision")?.content else { return None };
    let known = vocabulary.actions.iter().map(|action| action.id.as_str());
    let action = vocabulary.action(meant(written, known)?)?;
    Some(Type::Answer(vocabulary.action_at(action).answers.iter().map(|answer| answer.word.clone()).collect()))
}

/// Every required field must be there, and not empty. A value of the wrong type was said already.
fn required(reader: &mut Reader<'_>, draft: &Draft, event: Option<EventId>, properties: &[Property<'_>]) {
    let Some(event) = event else { return };
    for field in reader.vocabulary.event_at(event).fields.iter().filter(|f| f.required) {
        let what = format!("`{}`", reader.vocabulary.event_at(event).id);
        match properties.iter().find(|p| p.name == field.id) {
            None => reader.missing(draft.at, &what, &field.id, &field.doc),
            Some(p) => {
                let empty = match &p.value.content {
                    Content::Text(text) => text.trim().is_empty(),
                    Content::List(items) => items.is_empty(),
                    _ => false,
                };
                if empty && matches!(field.kind, Type::Text | Type::Rule | Type::Roles | Type::Entries) {
                    reader.error("C03", p.value.at, format!("`{}` is empty", field.id), field.doc.as_str());
                }
            }
        }
    }
}

/// Is it about an entry as a whole, with no content of its own?
fn is_bare(line: &EntryLine) -> bool {
    line.withdrawn || line.remark.is_some()
}

/// When it happened; a withdrawal happens when it is recorded.
fn times(reader: &mut Reader<'_>, draft: &mut Draft, node: &Node<'_>, keys: &Keys, occurred: Option<Moment>) {
    draft.line.occurred = match (occurred, draft.recorded) {
        (Some(occurred), _) => occurred,
        // Written, but no time; that was said.
        (None, _) if node.get(keys.occurred).is_some() => Moment::EVER,
        (None, Some(recorded)) if is_bare(&draft.line) => recorded,
        (None, _) => {
            let (key, help) = if is_bare(&draft.line) {
                (keys.recorded, "write when it was withdrawn, confirmed or disputed")
            } else {
                (keys.occurred, "write when it happened, with an offset: `2026-01-05T18:00+00:00`")
            };
            reader.missing(draft.at, "the entry", key, help);
            Moment::EVER
        }
    };
    draft.line.recorded = draft.recorded.unwrap_or(draft.line.occurred);
}
