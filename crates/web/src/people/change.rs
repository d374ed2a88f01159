//! The pages that ask about somebody around a child: added, changed, ended, put right.

use crate::entry::Setback;
use crate::flash::Flash;
use crate::frame::{Answer, on_to_saying};
use crate::kept::{about, action, draw, setback};
use crate::posted::Posted;
use crate::visit::Member;
use actions::around::{self, About, Take};
use actions::{Answers, FieldProblem};
use axum::extract::{Path, Query};
use serde::Deserialize;

/// What is said once one was added, and once it ended.
const SAID: (&str, &str) = ("They were added.", "It was recorded. They are under those of before.");

/// `GET /children/{child}/people/{doing}`.
pub async fn begin(member: Member, Path((child, word)): Path<(String, String)>) -> Answer {
    open(&member, &child, &word, None).await
}

/// What is taken over from the record of another child.
#[derive(Deserialize, Default)]
pub struct From {
    #[serde(default)]
    child: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    field: String,
}

/// `GET /children/{child}/people/{doing}/{person}`.
pub async fn begin_on(
    member: Member,
    Path((child, word, id)): Path<(String, String, String)>,
    Query(from): Query<From>,
) -> Answer {
    let (what, _) = about(&word, Some(id), SAID)?;
    let answers = match &what {
        About::Change(id) if !from.field.is_empty() => {
            let take = Take { child: from.child, person: from.person, field: from.field };
            around::taking(member.app(), &member.actor, &child, id, &take).await?
        }
        _ => Answers::default(),
    };
    let key = member.app().new_key();
    ask(&member, &child, (&word, &what), &answers, &[], key, Setback::default()).await
}

/// `POST /children/{child}/people/{doing}`.
pub async fn save(member: Member, Path((child, word)): Path<(String, String)>, posted: Posted) -> Answer {
    send(&member, &child, &word, None, &posted).await
}

/// `POST /children/{child}/people/{doing}/{person}`.
pub async fn save_on(
    member: Member,
    Path((child, word, id)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    send(&member, &child, &word, Some(id), &posted).await
}

async fn open(member: &Member, child: &str, word: &str, id: Option<String>) -> Answer {
    let (what, _) = about(word, id, SAID)?;
    let key = member.app().new_key();
    ask(member, child, (word, &what), &Answers::default(), &[], key, Setback::default()).await
}

async fn send(member: &Member, child: &str, word: &str, id: Option<String>, posted: &Posted) -> Answer {
    let (what, said) = about(word, id, SAID)?;
    let answers = posted.answers();
    let saved =
        around::save(member.app(), &member.actor, child, posted.version()?, &what, &answers, posted.key()).await;
    let refused = match saved {
        Ok(()) => return Ok(on_to_saying(&format!("/children/{child}/people"), Flash::success(said))),
        Err(refused) => refused,
    };
    let (problems, setback) = setback(refused)?;
    ask(member, child, (word, &what), &answers, &problems, posted.key().into(), setback).await
}

async fn ask(
    member: &Member,
    child: &str,
    (word, what): (&str, &About),
    answers: &Answers,
    problems: &[FieldProblem],
    key: String,
    setback: Setback,
) -> Answer {
    let view = around::form(member.app(), &member.actor, child, what, answers, problems).await?;
    let page = format!("/children/{}/people", view.child.id);
    let action = action(&page, word, what);
    draw(member, view, action, (page, "People around the child".into()), key, setback)
}
