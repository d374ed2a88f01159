//! The return home interviews: owed, offered, accepted, declined, held, late.

use crate::components::Pagination;
use crate::frame::{Answer, Frame, Place, page};
use crate::pages::{Wanted, pages};
use crate::visit::Member;
use actions::interview;
use askama::Template;
use axum::extract::Query;
use views::{InterviewLine, Interviews};

#[derive(Template)]
#[template(path = "interview/list.html")]
struct Page {
    frame: Frame,
    view: Interviews,
    pages: Option<Pagination>,
}

/// Where something is recorded of one, and back to the list.
pub(crate) fn records(line: &InterviewLine, event: &str) -> String {
    let address = format!("/children/{}/record/{event}", line.child.id);
    crate::back::with(&address, &[("episode", &line.episode)], "/interviews", "")
}

/// `GET /interviews`.
pub async fn list(member: Member, Query(wanted): Query<Wanted>) -> Answer {
    let view = interview::list(member.app(), &member.actor, &wanted.part, wanted.page()).await?;
    let frame = member.frame("Return home interviews", &view.viewer).place(Place::Interviews);
    let pages = pages(view.page, view.pages, "/interviews", &[("part", &view.part)]);
    page(&Page { frame, view, pages })
}
