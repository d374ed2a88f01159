//! The list of alerts.

use crate::frame::{Answer, Frame, Place, page};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use views::Alerts;

#[derive(Template)]
#[template(path = "alert/list.html")]
struct Page {
    frame: Frame,
    view: Alerts,
}

/// `GET /alerts`.
pub async fn list(member: Member) -> Answer {
    let view = queries::alerts(member.app(), &member.actor).await?;
    let frame = member.frame("Alerts", &view.viewer).place(Place::Alerts);
    page(&Page { frame, view })
}
