//! One child, one record: which records may be of the same child, two of them side by side, and taking apart what was made one.

use crate::components::{Asks as _, Markup, Textarea};
use crate::flash::Flash;
use crate::form::Form;
use crate::frame::{Answer, Frame, on_to_saying, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::Refused;
use actions::same::{self, Offer, Pages, Pair};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "same/offers.html")]
struct Offers<'a> {
    offers: &'a [Offer],
}

/// The children that are offered, each with the face and what speaks for it.
pub(crate) fn offers(offers: &[Offer]) -> Markup {
    // What cannot be drawn is left out; the template has nothing that can fail.
    Markup::trusted(Offers { offers }.render().unwrap_or_default())
}

#[derive(Template)]
#[template(path = "same/show.html")]
struct Page {
    frame: Frame,
    view: Pages,
    form: Form,
    key: String,
}

#[derive(Template)]
#[template(path = "same/compare.html")]
struct ComparePage {
    frame: Frame,
    view: Pair,
    form: Form,
    key: String,
}

/// `GET /children/{child}/same`.
pub async fn show(member: Member, Path(child): Path<String>) -> Answer {
    let key = member.app().new_key();
    draw(&member, &child, Form::default(), key).await
}

/// `POST /children/{child}/same`.
pub async fn change(member: Member, Path(child): Path<String>, posted: Posted) -> Answer {
    let (app, actor, key) = (member.app(), &member.actor, posted.key());
    let (other, why) = (posted.get("other"), posted.get("reason"));
    let (done, said) = match posted.get("do") {
        "apart" => (
            same::apart(app, actor, &child, other, key).await,
            "They are two children. Nobody is asked about them again, unless somebody takes it back below.",
        ),
        "perhaps" => (
            same::perhaps(app, actor, &child, other, key).await,
            "It was taken back. Whoever looks is asked about them again.",
        ),
        "part" => (
            same::part(app, actor, &child, other, why, key).await,
            "The records are apart again, each as it was, with what was said of it since.",
        ),
        _ => (Err(Refused::NotFound), ""),
    };
    match done {
        Ok(()) => Ok(on_to_saying(&format!("/children/{child}/same"), Flash::success(said))),
        Err(Refused::Invalid(problems)) => {
            draw(&member, &child, Form::new(posted.pairs(), &problems), key.into()).await
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(member: &Member, child: &str, form: Form, key: String) -> Answer {
    let view = same::pages(member.app(), &member.actor, child).await?;
    let wrong = form.summary().is_some();
    let frame = member
        .frame("Is it one child?", &view.viewer)
        .back(format!("/children/{child}"), view.child.name.clone())
        .wrong(wrong);
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(status, &Page { frame, view, form, key })
}

/// `GET /children/{child}/same/{other}`.
pub async fn compare(member: Member, Path((child, other)): Path<(String, String)>) -> Answer {
    let key = member.app().new_key();
    draw_pair(&member, &child, &other, Form::default(), key).await
}

/// `POST /children/{child}/same/{other}`.
pub async fn merge(member: Member, Path((child, other)): Path<(String, String)>, posted: Posted) -> Answer {
    let (app, actor, key) = (member.app(), &member.actor, posted.key());
    match same::merge(app, actor, &child, &other, posted.get("reason"), key).await {
        Ok(()) => {
            let said =
                Flash::success("The two are one record now. They can be taken apart again, and nothing is lost.");
            Ok(on_to_saying(&format!("/children/{child}"), said))
        }
        Err(Refused::Invalid(problems)) => {
            draw_pair(&member, &child, &other, Form::new(posted.pairs(), &problems), key.into()).await
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn draw_pair(member: &Member, child: &str, other: &str, form: Form, key: String) -> Answer {
    let view = same::compared(member.app(), &member.actor, child, other).await?;
    let wrong = form.summary().is_some();
    let frame = member
        .frame("Make two records one", &view.viewer)
        .back(format!("/children/{child}/same"), "Is it one child?")
        .wrong(wrong);
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(status, &ComparePage { frame, view, form, key })
}

/// Why, in own words.
pub(crate) fn reason(form: &Form, label: &str, id: &str) -> Textarea {
    let mut reason = form.textarea("reason", label).rows(2).label_class("govuk-label--s");
    reason.id = id.into();
    reason
}
