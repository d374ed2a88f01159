//! What is wrong with an answer, beside the control.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// An error message.
#[derive(Template, Clone, Debug)]
#[template(path = "components/error_message.html")]
pub struct ErrorMessage {
    pub text: Markup,
    /// Said to those who cannot see that it is red; nothing when empty.
    pub spoken: Markup,
    pub id: String,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(ErrorMessage);

impl ErrorMessage {
    /// A message.
    pub fn new(text: impl Into<Markup>) -> ErrorMessage {
        ErrorMessage {
            text: text.into(),
            spoken: "Error".into(),
            id: String::new(),
            classes: Classes::default(),
            attributes: Attributes::default(),
        }
    }

    /// With the id by which a control names it.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> ErrorMessage {
        self.id = id.into();
        self
    }
}
