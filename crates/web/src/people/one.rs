//! `GET /children/{child}/people/one/{person}`: somebody around the child, and around whom else they are, as far as the viewer may see; and taking
//! back that they are.

use crate::components::{Asks as _, Textarea};
use crate::flash::Flash;
use crate::form::Form;
use crate::frame::{Answer, Frame, on_to_saying, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::{Refused, around};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use views::{Elsewhere, PersonPage};

#[derive(Template)]
#[template(path = "people/one.html")]
struct Page {
    frame: Frame,
    view: PersonPage,
    base: String,
    form: Form,
    key: String,
}

impl Page {
    /// The other records by which they pose a risk.
    fn risks(&self) -> impl Iterator<Item = &Elsewhere> {
        self.view.elsewhere.iter().filter(|other| other.risk && !other.here)
    }

    /// Where what another record says is taken over.
    fn take(&self, other: &Elsewhere, field: &str) -> String {
        let (child, person) = (&other.child.id, &other.one.id);
        let part = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        format!(
            "{}/people/change/{}?child={}&person={}&field={field}",
            self.base,
            self.view.one.id,
            part(child),
            part(person)
        )
    }

    /// Why they are two persons after all; what was typed stands where it was typed.
    fn why(&self, other: &Elsewhere, n: usize) -> Textarea {
        let typed = self.form.value("tie") == other.tie;
        let form = if typed { self.form.clone() } else { Form::default() };
        let mut why = form.textarea("reason", "Why are they two persons after all?").rows(2);
        why.id = if typed { "reason".into() } else { format!("reason-{n}") };
        why.label_class("govuk-label--s")
    }
}

/// `GET /children/{child}/people/one/{person}`.
pub async fn one(member: Member, Path((child, person)): Path<(String, String)>) -> Answer {
    let key = member.app().new_key();
    draw(&member, &child, &person, Form::default(), key).await
}

/// `POST /children/{child}/people/one/{person}`.
pub async fn part(member: Member, Path((child, person)): Path<(String, String)>, posted: Posted) -> Answer {
    let (app, actor) = (member.app(), &member.actor);
    let (tie, why) = (posted.get("tie"), posted.get("reason"));
    match around::part(app, actor, (&child, &person), tie, why, posted.key()).await {
        Ok(()) => {
            let said = Flash::success("It was taken back: they are two persons. What was said stays in both records.");
            Ok(on_to_saying(&format!("/children/{child}/people/one/{person}"), said))
        }
        Err(Refused::Invalid(problems)) => {
            draw(&member, &child, &person, Form::new(posted.pairs(), &problems), posted.key().into()).await
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(member: &Member, child: &str, person: &str, form: Form, key: String) -> Answer {
    let view = around::person(member.app(), &member.actor, child, person).await?;
    let base = format!("/children/{}", view.child.id);
    let wrong = form.summary().is_some();
    let frame = member
        .frame(view.one.name.clone(), &view.viewer)
        .back(format!("{base}/people"), "People around the child")
        .wrong(wrong);
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(status, &Page { frame, view, base, form, key })
}
