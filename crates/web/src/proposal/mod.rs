//! What waits for a second person.

use crate::flash::Flash;
use crate::frame::{Answer, Frame, on_to_saying, page};
use crate::person::link;
use crate::posted::Posted;
use crate::visit::Member;
use actions::proposal::{self, Decided, Waiting};
use actions::queries;
use askama::Template;
use axum::extract::Path;

#[derive(Template)]
#[template(path = "proposal/list.html")]
struct Page {
    frame: Frame,
    waiting: Vec<Waiting>,
    /// The link of somebody who was let back in; shown once.
    link: String,
}

/// `GET /proposals`.
pub async fn list(member: Member) -> Answer {
    draw(&member, String::new()).await
}

/// `POST /proposals/{proposal}`.
pub async fn decide(member: Member, Path(id): Path<String>, posted: Posted) -> Answer {
    member.fresh()?;
    let confirm = posted.get("decision") == "confirm";
    match proposal::decide(member.app(), &member.actor, &id, confirm).await? {
        Decided::Link(token) => draw(&member, link(&member, &token)).await,
        Decided::Done if confirm => Ok(on_to_saying("/proposals", Flash::success("It was confirmed"))),
        Decided::Done => Ok(on_to_saying("/proposals", Flash::success("It was refused"))),
    }
}

async fn draw(member: &Member, link: String) -> Answer {
    let waiting = proposal::waiting(member.app(), &member.actor).await?;
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    page(&Page { frame: member.frame("What takes two people", &viewer).back("/people", "People"), waiting, link })
}
