//! An agency's line in the directory: where it is, and by which numbers it is reached.

use crate::components::ErrorSummary;
use crate::flash::Flash;
use crate::form::summary_of;
use crate::frame::{Answer, Frame, Place, on_to_saying, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::agency::{self, DirectoryForm};
use actions::keeping::By;
use actions::{Answers, FieldProblem, Refused, queries};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "agency/directory.html")]
struct Page {
    frame: Frame,
    id: String,
    form: DirectoryForm,
    summary: Option<ErrorSummary>,
    /// Somebody changed it meanwhile.
    overtaken: bool,
}

/// `GET /agencies/{agency}/directory`.
pub async fn directory(member: Member, Path(id): Path<String>) -> Answer {
    draw(&member, id, &Answers::default(), &[], None, false).await
}

/// `POST /agencies/{agency}/directory`.
pub async fn save_directory(member: Member, Path(id): Path<String>, posted: Posted) -> Answer {
    let (app, version, answers) = (member.app(), posted.version()?, posted.answers());
    let by = By::Person(&member.actor);
    match agency::save_directory(app, by, &member.actor.person, &id, version, &answers).await {
        Ok(()) => Ok(on_to_saying(&format!("/agencies/{id}"), Flash::success("The directory was changed"))),
        Err(Refused::Invalid(problems)) => draw(&member, id, &answers, &problems, Some(version), false).await,
        Err(Refused::Stale { version, .. }) => draw(&member, id, &answers, &[], Some(version), true).await,
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(
    member: &Member,
    id: String,
    answers: &Answers,
    problems: &[FieldProblem],
    version: Option<i64>,
    overtaken: bool,
) -> Answer {
    let mut form = agency::directory_form(member.app(), By::Person(&member.actor), &id, answers, problems).await?;
    form.version = version.unwrap_or(form.version);
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let summary = summary_of(&form.fields);
    let status = match (summary.is_some(), overtaken) {
        (_, true) => StatusCode::CONFLICT,
        (true, _) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let frame = member
        .frame("In the directory", &viewer)
        .place(Place::Agencies)
        .back(format!("/agencies/{id}"), form.name.clone())
        .wrong(summary.is_some());
    page_with(status, &Page { frame, id, form, summary, overtaken })
}
