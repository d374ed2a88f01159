//! One answer of a few.

use super::dressed::component;
use super::question::asks;
use super::{Attributes, Choice, Classes, Markup, Question};
use askama::Template;

/// Radios.
#[derive(Clone, Debug, Default)]
pub struct Radios {
    pub question: Question,
    pub name: String,
    pub id: String,
    pub choices: Vec<Choice>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Radios);
asks!(Radios, "govuk-fieldset__legend--l");

/// The controls alone; the question is put around them.
#[derive(Template)]
#[template(path = "components/radios.html")]
struct Controls<'a>(&'a Radios);
impl askama::filters::HtmlSafe for Controls<'_> {}

impl std::fmt::Display for Radios {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let controls = Markup::of(&Controls(self));
        super::question::write_group(f, &self.question, &self.id, "", &controls)
    }
}

impl Radios {
    /// One answer of these.
    pub fn new(name: impl Into<String>, legend: impl Into<Markup>, choices: Vec<Choice>) -> Radios {
        let name = name.into();
        Radios { question: Question::new(legend), id: name.clone(), name, choices, ..Radios::default() }
    }

    /// Yes or no.
    pub fn yes_no(name: impl Into<String>, legend: impl Into<Markup>) -> Radios {
        Radios::new(name, legend, vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]).inline()
    }

    /// Side by side: only for two short answers.
    #[must_use]
    pub fn inline(mut self) -> Radios {
        self.classes.add("govuk-radios--inline");
        self
    }

    /// Chooses the answer of this value, if there is one.
    #[must_use]
    pub fn value(mut self, value: &str) -> Radios {
        for choice in self.choices.iter_mut().filter(|choice| choice.divider.is_empty()) {
            choice.checked = choice.value == value;
        }
        self
    }
}
