//! The page on which an event is recorded or corrected.

use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Purpose, load};
use crate::lens::{framed, lens};
use crate::real::real;
use crate::refused::{Refused, Result};
use views::EventForm;
use views::making::{self, Asked, Opened};

/// The form for an event.
pub async fn event_form(app: &App, actor: &Actor, child: &str, event: &str, asked: &Asked) -> Result<EventForm> {
    let record = load(app, actor, child, Purpose::form(Verb::Record)).await?;
    let event = real(app, event)?;
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    Ok(making::event_form(&Opened { lens: &lens, record: &record, asked }, viewer, event))
}

/// The form for the correction of an entry, filled with what it says now.
pub async fn correct_form(app: &App, actor: &Actor, child: &str, entry: &str, asked: &Asked) -> Result<EventForm> {
    let record = load(app, actor, child, Purpose::form(Verb::Correct)).await?;
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    making::correct_form(&Opened { lens: &lens, record: &record, asked }, viewer, entry).ok_or(Refused::NotFound)
}
