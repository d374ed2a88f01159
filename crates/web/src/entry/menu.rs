//! What happened? Somebody says it in a word or two and is led to the form for it. Nobody looks through two hundred acts.

use crate::back;
use crate::components::{Asks as _, Input, Markup};
use crate::frame::{Answer, Frame, page};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;
use views::{EventLink, RecordMenu};

#[derive(Template)]
#[template(path = "entry/menu.html")]
struct Page {
    frame: Frame,
    base: String,
    asked: Markup,
    view: RecordMenu,
}

impl Page {
    /// What belongs to a group.
    fn group(&self, group: &str) -> String {
        back::with(&format!("{}/record", self.base), &[("q", group), ("episode", &self.view.episode)], "", "")
    }
}

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    episode: String,
}

/// The longest that is looked for.
const LONGEST: usize = 100;

/// `GET /children/{child}/record`.
pub async fn menu(member: Member, Path(child): Path<String>, Query(wanted): Query<Wanted>) -> Answer {
    let asked: String = wanted.q.chars().take(LONGEST).collect();
    let view = queries::record_menu(member.app(), &member.actor, &child, &wanted.episode, &asked).await?;
    let base = format!("/children/{}", view.child.id);
    let back = if view.episode.is_empty() { base.clone() } else { format!("{base}/episodes/{}", view.episode) };
    let frame = member.frame("What happened?", &view.viewer).back(back, format!("Back to {}", view.child.name));
    let input =
        Input::new("q", "In a word or two").value(&view.asked).hint("For example: told the school, searched, meeting");
    page(&Page { frame, base, asked: Markup::of(&input), view })
}

/// Where an event, or an act that goes by one, is recorded.
pub(crate) fn records(base: &str, link: &EventLink, episode: &str) -> String {
    back::with(&format!("{base}/record/{}", link.event), &[("act", &link.act), ("episode", episode)], "", "")
}
