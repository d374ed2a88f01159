//! Values of the vocabulary's types: words, dates, moments, numbers, areas.

use super::{Reader, short};
use crate::moment::{YEARS, absolute, relative};
use crate::node::{Content, Node};
use engine::time::Moment;
use engine::value::{Type, Value};
use engine::words::{Sym, meant, sym};

/// An id of an area, or of a rule, has at most so many bytes.
const WORD: usize = 64;

/// Is this a fingerprint as it is kept: 64 hexadecimal digits in small letters?
pub fn is_fingerprint(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

impl Reader<'_> {
    /// The values of a field or fact: none where it is empty or wrong (and then said), several only for a list of roles.
    pub fn values(&mut self, node: &Node<'_>, kind: &Type, key: &str) -> Vec<Value> {
        if let (Type::Roles | Type::Entries, Content::List(items)) = (kind, &node.content) {
            let one = if *kind == Type::Roles { &Type::Role } else { kind };
            return items.iter().filter_map(|item| self.value(item, one, key)).collect();
        }
        self.value(node, kind, key).into_iter().collect()
    }

    fn value(&mut self, node: &Node<'_>, kind: &Type, key: &str) -> Option<Value> {
        match kind {
            Type::YesNo => self.yes_no(node, key).map(Value::Bool),
            Type::Number => self.number(node, key).map(Value::Number),
            Type::Date => self.date(node, key),
            Type::Moment | Type::Since => self.moment(node, key).map(Value::Moment),
            Type::Area | Type::Force => self.area(node, key).map(Value::Word),
            Type::Text => self.free(node, key),
            Type::Photograph => self.photograph(node, key),
            Type::Rule => self.rule(node, key),
            // Which entries there are is known once all have been read; see `references`.
            Type::Entries => self.full_text(node, key).map(|id| Value::Word(sym(&id))),
            Type::Choice(values) | Type::Answer(values) => self.choice(node, key, values).map(Value::Word),
            Type::Role | Type::Roles => self.role(node, key).map(Value::Word),
            Type::Action => {
                let v = self.vocabulary;
                self.word(
                    node,
                    key,
                    "an action",
                    |w| v.action(w).is_some(),
                    || v.actions.iter().map(|a| a.id.as_str()).collect(),
                )
            }
            Type::Form => {
                let v = self.vocabulary;
                self.word(
                    node,
                    key,
                    "a form",
                    |w| v.form(w).is_some(),
                    || v.forms.iter().map(|f| f.id.as_str()).collect(),
                )
            }
        }
    }

    /// A role of the vocabulary.
    pub fn role(&mut self, node: &Node<'_>, key: &str) -> Option<Sym> {
        let v = self.vocabulary;
        match self.word(
            node,
            key,
            "a role",
            |w| v.role(w).is_some(),
            || v.roles.iter().map(|r| r.id.as_str()).collect(),
        ) {
            Some(Value::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn choice(&mut self, node: &Node<'_>, key: &str, values: &[String]) -> Option<Sym> {
        let word = match &node.content {
            Content::Text(word) => word,
            // True and false are how other programs write yes and no.
            Content::YesNo(yes) if values.iter().any(|v| v == if *yes { "yes" } else { "no" }) => {
                return Some(sym(if *yes { "yes" } else { "no" }));
            }
            _ => {
                self.wrong_type(node, key, "a text");
                return None;
            }
        };
        if let Some(word) = meant(word, values.iter().map(String::as_str)) {
            return Some(sym(word));
        }
        let help = self.nearest(word, values.iter().map(String::as_str));
        self.error("C01", node.at, format!("`{}` is not a value of `{key}`", short(word)), help);
        None
    }

    fn word<'v>(
        &mut self,
        node: &Node<'_>,
        key: &str,
        what: &str,
        known: impl Fn(&str) -> bool,
        all: impl Fn() -> Vec<&'v str>,
    ) -> Option<Value> {
        let Content::Text(word) = &node.content else {
            self.wrong_type(node, key, what);
            return None;
        };
        if known(word) {
            return Some(Value::Word(sym(word)));
        }
        if let Some(word) = meant(word, all()) {
            return Some(Value::Word(sym(word)));
        }
        self.error("C01", node.at, format!("`{}` in `{key}` is not {what}", short(word)), self.nearest(word, all()));
        None
    }

    fn number(&mut self, node: &Node<'_>, key: &str) -> Option<i64> {
        if let Content::Number(number) = &node.content
            && let Ok(number) = number.parse()
        {
            return Some(number);
        }
        self.wrong_type(node, key, "a whole number");
        None
    }

    fn date(&mut self, node: &Node<'_>, key: &str) -> Option<Value> {
        let Content::Text(text) = &node.content else {
            self.wrong_type(node, key, "a date");
            return None;
        };
        // Parsed with the type that `Value::Date` holds, so that this crate need not name the calendar library.
        if text.len() == 10
            && let Ok(date) = text.parse()
        {
            let value = Value::Date(date);
            if YEARS.contains(&date.year()) {
                return Some(value);
            }
        }
        self.error(
            "C04",
            node.at,
            format!("`{}` is not a date for `{}`", short(text), short(key)),
            "write it like `2011-05-02`",
        );
        None
    }

    /// A moment: absolute, or relative where the file has a start.
    pub fn moment(&mut self, node: &Node<'_>, key: &str) -> Option<Moment> {
        let Content::Text(text) = &node.content else {
            self.wrong_type(node, key, "a time");
            return None;
        };
        let calendar = &self.vocabulary.calendar;
        let read = match self.start {
            Some(start) if text.starts_with(['+', '-']) => relative(text, start, calendar),
            _ if text.len() > 64 => {
                Err((format!("`{}` is not a time", short(text)), "write it like `2026-01-05T18:00+00:00`".into()))
            }
            _ => absolute(text, calendar),
        };
        read.map_err(|(message, help)| self.error("C04", node.at, message, help)).ok()
    }

    /// An area or provider: any id in small letters, since any area can be named.
    pub fn area(&mut self, node: &Node<'_>, key: &str) -> Option<Sym> {
        let Content::Text(word) = &node.content else {
            self.wrong_type(node, key, "an area's id");
            return None;
        };
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if word.is_empty() || word.len() > WORD || !word.chars().all(plain) {
            let help = "write the id in small letters with hyphens, like the folder of a rulebook";
            self.error("C02", node.at, format!("`{}` in `{key}` is not an area's id", short(word)), help);
            return None;
        }
        self.words.insert(sym(word), word.to_string());
        Some(sym(word))
    }

    /// The fingerprint of a photograph: the pictures themselves are kept beside the record.
    fn photograph(&mut self, node: &Node<'_>, key: &str) -> Option<Value> {
        match &node.content {
            Content::Text(text) if is_fingerprint(text) => Some(Value::Text),
            _ => {
                let help = "write the SHA-256 of the picture: 64 digits and letters from a to f";
                self.error("C02", node.at, format!("`{key}` is not the fingerprint of a photograph"), help);
                None
            }
        }
    }

    fn free(&mut self, node: &Node<'_>, key: &str) -> Option<Value> {
        let text = self.text(node, key)?;
        // An empty text says nothing: what nobody wrote did not happen.
        (!text.trim().is_empty()).then_some(Value::Text)
    }

    /// The id of a rule. Which rules there are, only the rulebooks know.
    fn rule(&mut self, node: &Node<'_>, key: &str) -> Option<Value> {
        let text = self.text(node, key)?;
        match text.trim() {
            "" => None,
            id if id.len() <= WORD && !id.contains(char::is_whitespace) => Some(Value::Word(sym(id))),
            other => {
                let message = format!("`{}` in `{}` is no id of a rule", short(other), short(key));
                self.error("C02", node.at, message, "write the id of the rule, or leave the key out");
                None
            }
        }
    }
}
