//! A panel, and one of its meetings. Both can be printed as they stand.

use crate::frame::{Answer, Frame, Place, page};
use crate::visit::Member;
use actions::panel;
use askama::Template;
use axum::extract::Path;
use views::{MeetingPage, PanelPage};

#[derive(Template)]
#[template(path = "panel/show.html")]
struct Page {
    frame: Frame,
    view: PanelPage,
}

#[derive(Template)]
#[template(path = "panel/meeting.html")]
struct Meeting {
    frame: Frame,
    view: MeetingPage,
}

impl Meeting {
    /// The page on which something is done to this meeting.
    fn to(&self, doing: &str) -> String {
        let id = self.view.head.href.rsplit('/').next().unwrap_or_default();
        format!("{}/{doing}/{id}", self.view.panel.0)
    }
}

/// `GET /panels/{book}/{panel}`.
pub async fn show(member: Member, Path((book, one)): Path<(String, String)>) -> Answer {
    let view = panel::show(member.app(), &member.actor, &book, &one).await?;
    let frame = member.frame(view.title.clone(), &view.viewer).place(Place::Area).back("/area", "Panels and registers");
    page(&Page { frame, view })
}

/// `GET /panels/{book}/{panel}/meetings/{meeting}`.
pub async fn meeting(member: Member, Path((book, one, id)): Path<(String, String, String)>) -> Answer {
    let view = panel::meeting(member.app(), &member.actor, &book, &one, &id).await?;
    let (href, title) = view.panel.clone();
    let frame = member.frame(format!("{title}, {}", view.head.at.words), &view.viewer);
    page(&Meeting { frame: frame.place(Place::Area).back(href, title), view })
}
