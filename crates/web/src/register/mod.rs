//! Registers: lists drawn from the records, and lists written line by line.

use crate::entry::Setback;
use crate::flash::Flash;
use crate::frame::{Answer, Frame, Place, on_to_saying, page};
use crate::kept::{draw, setback};
use crate::posted::Posted;
use crate::visit::Member;
use actions::{Answers, FieldProblem, register};
use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;
use views::RegisterPage;

#[derive(Template)]
#[template(path = "register/show.html")]
struct Page {
    frame: Frame,
    view: RegisterPage,
}

impl Page {
    fn as_at(&self) -> &str {
        &self.view.viewer.as_at
    }

    /// By what a line is told from others, to whoever hears the page.
    fn called(row: &views::RegisterRow) -> String {
        row.cells.iter().flatten().next().cloned().unwrap_or_default()
    }
}

/// From which row on.
#[derive(Deserialize, Default)]
pub struct From {
    #[serde(default)]
    from: i64,
}

/// `GET /registers/{book}/{register}`.
pub async fn show(member: Member, Path((book, one)): Path<(String, String)>, Query(from): Query<From>) -> Answer {
    let view = register::show(member.app(), &member.actor, &book, &one, from.from).await?;
    let frame = member.frame(view.title.clone(), &view.viewer).place(Place::Area).back("/area", "Panels and registers");
    page(&Page { frame, view })
}

/// `GET /registers/{book}/{register}/write`.
pub async fn begin(member: Member, Path((book, one)): Path<(String, String)>) -> Answer {
    let key = member.app().new_key();
    form(&member, (&book, &one), None, &Answers::default(), &[], key, Setback::default()).await
}

/// `GET /registers/{book}/{register}/write/{line}`.
pub async fn begin_on(member: Member, Path((book, one, line)): Path<(String, String, String)>) -> Answer {
    let key = member.app().new_key();
    form(&member, (&book, &one), Some(&line), &Answers::default(), &[], key, Setback::default()).await
}

/// `POST /registers/{book}/{register}/write`.
pub async fn save(member: Member, Path((book, one)): Path<(String, String)>, posted: Posted) -> Answer {
    send(&member, (&book, &one), None, &posted).await
}

/// `POST /registers/{book}/{register}/write/{line}`.
pub async fn save_on(
    member: Member,
    Path((book, one, line)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    send(&member, (&book, &one), Some(&line), &posted).await
}

async fn send(member: &Member, of: (&str, &str), line: Option<&str>, posted: &Posted) -> Answer {
    let (answers, version) = (posted.answers(), posted.version()?);
    match register::save(member.app(), &member.actor, of, line, version, &answers, posted.key()).await {
        Ok(()) => {
            let said = Flash::success("It was saved. What stood before is kept.");
            Ok(on_to_saying(&format!("/registers/{}/{}", of.0, of.1), said))
        }
        Err(refused) => {
            let (problems, setback) = setback(refused)?;
            form(member, of, line, &answers, &problems, posted.key().into(), setback).await
        }
    }
}

async fn form(
    member: &Member,
    of: (&str, &str),
    line: Option<&str>,
    answers: &Answers,
    problems: &[FieldProblem],
    key: String,
    setback: Setback,
) -> Answer {
    let view = register::form(member.app(), &member.actor, of, line, answers, problems).await?;
    let base = format!("/registers/{}/{}", of.0, of.1);
    let action = line.map_or_else(|| format!("{base}/write"), |line| format!("{base}/write/{line}"));
    let leave = (base, view.child.name.clone());
    draw(member, view, action, leave, key, setback)
}
