//! Why is this due?

use crate::app::App;
use crate::authorise::Actor;
use crate::case::{Purpose, load};
use crate::lens::{framed, lens, on};
use crate::refused::{Refused, Result};
use views::{DutyKey, Why, making};

/// Why a duty is due.
pub async fn why(app: &App, actor: &Actor, child: &str, duty: &DutyKey) -> Result<Why> {
    let record = load(app, actor, child, Purpose::see("why")).await?;
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    let mut page = making::why(&on(lens, &record), viewer, &record, duty).ok_or(Refused::NotFound)?;
    crate::setting::at_hand(app, actor, &mut page.hand.ringing).await?;
    Ok(page)
}
