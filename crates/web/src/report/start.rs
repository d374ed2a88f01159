//! Where a report begins: choose the child, or go on with a report begun.

use crate::components::Input;
use crate::frame::{Answer, Frame, Place, on_to, page};
use crate::posted::Posted;
use crate::search;
use crate::visit::Member;
use actions::report;
use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;
use views::{ReportStart, StepPlace};

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Wanted {
    #[serde(default)]
    name: String,
}

#[derive(Template)]
#[template(path = "report/start.html")]
struct Page {
    frame: Frame,
    view: ReportStart,
    input: Input,
}

/// `GET /report`.
pub async fn start(member: Member, Query(wanted): Query<Wanted>) -> Answer {
    let view = report::start_page(member.app(), &member.actor, &wanted.name).await?;
    let frame = member.frame("Report a child missing", &view.viewer).place(Place::Report);
    let input = search::name(&view.asked);
    page(&Page { frame, view, input })
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
