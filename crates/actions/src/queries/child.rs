//! The child: summary, placements, people, what is known, earlier episodes.

use super::namesakes;
use crate::app::App;
use crate::authorise::Actor;
use crate::case::{Purpose, load, load_tied};
use crate::lens::{framed, lens, on};
use crate::refused::Result;
use views::{ChildPage, ChildPart, ChildPartPage, making};

/// A child's page.
pub async fn child(app: &App, actor: &Actor, child: &str) -> Result<ChildPage> {
    let own = load_tied(app, actor, child, Purpose::see("child")).await?;
    let dangers = crate::around::dangers(app, actor, &own).await?;
    let record = own.record;
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    let half_filled = crate::form::half_filled(app, actor, child).await?;
    let mut page = ChildPage { dangers, half_filled, ..making::child(&on(lens, &record), viewer, &record) };
    page.child.namesakes = namesakes(app, actor, &record).await?;
    Ok(page)
}

/// A part of what is shown of a child, page by page.
pub async fn child_part(
    app: &App,
    actor: &Actor,
    child: &str,
    part: ChildPart,
    (page, entry): (usize, &str),
) -> Result<ChildPartPage> {
    let record = load(app, actor, child, Purpose::see("child")).await?;
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    Ok(making::child_part(&on(lens, &record), viewer, &record, part, (page, entry)))
}
