//! A state in a word.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// A tag.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/tag.html")]
pub struct Tag {
    pub text: Markup,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Tag);

impl Tag {
    /// A tag in the colour of the house.
    pub fn new(text: impl Into<Markup>) -> Tag {
        Tag { text: text.into(), ..Tag::default() }
    }

    /// `red`, `orange`, `yellow`, `green`, `turquoise`, `blue`, `purple`, `grey`; the house's own when empty.
    #[must_use]
    pub fn colour(mut self, colour: &str) -> Tag {
        if !colour.is_empty() {
            self.classes.add(&format!("govuk-tag--{colour}"));
        }
        self
    }
}
