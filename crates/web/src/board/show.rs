//! Who is missing now?

use crate::components::Pagination;
use crate::frame::{Answer, Frame, Place, page};
use crate::pages::{Wanted, pages};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use axum::extract::Query;
use views::Board;

#[derive(Template)]
#[template(path = "board/show.html")]
struct Page {
    frame: Frame,
    view: Board,
    pages: Option<Pagination>,
}

impl Page {
    /// The address of this page.
    fn here(&self) -> String {
        if self.view.page > 1 { format!("/board?page={}", self.view.page) } else { "/board".into() }
    }
}

/// `GET /board`.
pub async fn show(member: Member, Query(wanted): Query<Wanted>) -> Answer {
    let view = queries::board(member.app(), &member.actor, wanted.page()).await?;
    let frame = member.frame("Who is missing now", &view.viewer).place(Place::Board);
    let pages = pages(view.page, view.pages, "/board", &[]);
    page(&Page { frame, view, pages })
}
