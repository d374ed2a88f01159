//! The episode: what is so, who must do what, what happened, what will come.

use super::namesakes;
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Purpose, load};
use crate::lens::{framed, lens, on};
use crate::refused::{Refused, Result};
use views::{EpisodePage, EpisodePart, EpisodePartPage, RecordMenu, making};

/// An episode of a child.
pub async fn episode(app: &App, actor: &Actor, child: &str, episode: &str) -> Result<EpisodePage> {
    let record = load(app, actor, child, Purpose::see("episode")).await?;
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    let mut page = making::episode(&on(lens, &record), viewer, &record, episode).ok_or(Refused::NotFound)?;
    let mut ring = crate::living::ring(app, &record).await?;
    crate::setting::at_hand(app, actor, &mut page.ringing).await?;
    ring.append(&mut page.ring);
    page.ring = ring;
    page.half_filled = crate::form::half_filled(app, actor, child).await?;
    page.child.namesakes = namesakes(app, actor, &record).await?;
    Ok(page)
}

/// A part of an episode, page by page; `entry` asks for the page on which an entry stands.
pub async fn episode_part(
    app: &App,
    actor: &Actor,
    (child, episode): (&str, &str),
    part: EpisodePart,
    (page, entry): (usize, &str),
) -> Result<EpisodePartPage> {
    let record = load(app, actor, child, Purpose::see("episode")).await?;
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    making::episode_part(&on(lens, &record), viewer, &record, (episode, part), (page, entry)).ok_or(Refused::NotFound)
}

/// What somebody may record on a child, by what they typed; or which act it was, of an event that stands for many.
pub async fn record_menu(
    app: &App,
    actor: &Actor,
    child: &str,
    (episode, of): (&str, &str),
    asked: &str,
) -> Result<RecordMenu> {
    let record = load(app, actor, child, Purpose::form(Verb::Record)).await?;
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    let known = record.case.episodes.iter().any(|one| one.id == episode);
    let from = (if known { episode } else { "" }, of);
    Ok(making::record_menu(&on(lens, &record), viewer, &record, from, asked))
}
