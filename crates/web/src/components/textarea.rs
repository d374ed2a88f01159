//! Several lines of text.

use super::dressed::component;
use super::question::asks;
use super::{Attributes, Classes, Markup, Question};
use askama::Template;

/// Several lines of text to fill in.
#[derive(Template, Clone, Debug)]
#[template(path = "components/textarea.html")]
pub struct Textarea {
    pub question: Question,
    pub id: String,
    pub name: String,
    pub value: String,
    pub rows: u8,
    pub spellcheck: Option<bool>,
    pub autocomplete: String,
    pub disabled: bool,
    pub after: Markup,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Textarea);
asks!(Textarea, "govuk-label--l");

impl Textarea {
    /// Several lines of text of this name.
    pub fn new(name: impl Into<String>, label: impl Into<Markup>) -> Textarea {
        let name = name.into();
        Textarea {
            question: Question::new(label),
            id: name.clone(),
            name,
            value: String::new(),
            rows: 5,
            spellcheck: None,
            autocomplete: String::new(),
            disabled: false,
            after: Markup::default(),
            classes: Classes::default(),
            attributes: Attributes::default(),
        }
    }

    /// What is filled in.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Textarea {
        self.value = value.into();
        self
    }

    /// Room for so many lines.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Textarea {
        self.rows = rows;
        self
    }
}
