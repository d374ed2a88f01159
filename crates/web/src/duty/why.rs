//! Why is this due?

use crate::back;
use crate::frame::{Answer, Frame, page};
use crate::show;
use crate::visit::Member;
use actions::queries;
use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;
use views::{DutyKey, Why};

/// Where somebody came from.
#[derive(Deserialize, Default)]
pub struct Came {
    #[serde(default)]
    back: String,
}

#[derive(Template)]
#[template(path = "duty/why.html")]
struct Page {
    frame: Frame,
    /// Where the entries are that it hangs on.
    timeline: String,
    view: Why,
}

impl Page {
    /// The address of the page itself.
    fn here(&self) -> String {
        format!("/children/{}/why/{}", self.view.child.id, self.view.line.key)
    }

    /// Where an entry stands.
    fn entry(&self, id: &str) -> String {
        if self.timeline.ends_with("/timeline") {
            format!("{}?entry={id}#{id}", self.timeline)
        } else {
            self.timeline.clone()
        }
    }

    /// The address of the child, under which everything else stands.
    fn base(&self) -> String {
        format!("/children/{}", self.view.child.id)
    }

    /// The episode of the duty; empty where it belongs to none.
    fn episode(&self) -> &str {
        self.view.line.episode.as_deref().unwrap_or_default()
    }
}

/// `GET /children/{child}/why/{duty}`.
pub async fn why(member: Member, Path((child, duty)): Path<(String, String)>, Query(came): Query<Came>) -> Answer {
    // What is no key is the key of no duty: whether the child may be seen is asked first, as of any other.
    let duty: DutyKey = duty.parse().unwrap_or_default();
    let view = queries::why(member.app(), &member.actor, &child, &duty).await?;
    let place = show::place_of(&view.line);
    let from = back::sound(&came.back);
    let (to, words) = match from {
        "" => (place.clone(), format!("Back to {}", view.child.name)),
        from if from == place => (place.clone(), format!("Back to {}", view.child.name)),
        from => (from.to_string(), "Back".to_string()),
    };
    let timeline = if view.line.episode.is_some() { format!("{place}/timeline") } else { place };
    let frame = member.frame(format!("Why is this due? {}", view.line.label), &view.viewer).back(to, words);
    page(&Page { frame, timeline, view })
}
