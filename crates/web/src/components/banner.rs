//! A message within a page, after the pattern of the Ministry of Justice.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use crate::flash::Flash;
use askama::Template;

/// A message: what was saved, what somebody should look at.
#[derive(Template, Clone, Debug)]
#[template(path = "components/banner.html")]
pub struct Banner {
    /// `information`, `success`, `warning`, `error`.
    pub kind: &'static str,
    pub title: Markup,
    pub content: Markup,
    pub role: &'static str,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Banner);

impl Banner {
    fn of(kind: &'static str, content: impl Into<Markup>) -> Banner {
        Banner {
            kind,
            title: Markup::default(),
            content: content.into(),
            role: "region",
            classes: Classes::default(),
            attributes: Attributes::default(),
        }
    }

    /// Something to know.
    pub fn information(content: impl Into<Markup>) -> Banner {
        Banner::of("information", content)
    }

    /// Something was done.
    pub fn success(content: impl Into<Markup>) -> Banner {
        Banner::of("success", content)
    }

    /// Something to look at.
    pub fn warning(content: impl Into<Markup>) -> Banner {
        Banner::of("warning", content)
    }

    /// Something went wrong.
    pub fn error(content: impl Into<Markup>) -> Banner {
        Banner::of("error", content)
    }

    /// The message of the page before.
    pub fn flash(flash: &Flash) -> Banner {
        let content = if flash.text.is_empty() { Markup::default() } else { Markup::from(&flash.text) };
        Banner::of(flash.kind, content).title(&flash.title).alert()
    }

    /// A line over it.
    #[must_use]
    pub fn title(mut self, title: impl Into<Markup>) -> Banner {
        self.title = title.into();
        self
    }

    /// Read out at once, for what has just happened.
    #[must_use]
    pub fn alert(mut self) -> Banner {
        self.role = "alert";
        self
    }

    /// What it is, for those who do not see its colour.
    fn spoken(&self) -> &'static str {
        match self.kind {
            "success" => "Success",
            "warning" => "Warning",
            "error" => "Error",
            _ => "Information",
        }
    }
}
