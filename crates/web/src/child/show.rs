//! The child: what matters first, placements, people, places, and earlier episodes.

use super::calendar::Calendar;
use super::hours::Hours;
use crate::frame::{Answer, Frame, page};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use axum::extract::Path;
use views::ChildPage;

#[derive(Template)]
#[template(path = "child/show.html")]
struct Page {
    frame: Frame,
    base: String,
    calendar: Calendar,
    hours: Hours,
    view: ChildPage,
}

/// `GET /children/{child}`.
pub async fn show(member: Member, Path(child): Path<String>) -> Answer {
    let view = queries::child(member.app(), &member.actor, &child).await?;
    let frame = member.frame("A child", &view.viewer).back("/search", "Search");
    let calendar = Calendar::new(&view.calendar_from, &view.calendar_until, &view.calendar);
    let hours = Hours::new(&view.hours);
    page(&Page { frame, base: format!("/children/{}", view.child.id), calendar, hours, view })
}
