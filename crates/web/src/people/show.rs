//! `GET /children/{child}/people`: who is around the child, with numbers to ring, and who was.

use crate::frame::{Answer, Frame, page};
use crate::visit::Member;
use actions::around;
use askama::Template;
use axum::extract::Path;
use views::{Around, Someone};

#[derive(Template)]
#[template(path = "people/show.html")]
struct Page {
    frame: Frame,
    view: Around,
    base: String,
}

/// People under a heading.
struct Part<'a> {
    title: &'a str,
    people: &'a [Someone],
    /// They are around the child now.
    now: bool,
    /// They may be put right, as they were no mistake.
    stands: bool,
}

impl Page {
    fn parts(&self) -> Vec<Part<'_>> {
        let now = self.view.groups.iter();
        let now = now.map(|(title, people)| Part { title, people, now: true, stands: true });
        let before = Part { title: "Before", people: &self.view.past, now: false, stands: true };
        let wrong = Part { title: "Entered by mistake", people: &self.view.mistaken, now: false, stands: false };
        now.chain([before, wrong]).filter(|part| !part.people.is_empty()).collect()
    }
}

/// `GET /children/{child}/people`.
pub async fn show(member: Member, Path(child): Path<String>) -> Answer {
    let view = around::show(member.app(), &member.actor, &child).await?;
    let base = format!("/children/{}", view.child.id);
    let frame = member.frame("People around the child", &view.viewer).back(base.clone(), "The child’s record");
    page(&Page { frame, view, base })
}
