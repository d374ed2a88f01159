//! What an area keeps and asks: one's panels and registers, and what is asked of one that is about no child.

use crate::entry::Setback;
use crate::flash::Flash;
use crate::frame::{Answer, Frame, Place, on_to_saying, page};
use crate::kept::{draw, setback};
use crate::posted::Posted;
use crate::visit::Member;
use actions::{Answers, FieldProblem, area};
use askama::Template;
use axum::extract::Path;
use views::AreaPage;

#[derive(Template)]
#[template(path = "area/show.html")]
struct Page {
    frame: Frame,
    view: AreaPage,
}

/// `GET /area`.
pub async fn show(member: Member) -> Answer {
    let view = area::page(member.app(), &member.actor).await?;
    let frame = member.frame("Panels and registers", &view.viewer).place(Place::Area);
    page(&Page { frame, view })
}

/// `GET /area/{book}/duty/{rule}`.
pub async fn done(member: Member, Path((book, rule)): Path<(String, String)>) -> Answer {
    let key = member.app().new_key();
    form(&member, &book, &rule, &Answers::default(), &[], key, Setback::default()).await
}

/// `POST /area/{book}/duty/{rule}`.
pub async fn save_done(member: Member, Path((book, rule)): Path<(String, String)>, posted: Posted) -> Answer {
    let answers = posted.answers();
    match area::done(member.app(), &member.actor, &book, &rule, &answers, posted.key()).await {
        Ok(()) => Ok(on_to_saying("/area", Flash::success("It was recorded"))),
        Err(refused) => {
            let (problems, setback) = setback(refused)?;
            form(&member, &book, &rule, &answers, &problems, posted.key().into(), setback).await
        }
    }
}

async fn form(
    member: &Member,
    book: &str,
    rule: &str,
    answers: &Answers,
    problems: &[FieldProblem],
    key: String,
    setback: Setback,
) -> Answer {
    let view = area::done_form(member.app(), &member.actor, book, rule, answers, problems).await?;
    let leave = ("/area".to_string(), "Panels and registers".to_string());
    draw(member, view, format!("/area/{book}/duty/{rule}"), leave, key, setback)
}
