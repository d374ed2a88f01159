//! A part of an episode, page by page: everything that happened, everything that is due.

use crate::components::Pagination;
use crate::frame::{Answer, Frame, Place, page};
use crate::pages::{Wanted, pages};
use crate::trouble::Trouble;
use crate::visit::Member;
use actions::queries;
use askama::Template;
use axum::extract::{Path, Query};
use views::{EpisodePart, EpisodePartPage};

#[derive(Template)]
#[template(path = "episode/part.html")]
struct Page {
    frame: Frame,
    base: String,
    /// The address of the episode.
    here: String,
    correct: String,
    view: EpisodePartPage,
    pages: Option<Pagination>,
}

/// The parts, by their word in the address.
const PARTS: [(&str, EpisodePart); 5] = [
    ("timeline", EpisodePart::Timeline),
    ("due", EpisodePart::Due),
    ("unknown", EpisodePart::Unknown),
    ("done", EpisodePart::Done),
    ("meetings", EpisodePart::Meetings),
];

/// `GET /children/{child}/episodes/{episode}/{part}`.
pub async fn part(
    member: Member,
    Path((child, episode, part)): Path<(String, String, String)>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let (word, known) = PARTS.into_iter().find(|(word, _)| *word == part).ok_or(Trouble::NotFound)?;
    let asked = (wanted.page(), wanted.entry.as_str());
    let view = queries::episode_part(member.app(), &member.actor, (&child, &episode), known, asked).await?;
    let base = format!("/children/{}", view.child.id);
    let (here, correct) = (format!("{base}/episodes/{}", view.episode), format!("{base}/correct"));
    let frame = member.frame(view.title.clone(), &view.viewer).place(Place::Board).back(here.clone(), "The episode");
    let pages = pages(view.page, view.pages, &format!("{here}/{word}"), &[]);
    page(&Page { frame, base, here, correct, view, pages })
}
