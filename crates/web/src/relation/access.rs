//! A child with whom one does not work: ask for access, or, where a child is in danger, break the glass.

use crate::components::{Asks as _, Textarea};
use crate::flash::Flash;
use crate::form::Form;
use crate::frame::{Answer, Frame, on_to_saying, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::Refused;
use actions::relation::{self, Access};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "relation/access.html")]
struct Page {
    frame: Frame,
    view: Access,
    child: String,
    form: Form,
    key: String,
}

/// `GET /children/{child}/access`.
pub async fn access(member: Member, Path(child): Path<String>) -> Answer {
    let key = member.app().new_key();
    draw(&member, child, Form::default(), key).await
}

/// `POST /children/{child}/access`.
pub async fn send(member: Member, Path(child): Path<String>, posted: Posted) -> Answer {
    let (app, actor, why) = (member.app(), &member.actor, posted.get("reason"));
    let done = match posted.get("do") {
        "glass" => relation::break_glass(app, actor, &child, why, posted.key()).await.map(|()| true),
        _ => relation::ask(app, actor, &child, why, posted.key()).await.map(|()| false),
    };
    match done {
        Ok(true) => {
            let said = Flash::warning(format!("You see this record for {} minutes.", relation::MINUTES));
            let said = said.text("Those who guard the records of both agencies have been told, with your reason.");
            Ok(on_to_saying(&format!("/children/{child}"), said))
        }
        Ok(false) => {
            Ok(on_to_saying("/", Flash::success("You asked for access. The authority that leads will answer.")))
        }
        Err(Refused::Invalid(problems)) => {
            draw(&member, child, Form::new(posted.pairs(), &problems), posted.key().into()).await
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(member: &Member, child: String, form: Form, key: String) -> Answer {
    let view = relation::access(member.app(), &member.actor, &child).await?;
    let wrong = form.summary().is_some();
    let frame = member.frame("Access to a record", &view.viewer).back("/search", "Search").wrong(wrong);
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(status, &Page { frame, view, child, form, key })
}

/// The reason.
pub(crate) fn reason(form: &Form) -> Textarea {
    form.textarea("reason", "Why do you need to see this record?")
        .rows(3)
        .hint("In your own words, in a sentence that somebody else understands tomorrow.")
        .label_class("govuk-label--s")
}
