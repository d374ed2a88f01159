//! A line of text.

use super::dressed::component;
use super::question::asks;
use super::{Attributes, Classes, Markup, Question};
use askama::Template;

/// A line of text to fill in.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/input.html")]
pub struct Input {
    pub question: Question,
    pub id: String,
    pub name: String,
    pub value: String,
    pub kind: String,
    pub spellcheck: Option<bool>,
    pub autocomplete: String,
    pub autocapitalize: String,
    pub inputmode: String,
    pub pattern: String,
    pub disabled: bool,
    pub prefix: Markup,
    pub prefix_classes: Classes,
    pub prefix_attributes: Attributes,
    pub suffix: Markup,
    pub suffix_classes: Classes,
    pub suffix_attributes: Attributes,
    pub wrapper_classes: Classes,
    pub wrapper_attributes: Attributes,
    pub before: Markup,
    pub after: Markup,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Input);
asks!(Input, "govuk-label--l");

impl Input {
    /// A line of text of this name.
    pub fn new(name: impl Into<String>, label: impl Into<Markup>) -> Input {
        let name = name.into();
        Input { question: Question::new(label), id: name.clone(), name, kind: "text".into(), ..Input::default() }
    }

    /// Another id than the name.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Input {
        self.id = id.into();
        self
    }

    /// What is filled in.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Input {
        self.value = value.into();
        self
    }

    /// `search`, `tel`, `email`.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Input {
        self.kind = kind.into();
        self
    }

    /// Room for so many characters: 2, 3, 4, 5, 10, 20 or 30.
    #[must_use]
    pub fn width(mut self, characters: u8) -> Input {
        self.classes.add(&format!("govuk-input--width-{characters}"));
        self
    }

    /// A whole number: the telephone shows digits.
    #[must_use]
    pub fn digits(mut self) -> Input {
        self.inputmode = "numeric".into();
        self
    }

    /// What the browser may fill in by itself.
    #[must_use]
    pub fn autocomplete(mut self, autocomplete: impl Into<String>) -> Input {
        self.autocomplete = autocomplete.into();
        self
    }

    /// Not a word of the dictionary: a number, a name.
    #[must_use]
    pub fn code(mut self) -> Input {
        self.spellcheck = Some(false);
        self
    }

    fn has_wrapper(&self) -> bool {
        [&self.prefix, &self.suffix, &self.before, &self.after].iter().any(|part| !part.is_empty())
    }
}
