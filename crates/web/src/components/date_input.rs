//! A date in three parts.

use super::dressed::component;
use super::question::asks;
use super::{Attributes, Classes, Input, Markup, Question};
use askama::Template;

/// A date to fill in.
#[derive(Clone, Debug, Default)]
pub struct DateInput {
    pub question: Question,
    pub id: String,
    /// Goes before the name of each part: `{prefix}-day`.
    pub prefix: String,
    pub parts: Vec<DatePart>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(DateInput);
asks!(DateInput, "govuk-fieldset__legend--l");

/// A part of a date.
#[derive(Clone, Debug, Default)]
pub struct DatePart {
    pub name: String,
    pub label: String,
    pub value: String,
    pub width: u8,
    /// This part is what is wrong; when no part is, all are.
    pub wrong: bool,
    pub autocomplete: String,
}

impl DatePart {
    /// A part, such as `day`.
    pub fn new(name: &str, label: &str, width: u8) -> DatePart {
        DatePart { name: name.into(), label: label.into(), width, ..DatePart::default() }
    }
}

#[derive(Template)]
#[template(path = "components/date_input.html")]
struct Controls<'a>(&'a DateInput);
impl askama::filters::HtmlSafe for Controls<'_> {}

impl std::fmt::Display for DateInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let controls = Markup::of(&Controls(self));
        super::question::write_group(f, &self.question, &self.id, "group", &controls)
    }
}

impl DateInput {
    /// A date of this name: `{name}-day`, `{name}-month`, `{name}-year`.
    pub fn new(name: impl Into<String>, legend: impl Into<Markup>) -> DateInput {
        let name = name.into();
        let parts =
            vec![DatePart::new("day", "Day", 2), DatePart::new("month", "Month", 2), DatePart::new("year", "Year", 4)];
        DateInput { question: Question::new(legend), id: name.clone(), prefix: name, parts, ..DateInput::default() }
    }

    /// What is filled in.
    #[must_use]
    pub fn value(mut self, day: &str, month: &str, year: &str) -> DateInput {
        for (part, value) in self.parts.iter_mut().zip([day, month, year]) {
            part.value = value.into();
        }
        self
    }

    /// The part that is at fault, where it is one.
    #[must_use]
    pub fn at_fault(mut self, part: &str) -> DateInput {
        self.parts.iter_mut().for_each(|own| own.wrong = own.name == part);
        self
    }

    fn part(&self, part: &DatePart) -> Input {
        let any_wrong = self.parts.iter().any(|part| part.wrong);
        let name = if self.prefix.is_empty() { part.name.clone() } else { format!("{}-{}", self.prefix, part.name) };
        let mut input = Input::new(name, part.label.as_str()).id(format!("{}-{}", self.id, part.name)).digits();
        input.question.label_classes.add("govuk-date-input__label");
        input.classes.add("govuk-date-input__input");
        if part.wrong || (self.question.error.is_some() && !any_wrong) {
            input.classes.add("govuk-input--error");
        }
        input.value(&part.value).width(part.width).autocomplete(&part.autocomplete)
    }
}
