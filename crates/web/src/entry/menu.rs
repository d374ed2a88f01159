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
    /// What the page was opened from, where it is asked which act it was.
    duty: String,
    /// Where one came from, and lands again; may be empty.
    back: String,
}

impl Page {
    /// Where it is recorded that it was this act.
    fn act(&self, link: &EventLink) -> String {
        let address = format!("{}/record/{}", self.base, link.event);
        let pairs = [("act", link.act.as_str()), ("duty", &self.duty), ("episode", &self.view.episode)];
        back::with(&address, &pairs, &self.back, "")
    }

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
    /// The event that was chosen, where it stands for many acts.
    #[serde(default)]
    of: String,
    #[serde(default)]
    duty: String,
    #[serde(default)]
    back: String,
}

/// The longest that is looked for.
const LONGEST: usize = 100;

/// `GET /children/{child}/record`.
pub async fn menu(member: Member, Path(child): Path<String>, Query(wanted): Query<Wanted>) -> Answer {
    let asked: String = wanted.q.chars().take(LONGEST).collect();
    let from = (wanted.episode.as_str(), wanted.of.as_str());
    let view = queries::record_menu(member.app(), &member.actor, &child, from, &asked).await?;
    let base = format!("/children/{}", view.child.id);
    let leave = if view.episode.is_empty() { base.clone() } else { format!("{base}/episodes/{}", view.episode) };
    let title = if view.which.is_empty() { "What happened?" } else { &view.which };
    let frame = member.frame(title, &view.viewer).back(leave, format!("Back to {}", view.child.name));
    let input = Input::new("q", "In a word or two").value(&view.asked);
    let input = if view.of.is_empty() { input.hint("For example: told the school, searched, meeting") } else { input };
    let back = back::sound(&wanted.back).to_string();
    page(&Page { frame, base, asked: Markup::of(&input), view, duty: wanted.duty, back })
}

/// Where an event, or an act that goes by one, is recorded.
pub(crate) fn records(base: &str, link: &EventLink, episode: &str) -> String {
    back::with(&format!("{base}/record/{}", link.event), &[("act", &link.act), ("episode", episode)], "", "")
}
