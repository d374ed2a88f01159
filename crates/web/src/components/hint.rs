//! A line of help under a label.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// A hint.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/hint.html")]
pub struct Hint {
    pub text: Markup,
    pub id: String,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Hint);

impl Hint {
    /// A hint.
    pub fn new(text: impl Into<Markup>) -> Hint {
        Hint { text: text.into(), ..Hint::default() }
    }

    /// With the id by which a control names it.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Hint {
        self.id = id.into();
        self
    }
}
