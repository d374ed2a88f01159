//! Several lines of text with a limit, and a line that says how much is left.

use super::markup::escape;
use super::{Dressed, Hint, Markup, Question, Textarea};
use askama::filters::HtmlSafe;
use std::fmt;

/// Several lines of text with a limit.
#[derive(Clone, Debug)]
pub struct CharacterCount {
    pub textarea: Textarea,
    pub most: usize,
    pub threshold: Option<u8>,
}

impl CharacterCount {
    /// Of this name, with room for so many characters.
    pub fn new(name: impl Into<String>, label: impl Into<Markup>, most: usize) -> CharacterCount {
        CharacterCount { textarea: Textarea::new(name, label), most, threshold: None }
    }

    /// What is filled in.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> CharacterCount {
        self.textarea.value = value.into();
        self
    }
}

impl super::Asks for CharacterCount {
    const LARGE: &'static str = "govuk-label--l";

    fn question_mut(&mut self) -> &mut Question {
        &mut self.textarea.question
    }
}

impl HtmlSafe for CharacterCount {}

impl fmt::Display for CharacterCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut textarea = self.textarea.clone();
        let message = format!("You can enter up to {} characters", self.most);
        let info = format!("{}-info", textarea.id);
        textarea.after = Markup::of(&Hint::new(message).id(&info).class("govuk-character-count__message"));
        let further = std::mem::take(&mut textarea.classes);
        textarea.classes.add("govuk-js-character-count");
        textarea.classes.add(further.to_string().trim());
        let question = &mut textarea.question;
        let group = std::mem::take(&mut question.group_classes);
        question.group_classes.add("govuk-character-count");
        question.group_classes.add(group.to_string().trim());
        question.described_by = info;
        question.group_attributes.add("data-module", "govuk-character-count");
        question.group_attributes.add("data-maxlength", &self.most.to_string());
        if let Some(threshold) = self.threshold {
            question.group_attributes.add("data-threshold", &escape(&threshold.to_string()));
        }
        write!(f, "{textarea}")
    }
}
