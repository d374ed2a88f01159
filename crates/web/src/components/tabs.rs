//! Several contents in one place. Without JavaScript they stand one under the other.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// Tabs.
#[derive(Template, Clone, Debug)]
#[template(path = "components/tabs.html")]
pub struct Tabs {
    pub title: String,
    pub id: String,
    pub tabs: Vec<Tab>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Tabs);

/// One content.
#[derive(Clone, Debug, Default)]
pub struct Tab {
    pub id: String,
    pub label: String,
    pub content: Markup,
    pub attributes: Attributes,
    pub panel_attributes: Attributes,
}

impl Tab {
    /// A content by its id.
    pub fn new(id: impl Into<String>, label: impl Into<String>, content: impl Into<Markup>) -> Tab {
        Tab { id: id.into(), label: label.into(), content: content.into(), ..Tab::default() }
    }
}

impl Tabs {
    /// These contents.
    pub fn new(tabs: Vec<Tab>) -> Tabs {
        Tabs {
            title: "Contents".into(),
            id: String::new(),
            tabs,
            classes: Classes::default(),
            attributes: Attributes::default(),
        }
    }
}
