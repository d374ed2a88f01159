//! Withdrawing an entry that should not be there. It stays to be seen, with the reason, and counts no more.

use super::form;
use crate::changes;
use crate::form::Form;
use crate::frame::{Answer, Frame, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::queries::{self, Asked};
use actions::{READ_CHANGES, Refused, entry};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use views::EventForm;

#[derive(Template)]
#[template(path = "entry/withdraw.html")]
struct Page {
    frame: Frame,
    view: EventForm,
    form: Form,
    key: String,
    entry: String,
    setback: form::Setback,
}

/// `GET /children/{child}/withdraw/{entry}`.
pub async fn withdraw(member: Member, Path((child, id)): Path<(String, String)>) -> Answer {
    let key = member.app().new_key();
    draw(&member, &child, id, Form::default(), key, form::Setback::default(), StatusCode::OK).await
}

/// `POST /children/{child}/withdraw/{entry}`.
pub async fn save_withdrawal(member: Member, Path((child, id)): Path<(String, String)>, posted: Posted) -> Answer {
    let (app, actor) = (member.app(), &member.actor);
    let why = entry::Why { word: posted.get("why"), words: posted.get("reason"), read: posted.get(READ_CHANGES) };
    let done = match changes::looks_again(&posted) {
        Some(looks) => Err(looks),
        None => entry::withdraw(app, actor, &child, posted.version()?, &id, why, posted.key()).await,
    };
    let refused = match done {
        Ok(recorded) => return Ok(form::saved(&child, &recorded)),
        Err(Refused::Changes(found)) => {
            return changes::draw(&member, *found, &posted, format!("/children/{child}/withdraw/{id}"));
        }
        Err(refused) => refused,
    };
    let (problems, setback) = form::mend(refused)?;
    let status = form::refused_status(&setback);
    let form = Form::new(posted.pairs(), &problems);
    draw(&member, &child, id, form, posted.key().into(), setback, status).await
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
    let mut view = queries::correct_form(member.app(), &member.actor, child, &id, &Asked::default()).await?;
    if let Some(version) = setback.version {
        view.version = version;
    }
    let frame = member
        .frame(format!("Withdraw: {}", view.title), &view.viewer)
        .back(format!("/children/{child}/correct/{id}"), "Back to the entry")
        .wrong(form.summary().is_some());
    page_with(status, &Page { frame, view, form, key, entry: id, setback })
}
