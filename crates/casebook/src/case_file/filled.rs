//! A form that was filled in, kept with the entry that completing it recorded: which form of which edition, what was asked, and what was
//! answered. It keeps what was asked, so that a later edition changes nothing of it.

use crate::node::{Content, Node};
use crate::reader::Reader;
use engine::vocabulary::Class;
use serde_json::{Map, Value, json};

/// A form, filled in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filled {
    /// The rulebook whose form it is.
    pub rulebook: String,
    /// Its edition.
    pub edition: String,
    /// The form, in the vocabulary's word.
    pub form: String,
    /// Its title.
    pub title: String,
    /// The entry of the completed form whose place it takes; empty where it stands by itself.
    pub over: String,
    /// What was asked, in the order of the form. What was left open is among it, and says nothing.
    pub answers: Vec<FilledAnswer>,
}

/// An answer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FilledAnswer {
    /// The field of the form.
    pub id: String,
    /// The heading it stood under; may be empty.
    pub section: String,
    /// What was asked.
    pub asked: String,
    /// The provisions.
    pub provisions: Vec<String>,
    /// Who may see it.
    pub class: Class,
    /// The answer as it was given: a word, a text, a day as `2026-03-01`.
    pub answer: String,
    /// The answer as people read it, where that is something else.
    pub words: String,
    /// What it rests on.
    pub what: String,
    /// Since when, as it was written.
    pub since: String,
    /// Of a repeated group, line by line what was asked and what was answered.
    pub lines: Vec<Vec<(String, String)>>,
    /// It was taken over from an earlier form, and nobody has said that it still holds.
    pub unexamined: bool,
    /// It grades a factor.
    pub graded: bool,
}

impl Filled {
    /// An answer by the id of its field; none where it was left open.
    pub fn answer(&self, id: &str) -> Option<&FilledAnswer> {
        self.answers.iter().find(|answer| answer.id == id && !answer.is_empty())
    }

    /// What was left open, in words: `7 of 19 factors not graded`; empty where nothing was.
    pub fn left_open(&self) -> String {
        let open = self.answers.iter().filter(|answer| answer.is_empty()).count();
        let all = self.answers.len();
        match (open, self.answers.iter().all(|answer| answer.graded)) {
            (0, _) => String::new(),
            (_, true) => format!("{open} of {all} factors not graded"),
            (_, false) => format!("{open} of {all} questions not answered"),
        }
    }

    /// Everything that somebody wrote in it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.answers.iter().flat_map(FilledAnswer::texts)
    }

    /// As it is kept.
    pub fn json(&self) -> Value {
        let mut object = Map::new();
        object.insert("rulebook".into(), json!(self.rulebook));
        object.insert("edition".into(), json!(self.edition));
        object.insert("form".into(), json!(self.form));
        object.insert("title".into(), json!(self.title));
        if !self.over.is_empty() {
            object.insert("over".into(), json!(self.over));
        }
        object.insert("answers".into(), self.answers.iter().map(FilledAnswer::json).collect());
        Value::Object(object)
    }
}

impl FilledAnswer {
    /// As people read it.
    pub fn said(&self) -> &str {
        if self.words.is_empty() { &self.answer } else { &self.words }
    }

    /// Everything that somebody wrote in it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let lines = self.lines.iter().flatten().map(|(_, text)| text.as_str());
        [self.answer.as_str(), &self.words, &self.what, &self.since].into_iter().chain(lines)
    }

    /// Takes out whatever would tell: answers, lines, what it rests on.
    pub fn hide(&mut self, tells: impl Fn(&str) -> bool) {
        for text in [&mut self.answer, &mut self.words, &mut self.what, &mut self.since] {
            if tells(text) {
                text.clear();
            }
        }
        self.lines.retain(|line| !line.iter().any(|(_, text)| tells(text)));
    }

    /// Does it say nothing?
    pub fn is_empty(&self) -> bool {
        self.texts().all(str::is_empty)
    }

    fn json(&self) -> Value {
        let mut object = Map::new();
        object.insert("id".into(), json!(self.id));
        object.insert("asked".into(), json!(self.asked));
        let mut put = |key: &str, text: &str| {
            if !text.is_empty() {
                object.insert(key.into(), json!(text));
            }
        };
        put("section", &self.section);
        put("answer", &self.answer);
        put("words", &self.words);
        put("what", &self.what);
        put("since", &self.since);
        if self.class != Class::Ordinary {
            object.insert("class".into(), json!(self.class.word()));
        }
        if !self.provisions.is_empty() {
            object.insert("provisions".into(), json!(self.provisions));
        }
        if !self.lines.is_empty() {
            let line = |line: &Vec<(String, String)>| -> Value {
                line.iter().map(|(asked, text)| json!({ "asked": asked, "answer": text })).collect()
            };
            object.insert("lines".into(), self.lines.iter().map(line).collect());
        }
        if self.unexamined {
            object.insert("unexamined".into(), json!(true));
        }
        if self.graded {
            object.insert("graded".into(), json!(true));
        }
        Value::Object(object)
    }
}

const KEYS: [&str; 6] = ["rulebook", "edition", "form", "title", "over", "answers"];
const ANSWER_KEYS: [&str; 12] = [
    "id",
    "section",
    "asked",
    "provisions",
    "class",
    "answer",
    "words",
    "what",
    "since",
    "lines",
    "unexamined",
    "graded",
];

/// The form of an entry; none where something in it cannot be read.
pub(super) fn filled<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Filled> {
    only(reader, node, "the form", &KEYS)?;
    let rulebook = required(reader, node, "the form", "rulebook");
    let edition = required(reader, node, "the form", "edition");
    let form = required(reader, node, "the form", "form");
    let title = required(reader, node, "the form", "title");
    let over = node.get("over").and_then(|value| reader.text(value, "over")).unwrap_or_default();
    let mut answers = Vec::new();
    match node.get("answers") {
        Some(list) => {
            for item in reader.list(list, "answers") {
                answers.extend(answer(reader, item));
            }
        }
        None => reader.missing(node.at, "the form", "answers", "write what was answered"),
    }
    Some(Filled { rulebook: rulebook?, edition: edition?, form: form?, title: title?, over, answers })
}

/// It is an object with these keys alone.
fn only<'a>(reader: &mut Reader<'a>, node: &Node<'a>, what: &str, keys: &[&str]) -> Option<()> {
    let Content::Object(properties) = &node.content else {
        reader.wrong_type(node, what, "objects");
        return None;
    };
    for property in properties.iter().filter(|p| !keys.contains(&&*p.name)) {
        reader.unknown_key(property, what, keys);
    }
    Some(())
}

fn required<'a>(reader: &mut Reader<'a>, node: &Node<'a>, what: &str, key: &str) -> Option<String> {
    match node.get(key) {
        Some(value) => reader.full_text(value, key),
        None => {
            reader.missing(node.at, what, key, "write which form of which edition it is, and what was asked");
            None
        }
    }
}

fn answer<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<FilledAnswer> {
    only(reader, node, "an answer of a form", &ANSWER_KEYS)?;
    let id = required(reader, node, "the answer of a form", "id");
    let asked = required(reader, node, "the answer of a form", "asked");
    let mut text = |key: &str| node.get(key).and_then(|value| reader.text(value, key)).unwrap_or_default();
    let (section, given, words) = (text("section"), text("answer"), text("words"));
    let (what, since, class) = (text("what"), text("since"), text("class"));
    let known = if class.is_empty() { Some(Class::Ordinary) } else { Class::of(&class) };
    if known.is_none() {
        let words: Vec<&str> = Class::ALL.iter().map(|(word, _)| *word).collect();
        reader.error("C01", node.at, "the class of an answer is none", format!("write one of {}", words.join(", ")));
    }
    let mut says = |key: &str| node.get(key).and_then(|value| reader.yes_no(value, key)).unwrap_or_default();
    let (unexamined, graded) = (says("unexamined"), says("graded"));
    let mut provisions = Vec::new();
    if let Some(value) = node.get("provisions") {
        for item in reader.list(value, "provisions") {
            provisions.extend(reader.full_text(item, "provisions"));
        }
    }
    let mut lines = Vec::new();
    if let Some(value) = node.get("lines") {
        for line in reader.list(value, "lines") {
            let mut read = Vec::new();
            for part in reader.list(line, "lines") {
                only(reader, part, "a line of an answer", &["asked", "answer"])?;
                let asked = required(reader, part, "the line of an answer", "asked")?;
                let given = part.get("answer").and_then(|value| reader.text(value, "answer")).unwrap_or_default();
                read.push((asked, given));
            }
            lines.push(read);
        }
    }
    Some(FilledAnswer {
        id: id?,
        section,
        asked: asked?,
        provisions,
        class: known?,
        answer: given,
        words,
        what,
        since,
        lines,
        unexamined,
        graded,
    })
}
