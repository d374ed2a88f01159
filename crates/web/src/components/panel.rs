//! That it is done, large.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// That it is done.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/panel.html")]
pub struct Panel {
    pub title: Markup,
    pub content: Markup,
    pub level: u8,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Panel);

impl Panel {
    /// A heading and what follows it.
    pub fn new(title: impl Into<Markup>, content: impl Into<Markup>) -> Panel {
        Panel { title: title.into(), content: content.into(), level: 1, ..Panel::default() }
    }
}
