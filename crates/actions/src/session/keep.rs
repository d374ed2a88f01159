//! What somebody typed, and could not send since their session was locked or over, or since they had to show first who they are. It waits on
//! the server for that person: the page of the browser holds nothing of it, so that whoever sits down there next finds nothing.

use crate::app::App;
use crate::refused::Result;
use store::Kept;

/// So much of what a person typed is kept at most.
const MOST: usize = 20;

/// Keeps what a person sent to an address.
pub async fn keep(app: &App, person: &str, path: &str, body: &str) -> Result<()> {
    for old in app.store.kept_of(person).await?.into_iter().skip(MOST - 1) {
        app.store.kept_delete(person, &old.id).await?;
    }
    let kept = Kept {
        id: app.new_id(),
        person: person.to_owned(),
        path: path.to_owned(),
        body: body.to_owned(),
        at_us: app.now_us(),
        ..Kept::default()
    };
    Ok(app.store.kept_put(&kept).await?)
}

/// Whose form it was that brings this secret along, of a session that its person has ended; none where that is long ago, or never was.
pub async fn whose_form(app: &App, secret: &str) -> Result<Option<String>> {
    Ok(app.store.signed_out(&store::fingerprint(secret), app.now_us()).await?)
}

/// What this person typed and has not sent, the last first.
pub async fn give_back(app: &App, person: &str) -> Result<Vec<Kept>> {
    Ok(app.store.kept_of(person).await?)
}

/// The person has sent it, or wants it no more.
pub async fn throw_away(app: &App, person: &str, id: &str) -> Result<()> {
    Ok(app.store.kept_delete(person, id).await?)
}
