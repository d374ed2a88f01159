//! Shows a photograph. To see it is to read the record. A picture that only withdrawn entries name is not shown any more: it may be of
//! another child. One that no entry names yet is shown to whoever sent it.

use crate::app::App;
use crate::authorise::{Actor, Permit, Verb, authorise};
use crate::case::{Purpose, load};
use crate::looks::{note, note_list};
use crate::refused::{Refused, Result};
use store::Picture;
use views::on_file::on_file;

/// The picture, as JPEG.
pub async fn picture(app: &App, actor: &Actor, child: &str, id: &str) -> Result<Vec<u8>> {
    let permit = authorise(app, actor, Verb::See, Some(child)).await?;
    note(app, actor, &permit, "photograph").await?;
    let picture = app.store.picture(&permit.child, id).await?;
    standing(app, actor, &permit, id, picture).await
}

/// The small picture, as JPEG. It stands in lists that draw themselves again.
pub async fn portrait(app: &App, actor: &Actor, child: &str, id: &str) -> Result<Vec<u8>> {
    let permit = authorise(app, actor, Verb::See, Some(child)).await?;
    note_list(app, actor, &permit, "portrait", [permit.child.as_str()]).await?;
    let picture = app.store.portrait(&permit.child, id).await?;
    standing(app, actor, &permit, id, picture).await
}

async fn standing(app: &App, actor: &Actor, permit: &Permit, id: &str, picture: Option<Picture>) -> Result<Vec<u8>> {
    let picture = picture.ok_or(Refused::NotFound)?;
    let may = match (picture.shown, picture.kept) {
        (true, _) => true,
        (false, false) => picture.added_by == permit.person,
        (false, true) => {
            let record = load(app, actor, &permit.child, Purpose::see("photograph")).await?;
            on_file(app.rules.vocabulary(), &record.file).iter().any(|one| one.id == id)
        }
    };
    if may { Ok(picture.jpeg) } else { Err(Refused::NotFound) }
}
