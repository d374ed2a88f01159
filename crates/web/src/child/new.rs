//! Opening the record of a child whom nobody here knows yet: few questions, so that a report need not wait. All but the name can follow.
//! Who may be the same child is shown first, with the face, and nothing is opened until somebody has looked.

use crate::components::ErrorSummary;
use crate::flash::Flash;
use crate::form::summary_of;
use crate::frame::{Answer, Frame, on_to_saying, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::child::Opening;
use actions::same::Offer;
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
    /// Nothing was opened yet: first it is asked whether the child is known.
    asks: bool,
    /// The records that may be of the same child.
    offers: Vec<Offer>,
    /// Records of this name and date of birth that others keep: their ids.
    others: Vec<String>,
    /// Those of which was said already that they are other children.
    apart: Vec<String>,
}

/// What was searched for is brought along: it need not be typed again, and stands in no address.
const BEGIN: &str = "begin";

/// `GET /children/new`.
pub async fn new(member: Member) -> Answer {
    draw(&member, &Answers::default(), &[], member.app().new_key(), None).await
}

/// `POST /children/new`.
pub async fn create(member: Member, posted: Posted) -> Answer {
    let answers = posted.answers();
    if posted.get(BEGIN) == "yes" {
        let key = member.app().new_key();
        return draw(&member, &answers, &[], key, None).await;
    }
    match child::open(member.app(), &member.actor, &answers, posted.key()).await {
        Ok(Opening::Opened(created)) => {
            let said = Flash::success("The record was opened.");
            Ok(on_to_saying(&format!("/children/{}", created.child), said))
        }
        Ok(Opening::Perhaps(offers)) => draw(&member, &answers, &[], posted.key().into(), Some(offers)).await,
        Err(Refused::Invalid(problems)) => draw(&member, &answers, &problems, posted.key().into(), None).await,
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(
    member: &Member,
    answers: &Answers,
    problems: &[FieldProblem],
    key: String,
    offers: Option<Vec<Offer>>,
) -> Answer {
    let (app, actor) = (member.app(), &member.actor);
    let fields = child::form(app, actor, answers, problems).await?;
    let viewer = queries::viewer(app, actor).await?;
    let asks = offers.is_some();
    let others = if asks { child::elsewhere(app, actor, answers).await? } else { Vec::new() };
    let offers = offers.unwrap_or_default();
    let summary = summary_of(&fields);
    let status = if summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = member.frame("Open a record", &viewer).back("/search", "Search").wrong(summary.is_some());
    let apart = answers.all("apart").into_iter().map(String::from).collect();
    page_with(status, &Page { frame, fields, key, summary, asks, offers, others, apart })
}
