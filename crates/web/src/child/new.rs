//! Opening the record of a child whom nobody here knows yet: few questions, so that a report need not wait. All but the name can follow.

use crate::components::ErrorSummary;
use crate::flash::Flash;
use crate::form::summary_of;
use crate::frame::{Answer, Frame, on_to_saying, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::{Answers, FieldProblem, Refused, child, queries};
use askama::Template;
use axum::http::StatusCode;
use views::FormField;

#[derive(Template)]
#[template(path = "child/new.html")]
struct Page {
    frame: Frame,
    fields: Vec<FormField>,
    key: String,
    summary: Option<ErrorSummary>,
}

/// `GET /children/new`.
pub async fn new(member: Member) -> Answer {
    draw(&member, &Answers::default(), &[], member.app().new_key()).await
}

/// `POST /children/new`.
pub async fn create(member: Member, posted: Posted) -> Answer {
    let answers = posted.answers();
    match child::create(member.app(), &member.actor, &answers, &[], posted.key()).await {
        Ok(created) => {
            let said = Flash::success("The record was opened.");
            Ok(on_to_saying(&format!("/children/{}", created.child), said))
        }
        Err(Refused::Invalid(problems)) => draw(&member, &answers, &problems, posted.key().into()).await,
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(member: &Member, answers: &Answers, problems: &[FieldProblem], key: String) -> Answer {
    let fields = child::form(member.app(), &member.actor, answers, problems).await?;
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let summary = summary_of(&fields);
    let status = if summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = member.frame("Open a record", &viewer).back("/search", "Search").wrong(summary.is_some());
    page_with(status, &Page { frame, fields, key, summary })
}
