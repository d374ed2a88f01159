//! Shows a photograph. To see it is to read the record.

use crate::app::App;
use crate::authorise::{Actor, Verb, authorise, note, note_list};
use crate::refused::{Refused, Result};

/// The picture, as JPEG.
pub async fn picture(app: &App, actor: &Actor, child: &str, id: &str) -> Result<Vec<u8>> {
    let permit = authorise(app, actor, Verb::See, Some(child)).await?;
    note(app, &permit, "photograph").await?;
    app.store.picture(&permit.child, id).await?.ok_or(Refused::NotFound)
}

/// The small picture, as JPEG. It stands in lists that draw themselves again.
pub async fn portrait(app: &App, actor: &Actor, child: &str, id: &str) -> Result<Vec<u8>> {
    let permit = authorise(app, actor, Verb::See, Some(child)).await?;
    note_list(app, &permit, "portrait", [permit.child.as_str()]).await?;
    app.store.portrait(&permit.child, id).await?.ok_or(Refused::NotFound)
}
