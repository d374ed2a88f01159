//! Closing an account: a page that says what follows from it, and asks.

use crate::flash::Flash;
use crate::frame::{Answer, Frame, Place, on_to_saying, page};
use crate::visit::Member;
use actions::keeping::By;
use actions::person::{self, Shown};
use actions::{Refused, queries};
use askama::Template;
use axum::extract::Path;

#[derive(Template)]
#[template(path = "person/close.html")]
struct Page {
    frame: Frame,
    id: String,
    view: Shown,
    /// The account is the viewer's own.
    own: bool,
}

/// `GET /people/{person}/disable`.
pub async fn ask(member: Member, Path(id): Path<String>) -> Answer {
    let view = person::show(member.app(), &member.actor, &id).await?;
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let frame = member
        .frame("Close an account", &viewer)
        .place(Place::People)
        .back(format!("/people/{id}"), view.listed.name.clone());
    let own = id == member.actor.person;
    page(&Page { frame, id, view, own })
}

/// `POST /people/{person}/disable`.
pub async fn disable(member: Member, Path(id): Path<String>) -> Answer {
    member.fresh()?;
    match person::disable(member.app(), By::Person(&member.actor), &id).await {
        Ok(()) => {
            Ok(on_to_saying("/people", Flash::success("The account was closed").text("Their sessions have ended.")))
        }
        Err(Refused::NotAllowed(says)) => Ok(on_to_saying(&format!("/people/{id}"), Flash::warning(says))),
        Err(refused) => Err(refused.into()),
    }
}
