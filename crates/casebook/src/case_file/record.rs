//! The dated facts and the local settings of a case file.

use super::model::{DatedFact, SettingLine};
use crate::node::{Content, Node, Property};
use crate::reader::{Reader, short};
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::FactId;

const KEYS: [&str; 5] = ["fact", "value", "from", "recorded_at", "note"];

pub(super) fn facts<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<DatedFact> {
    let items = reader.list(node, "facts");
    items.iter().filter_map(|item| fact_line(reader, item, "recorded_at")).collect()
}

/// Reads one dated fact; `recorded` is the name of the key that says when it was recorded.
pub(crate) fn fact_line<'a>(reader: &mut Reader<'a>, node: &Node<'a>, recorded: &str) -> Option<DatedFact> {
    let (mut word, mut value, mut from, mut known, mut note) = (None, None, None, None, None);
    let properties = reader.object(node, "a fact");
    for property in properties {
        match &*property.name {
            "fact" => word = Some(property),
            "value" => value = Some(&property.value),
            "from" => from = reader.moment(&property.value, "from"),
            "note" => note = reader.text(&property.value, "note"),
            key if key == recorded => known = reader.moment(&property.value, key),
            _ => reader.unknown_key(property, "a fact", &KEYS),
        }
    }
    if properties.is_empty() {
        return None;
    }
    let Some(word) = word else {
        reader.missing(node.at, "this line", "fact", "name a fact, such as `child.looked_after`");
        return None;
    };
    let Some(value) = value else {
        reader.missing(node.at, "this fact", "value", "write its value");
        return None;
    };
    let Content::Text(name) = &word.value.content else {
        reader.wrong_type(&word.value, "fact", "a text");
        return None;
    };
    let (fact, value) = fact_value(reader, name, word.value.at, value)?;
    let from = from.unwrap_or(Moment::EVER);
    let place = reader.lines.place(node.at);
    Some(DatedFact { fact, value, from, recorded: known.unwrap_or(from), note, place })
}

/// Reads a fact's word and its value.
pub(crate) fn fact_value(reader: &mut Reader<'_>, word: &str, at: usize, value: &Node<'_>) -> Option<(FactId, Value)> {
    let v = reader.vocabulary;
    let Some(id) = v.fact(word) else {
        let known = v.facts.iter().filter(|f| f.derived.is_none()).map(|f| f.id.as_str());
        reader.error("C01", at, format!("unknown fact `{}`", short(word)), reader.nearest(word, known));
        return None;
    };
    let fact = v.fact_at(id);
    if fact.derived.is_some() {
        reader.error("C02", at, format!("`{word}` is worked out, never recorded"), "delete the line");
        return None;
    }
    let value = reader.values(value, &fact.kind, word).first().copied()?;
    Some((id, value))
}

pub(super) fn settings<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<SettingLine> {
    let mut found = Vec::new();
    for rulebook in reader.object(node, "settings") {
        for setting in reader.object(&rulebook.value, &rulebook.name) {
            found.extend(setting_line(reader, &rulebook.name, setting));
        }
    }
    found
}

/// Reads one setting. Whether the rulebook has it is judged in `known`, where the rulebooks are.
pub(crate) fn setting_line<'a>(reader: &mut Reader<'a>, rulebook: &str, setting: &Property<'a>) -> Option<SettingLine> {
    let value = match &setting.value.content {
        Content::YesNo(yes) => yes.to_string(),
        Content::Text(text) => text.to_string(),
        _ => {
            reader.wrong_type(&setting.value, &setting.name, "a text, true or false");
            return None;
        }
    };
    let place = reader.lines.place(setting.at);
    Some(SettingLine { rulebook: rulebook.into(), setting: setting.name.to_string(), value, place })
}
