//! The pages that ask about a place: added, changed, ended, put right.

use crate::entry::Setback;
use crate::flash::Flash;
use crate::frame::{Answer, on_to_saying};
use crate::kept::{about, action, draw, setback};
use crate::posted::Posted;
use crate::visit::Member;
use actions::place::{self, About};
use actions::{Answers, FieldProblem};
use axum::extract::{Path, Query};
use serde::Deserialize;

/// What is said once one was added, and once it ended.
const SAID: (&str, &str) =
    ("The place was added.", "It was recorded. From that day on the place is under those of before.");

/// The entry that says where the child was found, of a place that is to be written down: its name is what was written there.
#[derive(Deserialize, Default)]
pub struct From {
    #[serde(default)]
    entry: String,
}

/// `GET /children/{child}/places/{doing}`.
pub async fn begin(member: Member, Path((child, word)): Path<(String, String)>, Query(from): Query<From>) -> Answer {
    let called = if from.entry.is_empty() {
        String::new()
    } else {
        place::called(member.app(), &member.actor, &child, &from.entry).await?
    };
    let (what, _) = about(&word, None, SAID)?;
    let key = member.app().new_key();
    ask(&member, &child, (&word, &what, &called), &Answers::default(), &[], key, Setback::default()).await
}

/// `GET /children/{child}/places/{doing}/{place}`.
pub async fn begin_on(member: Member, Path((child, word, id)): Path<(String, String, String)>) -> Answer {
    let (what, _) = about(&word, Some(id), SAID)?;
    let key = member.app().new_key();
    ask(&member, &child, (&word, &what, ""), &Answers::default(), &[], key, Setback::default()).await
}

/// `POST /children/{child}/places/{doing}`.
pub async fn save(member: Member, Path((child, word)): Path<(String, String)>, posted: Posted) -> Answer {
    send(&member, &child, &word, None, &posted).await
}

/// `POST /children/{child}/places/{doing}/{place}`.
pub async fn save_on(
    member: Member,
    Path((child, word, id)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    send(&member, &child, &word, Some(id), &posted).await
}

async fn send(member: &Member, child: &str, word: &str, id: Option<String>, posted: &Posted) -> Answer {
    let (what, said) = about(word, id, SAID)?;
    let answers = posted.answers();
    let saved = place::save(member.app(), &member.actor, child, posted.version()?, &what, &answers, posted.key()).await;
    let refused = match saved {
        Ok(()) => return Ok(on_to_saying(&format!("/children/{child}/places"), Flash::success(said))),
        Err(refused) => refused,
    };
    let (problems, setback) = setback(refused)?;
    ask(member, child, (word, &what, ""), &answers, &problems, posted.key().into(), setback).await
}

async fn ask(
    member: &Member,
    child: &str,
    (word, what, called): (&str, &About, &str),
    answers: &Answers,
    problems: &[FieldProblem],
    key: String,
    setback: Setback,
) -> Answer {
    let view = place::form(member.app(), &member.actor, child, (what, called), answers, problems).await?;
    let page = format!("/children/{}/places", view.child.id);
    let action = action(&page, word, what);
    draw(member, view, action, (page, "Places".into()), key, setback)
}
