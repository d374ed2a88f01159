//! A warning that must not be overlooked.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// A warning.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/warning_text.html")]
pub struct WarningText {
    pub content: Markup,
    /// What the sign means, for those who cannot see it.
    pub spoken: String,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(WarningText);

impl WarningText {
    /// These words.
    pub fn new(content: impl Into<Markup>) -> WarningText {
        WarningText { content: content.into(), spoken: "Warning".into(), ..WarningText::default() }
    }
}
