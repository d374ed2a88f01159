//! Any answers of some.

use super::dressed::component;
use super::question::asks;
use super::{Attributes, Choice, Classes, Markup, Question};
use askama::Template;

/// Checkboxes.
#[derive(Clone, Debug, Default)]
pub struct Checkboxes {
    pub question: Question,
    pub name: String,
    pub id: String,
    pub choices: Vec<Choice>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Checkboxes);
asks!(Checkboxes, "govuk-fieldset__legend--l");

/// The controls alone; the question is put around them.
#[derive(Template)]
#[template(path = "components/checkboxes.html")]
struct Controls<'a>(&'a Checkboxes);
impl askama::filters::HtmlSafe for Controls<'_> {}

impl std::fmt::Display for Checkboxes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let controls = Markup::of(&Controls(self));
        super::question::write_group(f, &self.question, &self.id, "", &controls)
    }
}

impl Checkboxes {
    /// Any of these.
    pub fn new(name: impl Into<String>, legend: impl Into<Markup>, choices: Vec<Choice>) -> Checkboxes {
        let name = name.into();
        Checkboxes { question: Question::new(legend), id: name.clone(), name, choices, ..Checkboxes::default() }
    }

    /// Chooses the answers of these values.
    #[must_use]
    pub fn values(mut self, values: &[impl AsRef<str>]) -> Checkboxes {
        for choice in self.choices.iter_mut().filter(|choice| choice.divider.is_empty()) {
            choice.checked = values.iter().any(|value| value.as_ref() == choice.value);
        }
        self
    }

    /// What describes one box: without a legend also what describes the group.
    fn describes(&self, choice: &Choice, id: &str) -> String {
        let group = if self.question.label.is_empty() { self.question.described_by(&self.id) } else { String::new() };
        let own = choice.hint.as_ref().map(|_| format!("{id}-item-hint")).unwrap_or_default();
        format!("{group} {own}").trim().to_string()
    }
}
