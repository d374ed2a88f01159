//! The dated facts and the local settings of a case file.

use super::model::{DatedFact, SettingLine, Taken};
use super::people::unique;
use crate::node::{Content, Node, Property};
use crate::reader::{Reader, short};
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::FactId;
use std::collections::HashMap;

const KEYS: [&str; 12] = [
    "id",
    "fact",
    "value",
    "from",
    "until",
    "recorded_at",
    "source",
    "told_by",
    "corrects",
    "withdrawn",
    "why",
    "note",
];

pub(super) fn facts<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<DatedFact> {
    let items = reader.list(node, "facts");
    let mut found: Vec<(DatedFact, usize)> = Vec::new();
    for (n, item) in items.iter().enumerate() {
        let Some(mut line) = fact_line(reader, item, "recorded_at") else { continue };
        if line.id.is_empty() {
            line.id = format!("fact#{}", n + 1);
        }
        found.push((line, item.at));
    }
    references(reader, &found);
    found.into_iter().map(|(line, _)| line).collect()
}

/// Ids are unique, and what corrects a line names one of the same fact that was there before it.
fn references(reader: &mut Reader<'_>, lines: &[(DatedFact, usize)]) {
    let mut seen = HashMap::new();
    let mut facts: HashMap<&str, FactId> = HashMap::new();
    for (line, at) in lines {
        unique(reader, &mut seen, &line.id, *at);
        if let Some(corrects) = &line.corrects {
            match facts.get(corrects.as_str()) {
                Some(fact) if *fact == line.fact => {}
                Some(_) => {
                    let message = format!("`corrects` names `{}`, which is about another fact", short(corrects));
                    reader.error("C05", *at, message, "correct a line of the same fact");
                }
                None => {
                    let message = format!("`corrects` names `{}`, and no line before it has this id", short(corrects));
                    reader.error("C05", *at, message, reader.nearest(corrects, facts.keys().copied()));
                }
            }
        }
        facts.insert(&line.id, line.fact);
    }
}

/// Reads one dated fact; `recorded` is the name of the key that says when it was recorded.
pub(crate) fn fact_line<'a>(reader: &mut Reader<'a>, node: &Node<'a>, recorded: &str) -> Option<DatedFact> {
    let (mut word, mut value, mut known) = (None, None, None);
    let place = reader.lines.place(node.at);
    let mut line = DatedFact::always(FactId(0), Value::Unknown, place);
    let properties = reader.object(node, "a fact");
    for property in properties {
        let text = &property.value;
        match &*property.name {
            "fact" => word = Some(property),
            "value" => value = Some(text),
            "id" => line.id = reader.full_text(text, "id").unwrap_or_default(),
            "from" => line.from = reader.moment(text, "from").unwrap_or(Moment::EVER),
            "until" => line.until = reader.moment(text, "until"),
            "source" => line.taken = source(reader, text),
            "told_by" => line.told_by = reader.text(text, "told_by"),
            "corrects" => line.corrects = reader.full_text(text, "corrects"),
            "withdrawn" => line.withdrawn = reader.yes_no(text, "withdrawn").unwrap_or_default(),
            "why" => line.why = reader.text(text, "why"),
            "note" => line.note = reader.text(text, "note"),
            key if key == recorded => known = reader.moment(text, key),
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
    let Content::Text(name) = &word.value.content else {
        reader.wrong_type(&word.value, "fact", "a text");
        return None;
    };
    (line.fact, line.value) = match value {
        Some(value) => fact_value(reader, name, word.value.at, value)?,
        None if line.withdrawn => (recorded_fact(reader, name, word.value.at)?, Value::Unknown),
        None => {
            reader.missing(node.at, "this fact", "value", "write its value");
            return None;
        }
    };
    whole(reader, &line, node.at, known);
    line.recorded = known.unwrap_or(line.from);
    Some(line)
}

/// What a line needs beside its value.
fn whole(reader: &mut Reader<'_>, line: &DatedFact, at: usize, known: Option<Moment>) {
    if line.withdrawn && line.corrects.is_none() {
        reader.missing(at, "the withdrawal", "corrects", "name the line that it is about");
    }
    if line.corrects.is_some() && known.is_none() {
        reader.missing(at, "the correction", "recorded_at", "write when it was corrected");
    }
    if line.until.is_some_and(|until| until < line.from) {
        reader.error("C05", at, "the fact ends before it begins", "check `from` and `until`");
    }
}

fn source(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Taken> {
    let word = reader.full_text(node, "source")?;
    let taken = Taken::of(&word);
    if taken.is_none() {
        let help = reader.nearest(&word, Taken::ALL.iter().map(|(_, known)| *known));
        reader.error("C01", node.at, format!("unknown source `{}`", short(&word)), help);
    }
    taken
}

/// A fact by its word, if it is one that is recorded.
fn recorded_fact(reader: &mut Reader<'_>, word: &str, at: usize) -> Option<FactId> {
    let v = reader.vocabulary;
    let Some(id) = v.fact(word) else {
        let known = v.facts.iter().filter(|f| f.derived.is_none()).map(|f| f.id.as_str());
        reader.error("C01", at, format!("unknown fact `{}`", short(word)), reader.nearest(word, known));
        return None;
    };
    if v.fact_at(id).derived.is_some() {
        reader.error("C02", at, format!("`{word}` is worked out, never recorded"), "delete the line");
        return None;
    }
    Some(id)
}

/// Reads a fact's word and its value.
pub(crate) fn fact_value(reader: &mut Reader<'_>, word: &str, at: usize, value: &Node<'_>) -> Option<(FactId, Value)> {
    let id = recorded_fact(reader, word, at)?;
    let v = reader.vocabulary;
    let value = reader.values(value, &v.fact_at(id).kind, word).first().copied()?;
    Some((id, value))
}

pub(super) fn settings<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<SettingLine> {
    let mut found = Vec::new();
    for rulebook in reader.object(node, "settings") {
        for setting in reader.object(&rulebook.value, &rulebook.name) {
            found.extend(setting_lines(reader, &rulebook.name, setting));
        }
    }
    found
}

/// Reads one setting: a value, or a list of values, each from a moment on. Whether the rulebook has it is judged in `known`, where the
/// rulebooks are.
pub(crate) fn setting_lines<'a>(reader: &mut Reader<'a>, rulebook: &str, setting: &Property<'a>) -> Vec<SettingLine> {
    if !matches!(setting.value.content, Content::List(_)) {
        return setting_line(reader, rulebook, setting, &setting.value, Moment::EVER).into_iter().collect();
    }
    let mut found = Vec::new();
    for one in reader.list(&setting.value, &setting.name) {
        let (mut value, mut from) = (None, Moment::EVER);
        for property in reader.object(one, "a setting") {
            match &*property.name {
                "value" => value = Some(&property.value),
                "from" => from = reader.moment(&property.value, "from").unwrap_or(Moment::EVER),
                _ => reader.unknown_key(property, "a setting", &["value", "from"]),
            }
        }
        match value {
            Some(value) => found.extend(setting_line(reader, rulebook, setting, value, from)),
            None => reader.missing(one.at, "this line", "value", "write what holds from then on, such as `\"1h\"`"),
        }
    }
    found
}

fn setting_line<'a>(
    reader: &mut Reader<'a>,
    rulebook: &str,
    setting: &Property<'a>,
    value: &Node<'a>,
    from: Moment,
) -> Option<SettingLine> {
    let text = match &value.content {
        Content::YesNo(yes) => yes.to_string(),
        Content::Text(text) => text.to_string(),
        _ => {
            reader.wrong_type(value, &setting.name, "a text, true or false, or a list of values with `from`");
            return None;
        }
    };
    // What is said of a setting is said at its name; of one of several values, there.
    let at = if from == Moment::EVER { setting.at } else { value.at };
    let place = reader.lines.place(at);
    Some(SettingLine { rulebook: rulebook.into(), setting: setting.name.to_string(), value: text, from, place })
}
