//! A form that was completed, to be read, printed and compared.

use crate::frame::{Answer, Frame, page};
use crate::visit::Member;
use actions::form;
use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;
use views::FilledForm;

#[derive(Template)]
#[template(path = "forms/show.html")]
struct Page {
    frame: Frame,
    view: FilledForm,
    base: String,
}

/// With which version it is compared.
#[derive(Deserialize, Default)]
pub struct Beside {
    #[serde(default)]
    with: String,
}

/// `GET /children/{child}/forms/filled/{entry}`.
pub async fn show(
    member: Member,
    Path((child, entry)): Path<(String, String)>,
    Query(beside): Query<Beside>,
) -> Answer {
    let view = form::show(member.app(), &member.actor, &child, &entry, &beside.with).await?;
    let base = format!("/children/{}", view.child.id);
    let frame = member.frame(view.line.title.clone(), &view.viewer).back(format!("{base}/forms"), "Forms");
    page(&Page { frame, view, base })
}
