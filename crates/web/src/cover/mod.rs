//! What is left of a cover: handed over by whoever covers, and read by whoever takes over.

use crate::components::{Asks as _, Pagination, Textarea};
use crate::flash::Flash;
use crate::form::Form;
use crate::frame::{Answer, Frame, on_to_saying, page_with};
use crate::pages::{Wanted, pages};
use crate::posted::Posted;
use crate::visit::Member;
use actions::Refused;
use actions::cover::{self, HandoverPage};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "cover/handover.html")]
struct Page {
    frame: Frame,
    view: HandoverPage,
    form: Form,
    pages: Option<Pagination>,
}

/// `GET /handover`.
pub async fn show(member: Member, Query(wanted): Query<Wanted>) -> Answer {
    draw(&member, Form::default(), wanted.page()).await
}

/// `POST /handover`.
pub async fn hand_over(member: Member, posted: Posted) -> Answer {
    match cover::hand_over(member.app(), &member.actor, posted.get("note")).await {
        Ok(()) => Ok(on_to_saying("/handover", Flash::success("It was handed over"))),
        Err(Refused::Invalid(problems)) => draw(&member, Form::new(posted.pairs(), &problems), 1).await,
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(member: &Member, form: Form, number: usize) -> Answer {
    let view = cover::page(member.app(), &member.actor, number).await?;
    let wrong = form.summary().is_some();
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = member.frame("What is left of the cover", &view.viewer).back("/", "What you have to do").wrong(wrong);
    let pages = pages(view.page, view.pages, "/handover", &[]);
    page_with(status, &Page { frame, view, form, pages })
}

impl Page {
    fn note(&self) -> Textarea {
        let hint = "What was done, what is under way, whom to ring. It is read by whoever takes over.";
        self.form.textarea("note", "What whoever takes over has to know").hint(hint).rows(5)
    }
}
