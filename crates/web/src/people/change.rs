//! The pages that ask about somebody around a child: added, changed, ended, put right.

use crate::entry::Setback;
use crate::flash::Flash;
use crate::frame::{Answer, on_to_saying};
use crate::kept::{draw, setback};
use crate::posted::Posted;
use crate::visit::Member;
use actions::around::{self, About, Take};
use actions::{Answers, FieldProblem, Refused};
use axum::extract::{Path, Query};
use serde::Deserialize;

/// What an address asks for: by its word, and whom it is about, if it is about somebody.
fn about(word: &str, person: Option<String>) -> Result<(About, &'static str), Refused> {
    match (word, person) {
        ("add", None) => Ok((About::Add, "They were added.")),
        ("change", Some(id)) => Ok((About::Change(id), "The change was saved. What stood before is in the history.")),
        ("end", Some(id)) => Ok((About::End(id), "It was recorded. They are under those of before.")),
        ("correct", Some(id)) => Ok((About::Correct(id), "It was put right. What stood before is in the history.")),
        _ => Err(Refused::NotFound),
    }
}

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
    let (what, _) = about(&word, Some(id))?;
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
    let (what, _) = about(word, id)?;
    let key = member.app().new_key();
    ask(member, child, (word, &what), &Answers::default(), &[], key, Setback::default()).await
}

async fn send(member: &Member, child: &str, word: &str, id: Option<String>, posted: &Posted) -> Answer {
    let (what, said) = about(word, id)?;
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
    let action = match what {
        About::Add => format!("{page}/{word}"),
        About::Change(id) | About::End(id) | About::Correct(id) => format!("{page}/{word}/{id}"),
    };
    draw(member, view, action, (page, "People around the child".into()), key, setback)
}
