//! The forms of a child.

use crate::frame::{Answer, Frame, page};
use crate::visit::Member;
use actions::form;
use askama::Template;
use axum::extract::Path;
use views::FormList;

#[derive(Template)]
#[template(path = "forms/list.html")]
struct Page {
    frame: Frame,
    view: FormList,
    base: String,
}

/// `GET /children/{child}/forms`.
pub async fn list(member: Member, Path(child): Path<String>) -> Answer {
    let view = form::list(member.app(), &member.actor, &child).await?;
    let base = format!("/children/{}", view.child.id);
    let frame = member.frame("Forms", &view.viewer).back(base.clone(), "The child’s record");
    page(&Page { frame, view, base })
}
