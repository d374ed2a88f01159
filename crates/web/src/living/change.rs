//! The pages that ask about a placement: planned, moved, began, ended, put right.

use crate::changes;
use crate::entry::Setback;
use crate::flash::Flash;
use crate::frame::{Answer, on_to_saying};
use crate::kept::{draw, setback};
use crate::posted::Posted;
use crate::visit::Member;
use actions::living::{self, Doing};
use actions::{Answers, FieldProblem, Refused};
use axum::extract::Path;

/// What an address asks for: by its word, and the placement that it is about, if it is about one.
fn doing(word: &str, placement: Option<String>) -> Result<(Doing, &'static str), Refused> {
    match (word, placement) {
        ("plan", None) => Ok((Doing::Plan, "The plan was saved.")),
        ("move", None) => Ok((Doing::Move, "It was recorded where the child lives.")),
        ("begin", Some(id)) => Ok((Doing::Begin(id), "It was recorded that it began.")),
        ("end", Some(id)) => Ok((Doing::End(id), "It was recorded that it ended.")),
        ("correct", Some(id)) => Ok((Doing::Correct(id), "It was put right. What stood before is in its history.")),
        _ => Err(Refused::NotFound),
    }
}

/// `GET /children/{child}/placements/{doing}`.
pub async fn begin(member: Member, Path((child, word)): Path<(String, String)>) -> Answer {
    open(&member, &child, &word, None).await
}

/// `GET /children/{child}/placements/{doing}/{placement}`.
pub async fn begin_on(member: Member, Path((child, word, id)): Path<(String, String, String)>) -> Answer {
    open(&member, &child, &word, Some(id)).await
}

/// `POST /children/{child}/placements/{doing}`.
pub async fn save(member: Member, Path((child, word)): Path<(String, String)>, posted: Posted) -> Answer {
    send(&member, &child, &word, None, &posted).await
}

/// `POST /children/{child}/placements/{doing}/{placement}`.
pub async fn save_on(
    member: Member,
    Path((child, word, id)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    send(&member, &child, &word, Some(id), &posted).await
}

async fn open(member: &Member, child: &str, word: &str, id: Option<String>) -> Answer {
    let (what, _) = doing(word, id)?;
    let key = member.app().new_key();
    ask(member, child, (word, &what), &Answers::default(), &[], key, Setback::default()).await
}

async fn send(member: &Member, child: &str, word: &str, id: Option<String>, posted: &Posted) -> Answer {
    let (what, said) = doing(word, id)?;
    let (app, answers) = (member.app(), posted.answers());
    let saved = match changes::looks_again(posted) {
        Some(looks) => Err(looks),
        None => living::save(app, &member.actor, child, posted.version()?, &what, &answers, posted.key()).await,
    };
    let refused = match saved {
        Err(Refused::Changes(found)) => return changes::draw(member, *found, posted, action(child, word, &what)),
        Ok(warnings) => {
            let flash = match warnings.first() {
                Some(one) => Flash::warning(said).text(format!("{} {}", one.says, one.instead).trim()),
                None => Flash::success(said),
            };
            return Ok(on_to_saying(&format!("/children/{child}/placements"), flash));
        }
        Err(refused) => refused,
    };
    let (problems, setback) = setback(refused)?;
    let page = ask(member, child, (word, &what), &answers, &problems, posted.key().into(), setback).await;
    changes::drawn(posted, page)
}

/// Where its form leads.
fn action(child: &str, word: &str, what: &Doing) -> String {
    let page = format!("/children/{child}/placements/{word}");
    match what {
        Doing::Plan | Doing::Move => page,
        Doing::Begin(id) | Doing::End(id) | Doing::Correct(id) => format!("{page}/{id}"),
    }
}

async fn ask(
    member: &Member,
    child: &str,
    (word, what): (&str, &Doing),
    answers: &Answers,
    problems: &[FieldProblem],
    key: String,
    setback: Setback,
) -> Answer {
    let view = living::form(member.app(), &member.actor, child, what, answers, problems).await?;
    let page = format!("/children/{}/placements", view.child.id);
    let action = action(&view.child.id, word, what);
    draw(member, view, action, (page, "Where the child lives".into()), key, setback)
}
