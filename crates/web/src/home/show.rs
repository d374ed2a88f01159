//! What must I do now?

use crate::frame::{Answer, Frame, Place, page};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use views::{Home, HomeSection};

#[derive(Template)]
#[template(path = "home/show.html")]
struct Page {
    frame: Frame,
    view: Home,
    /// Without the line that stands large on top.
    sections: Vec<HomeSection>,
}

/// `GET /`.
pub async fn show(member: Member) -> Answer {
    let view = queries::home(member.app(), &member.actor).await?;
    let frame = member.frame("What must I do now?", &view.viewer).place(Place::Home);
    let sections = below(&view);
    page(&Page { frame, view, sections })
}

/// What stands below the first of everything.
fn below(view: &Home) -> Vec<HomeSection> {
    let mut sections = view.sections.clone();
    if let Some(next) = &view.next {
        for section in &mut sections {
            section.lines.retain(|line| (&line.child, &line.key) != (&next.child, &next.key));
        }
    }
    sections.retain(|section| !section.lines.is_empty() || section.more > 0);
    sections
}
