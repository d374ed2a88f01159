//! What the checker and the loaders say: a code, a place, what is wrong, and what to do.

use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// Worth a look; the rulebook works.
    Warning,
    /// Wrong; the rulebook or case is not to be relied on.
    Error,
}

/// A place in a file; line and column count from 1, 0 means the file as a whole.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Place {
    /// Path as it was given.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Place {
    /// The place of a byte offset in a text.
    pub fn of(file: &str, text: &str, offset: usize) -> Place {
        let before = &text[..floor_char(text, offset)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        Place { file: file.into(), line, column }
    }
}

fn floor_char(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => write!(f, "{}", self.file),
            (line, column) => write!(f, "{}:{line}:{column}", self.file),
        }
    }
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Stable code, such as `R03`; the list is in `docs/checks.md`.
    pub code: &'static str,
    /// How bad.
    pub level: Level,
    /// Where.
    pub place: Place,
    /// What is wrong: lower case, no full stop, the writer's words in backticks.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: &'static str, place: Place, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        Diagnostic { code, level: Level::Error, place, message: message.into(), help: help.into() }
    }

    /// A warning.
    pub fn warning(
        code: &'static str,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic { code, level: Level::Warning, place, message: message.into(), help: help.into() }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = if self.level == Level::Error { "error" } else { "warning" };
        write!(f, "{}: {level} {}: {}", self.place, self.code, self.message)?;
        if self.help.is_empty() { Ok(()) } else { write!(f, "\n    help: {}", self.help) }
    }
}
