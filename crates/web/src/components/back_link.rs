//! The way back to the page before.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// A way back.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/back_link.html")]
pub struct BackLink {
    pub text: Markup,
    pub href: String,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(BackLink);

impl BackLink {
    /// Back to there.
    pub fn new(href: impl Into<String>) -> BackLink {
        BackLink { text: "Back".into(), href: href.into(), ..BackLink::default() }
    }

    /// In other words: `Back to the episode`.
    #[must_use]
    pub fn text(mut self, text: impl Into<Markup>) -> BackLink {
        self.text = text.into();
        self
    }
}
