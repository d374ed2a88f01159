//! A source file: a path and its text. The engine reads no files; whoever calls it does.

use crate::diagnostic::{Diagnostic, Place};
use crate::plain::plain;
use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use std::ops::Range;

/// A file as read by the caller.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceFile {
    /// Path, relative to the folder of rulebooks, with forward slashes.
    pub path: String,
    /// The text.
    pub text: String,
}

impl SourceFile {
    /// A file with this path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> SourceFile {
        SourceFile { path: path.into(), text: text.into() }
    }

    /// The place of a span in this file.
    pub fn place(&self, span: Range<usize>) -> Place {
        Place::of(&self.path, &self.text, span.start)
    }

    /// The place of a byte of a TOML string's content. `span` is the string with its quotation marks, `at` counts in what it says.
    pub fn place_inside(&self, span: Range<usize>, at: usize) -> Place {
        Place::of(&self.path, &self.text, span.start + written(self.text.get(span).unwrap_or_default(), at))
    }

    /// The file as a whole.
    pub fn whole(&self) -> Place {
        Place { file: self.path.clone(), line: 0, column: 0 }
    }

    /// Reads the file as TOML of a known shape.
    ///
    /// # Errors
    /// Code R00, with the place, for anything that is not TOML of that shape.
    pub fn toml<T: DeserializeOwned>(&self) -> Result<T, Diagnostic> {
        toml::from_str(&self.text).map_err(|problem| {
            let place = problem.span().map_or_else(|| self.whole(), |span| self.place(span));
            let (message, help) = plain(problem.message());
            Diagnostic::error("R00", place, message, help)
        })
    }
}

/// A text for people, which the file may break over several lines, as one line.
pub(crate) fn one_line<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(|text| folded(&text))
}

/// The same, of a text that may be left out.
pub(crate) fn one_line_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    one_line(deserializer).map(Some)
}

/// A text with every break and run of spaces in it as one space.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The byte of a TOML string, as written, at which a byte of its content stands.
fn written(text: &str, wanted: usize) -> usize {
    let marks = if text.starts_with("\"\"\"") || text.starts_with("'''") { 3 } else { 1 };
    let body = text.get(marks..).unwrap_or_default();
    let newline = if marks == 1 {
        0
    } else {
        body.len() - body.strip_prefix("\r\n").or(body.strip_prefix('\n')).unwrap_or(body).len()
    };
    let mut at = marks + newline;
    let mut content = 0;
    while content < wanted {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        // An escape is one character of the content: `\"`, `\n`, `\u00e9`.
        let escape = if c == '\\' && text.starts_with('"') { text.as_bytes().get(at + 1) } else { None };
        at += match escape {
            Some(b'x') => 4,
            Some(b'u') => 6,
            Some(b'U') => 10,
            Some(_) => 2,
            None => c.len_utf8(),
        };
        content += if escape.is_some() { 1 } else { c.len_utf8() };
    }
    at.min(text.len())
}
