//! What a control has around it: label or legend, hint, error. Shared by every control that asks something.

use super::{Attributes, Classes, ErrorMessage, Fieldset, Hint, Label, Markup};
use std::fmt::{self, Write as _};

/// The question that a control answers.
#[derive(Clone, Debug, Default)]
pub struct Question {
    pub label: Markup,
    pub label_classes: Classes,
    pub label_attributes: Attributes,
    pub heading: bool,
    pub hint: Option<Hint>,
    pub error: Option<ErrorMessage>,
    /// Ids of what else describes the control.
    pub described_by: String,
    pub group_classes: Classes,
    pub group_attributes: Attributes,
    pub fieldset_classes: Classes,
    pub fieldset_attributes: Attributes,
}

impl Question {
    /// A question.
    pub fn new(label: impl Into<Markup>) -> Question {
        Question { label: label.into(), ..Question::default() }
    }

    /// Ids of everything that describes the control with this id.
    pub fn described_by(&self, id: &str) -> String {
        let mut ids = self.described_by.clone();
        for (there, what) in [(self.hint.is_some(), "hint"), (self.error.is_some(), "error")] {
            if there {
                let space = if ids.is_empty() { "" } else { " " };
                let _ = write!(ids, "{space}{id}-{what}");
            }
        }
        ids
    }

    /// The label of the control with this id; nothing where there are no words for it.
    pub fn label(&self, id: &str) -> Markup {
        if self.label.is_empty() {
            return Markup::default();
        }
        let mut label = Label::new(id, &self.label);
        label.heading = self.heading;
        label.classes = self.label_classes.clone();
        label.attributes = self.label_attributes.clone();
        Markup::of(&label)
    }

    /// Hint and error.
    pub fn notes(&self, id: &str) -> Markup {
        let hint = self.hint.clone().map(|hint| Markup::of(&hint.id(format!("{id}-hint"))));
        let error = self.error.clone().map(|error| Markup::of(&error.id(format!("{id}-error"))));
        Markup::trusted(format!("{}{}", hint.unwrap_or_default(), error.unwrap_or_default()))
    }

    /// The controls in a fieldset, where there is a legend; otherwise as they are.
    pub fn fieldset(&self, id: &str, role: &'static str, controls: &Markup) -> Markup {
        let inner = Markup::trusted(format!("{}{controls}", self.notes(id)));
        if self.label.is_empty() {
            return inner;
        }
        let mut fieldset = Fieldset::new(&self.label, inner).legend_class(&self.label_classes.to_string());
        fieldset.heading = self.heading;
        fieldset.described_by = self.described_by(id);
        fieldset.role = role.into();
        fieldset.classes = self.fieldset_classes.clone();
        fieldset.attributes = self.fieldset_attributes.clone();
        Markup::of(&fieldset)
    }
}

/// A control that asks something.
pub trait Asks: Sized {
    /// Its question.
    fn question_mut(&mut self) -> &mut Question;
    /// The class that makes its label or legend large, when it is the heading of the page.
    const LARGE: &'static str;

    /// A line of help; none when empty.
    #[must_use]
    fn hint(mut self, hint: impl Into<Markup>) -> Self {
        let hint = hint.into();
        self.question_mut().hint = (!hint.is_empty()).then(|| Hint::new(hint));
        self
    }

    /// What is wrong with the answer; nothing when empty.
    #[must_use]
    fn error(mut self, error: impl Into<Markup>) -> Self {
        let error = error.into();
        self.question_mut().error = (!error.is_empty()).then(|| ErrorMessage::new(error));
        self
    }

    /// The question is the heading of the page: one question a page.
    #[must_use]
    fn heading(mut self) -> Self {
        self.question_mut().heading = true;
        self.label_class(Self::LARGE)
    }

    /// Further classes for the label or legend.
    #[must_use]
    fn label_class(mut self, classes: &str) -> Self {
        self.question_mut().label_classes.add(classes);
        self
    }

    /// Further classes for the whole group.
    #[must_use]
    fn group_class(mut self, classes: &str) -> Self {
        self.question_mut().group_classes.add(classes);
        self
    }
}

/// Says that a component asks something: it has a field `question`.
macro_rules! asks {
    ($type:ty, $large:literal) => {
        impl $crate::components::Asks for $type {
            const LARGE: &'static str = $large;

            fn question_mut(&mut self) -> &mut $crate::components::Question {
                &mut self.question
            }
        }
    };
}
pub(crate) use asks;

/// Writes controls in their group, in a fieldset where they have a legend.
pub(super) fn write_group(
    f: &mut fmt::Formatter<'_>,
    question: &Question,
    id: &str,
    role: &'static str,
    controls: &Markup,
) -> fmt::Result {
    let wrong = if question.error.is_some() { " govuk-form-group--error" } else { "" };
    let Question { group_classes, group_attributes, .. } = question;
    let content = question.fieldset(id, role, controls);
    write!(f, "<div class=\"govuk-form-group{wrong}{group_classes}\"{group_attributes}>{content}</div>")
}
