//! The page of a photograph: large, with what is known of it.

use crate::frame::{Answer, Frame, page};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use axum::extract::Path;
use views::PhotographPage;

#[derive(Template)]
#[template(path = "photograph/show.html")]
struct Page {
    frame: Frame,
    view: PhotographPage,
    base: String,
}

/// `GET /children/{child}/photographs/{photograph}`.
pub async fn show(member: Member, Path((child, id)): Path<(String, String)>) -> Answer {
    let view = queries::photograph(member.app(), &member.actor, &child, &id).await?;
    let base = format!("/children/{}", view.child.id);
    let frame = member.frame("A photograph", &view.viewer).back(base.clone(), format!("Back to {}", view.child.name));
    page(&Page { frame, view, base })
}
