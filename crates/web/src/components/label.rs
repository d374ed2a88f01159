//! The label of a control.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// A label.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/label.html")]
pub struct Label {
    pub text: Markup,
    pub target: String,
    pub heading: bool,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Label);

impl Label {
    /// The label of the control with this id.
    pub fn new(target: impl Into<String>, text: impl Into<Markup>) -> Label {
        Label { text: text.into(), target: target.into(), ..Label::default() }
    }

    /// It is the heading of the page too.
    #[must_use]
    pub fn heading(mut self) -> Label {
        self.heading = true;
        self
    }
}
