//! The pages on which something is filled in for a panel.

use crate::entry::Setback;
use crate::flash::Flash;
use crate::frame::{Answer, on_to_saying};
use crate::kept::{draw, setback};
use crate::posted::Posted;
use crate::trouble::Trouble;
use crate::visit::Member;
use actions::panel::{self, Doing};
use actions::{Answers, FieldProblem};
use axum::extract::Path;

/// Which page.
struct At {
    book: String,
    panel: String,
    doing: Doing,
    word: String,
    one: String,
}

impl At {
    fn new(book: String, panel: String, word: String, one: String) -> Result<At, Trouble> {
        let doing = Doing::of(&word).filter(|doing| (*doing == Doing::Plan) == one.is_empty());
        Ok(At { book, panel, doing: doing.ok_or(Trouble::NotFound)?, word, one })
    }

    fn address(&self) -> String {
        let base = format!("/panels/{}/{}/{}", self.book, self.panel, self.word);
        if self.one.is_empty() { base } else { format!("{base}/{}", self.one) }
    }

    /// Where it was opened from.
    fn leave(&self) -> (String, String) {
        let panel = format!("/panels/{}/{}", self.book, self.panel);
        match self.doing {
            Doing::Plan => (panel, "The panel".into()),
            Doing::Finish => ("/area".into(), "Panels and registers".into()),
            _ => (format!("{panel}/meetings/{}", self.one), "The meeting".into()),
        }
    }
}

/// `GET /panels/{book}/{panel}/{doing}`.
pub async fn begin(member: Member, Path((book, panel, doing)): Path<(String, String, String)>) -> Answer {
    fresh(&member, &At::new(book, panel, doing, String::new())?).await
}

/// `GET /panels/{book}/{panel}/{doing}/{one}`.
pub async fn begin_on(
    member: Member,
    Path((book, panel, doing, one)): Path<(String, String, String, String)>,
) -> Answer {
    fresh(&member, &At::new(book, panel, doing, one)?).await
}

/// `POST /panels/{book}/{panel}/{doing}`.
pub async fn save(
    member: Member,
    Path((book, panel, doing)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    send(&member, &At::new(book, panel, doing, String::new())?, &posted).await
}

/// `POST /panels/{book}/{panel}/{doing}/{one}`.
pub async fn save_on(
    member: Member,
    Path((book, panel, doing, one)): Path<(String, String, String, String)>,
    posted: Posted,
) -> Answer {
    send(&member, &At::new(book, panel, doing, one)?, &posted).await
}

async fn fresh(member: &Member, at: &At) -> Answer {
    form(member, at, &Answers::default(), &[], member.app().new_key(), Setback::default()).await
}

async fn send(member: &Member, at: &At, posted: &Posted) -> Answer {
    let (answers, version) = (posted.answers(), posted.version()?);
    let of = (at.book.as_str(), at.panel.as_str());
    match panel::save(member.app(), &member.actor, of, (at.doing, &at.one), version, &answers, posted.key()).await {
        Ok(next) => Ok(on_to_saying(&next, Flash::success("It was saved. What stood before is kept."))),
        Err(refused) => {
            let (problems, setback) = setback(refused)?;
            form(member, at, &answers, &problems, posted.key().into(), setback).await
        }
    }
}

async fn form(
    member: &Member,
    at: &At,
    answers: &Answers,
    problems: &[FieldProblem],
    key: String,
    setback: Setback,
) -> Answer {
    let of = (at.book.as_str(), at.panel.as_str());
    let view = panel::form(member.app(), &member.actor, of, at.doing, &at.one, answers, problems).await?;
    draw(member, view, at.address(), at.leave(), key, setback)
}
