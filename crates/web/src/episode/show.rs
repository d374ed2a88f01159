//! One episode: what is so, who must do what, what happened, what comes next.

use crate::frame::{Answer, Frame, Place, page};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use axum::extract::Path;
use views::{DutyLine, EpisodePage, TimelineItem};

/// So many entries stand open; those before them are folded.
const OPEN: usize = 4;

#[derive(Template)]
#[template(path = "episode/show.html")]
struct Page {
    frame: Frame,
    base: String,
    /// The address of the page itself.
    here: String,
    /// Where an entry is corrected.
    correct: String,
    view: EpisodePage,
}

/// So many duties of the viewer stand large; those after them in two lines each.
const LARGE: usize = 1;

impl Page {
    fn first(&self) -> &[DutyLine] {
        &self.view.mine[..LARGE.min(self.view.mine.len())]
    }

    fn then(&self) -> &[DutyLine] {
        &self.view.mine[LARGE.min(self.view.mine.len())..]
    }

    fn latest(&self) -> &[TimelineItem] {
        &self.view.timeline[..OPEN.min(self.view.timeline.len())]
    }

    fn earlier(&self) -> &[TimelineItem] {
        &self.view.timeline[OPEN.min(self.view.timeline.len())..]
    }

    /// Where an entry stands: on this page, or on that of the timeline.
    fn entry(&self, id: &str) -> String {
        if self.latest().iter().any(|item| item.id == id) {
            format!("#{id}")
        } else {
            format!("{}/timeline?entry={id}#{id}", self.here)
        }
    }

    /// Is more due than is on the page?
    fn more_due(&self) -> bool {
        let others: usize = self.view.others.iter().map(|group| group.lines.len()).sum();
        self.view.due_count > self.view.mine.len() + self.view.folded.len() + others
    }
}

/// `GET /children/{child}/episodes/{episode}`.
pub async fn show(member: Member, Path((child, episode)): Path<(String, String)>) -> Answer {
    let view = queries::episode(member.app(), &member.actor, &child, &episode).await?;
    // A window's title is seen by whoever passes, and kept by the browser: it names nobody.
    let title = view.strip.headline.clone();
    let frame = member.frame(title, &view.viewer).place(Place::Board).back("/board", "Who is missing now");
    let base = format!("/children/{}", view.child.id);
    let (here, correct) = (format!("{base}/episodes/{}", view.episode), format!("{base}/correct"));
    page(&Page { frame, base, here, correct, view })
}
