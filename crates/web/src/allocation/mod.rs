//! Whose a child is.

use crate::components::Select;
use crate::flash::Flash;
use crate::form::{Form, select};
use crate::frame::{Answer, Frame, on_to_saying, page, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::Refused;
use actions::allocation::{self, Choice, Left};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "allocation/list.html")]
struct List {
    frame: Frame,
    view: Left,
}

#[derive(Template)]
#[template(path = "allocation/make.html")]
struct Make {
    frame: Frame,
    view: Choice,
    form: Form,
    child: String,
}

/// `GET /allocations`: the children that are nobody's since somebody left.
pub async fn list(member: Member) -> Answer {
    let view = allocation::left(member.app(), &member.actor).await?;
    page(&List {
        frame: member.frame("Children who are nobody's", &view.viewer).back("/", "What you have to do"),
        view,
    })
}

/// `GET /children/{child}/allocate`.
pub async fn choose(member: Member, Path(child): Path<String>) -> Answer {
    draw(&member, &child, Form::default()).await
}

/// `POST /children/{child}/allocate`.
pub async fn make(member: Member, Path(child): Path<String>, posted: Posted) -> Answer {
    match allocation::make(member.app(), &member.actor, &child, posted.get("post")).await {
        Ok(()) => Ok(on_to_saying(&format!("/children/{child}"), Flash::success("The child was allocated"))),
        Err(Refused::Invalid(problems)) => draw(&member, &child, Form::new(posted.pairs(), &problems)).await,
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(member: &Member, child: &str, form: Form) -> Answer {
    let view = allocation::choice(member.app(), &member.actor, child).await?;
    let wrong = form.summary().is_some();
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame =
        member.frame("Whose is this child?", &view.viewer).back(format!("/children/{child}"), "Back").wrong(wrong);
    page_with(status, &Make { frame, view, form, child: child.into() })
}

impl Make {
    fn people(&self) -> Select {
        select(&self.form, "post", "Allocate to", &self.view.people, "Choose one")
    }
}
