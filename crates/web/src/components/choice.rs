//! One of the answers of radios or checkboxes.

use super::{Attributes, Classes, Hint, Markup};
use askama::filters::HtmlSafe;

/// An answer to choose.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub value: String,
    pub text: Markup,
    pub id: String,
    /// Checkboxes only: another name than the group's.
    pub name: String,
    pub hint: Option<Hint>,
    pub checked: bool,
    pub disabled: bool,
    /// What more is asked once it is chosen.
    pub reveals: Markup,
    /// Words between answers, such as `or`; then it is no answer itself.
    pub divider: String,
    /// Checkboxes only: choosing it takes the others back.
    pub exclusive: bool,
    pub label_classes: Classes,
    pub attributes: Attributes,
}

impl Choice {
    /// An answer.
    pub fn new(value: impl Into<String>, text: impl Into<Markup>) -> Choice {
        Choice { value: value.into(), text: text.into(), ..Choice::default() }
    }

    /// Words between answers.
    pub fn divider(text: impl Into<String>) -> Choice {
        Choice { divider: text.into(), ..Choice::default() }
    }

    /// A line under it; none when empty.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Markup>) -> Choice {
        let hint = hint.into();
        self.hint = (!hint.is_empty()).then(|| Hint::new(hint));
        self
    }

    /// Is it chosen?
    #[must_use]
    pub fn checked(mut self, checked: bool) -> Choice {
        self.checked = checked;
        self
    }

    /// What more is asked once it is chosen. Without JavaScript it always shows.
    #[must_use]
    pub fn reveals(mut self, control: &(impl HtmlSafe + ?Sized)) -> Choice {
        self.reveals = Markup::of(control);
        self
    }

    /// Choosing it takes the others back: `None of these`.
    #[must_use]
    pub fn exclusive(mut self) -> Choice {
        self.exclusive = true;
        self
    }

    /// Answers with their ids.
    pub(super) fn placed<'a>(choices: &'a [Choice], group: &'a str) -> impl Iterator<Item = (String, &'a Choice)> {
        choices.iter().enumerate().map(move |(index, choice)| (choice.id_in(group, index), choice))
    }

    /// Its id: the group's for the first, so that the error summary can lead to it; then counted.
    fn id_in(&self, group: &str, index: usize) -> String {
        match (self.id.is_empty(), index) {
            (false, _) => self.id.clone(),
            (true, 0) => group.to_string(),
            (true, _) => format!("{group}-{}", index + 1),
        }
    }

    pub(super) fn hint_at(&self, id: &str, class: &str) -> Markup {
        let Some(hint) = &self.hint else { return Markup::default() };
        let mut placed = hint.clone().id(format!("{id}-item-hint"));
        placed.classes = Classes::default();
        placed.classes.add(class);
        placed.classes.add(hint.classes.to_string().trim());
        Markup::of(&placed)
    }

    pub(super) fn label_at(&self, id: &str, class: &str) -> Markup {
        let mut label = super::Label::new(id, &self.text);
        label.classes.add(class);
        label.classes.add(self.label_classes.to_string().trim());
        Markup::of(&label)
    }
}
