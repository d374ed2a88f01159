//! Somebody's account, as whoever keeps it sees it: posts, invitation, and whether they may sign in.

use super::link;
use super::new::{PostChoices, choices, post_of};
use crate::components::{Asks as _, Textarea};
use crate::flash::Flash;
use crate::form::Form;
use crate::frame::{Answer, Frame, Place, on_to_saying, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::keeping::By;
use actions::person::{self, Shown};
use actions::post::{self, Given};
use actions::{Refused, proposal, queries};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "person/show.html")]
struct Page {
    frame: Frame,
    view: Shown,
    form: Form,
    choices: PostChoices,
    /// An invitation, shown once.
    link: String,
    /// The post that somebody else changed meanwhile.
    overtaken: String,
    id: String,
}

/// `GET /people/{person}`.
pub async fn show(member: Member, Path(id): Path<String>) -> Answer {
    draw(&member, &id, Form::default(), String::new(), "").await
}

/// `POST /people/{person}/posts`.
pub async fn give_post(member: Member, Path(id): Path<String>, posted: Posted) -> Answer {
    member.fresh()?;
    let wanted = post_of(&member, &posted);
    match post::add(member.app(), By::Person(&member.actor), &id, &wanted, posted.get("reason")).await {
        Ok(Given::Held) => Ok(on_to_saying(&format!("/people/{id}"), Flash::success("The post was given"))),
        Ok(Given::Proposed) => {
            let says = "The post was proposed: it waits for a second person";
            Ok(on_to_saying(&format!("/people/{id}"), Flash::information(says)))
        }
        Err(Refused::Invalid(problems)) => {
            draw(&member, &id, Form::new(posted.pairs(), &problems), String::new(), "").await
        }
        Err(refused) => Err(refused.into()),
    }
}

/// `POST /people/{person}/posts/{post}`: changes until when it is held, and its team, or ends it now.
pub async fn change_post(member: Member, Path((id, post)): Path<(String, String)>, posted: Posted) -> Answer {
    member.fresh()?;
    let (app, by, version) = (member.app(), By::Person(&member.actor), posted.version()?);
    let text = posted.get("until").trim();
    let until = post::read_day(app, text);
    let changed = if posted.get("what") == "end" {
        post::end(app, by, &post, version).await
    } else if until.is_none() && !text.is_empty() {
        let says = "Write the day as in 2026-01-31, or with a time as in 2026-01-31 09:00";
        Err(Refused::Invalid(vec![actions::FieldProblem::new(format!("until-{post}"), says)]))
    } else {
        post::change(app, by, &post, version, posted.get("team"), until).await
    };
    match changed {
        Ok(()) => Ok(on_to_saying(&format!("/people/{id}"), Flash::success("The post was changed"))),
        Err(Refused::Stale { .. }) => draw(&member, &id, Form::default(), String::new(), &post).await,
        Err(Refused::Invalid(problems)) => {
            draw(&member, &id, Form::new(posted.pairs(), &problems), String::new(), "").await
        }
        Err(Refused::NotAllowed(says)) => Ok(on_to_saying(&format!("/people/{id}"), Flash::warning(says))),
        Err(refused) => Err(refused.into()),
    }
}

/// `POST /people/{person}/invite`.
pub async fn invite(member: Member, Path(id): Path<String>) -> Answer {
    member.fresh()?;
    match person::invite(member.app(), By::Person(&member.actor), &id).await {
        Ok(token) => draw(&member, &id, Form::default(), link(&member, &token), "").await,
        Err(Refused::NotAllowed(says)) => Ok(on_to_saying(&format!("/people/{id}"), Flash::warning(says))),
        Err(refused) => Err(refused.into()),
    }
}

/// `POST /people/{person}/let-in`.
pub async fn let_in(member: Member, Path(id): Path<String>) -> Answer {
    member.fresh()?;
    person::let_in(member.app(), By::Person(&member.actor), &id).await?;
    Ok(on_to_saying(&format!("/people/{id}"), Flash::success("They may sign in again")))
}

/// `POST /people/{person}/recover`.
pub async fn recover(member: Member, Path(id): Path<String>, posted: Posted) -> Answer {
    member.fresh()?;
    match proposal::recover(member.app(), &member.actor, &id, posted.get("lost")).await {
        Ok(()) => {
            let says = "It was proposed to let them back in. A second person confirms it, and gives them a link";
            Ok(on_to_saying(&format!("/people/{id}"), Flash::information(says)))
        }
        Err(Refused::Invalid(problems)) => {
            let problems: Vec<_> =
                problems.into_iter().map(|p| actions::FieldProblem { field: "lost".into(), ..p }).collect();
            draw(&member, &id, Form::new(posted.pairs(), &problems), String::new(), "").await
        }
        Err(Refused::NotAllowed(says)) => Ok(on_to_saying(&format!("/people/{id}"), Flash::warning(says))),
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(member: &Member, id: &str, form: Form, link: String, overtaken: &str) -> Answer {
    let view = person::show(member.app(), &member.actor, id).await?;
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let wrong = form.summary().is_some();
    let status = match (wrong, overtaken.is_empty()) {
        (_, false) => StatusCode::CONFLICT,
        (true, _) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let frame = member.frame("An account", &viewer).place(Place::People).back("/people", "People").wrong(wrong);
    let choices = choices(member).await?;
    page_with(status, &Page { frame, view, form, choices, link, overtaken: overtaken.into(), id: id.into() })
}

impl Page {
    fn until(&self, post: &person::ShownPost) -> crate::components::Input {
        let name = format!("until-{}", post.id);
        let mut input = crate::components::Input::new("until", "Until").id(&name).value(&post.until).width(20).code();
        input.question.label_classes.add("govuk-visually-hidden");
        input.error(self.form.problem(&name))
    }

    fn lost(&self) -> Textarea {
        let hint = "How do you know that it is them, and what have they lost? A second person reads this.";
        self.form.textarea("lost", "They have lost every way in").hint(hint).rows(2)
    }
}
