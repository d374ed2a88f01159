//! A moment: a date in three parts and a time, in London. With JavaScript, one press fills in now or some minutes ago.

use super::dressed::component;
use super::question::asks;
use super::{Asks, Attributes, Choice, Classes, Dressed, Input, Markup, Question, Radios};
use askama::Template;

/// A moment to fill in: `{name}-day`, `-month`, `-year`, `-time`, and `-fold` in the hour that comes twice in autumn.
#[derive(Clone, Debug, Default)]
pub struct MomentInput {
    pub question: Question,
    pub name: String,
    pub day: String,
    pub month: String,
    pub year: String,
    pub time: String,
    /// Which of the two hours is meant is to be asked; and the answer: empty, `first` or `second`.
    pub fold: Option<String>,
    /// What may be meant, as value and label: a press on one sends the form with it as `{name}-fold`.
    pub offers: Vec<(String, String)>,
    /// A moment to come: no press fills in now.
    pub ahead: bool,
    /// The part that is at fault where something is wrong: `day`, `month`, `year` or `time`; empty where all are.
    pub at_fault: String,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(MomentInput);
asks!(MomentInput, "govuk-fieldset__legend--l");

#[derive(Template)]
#[template(path = "components/moment_input.html")]
struct Controls<'a>(&'a MomentInput);
impl askama::filters::HtmlSafe for Controls<'_> {}

impl std::fmt::Display for MomentInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut question = self.question.clone();
        if !self.ahead {
            question.group_attributes.add("data-moment", &self.name);
        }
        super::question::write_group(f, &question, &self.name, "group", &Markup::of(&Controls(self)))
    }
}

impl MomentInput {
    /// A moment of this name.
    pub fn new(name: impl Into<String>, legend: impl Into<Markup>) -> MomentInput {
        MomentInput { question: Question::new(legend), name: name.into(), ..MomentInput::default() }
    }

    /// The date that is filled in.
    #[must_use]
    pub fn date(mut self, day: impl Into<String>, month: impl Into<String>, year: impl Into<String>) -> MomentInput {
        (self.day, self.month, self.year) = (day.into(), month.into(), year.into());
        self
    }

    /// The time that is filled in: `18:30`.
    #[must_use]
    pub fn time(mut self, time: impl Into<String>) -> MomentInput {
        self.time = time.into();
        self
    }

    /// It is of something planned.
    #[must_use]
    pub fn ahead(mut self) -> MomentInput {
        self.ahead = true;
        self
    }

    /// The part that is at fault, where it is one.
    #[must_use]
    pub fn at_fault(mut self, part: impl Into<String>) -> MomentInput {
        self.at_fault = part.into();
        self
    }

    /// Offers what may be meant by a time that can be read in several ways.
    #[must_use]
    pub fn offers(mut self, offers: impl IntoIterator<Item = (String, String)>) -> MomentInput {
        self.offers = offers.into_iter().collect();
        self
    }

    /// Asks which of the two hours is meant, with the answer so far: empty, `first` or `second`.
    #[must_use]
    pub fn fold(mut self, fold: impl Into<String>) -> MomentInput {
        self.fold = Some(fold.into());
        self
    }

    /// One part, with its label.
    fn part(&self, part: &str, label: &str, value: &str, width: u8) -> Input {
        let mut input = Input::new(format!("{}-{part}", self.name), label).value(value).width(width);
        if self.question.error.is_some() && (self.at_fault.is_empty() || self.at_fault == part) {
            input.classes.add("govuk-input--error");
            input = input.attribute("aria-invalid", "true");
        }
        if part == "time" { input.attribute("autocomplete", "off") } else { input.digits() }
    }

    fn which(&self, fold: &str) -> Radios {
        let choices = vec![
            Choice::new("first", "The first, in summer time"),
            Choice::new("second", "The second, after the clocks went back"),
        ];
        Radios::new(format!("{}-fold", self.name), "The clocks went back that night. Which of the two hours?", choices)
            .value(fold)
            .group_class("wh-moment__fold")
            .label_class("govuk-fieldset__legend--s")
    }
}
