//! Text that is safe in a page: escaped when it comes from a string, as it stands when a component or a template wrote it.

use askama::filters::HtmlSafe;
use std::fmt::{self, Display, Write as _};

/// Safe HTML. `"a < b".into()` escapes; [`Markup::of`] takes what a component wrote.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Markup(String);

impl Markup {
    /// What a component, or anything else that is safe, writes.
    pub fn of(written: &(impl HtmlSafe + ?Sized)) -> Markup {
        Markup(written.to_string())
    }

    /// HTML that we wrote ourselves. Nothing that anybody typed may be in it.
    pub fn trusted(html: impl Into<String>) -> Markup {
        Markup(html.into())
    }

    /// Nothing at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// Escapes text for an element or a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

impl From<&str> for Markup {
    fn from(text: &str) -> Markup {
        Markup(escape(text))
    }
}

impl From<&&str> for Markup {
    fn from(text: &&str) -> Markup {
        Markup(escape(text))
    }
}

impl From<String> for Markup {
    fn from(text: String) -> Markup {
        Markup(escape(&text))
    }
}

impl From<&String> for Markup {
    fn from(text: &String) -> Markup {
        Markup(escape(text))
    }
}

impl From<&Markup> for Markup {
    fn from(markup: &Markup) -> Markup {
        markup.clone()
    }
}

/// Further attributes of an element, such as `data-live`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Attributes(String);

impl Attributes {
    /// Adds one.
    pub fn add(&mut self, name: &str, value: &str) {
        let _ = write!(self.0, " {name}=\"{}\"", escape(value));
    }
}

impl Display for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Attributes {}

/// Further classes of an element, each with a space before it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Classes(String);

impl Classes {
    /// Adds some, separated by spaces.
    pub fn add(&mut self, classes: &str) {
        if !classes.is_empty() {
            let _ = write!(self.0, " {}", escape(classes));
        }
    }
}

impl Display for Classes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Classes {}

impl Classes {
    /// None.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Without the space before them.
    pub fn alone(&self) -> &str {
        self.0.trim_start()
    }
}
