//! The page on what is known of a child.

use crate::frame::{Answer, Frame, page};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use axum::extract::Path;
use views::FactsPage;

#[derive(Template)]
#[template(path = "facts/show.html")]
struct Page {
    frame: Frame,
    base: String,
    view: FactsPage,
}

/// `GET /children/{child}/facts`.
pub async fn show(member: Member, Path(child): Path<String>) -> Answer {
    let view = queries::facts(member.app(), &member.actor, &child).await?;
    let base = format!("/children/{}", view.child.id);
    let frame = member
        .frame("What is known of the child", &view.viewer)
        .back(base.clone(), format!("Back to {}", view.child.name));
    page(&Page { frame, base, view })
}
