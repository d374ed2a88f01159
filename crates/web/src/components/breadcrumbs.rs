//! Where the page is.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// Where the page is.
#[derive(Template, Clone, Debug)]
#[template(path = "components/breadcrumbs.html")]
pub struct Breadcrumbs {
    /// Words and address; without an address, the page itself.
    pub items: Vec<(Markup, Option<String>)>,
    pub label: String,
    pub collapse: bool,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Breadcrumbs);

impl Default for Breadcrumbs {
    fn default() -> Breadcrumbs {
        Breadcrumbs {
            items: Vec::new(),
            label: "Breadcrumb".into(),
            collapse: false,
            classes: Classes::default(),
            attributes: Attributes::default(),
        }
    }
}

impl Breadcrumbs {
    /// One more step on the way.
    #[must_use]
    pub fn to(mut self, text: impl Into<Markup>, href: impl Into<String>) -> Breadcrumbs {
        self.items.push((text.into(), Some(href.into())));
        self
    }

    /// On a telephone only the first and the last.
    #[must_use]
    pub fn collapse(mut self) -> Breadcrumbs {
        self.collapse = true;
        self
    }
}
