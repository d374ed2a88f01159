//! News about the whole of what one does. For a message within a page, see [`super::Banner`].

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// News.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/notification_banner.html")]
pub struct NotificationBanner {
    pub title: Markup,
    pub content: Markup,
    /// The content is one line, shown large.
    pub line: bool,
    pub success: bool,
    pub title_id: String,
    pub level: u8,
    pub role: String,
    pub no_focus: Option<bool>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(NotificationBanner);

impl NotificationBanner {
    /// One line.
    pub fn new(text: impl Into<Markup>) -> NotificationBanner {
        NotificationBanner {
            title: "Important".into(),
            content: text.into(),
            line: true,
            title_id: "govuk-notification-banner-title".into(),
            level: 2,
            role: "region".into(),
            ..NotificationBanner::default()
        }
    }

    /// That something has been done.
    pub fn success(text: impl Into<Markup>) -> NotificationBanner {
        NotificationBanner {
            title: "Success".into(),
            success: true,
            role: "alert".into(),
            ..NotificationBanner::new(text)
        }
    }
}
