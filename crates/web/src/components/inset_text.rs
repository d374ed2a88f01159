//! Words set apart from those around them.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// Words set apart.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/inset_text.html")]
pub struct InsetText {
    pub content: Markup,
    pub id: String,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(InsetText);

impl InsetText {
    /// These words.
    pub fn new(content: impl Into<Markup>) -> InsetText {
        InsetText { content: content.into(), ..InsetText::default() }
    }
}
