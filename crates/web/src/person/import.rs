//! People by a file: what is wrong with each row is said in words, and what is right goes in.

use super::link;
use crate::components::{Asks as _, Textarea};
use crate::form::Form;
use crate::frame::{Answer, Frame, Place, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::keeping::{self, By};
use actions::person::{self, Fault};
use actions::{Refused, queries};
use askama::Template;
use axum::http::StatusCode;

/// So many faults are shown; the others are counted.
const SHOWN: usize = 500;

#[derive(Template)]
#[template(path = "person/import.html")]
struct Page {
    frame: Frame,
    form: Form,
    /// What came of it.
    done: Option<Outcome>,
}

/// What a file brought, or would bring.
struct Outcome {
    trial: bool,
    /// Name, username and link of everybody who is new.
    people: Vec<(String, String, String)>,
    posts: usize,
    unchanged: usize,
    faults: Vec<Fault>,
    more: usize,
}

/// `GET /people/import`.
pub async fn choose(member: Member) -> Answer {
    draw(&member, Form::default(), None).await
}

/// `POST /people/import`.
pub async fn send(member: Member, posted: Posted) -> Answer {
    let trial = posted.get("what") != "bring";
    if !trial {
        member.fresh()?;
    }
    match person::import(member.app(), By::Person(&member.actor), posted.get("file"), trial).await {
        Ok(brought) => {
            let mut faults = brought.faults;
            let more = faults.len().saturating_sub(SHOWN);
            faults.truncate(SHOWN);
            let whole = |token: String| if token.is_empty() { token } else { link(&member, &token) };
            let people =
                brought.people.into_iter().map(|(name, username, token)| (name, username, whole(token))).collect();
            let (posts, unchanged) = (brought.posts, brought.unchanged);
            let done = Outcome { trial, people, posts, unchanged, faults, more };
            draw(&member, Form::new(posted.pairs(), &[]), Some(done)).await
        }
        Err(Refused::Invalid(problems)) => draw(&member, Form::new(posted.pairs(), &problems), None).await,
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(member: &Member, form: Form, done: Option<Outcome>) -> Answer {
    if !keeping::keeps_anything(&member.actor) {
        return Err(Refused::NotAllowed("Whoever keeps people adds them.".into()).into());
    }
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let wrong = form.summary().is_some();
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = member.frame("Add many by a file", &viewer).place(Place::People).back("/people", "People").wrong(wrong);
    page_with(status, &Page { frame, form, done })
}

impl Page {
    fn file(&self) -> Textarea {
        let hint = "Paste what your spreadsheet saves as CSV. The first row says: name,username,role,agency,team,from,until,kind; \
                    the last four may be left out.";
        self.form.textarea("file", "The rows").hint(hint).rows(12)
    }
}
