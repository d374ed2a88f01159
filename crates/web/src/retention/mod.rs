//! How long records are kept: those whose time is over, and one child's record with what decides on it.

use crate::components::Textarea;
use crate::flash::Flash;
use crate::form::Form;
use crate::frame::{Answer, Frame, on_to_saying, page, page_with};
use crate::posted::Posted;
use crate::relation::why;
use crate::visit::Member;
use actions::retention::{self, List, Shown};
use actions::{FieldProblem, Refused};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "retention/list.html")]
struct ListPage {
    frame: Frame,
    view: List,
}

#[derive(Template)]
#[template(path = "retention/show.html")]
struct Page {
    frame: Frame,
    view: Shown,
    child: String,
    form: Form,
    /// Which form was sent: `hold`, `release` or the id of the hold that was to be lifted.
    sent: String,
    key: String,
}

impl Page {
    /// Why, in own words, in one of the forms of the page: what was typed stands in the form in which it was typed.
    fn why(&self, form: &str) -> Textarea {
        let id = format!("{}-reason", form.replace(':', "-"));
        if self.sent == form { why(&self.form, &id) } else { why(&Form::default(), &id) }
    }
}

/// `GET /retention`: the records whose time is over, or will be soon.
pub async fn list(member: Member) -> Answer {
    let view = retention::list(member.app(), &member.actor).await?;
    let frame = member.frame("Records whose time is over", &view.viewer).back("/", "What to do");
    page(&ListPage { frame, view })
}

/// `GET /children/{child}/retention`.
pub async fn show(member: Member, Path(child): Path<String>) -> Answer {
    let key = member.app().new_key();
    draw(&member, child, Form::default(), String::new(), key).await
}

/// `POST /children/{child}/retention`.
pub async fn change(member: Member, Path(child): Path<String>, posted: Posted) -> Answer {
    let (app, actor, key) = (member.app(), &member.actor, posted.key());
    let (why, id) = (posted.get("reason"), posted.get("id"));
    let here = format!("/children/{child}/retention");
    let (done, said) = match posted.get("do") {
        "hold" => (
            retention::hold(app, actor, &child, why, key).await,
            "The record is held. Lift it when the reason is over.",
        ),
        "lift" => (retention::lift(app, actor, &child, id, why).await, "The hold is lifted."),
        "take-back" => (retention::take_back(app, actor, &child, id).await, "It is taken back: the record stays."),
        "release" => match retention::release(app, actor, &child, why, posted.get("seen"), key).await {
            Ok(true) => {
                let says = "The record was let go. What it said cannot be read any more; backups that were made before run out by themselves.";
                return Ok(on_to_saying("/retention", Flash::success(says)));
            }
            Ok(false) => {
                (Ok(()), "It is noted, and others who decide are told. The record goes when a second person says so.")
            }
            Err(refused) => (Err(refused), ""),
        },
        _ => (Err(Refused::NotFound), ""),
    };
    let sent = if posted.get("do") == "lift" { id.to_owned() } else { posted.get("do").to_owned() };
    let problems = match done {
        Ok(()) => return Ok(on_to_saying(&here, Flash::success(said))),
        Err(Refused::Invalid(problems)) => problems,
        Err(Refused::NotAllowed(says)) => vec![FieldProblem::new("reason", says)],
        Err(refused) => return Err(refused.into()),
    };
    draw(&member, child, Form::new(posted.pairs(), &problems), sent, key.into()).await
}

async fn draw(member: &Member, child: String, form: Form, sent: String, key: String) -> Answer {
    let view = retention::show(member.app(), &member.actor, &child).await?;
    let wrong = form.summary().is_some();
    let frame = member.frame("How long the record is kept", &view.viewer).wrong(wrong);
    let frame = frame.back(format!("/children/{child}"), "The child");
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(status, &Page { frame, view, child, form, sent, key })
}
