//! Controls that belong together, under a legend.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// A fieldset.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/fieldset.html")]
pub struct Fieldset {
    pub legend: Markup,
    pub legend_classes: Classes,
    pub heading: bool,
    pub content: Markup,
    pub described_by: String,
    pub role: String,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Fieldset);

impl Fieldset {
    /// Controls under a legend.
    pub fn new(legend: impl Into<Markup>, content: impl Into<Markup>) -> Fieldset {
        Fieldset { legend: legend.into(), content: content.into(), ..Fieldset::default() }
    }

    /// Further classes for the legend.
    #[must_use]
    pub fn legend_class(mut self, classes: &str) -> Fieldset {
        self.legend_classes.add(classes.trim());
        self
    }

    /// The legend is the heading of the page too.
    #[must_use]
    pub fn heading(mut self) -> Fieldset {
        self.heading = true;
        self
    }
}
