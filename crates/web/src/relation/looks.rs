//! Who has looked at a record, and which looks somebody should look at.

use crate::frame::{Answer, Frame, page};
use crate::visit::Member;
use actions::looks::{self, LookLine, Unusual};
use actions::queries;
use askama::Template;
use axum::extract::Path;

#[derive(Template)]
#[template(path = "relation/looks.html")]
struct Page {
    frame: Frame,
    lines: Vec<LookLine>,
}

/// `GET /children/{child}/looks`.
pub async fn who(member: Member, Path(child): Path<String>) -> Answer {
    let lines = looks::who_has_looked(member.app(), &member.actor, &child).await?;
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let frame = member.frame("Who has looked", &viewer).back(format!("/children/{child}"), "The child");
    page(&Page { frame, lines })
}

#[derive(Template)]
#[template(path = "relation/unusual.html")]
struct UnusualPage {
    frame: Frame,
    lines: Vec<Unusual>,
    /// Those that the work explains.
    explained: Vec<Unusual>,
}

/// `GET /looks`.
pub async fn unusual(member: Member) -> Answer {
    let lines = looks::unusual(member.app(), &member.actor).await?;
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let (lines, explained) = lines.into_iter().partition(|one: &Unusual| one.work.is_empty());
    page(&UnusualPage { frame: member.frame("Unusual looks", &viewer), lines, explained })
}
