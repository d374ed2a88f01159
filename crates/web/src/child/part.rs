//! A part of what is shown of a child, page by page.

use crate::components::Pagination;
use crate::frame::{Answer, Frame, page};
use crate::pages::{Wanted, pages};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use axum::extract::{Path, Query};
use views::{ChildPart, ChildPartPage};

#[derive(Template)]
#[template(path = "child/part.html")]
struct Page {
    frame: Frame,
    base: String,
    /// Where an entry is corrected.
    correct: String,
    view: ChildPartPage,
    pages: Option<Pagination>,
}

/// `GET /children/{child}/episodes`.
pub async fn episodes(member: Member, Path(child): Path<String>, Query(wanted): Query<Wanted>) -> Answer {
    draw(&member, &child, (ChildPart::Episodes, "episodes"), &wanted).await
}

/// `GET /children/{child}/due`.
pub async fn due(member: Member, Path(child): Path<String>, Query(wanted): Query<Wanted>) -> Answer {
    draw(&member, &child, (ChildPart::Due, "due"), &wanted).await
}

/// `GET /children/{child}/unknown`.
pub async fn unknown(member: Member, Path(child): Path<String>, Query(wanted): Query<Wanted>) -> Answer {
    draw(&member, &child, (ChildPart::Unknown, "unknown"), &wanted).await
}

/// `GET /children/{child}/outside`.
pub async fn outside(member: Member, Path(child): Path<String>, Query(wanted): Query<Wanted>) -> Answer {
    draw(&member, &child, (ChildPart::Outside, "outside"), &wanted).await
}

async fn draw(member: &Member, child: &str, (part, word): (ChildPart, &str), wanted: &Wanted) -> Answer {
    let view = queries::child_part(member.app(), &member.actor, child, part, (wanted.page(), &wanted.entry)).await?;
    let base = format!("/children/{}", view.child.id);
    let frame = member.frame(view.title.clone(), &view.viewer).back(base.clone(), "The child’s record");
    let pages = pages(view.page, view.pages, &format!("{base}/{word}"), &[]);
    let correct = format!("{base}/correct");
    page(&Page { frame, base, correct, view, pages })
}
