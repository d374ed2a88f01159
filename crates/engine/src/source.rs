//! A source file: a path and its text. The engine reads no files; whoever calls it does.

use crate::diagnostic::{Diagnostic, Place};
use serde::de::DeserializeOwned;
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
            let message = problem.message().replace('\n', "; ");
            Diagnostic::error("R00", place, message, "see docs/rulebook-language.md for the blocks and keys that exist")
        })
    }
}
