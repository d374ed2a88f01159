//! The list of alerts.

use crate::components::Pagination;
use crate::frame::{Answer, Frame, Place, page};
use crate::pages::{Wanted, pages};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use axum::extract::Query;
use views::Alerts;

#[derive(Template)]
#[template(path = "alert/list.html")]
struct Page {
    frame: Frame,
    view: Alerts,
    pages: Option<Pagination>,
}

/// `GET /alerts`.
pub async fn list(member: Member, Query(wanted): Query<Wanted>) -> Answer {
    let view = queries::alerts(member.app(), &member.actor, wanted.page()).await?;
    let frame = member.frame("Alerts", &view.viewer).place(Place::Alerts);
    let pages = pages(view.page, view.pages, "/alerts", &[]);
    page(&Page { frame, view, pages })
}
