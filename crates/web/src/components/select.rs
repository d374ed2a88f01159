//! One answer of many.

use super::dressed::component;
use super::question::asks;
use super::{Attributes, Classes, Markup, Question};
use askama::Template;

/// A list to choose one answer from. For fewer than eight, [`super::Radios`] are easier.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/select.html")]
pub struct Select {
    pub question: Question,
    pub id: String,
    pub name: String,
    pub options: Vec<SelectOption>,
    pub disabled: bool,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Select);
asks!(Select, "govuk-label--l");

/// An answer in a list; with `group`, the first under a heading.
#[derive(Clone, Debug, Default)]
pub struct SelectOption {
    /// What is sent; the text itself when there is none.
    pub value: Option<String>,
    pub text: String,
    pub selected: bool,
    pub disabled: bool,
    /// The heading it stands under; neighbours of the same heading stand together.
    pub group: String,
    pub attributes: Attributes,
}

impl SelectOption {
    /// An answer.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> SelectOption {
        SelectOption { value: Some(value.into()), text: text.into(), ..SelectOption::default() }
    }

    /// Under a heading.
    #[must_use]
    pub fn under(mut self, group: impl Into<String>) -> SelectOption {
        self.group = group.into();
        self
    }

    /// Is it chosen?
    #[must_use]
    pub fn selected(mut self, selected: bool) -> SelectOption {
        self.selected = selected;
        self
    }

    fn effective(&self) -> &str {
        self.value.as_deref().unwrap_or(&self.text)
    }
}

impl Select {
    /// One answer of these.
    pub fn new(name: impl Into<String>, label: impl Into<Markup>, options: Vec<SelectOption>) -> Select {
        let name = name.into();
        Select { question: Question::new(label), id: name.clone(), name, options, ..Select::default() }
    }

    /// Chooses the answer of this value, if there is one.
    #[must_use]
    pub fn value(mut self, value: &str) -> Select {
        for option in &mut self.options {
            option.selected = option.effective() == value;
        }
        self
    }

    /// Neighbours under the same heading.
    fn runs(&self) -> impl Iterator<Item = &[SelectOption]> {
        self.options.chunk_by(|one, next| one.group == next.group)
    }
}
