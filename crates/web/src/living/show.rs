//! `GET /children/{child}/placements`: what holds now, what is planned, and what was.

use crate::frame::{Answer, Frame, page};
use crate::visit::Member;
use actions::living;
use askama::Template;
use axum::extract::Path;
use views::{Living, Stay};

#[derive(Template)]
#[template(path = "living/show.html")]
struct Page {
    frame: Frame,
    view: Living,
    base: String,
}

/// A part of the page: its title, what is said where it is empty, the placements, and what may be done about them.
struct Part<'a> {
    id: &'static str,
    title: &'static str,
    stays: &'a [Stay],
    /// The word of the address, and what people read.
    links: &'static [(&'static str, &'static str)],
}

impl Page {
    fn parts(&self) -> Vec<Part<'_>> {
        let part = |id, title, stays, links| Part { id, title, stays, links };
        let all = vec![
            part("now", "Now", self.view.now.as_slice(), &[("end", "It ended"), ("correct", "Correct")][..]),
            part("planned", "Planned", &self.view.planned, &[("begin", "It began"), ("correct", "Correct")]),
            part("past", "Before", &self.view.past, &[("correct", "Correct")]),
            part("mistaken", "Entered by mistake", &self.view.mistaken, &[]),
        ];
        all.into_iter().filter(|part| part.id == "now" || !part.stays.is_empty()).collect()
    }
}

/// `GET /children/{child}/placements`.
pub async fn show(member: Member, Path(child): Path<String>) -> Answer {
    let view = living::show(member.app(), &member.actor, &child).await?;
    let base = format!("/children/{}", view.child.id);
    let frame = member.frame("Where the child lives", &view.viewer).back(base.clone(), "The child’s record");
    page(&Page { frame, view, base })
}
