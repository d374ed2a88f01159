//! The pages of a protocol, one for each part. They are of a rulebook alone, and hold nothing about a child.

use crate::frame::{Answer, Frame, page};
use crate::visit::Member;
use actions::queries::{self, Wanted};
use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;
use views::{PartLink, ProtocolPage};

/// Which edition: the one in force, unless the address names another.
#[derive(Deserialize, Default)]
pub struct Edition {
    #[serde(default)]
    edition: String,
}

#[derive(Template)]
#[template(path = "protocol/show.html")]
struct Page {
    frame: Frame,
    view: ProtocolPage,
}

impl Page {
    /// The address of a part, in the edition that is looked at.
    fn address(&self, part: &str) -> String {
        let head = &self.view.head;
        let slash = if part.is_empty() { "" } else { "/" };
        let edition = if head.asked.is_empty() { String::new() } else { format!("?edition={}", head.asked) };
        format!("/protocol/{}{slash}{part}{edition}", head.id)
    }

    /// Parts for the navigation, with the first page before them.
    fn parts(&self) -> Vec<PartLink> {
        let first = PartLink { part: String::new(), title: "What it is".into(), count: 0 };
        std::iter::once(first).chain(self.view.head.parts.iter().cloned()).collect()
    }
}

/// `GET /protocol/{rulebook}`.
pub async fn show(member: Member, Path(rulebook): Path<String>, Query(of): Query<Edition>) -> Answer {
    draw(&member, &rulebook, Wanted { edition: &of.edition, part: "", one: None }).await
}

/// `GET /protocol/{rulebook}/{part}`.
pub async fn part(member: Member, Path((rulebook, part)): Path<(String, String)>, Query(of): Query<Edition>) -> Answer {
    draw(&member, &rulebook, Wanted { edition: &of.edition, part: &part, one: None }).await
}

/// `GET /protocol/{rulebook}/{part}/{one}`: an owner of steps, a form.
pub async fn one(
    member: Member,
    Path((rulebook, part, one)): Path<(String, String, String)>,
    Query(of): Query<Edition>,
) -> Answer {
    draw(&member, &rulebook, Wanted { edition: &of.edition, part: &part, one: Some(&one) }).await
}

async fn draw(member: &Member, rulebook: &str, wanted: Wanted<'_>) -> Answer {
    let view = queries::protocol(member.app(), &member.actor, rulebook, wanted).await?;
    let frame = member.frame(format!("{}: {}", view.title, view.head.short), &view.viewer);
    let mut drawn = Page { frame, view };
    let back = match (wanted.part, wanted.one) {
        ("", _) => ("/help".to_string(), "Help".to_string()),
        (_, None) => (drawn.address(""), drawn.view.head.short.clone()),
        (part, Some(_)) => (drawn.address(part), views::making::protocol::title_of(part).to_string()),
    };
    drawn.frame.back = Some(back);
    page(&drawn)
}
