//! Who works with a child, and who must not see it; what was asked for, and answering it.

use crate::components::{Asks as _, Select, SelectOption, Textarea};
use crate::flash::Flash;
use crate::form::Form;
use crate::frame::{Answer, Frame, on_to_saying, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::relation::{self, Whom, Working};
use actions::{Refused, queries};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "relation/show.html")]
struct Page {
    frame: Frame,
    view: Working,
    child: String,
    form: Form,
    key: String,
}

/// `GET /children/{child}/relations`.
pub async fn show(member: Member, Path(child): Path<String>) -> Answer {
    let key = member.app().new_key();
    draw(&member, child, Form::default(), key).await
}

/// `POST /children/{child}/relations`.
pub async fn change(member: Member, Path(child): Path<String>, posted: Posted) -> Answer {
    let (app, actor, key) = (member.app(), &member.actor, posted.key());
    let (why, id) = (posted.get("reason"), posted.get("id"));
    let (done, said) = match posted.get("do") {
        "begin" => {
            let (agency, kind) = (posted.get("agency"), posted.get("kind"));
            (
                relation::begin(app, actor, &child, agency, kind, why, key).await,
                "The agency works with the child from now on.",
            )
        }
        "end" => {
            (relation::end(app, actor, &child, id).await, "It has ended. For fourteen days what is owed is still seen.")
        }
        "bar" => {
            let whom = Whom::Agency(posted.get("agency"));
            (relation::bar(app, actor, &child, whom, why, key).await, "They see nothing of this child any more.")
        }
        "bar-person" => {
            let whom = Whom::Person(posted.get("person"));
            (relation::bar(app, actor, &child, whom, why, key).await, "They see nothing of this child any more.")
        }
        "unbar" => (relation::unbar(app, actor, &child, id).await, "They are not barred any more."),
        "grant" => (relation::answer(app, actor, &child, id, true, why).await, "They have access for 28 days."),
        "refuse" => (relation::answer(app, actor, &child, id, false, why).await, "They were told, with your reason."),
        "open" => (relation::second(app, actor, &child, id, true, why).await, "It is open to them for an hour."),
        "close" => (relation::second(app, actor, &child, id, false, why).await, "They were told, with your reason."),
        "review" => (relation::review(app, actor, &child, id, posted.get("outcome"), why).await, "The review is kept."),
        "withhold" => {
            (relation::withhold(app, actor, &child, posted.get("place"), why).await, "The place is withheld.")
        }
        "lift" => {
            (relation::lift(app, actor, &child, posted.get("place")).await, "The place is not withheld any more.")
        }
        "want" => (
            relation::want(app, actor, &child, posted.get("place"), why, key).await,
            "Somebody else opens it, or says why not.",
        ),
        _ => (Err(Refused::NotFound), ""),
    };
    match done {
        Ok(()) => Ok(on_to_saying(&format!("/children/{child}/relations"), Flash::success(said))),
        Err(Refused::Invalid(problems)) => draw(&member, child, Form::new(posted.pairs(), &problems), key.into()).await,
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(member: &Member, child: String, form: Form, key: String) -> Answer {
    let view = relation::working(member.app(), &member.actor, &child).await?;
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let wrong = form.summary().is_some();
    let frame =
        member.frame("Who works with the child", &viewer).back(format!("/children/{child}"), "The child").wrong(wrong);
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(status, &Page { frame, view, child, form, key })
}

/// The agencies to choose from.
pub(crate) fn agencies(view: &Working, id: &str) -> Select {
    let none = SelectOption::new("", "Choose an agency");
    let all = view.agencies.iter().map(|(id, name)| SelectOption::new(id, name.as_str()));
    let mut select = Select::new("agency", "Agency", std::iter::once(none).chain(all).collect());
    select.id = id.into();
    select.label_class("govuk-label--s")
}

/// What an agency may be to a child.
pub(crate) fn kinds() -> Select {
    let all = relation::kinds().into_iter().map(|(word, label)| SelectOption::new(word, label)).collect();
    Select::new("kind", "What it does for the child", all).label_class("govuk-label--s")
}

/// The people of the child's agencies, of whom one may be barred.
pub(crate) fn people(view: &Working) -> Select {
    let none = SelectOption::new("", "Choose a person");
    let all = view.people.iter().map(|(id, name)| SelectOption::new(id, name.as_str()));
    Select::new("person", "Or a person", std::iter::once(none).chain(all).collect()).label_class("govuk-label--s")
}

/// The places of the child that can be withheld.
pub(crate) fn places(view: &Working) -> Select {
    let all = view.places.iter().map(|(id, name)| SelectOption::new(id, name.as_str())).collect();
    Select::new("place", "Place", all).label_class("govuk-label--s")
}

/// Why, in own words; several forms of the page ask it.
pub(crate) fn reason(form: &Form, id: &str) -> Textarea {
    let mut reason = form.textarea("reason", "Why, in your own words").rows(2).label_class("govuk-label--s");
    reason.id = id.into();
    reason
}
