//! The page to read to the police on the telephone. It prints on one or two sheets.

use crate::frame::{Answer, Frame, Place, page};
use crate::visit::Member;
use actions::report;
use askama::Template;
use axum::extract::Path;
use views::ReadOut;

#[derive(Template)]
#[template(path = "report/read_out.html")]
struct Page {
    frame: Frame,
    view: ReadOut,
}

/// `GET /report/{draft}/read-out`.
pub async fn read_out(member: Member, Path(draft): Path<String>) -> Answer {
    let view = report::read_out(member.app(), &member.actor, &draft).await?;
    let frame = member.frame("Read this to the police", &view.viewer).place(Place::Report);
    let frame = match &view.episode {
        Some(episode) => frame.back(format!("/children/{}/episodes/{episode}", view.child.id), "To the episode"),
        None => frame.back(format!("/report/{}/check", view.id), "Back"),
    };
    page(&Page { frame, view })
}
