//! What is said about an entry that stands: that it is not so, or, where it was told on somebody's behalf, that it is.

use super::form;
use crate::form::Form;
use crate::frame::{Answer, Frame, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::queries;
use actions::{FieldProblem, entry};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use views::EventForm;

#[derive(Template)]
#[template(path = "entry/dispute.html")]
struct Page {
    frame: Frame,
    view: EventForm,
    form: Form,
    key: String,
    entry: String,
    setback: form::Setback,
}

/// `GET /children/{child}/dispute/{entry}`.
pub async fn dispute(member: Member, Path((child, id)): Path<(String, String)>) -> Answer {
    let key = member.app().new_key();
    draw(&member, &child, id, Form::default(), key, form::Setback::default(), StatusCode::OK).await
}

/// `POST /children/{child}/dispute/{entry}`.
pub async fn save_dispute(member: Member, Path((child, id)): Path<(String, String)>, posted: Posted) -> Answer {
    let (app, actor) = (member.app(), &member.actor);
    let refused =
        match entry::dispute(app, actor, &child, posted.version()?, &id, posted.get("reason"), posted.key()).await {
            Ok(recorded) => return Ok(form::saved(&child, &recorded)),
            Err(refused) => refused,
        };
    let (mut problems, setback) = form::mend(refused)?;
    problems.iter_mut().for_each(|problem: &mut FieldProblem| problem.field = "reason".into());
    let status = if setback.version.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = Form::new(posted.pairs(), &problems);
    draw(&member, &child, id, form, posted.key().into(), setback, status).await
}

/// `POST /children/{child}/confirm/{entry}`.
pub async fn confirm(member: Member, Path((child, id)): Path<(String, String)>, posted: Posted) -> Answer {
    let recorded = entry::confirm(member.app(), &member.actor, &child, posted.version()?, &id, posted.key()).await?;
    Ok(form::saved(&child, &recorded))
}

async fn draw(
    member: &Member,
    child: &str,
    id: String,
    form: Form,
    key: String,
    setback: form::Setback,
    status: StatusCode,
) -> Answer {
    let mut view = queries::remark_form(member.app(), &member.actor, child, &id).await?;
    if let Some(version) = setback.version {
        view.version = version;
    }
    let frame = member
        .frame(format!("Dispute: {}", view.title), &view.viewer)
        .back(format!("/children/{child}"), "The child")
        .wrong(form.summary().is_some());
    page_with(status, &Page { frame, view, form, key, entry: id, setback })
}
