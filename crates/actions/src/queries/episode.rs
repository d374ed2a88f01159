//! The episode: what is so, who must do what, what happened, what will come.

use crate::app::App;
use crate::authorise::Actor;
use crate::case::{Purpose, load};
use crate::lens::{framed, lens, on};
use crate::refused::{Refused, Result};
use views::{EpisodePage, making};

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
    Ok(page)
}
