//! Two absences that are one: made one, or taken apart again.

use super::form;
use crate::changes;
use crate::components::Asks as _;
use crate::components::Textarea;
use crate::form::Form;
use crate::frame::{Answer, Frame, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::{READ_CHANGES, Refused, entry};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use views::JoinPage;

#[derive(Template)]
#[template(path = "entry/join.html")]
struct Page {
    frame: Frame,
    view: JoinPage,
    form: Form,
    key: String,
    setback: form::Setback,
}

impl Page {
    fn reason(&self) -> Textarea {
        let asks = if self.view.apart { "Why are they two after all?" } else { "How is it known that they are one?" };
        self.form.textarea("reason", asks).rows(3).label_class("govuk-label--s")
    }
}

/// `GET /children/{child}/join/{entry}`.
pub async fn join(member: Member, Path((child, id)): Path<(String, String)>) -> Answer {
    let key = member.app().new_key();
    draw(&member, &child, &id, Form::default(), key, form::Setback::default(), StatusCode::OK).await
}

/// `POST /children/{child}/join/{entry}`.
pub async fn save_join(member: Member, Path((child, id)): Path<(String, String)>, posted: Posted) -> Answer {
    let (app, actor) = (member.app(), &member.actor);
    let said = (posted.get("reason"), posted.get(READ_CHANGES));
    let done = match changes::looks_again(&posted) {
        Some(looks) => Err(looks),
        None => entry::join(app, actor, &child, posted.version()?, &id, said, posted.key()).await,
    };
    let refused = match done {
        Ok(recorded) => return Ok(form::saved(&child, &recorded)),
        Err(Refused::Changes(found)) => {
            return changes::draw(&member, *found, &posted, format!("/children/{child}/join/{id}"));
        }
        Err(refused) => refused,
    };
    let (mut problems, setback) = form::mend(refused)?;
    problems.iter_mut().for_each(|problem| problem.field = "reason".into());
    let status = form::refused_status(&setback);
    let form = Form::new(posted.pairs(), &problems);
    draw(&member, &child, &id, form, posted.key().into(), setback, status).await
}

async fn draw(
    member: &Member,
    child: &str,
    id: &str,
    form: Form,
    key: String,
    setback: form::Setback,
    status: StatusCode,
) -> Answer {
    let mut view = entry::join_page(member.app(), &member.actor, child, id).await?;
    if let Some(version) = setback.version {
        view.version = version;
    }
    let title = if view.apart { "Take two absences apart" } else { "Make two absences one" };
    let frame = member
        .frame(title, &view.viewer)
        .back(format!("/children/{child}/correct/{id}"), "Back to the entry")
        .wrong(form.summary().is_some());
    page_with(status, &Page { frame, view, form, key, setback })
}
