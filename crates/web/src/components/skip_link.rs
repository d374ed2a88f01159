//! The way past the header, for those who go by keyboard.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// A way past the header.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/skip_link.html")]
pub struct SkipLink {
    pub text: Markup,
    pub href: String,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(SkipLink);

impl SkipLink {
    /// To this place of the page.
    pub fn new(href: impl Into<String>, text: impl Into<Markup>) -> SkipLink {
        SkipLink { text: text.into(), href: href.into(), ..SkipLink::default() }
    }
}
