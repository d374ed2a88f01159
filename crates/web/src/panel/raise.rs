//! A child is raised with a panel.

use crate::entry::Setback;
use crate::flash::Flash;
use crate::frame::{Answer, on_to_saying};
use crate::kept::{draw, setback};
use crate::posted::Posted;
use crate::visit::Member;
use actions::{Answers, FieldProblem, panel};
use axum::extract::Path;

/// `GET /children/{child}/raise`.
pub async fn ask(member: Member, Path(child): Path<String>) -> Answer {
    let key = member.app().new_key();
    form(&member, &child, &Answers::default(), &[], key, Setback::default()).await
}

/// `POST /children/{child}/raise`.
pub async fn raise(member: Member, Path(child): Path<String>, posted: Posted) -> Answer {
    let answers = posted.answers();
    match panel::raise(member.app(), &member.actor, &child, &answers, posted.key()).await {
        Ok(next) => Ok(on_to_saying(&next, Flash::success("The child was raised"))),
        Err(refused) => {
            let (problems, setback) = setback(refused)?;
            form(&member, &child, &answers, &problems, posted.key().into(), setback).await
        }
    }
}

async fn form(
    member: &Member,
    child: &str,
    answers: &Answers,
    problems: &[FieldProblem],
    key: String,
    setback: Setback,
) -> Answer {
    let view = panel::raise_form(member.app(), &member.actor, child, answers, problems).await?;
    let leave = (format!("/children/{child}"), "The child’s record".to_string());
    draw(member, view, format!("/children/{child}/raise"), leave, key, setback)
}
