//! Who a child is: the page, and the page that asks a group of it.

use crate::entry::Setback;
use crate::flash::Flash;
use crate::frame::{Answer, Frame, on_to_saying, page};
use crate::kept::{draw, setback};
use crate::posted::Posted;
use crate::visit::Member;
use actions::{Answers, FieldProblem, particulars};
use askama::Template;
use axum::extract::Path;
use views::Particulars;

#[derive(Template)]
#[template(path = "particulars/show.html")]
struct Page {
    frame: Frame,
    view: Particulars,
    base: String,
}

/// `GET /children/{child}/particulars`.
pub async fn show(member: Member, Path(child): Path<String>) -> Answer {
    let view = particulars::show(member.app(), &member.actor, &child).await?;
    let base = format!("/children/{}", view.child.id);
    let frame = member.frame("Who the child is", &view.viewer).back(base.clone(), "The child’s record");
    page(&Page { frame, view, base })
}

/// `GET /children/{child}/particulars/{group}`.
pub async fn ask(member: Member, Path((child, group)): Path<(String, String)>) -> Answer {
    let key = member.app().new_key();
    form(&member, &child, &group, &Answers::default(), &[], key, Setback::default()).await
}

/// `POST /children/{child}/particulars/{group}`.
pub async fn save(member: Member, Path((child, group)): Path<(String, String)>, posted: Posted) -> Answer {
    let (app, answers) = (member.app(), posted.answers());
    let saved = particulars::save(app, &member.actor, &child, posted.version()?, &group, &answers, posted.key()).await;
    let refused = match saved {
        Ok(()) => {
            let said = Flash::success("It was saved. What stood before is in the history.");
            return Ok(on_to_saying(&format!("/children/{child}/particulars"), said));
        }
        Err(refused) => refused,
    };
    let (problems, setback) = setback(refused)?;
    form(&member, &child, &group, &answers, &problems, posted.key().into(), setback).await
}

async fn form(
    member: &Member,
    child: &str,
    group: &str,
    answers: &Answers,
    problems: &[FieldProblem],
    key: String,
    setback: Setback,
) -> Answer {
    let view = particulars::form(member.app(), &member.actor, child, group, answers, problems).await?;
    let page = format!("/children/{}/particulars", view.child.id);
    draw(member, view, format!("{page}/{group}"), (page, "Who the child is".into()), key, setback)
}
