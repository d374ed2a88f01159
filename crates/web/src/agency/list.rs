//! `GET /agencies`.

use crate::frame::{Answer, Frame, Place, page};
use crate::visit::Member;
use actions::keeping::{self, By};
use actions::{Refused, agency, post, queries};
use askama::Template;

#[derive(Template)]
#[template(path = "agency/list.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    keeps: bool,
}

/// An agency in the list.
struct Line {
    id: String,
    name: String,
    kind: String,
    note: &'static str,
}

/// `GET /agencies`.
pub async fn list(member: Member) -> Answer {
    if !keeping::keeps_anything(&member.actor) {
        return Err(Refused::NotAllowed("Whoever keeps agencies or their people sees this page.".into()).into());
    }
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let kind = |id: &str| post::rules().kinds().iter().find(|k| k.id == id).map_or(id.to_owned(), |k| k.name.clone());
    let lines = agency::list(member.app(), By::Person(&member.actor)).await?.into_iter().map(|one| Line {
        kind: kind(&one.kind),
        note: if one.only_appears { "only appears in records" } else { "" },
        id: one.id,
        name: one.name,
    });
    let lines = lines.collect();
    let frame = member.frame("Agencies", &viewer).place(Place::Agencies);
    page(&Page { frame, lines, keeps: keeping::keeps_agencies(&member.actor) })
}
