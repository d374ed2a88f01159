//! Takes nodes apart and says what is wrong with them: keys, types, texts. Values of the vocabulary's types are in `value`.

mod text;
mod value;

pub(crate) use text::YES_NO;
pub use value::is_fingerprint;

use crate::lines::Lines;
use crate::node::{Content, Malformed, Node, Property};
use crate::problems::Problems;
use engine::diagnostic::{Diagnostic, Level};
use engine::time::Moment;
use engine::vocabulary::Vocabulary;
use engine::words::{Sym, did_you_mean};
use std::collections::HashMap;

/// Of a longer list only so many items are read, and that is an error.
const LONGEST_LIST: usize = 100_000;

/// Reads one file.
pub(crate) struct Reader<'a> {
    pub vocabulary: &'a Vocabulary,
    pub lines: Lines<'a>,
    /// Where relative times count from; none where only absolute ones are allowed.
    pub start: Option<Moment>,
    /// Words met that the vocabulary does not have.
    pub words: HashMap<Sym, String>,
    problems: Problems,
}

/// A word or text as it is shown in a message: shortened, so that a message stays one line.
pub(crate) fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown.replace("\\\"", "\"").replace("\\'", "'")
}

/// "Did you mean", but not for a word that no list would hold, nor where there is nothing to choose from.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    if word.len() > 100 || known.is_empty() { String::new() } else { did_you_mean(word, known) }
}

impl<'a> Reader<'a> {
    pub fn new(vocabulary: &'a Vocabulary, file: &'a str, text: &'a str) -> Reader<'a> {
        Reader {
            vocabulary,
            lines: Lines::new(file, text),
            start: None,
            words: HashMap::new(),
            problems: Problems::default(),
        }
    }

    pub fn error(&mut self, code: &'static str, at: usize, message: impl Into<String>, help: impl Into<String>) {
        if !self.problems.only_count(Level::Error) {
            let place = self.lines.place(at);
            self.add(Diagnostic::error(code, place, message, help));
        }
    }

    pub fn warn(&mut self, code: &'static str, at: usize, message: impl Into<String>, help: impl Into<String>) {
        if !self.problems.only_count(Level::Warning) {
            let place = self.lines.place(at);
            self.add(Diagnostic::warning(code, place, message, help));
        }
    }

    pub fn malformed(&mut self, found: Malformed) {
        self.error("C00", found.at, found.message, found.help);
    }

    pub fn add(&mut self, found: Diagnostic) {
        self.problems.add(found);
    }

    /// How many errors were found so far.
    pub fn errors(&self) -> usize {
        self.problems.errors()
    }

    pub fn finish(self) -> (HashMap<Sym, String>, Vec<Diagnostic>) {
        (self.words, self.problems.finish(self.lines.file()))
    }

    /// "Did you mean", while errors are still listed: looking for the nearest word takes longest of all.
    pub fn nearest<'k>(&self, word: &str, known: impl IntoIterator<Item = &'k str>) -> String {
        if self.problems.is_full() { String::new() } else { nearest(word, known) }
    }

    /// Says that a value has the wrong type. `wanted` begins with an article.
    pub fn wrong_type(&mut self, node: &Node<'_>, key: &str, wanted: &str) {
        let help = match (&node.content, wanted) {
            (Content::Nothing, _) => "leave the key out where nothing is known",
            (_, "true or false") => "write true or false, or leave the key out where nobody knows",
            (Content::Text(_), "a whole number") => "write the number without quotes",
            (Content::Number(_) | Content::YesNo(_), wanted)
                if !wanted.ends_with("list") && !wanted.contains("object") =>
            {
                "write it in quotes"
            }
            _ => "see docs/case-file.md for what is written there",
        };
        self.error("C02", node.at, format!("`{}` takes {wanted}, not {}", short(key), node.content.what()), help);
    }

    pub fn unknown_key(&mut self, property: &Property<'_>, what: &str, known: &[&str]) {
        let help = self.nearest(&property.name, known.iter().copied());
        self.error("C01", property.at, format!("{what} has no key `{}`", short(&property.name)), help);
    }

    pub fn missing(&mut self, at: usize, what: &str, key: &str, help: &str) {
        self.error("C03", at, format!("{what} has no `{key}`"), help);
    }

    /// The keys of an object; says so if it is not one.
    pub fn object<'n>(&mut self, node: &'n Node<'a>, key: &str) -> &'n [Property<'a>] {
        if let Content::Object(properties) = &node.content {
            return properties;
        }
        self.wrong_type(node, key, "an object");
        &[]
    }

    /// The items of a list; says so if it is not one, or too long.
    pub fn list<'n>(&mut self, node: &'n Node<'a>, key: &str) -> &'n [Node<'a>] {
        if let Content::List(items) = &node.content {
            if items.len() > LONGEST_LIST {
                let message = format!("`{}` has {} items; it may have {LONGEST_LIST}", short(key), items.len());
                self.error("C00", node.at, message, "one file is for one child; split it");
            }
            return &items[..items.len().min(LONGEST_LIST)];
        }
        self.wrong_type(node, key, "a list");
        &[]
    }
}
