//! More, for those who want it. In a template, `boxes::details` takes its content from the template itself.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// More to read.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/details.html")]
pub struct Details {
    pub summary: Markup,
    pub content: Markup,
    pub open: bool,
    pub id: String,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Details);

impl Details {
    /// Content under a line that opens it.
    pub fn new(summary: impl Into<Markup>, content: impl Into<Markup>) -> Details {
        Details { summary: summary.into(), content: content.into(), ..Details::default() }
    }
}
