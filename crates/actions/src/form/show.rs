//! A form that was completed, alone or beside another version of it.

use crate::app::App;
use crate::authorise::Actor;
use crate::case::{Purpose, load};
use crate::lens::{framed, lens};
use crate::refused::{Refused, Result};
use views::FilledForm;
use views::making::filling::completed;

/// The page of a completed form. `with`: the entry of the version that it is compared with; empty for none.
pub async fn show(app: &App, actor: &Actor, child: &str, entry: &str, with: &str) -> Result<FilledForm> {
    let record = load(app, actor, child, Purpose::see("filled")).await?;
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    completed(&lens, viewer, &record, entry, with).ok_or(Refused::NotFound)
}
