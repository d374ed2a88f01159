//! A password, which may be shown.

use super::question::asks;
use super::{Button, Dressed, Input, Markup, Question};
use askama::filters::HtmlSafe;
use std::fmt;

/// A password to fill in.
#[derive(Clone, Debug, Default)]
pub struct PasswordInput {
    pub question: Question,
    pub name: String,
    pub id: String,
    pub autocomplete: String,
    pub classes: super::Classes,
    pub attributes: super::Attributes,
    pub value: String,
}
asks!(PasswordInput, "govuk-label--l");

impl PasswordInput {
    /// A password of this name.
    pub fn new(name: impl Into<String>, label: impl Into<Markup>) -> PasswordInput {
        let name = name.into();
        PasswordInput {
            question: Question::new(label),
            id: name.clone(),
            name,
            autocomplete: "current-password".into(),
            ..PasswordInput::default()
        }
    }
}

impl HtmlSafe for PasswordInput {}

impl fmt::Display for PasswordInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut input = Input::new(&self.name, "").id(&self.id).kind("password").value(&self.value).code();
        input.question = self.question.clone();
        input.question.group_classes = super::Classes::default();
        input.question.group_classes.add("govuk-password-input");
        input.question.group_classes.add(self.question.group_classes.to_string().trim());
        input.question.group_attributes.add("data-module", "govuk-password-input");
        input.autocapitalize = "none".into();
        input.autocomplete.clone_from(&self.autocomplete);
        input.wrapper_classes.add("govuk-password-input__wrapper");
        input.classes.add("govuk-password-input__input govuk-js-password-input-input");
        input.classes.add(self.classes.to_string().trim());
        input.attributes = self.attributes.clone();
        let mut show = Button::secondary("Show").kind("button").attribute("aria-controls", &self.id);
        show.classes.add("govuk-password-input__toggle govuk-js-password-input-toggle");
        show.attributes.add("aria-label", "Show password");
        show.hidden = true;
        input.after = Markup::of(&show);
        write!(f, "{input}")
    }
}
