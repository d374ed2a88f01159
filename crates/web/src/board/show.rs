//! Who is missing now?

use crate::frame::{Answer, Frame, Place, page};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use views::Board;

#[derive(Template)]
#[template(path = "board/show.html")]
struct Page {
    frame: Frame,
    view: Board,
}

/// `GET /board`.
pub async fn show(member: Member) -> Answer {
    let view = queries::board(member.app(), &member.actor).await?;
    let frame = member.frame("Who is missing now", &view.viewer).place(Place::Board);
    page(&Page { frame, view })
}
