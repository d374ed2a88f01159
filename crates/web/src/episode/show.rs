//! One episode: what is so, who must do what, what happened, what comes next.

use crate::frame::{Answer, Frame, Place, page};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use axum::extract::Path;
use views::{EpisodePage, TimelineItem};

/// So many entries stand open at least; days before them are folded.
const OPEN: usize = 10;

/// What happened on one day.
struct Day<'a> {
    /// `today`, `yesterday`, `Sat 3 Jan`.
    name: &'a str,
    items: Vec<&'a TimelineItem>,
    open: bool,
}

#[derive(Template)]
#[template(path = "episode/show.html")]
struct Page {
    frame: Frame,
    base: String,
    view: EpisodePage,
}

impl Page {
    /// Where an entry is corrected.
    fn correct(&self) -> String {
        format!("{}/correct", self.base)
    }

    /// The timeline, day by day.
    fn days(&self) -> Vec<Day<'_>> {
        let mut days: Vec<Day<'_>> = Vec::new();
        for (n, item) in self.view.timeline.iter().enumerate() {
            match days.last_mut().filter(|day| day.name == item.occurred.day) {
                Some(day) => day.items.push(item),
                None => days.push(Day { name: &item.occurred.day, items: vec![item], open: n < OPEN }),
            }
        }
        days
    }

    /// The address of the page itself.
    fn address(&self) -> String {
        format!("{}/episodes/{}", self.base, self.view.episode)
    }

    /// How much of others cannot be told yet.
    fn untold(&self) -> usize {
        self.view.untold.iter().map(|group| group.lines.len()).sum()
    }

    /// How much is asked now.
    fn asked(&self) -> usize {
        self.view.groups.iter().map(|group| group.lines.len()).sum()
    }
}

/// `GET /children/{child}/episodes/{episode}`.
pub async fn show(member: Member, Path((child, episode)): Path<(String, String)>) -> Answer {
    let view = queries::episode(member.app(), &member.actor, &child, &episode).await?;
    // A window's title is seen by whoever passes, and kept by the browser: it names nobody.
    let title = view.strip.headline.clone();
    let frame = member.frame(title, &view.viewer).place(Place::Board).back("/board", "Who is missing now");
    page(&Page { frame, base: format!("/children/{}", view.child.id), view })
}
