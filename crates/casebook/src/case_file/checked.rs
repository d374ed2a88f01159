//! The answers to the checklist of a duty, kept with the entry that did it: what was asked, by which rule, and what was answered.

use crate::node::{Content, Node};
use crate::reader::Reader;
use serde_json::{Map, Value, json};

/// What a line of a checklist was answered with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CheckAnswer {
    /// It is done, or so.
    Yes,
    /// It is not, and why.
    No,
    /// It does not concern this child.
    NotApplicable,
    /// Others of the list were answered, and this one was not.
    Open,
}

impl CheckAnswer {
    /// All of them.
    pub const ALL: [CheckAnswer; 4] =
        [CheckAnswer::Yes, CheckAnswer::No, CheckAnswer::NotApplicable, CheckAnswer::Open];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            CheckAnswer::Yes => "yes",
            CheckAnswer::No => "no",
            CheckAnswer::NotApplicable => "not-applicable",
            CheckAnswer::Open => "open",
        }
    }

    /// By its word.
    pub fn of(word: &str) -> Option<CheckAnswer> {
        CheckAnswer::ALL.into_iter().find(|answer| answer.word() == word)
    }
}

/// A line of a checklist, answered. It keeps what was asked, so that a later edition changes nothing of what somebody answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    /// The rulebook that asks.
    pub rulebook: String,
    /// Its rule.
    pub rule: String,
    /// The provisions.
    pub provisions: Vec<String>,
    /// What was asked.
    pub asked: String,
    /// The answer.
    pub answer: CheckAnswer,
    /// Why, of a no.
    pub why: Option<String>,
}

impl Checked {
    /// As it is kept.
    pub fn json(&self) -> Value {
        let mut object = Map::new();
        object.insert("rulebook".into(), json!(self.rulebook));
        object.insert("rule".into(), json!(self.rule));
        object.insert("provisions".into(), json!(self.provisions));
        object.insert("asked".into(), json!(self.asked));
        object.insert("answer".into(), json!(self.answer.word()));
        object.extend(self.why.as_ref().map(|why| ("why".to_string(), json!(why))));
        Value::Object(object)
    }
}

const KEYS: [&str; 6] = ["rulebook", "rule", "provisions", "asked", "answer", "why"];

/// The answers of an entry.
pub(super) fn checklist<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Checked> {
    if !matches!(node.content, Content::List(_)) {
        reader.wrong_type(node, "checklist", "a list");
        return Vec::new();
    }
    let mut found = Vec::new();
    for item in reader.list(node, "checklist") {
        found.extend(one(reader, item));
    }
    found
}

fn one<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Checked> {
    let Content::Object(properties) = &node.content else {
        reader.wrong_type(node, "checklist", "objects");
        return None;
    };
    for property in properties.iter().filter(|p| !KEYS.contains(&&*p.name)) {
        reader.unknown_key(property, "a line of a checklist", &KEYS);
    }
    let mut text = |key: &str| match node.get(key) {
        Some(value) => reader.full_text(value, key),
        None => {
            reader.missing(node.at, "the line of the checklist", key, "write what was asked and what was answered");
            None
        }
    };
    let (rulebook, rule, asked, answer) = (text("rulebook"), text("rule"), text("asked"), text("answer"));
    let answer = answer.and_then(|word| {
        let known = CheckAnswer::of(&word);
        if known.is_none() {
            let words = CheckAnswer::ALL.map(CheckAnswer::word).join(", ");
            reader.error(
                "C01",
                node.at,
                "the answer to a line of a checklist is no word for one",
                format!("write one of {words}"),
            );
        }
        known
    });
    let why = node.get("why").and_then(|value| reader.text(value, "why"));
    let mut provisions = Vec::new();
    if let Some(value) = node.get("provisions") {
        for item in reader.list(value, "provisions") {
            provisions.extend(reader.full_text(item, "provisions"));
        }
    }
    Some(Checked { rulebook: rulebook?, rule: rule?, provisions, asked: asked?, answer: answer?, why })
}
