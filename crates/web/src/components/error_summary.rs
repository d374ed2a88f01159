//! What is wrong with the answers, on top of the page, each leading to its control.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// What is wrong.
#[derive(Template, Clone, Debug)]
#[template(path = "components/error_summary.html")]
pub struct ErrorSummary {
    pub title: Markup,
    pub description: Markup,
    /// What is wrong, and the place that it is about.
    pub problems: Vec<(Markup, Option<String>)>,
    pub no_focus: Option<bool>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(ErrorSummary);

impl ErrorSummary {
    /// Problems by the id of their control.
    pub fn new<M: Into<Markup>>(problems: impl IntoIterator<Item = (String, M)>) -> ErrorSummary {
        let problems = problems.into_iter().map(|(id, says)| (says.into(), Some(format!("#{id}")))).collect();
        ErrorSummary {
            title: "There is a problem".into(),
            description: Markup::default(),
            problems,
            no_focus: None,
            classes: Classes::default(),
            attributes: Attributes::default(),
        }
    }

    /// A sentence over the list.
    #[must_use]
    pub fn description(mut self, description: impl Into<Markup>) -> ErrorSummary {
        self.description = description.into();
        self
    }
}
