//! Photographs of a child: the page of each, and the page on which one is chosen.

use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Purpose, load};
use crate::lens::{framed, lens};
use crate::refused::{Refused, Result};
use policy::Act;
use views::{PhotographForm, PhotographPage, making};

/// The page on which a photograph is chosen.
pub async fn photograph_form(app: &App, actor: &Actor, child: &str) -> Result<PhotographForm> {
    let record = load(app, actor, child, Purpose::form(Verb::Do(Act::Keep))).await?;
    let lens = lens(app, actor);
    Ok(making::photograph_form(&lens, framed(app, actor, &lens).await?, &record))
}

/// The page of a photograph on the record; of one that was withdrawn there is none.
pub async fn photograph(app: &App, actor: &Actor, child: &str, id: &str) -> Result<PhotographPage> {
    let record = load(app, actor, child, Purpose::see("photograph")).await?;
    let lens = lens(app, actor);
    making::photograph(&lens, framed(app, actor, &lens).await?, &record, id).ok_or(Refused::NotFound)
}
