//! A button, or a link that looks like one.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// A button.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/button.html")]
pub struct Button {
    pub text: Markup,
    /// A link, when this is not empty.
    pub href: String,
    pub kind: String,
    pub name: String,
    pub value: String,
    pub id: String,
    pub disabled: bool,
    pub hidden: bool,
    pub once: Option<bool>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Button);

impl Button {
    /// The one strong button of a page.
    pub fn new(text: impl Into<Markup>) -> Button {
        Button { text: text.into(), kind: "submit".into(), ..Button::default() }
    }

    /// A quieter one.
    pub fn secondary(text: impl Into<Markup>) -> Button {
        let mut button = Button::new(text);
        button.classes.add("govuk-button--secondary");
        button
    }

    /// One that takes something away.
    pub fn warning(text: impl Into<Markup>) -> Button {
        let mut button = Button::new(text);
        button.classes.add("govuk-button--warning");
        button
    }

    /// A link to somewhere.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Button {
        self.href = href.into();
        self
    }

    /// `submit` or `button`.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Button {
        self.kind = kind.into();
        self
    }

    /// Sends this name and value with the form.
    #[must_use]
    pub fn sends(mut self, name: impl Into<String>, value: impl Into<String>) -> Button {
        self.name = name.into();
        self.value = value.into();
        self
    }
}
