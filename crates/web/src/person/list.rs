//! `GET /people`.

use crate::frame::{Answer, Frame, Place, page};
use crate::visit::Member;
use actions::keeping::{self, By};
use actions::person::{self, Listed};
use actions::{Refused, proposal, queries};
use askama::Template;

#[derive(Template)]
#[template(path = "person/list.html")]
struct Page {
    frame: Frame,
    lines: Vec<Listed>,
    /// So much waits for a second person.
    waiting: usize,
}

/// `GET /people`.
pub async fn list(member: Member) -> Answer {
    if !keeping::keeps_anything(&member.actor) {
        return Err(Refused::NotAllowed("Whoever keeps people sees this page.".into()).into());
    }
    let lines = person::list(member.app(), By::Person(&member.actor)).await?;
    let waiting = proposal::waiting(member.app(), &member.actor).await?.len();
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    page(&Page { frame: member.frame("People", &viewer).place(Place::People), lines, waiting })
}
