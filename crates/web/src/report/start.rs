//! Where a report begins: choose the child, or go on with a report begun.

use crate::frame::{Answer, Frame, Place, on_to, page};
use crate::posted::Posted;
use crate::search;
use crate::visit::Member;
use actions::report;
use askama::Template;
use axum::extract::Path;
use views::{ReportStart, Sought, StepPlace};

#[derive(Template)]
#[template(path = "report/start.html")]
struct Page {
    frame: Frame,
    view: ReportStart,
    fields: search::Fields,
}

/// `GET /report`.
pub async fn start(member: Member) -> Answer {
    draw(&member, &Sought::default()).await
}

/// `POST /report/find`.
pub async fn find(member: Member, posted: Posted) -> Answer {
    draw(&member, &search::sought(&posted)).await
}

async fn draw(member: &Member, asked: &Sought) -> Answer {
    let view = report::start_page(member.app(), &member.actor, asked).await?;
    let wrong = !view.too_little.is_empty();
    let frame = member.frame("Report a child missing", &view.viewer).place(Place::Report).wrong(wrong);
    let fields = search::fields(&view.asked, &view.too_little);
    page(&Page { frame, view, fields })
}

/// `POST /report`.
pub async fn begin(member: Member, posted: Posted) -> Answer {
    let draft = report::start(member.app(), &member.actor, posted.get("child")).await?;
    Ok(on_to(&format!("/report/{draft}")))
}

/// `GET /report/{draft}`: on to the first question without an answer.
pub async fn resume(member: Member, Path(draft): Path<String>) -> Answer {
    let view = report::show(member.app(), &member.actor, &draft, "check").await?;
    let next = match view.episode {
        Some(_) => "read-out",
        None => view.steps.iter().find(|step| step.state != StepPlace::Done).map_or("check", |step| &step.id),
    };
    Ok(on_to(&format!("/report/{}/{next}", view.id)))
}
