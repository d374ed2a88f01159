//! One question of a report. Each answer is saved before the next is asked.

use super::finish;
use crate::components::ErrorSummary;
use crate::form;
use crate::frame::{Answer, Frame, Place, on_to, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::typed::typed;
use actions::{Objection, Refused, report};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use views::ReportDraft;

/// The button by which somebody goes to another step than the next.
const GO: &str = "go";

/// The last step, on which the answers are checked.
pub(super) const CHECK: &str = "check";

#[derive(Template)]
#[template(path = "report/step.html")]
struct Page {
    frame: Frame,
    view: ReportDraft,
    summary: Option<ErrorSummary>,
    /// Where this question stands among all.
    number: usize,
    /// Where it leads who skips it.
    skip: String,
}

#[derive(Template)]
#[template(path = "report/check.html")]
struct Check {
    frame: Frame,
    view: ReportDraft,
    key: String,
    objections: Vec<Objection>,
    unavailable: String,
}

/// `GET /report/{draft}/{step}`.
pub async fn show(member: Member, Path((draft, step)): Path<(String, String)>) -> Answer {
    let view = report::show(member.app(), &member.actor, &draft, &step).await?;
    if view.episode.is_some() {
        return Ok(on_to(&format!("/report/{draft}/read-out")));
    }
    if step == CHECK {
        let key = member.app().new_key();
        return check(&member, view, key, StatusCode::OK, Vec::new(), String::new());
    }
    draw(&member, view, StatusCode::OK)
}

/// `POST /report/{draft}/{step}`.
pub async fn save(member: Member, Path((draft, step)): Path<(String, String)>, posted: Posted) -> Answer {
    if step == CHECK {
        return finish::finish(&member, &draft, &posted).await;
    }
    let (app, actor) = (member.app(), &member.actor);
    let mut answers = typed(app, &posted.answers());
    let go = posted.get(GO);
    if !go.is_empty() {
        answers.set(GO, "");
    }
    let saved = if go.is_empty() {
        report::save(app, actor, &draft, &step, &answers).await
    } else {
        report::leave(app, actor, &draft, &step, &answers, go).await
    };
    match saved {
        Ok(report::START) => Ok(on_to("/report")),
        Ok(next) => Ok(on_to(&format!("/report/{draft}/{next}"))),
        Err(Refused::Invalid(problems)) => {
            let view = report::again(app, actor, &draft, &step, &answers, &problems).await?;
            draw(&member, view, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(refused) => Err(refused.into()),
    }
}

fn draw(member: &Member, view: ReportDraft, status: StatusCode) -> Answer {
    let summary = form::summary_of(&view.step.fields);
    let wrong = summary.is_some();
    let place = view.steps.iter().position(|step| step.id == view.step.id).unwrap_or_default();
    let skip = view.steps.get(place + 1).map_or(CHECK, |step| &step.id).to_string();
    // The way back is a button of the question: what was typed goes along.
    let frame = member.frame("Report a child missing", &view.viewer).place(Place::Report).wrong(wrong);
    page_with(status, &Page { frame, view, summary, number: place + 1, skip })
}

/// Draws the page on which the answers are checked.
pub(super) fn check(
    member: &Member,
    view: ReportDraft,
    key: String,
    status: StatusCode,
    objections: Vec<Objection>,
    unavailable: String,
) -> Answer {
    let frame = member.frame("Check what you report", &view.viewer).place(Place::Report);
    let frame = frame.back(format!("/report/{}/{}", view.id, view.back), "Back");
    page_with(status, &Check { frame, view, key, objections, unavailable })
}
