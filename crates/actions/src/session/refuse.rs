//! What somebody typed on a form that was refused. It waits on the server, bound to the session and to the page on which it was typed, so that
//! the browser's Back gives it back to that person and to nobody else; it goes when they sign out, and an hour later at the latest.

use super::SignedIn;
use crate::app::App;
use crate::refused::Result;
use store::Kept;

/// So many refused forms of a session are kept at most.
const MOST: usize = 20;
/// So long one waits, in minutes.
const MINUTES: i64 = 60;

/// Keeps what was typed on a page, sent to an address, and refused; in place of what was refused there before.
pub async fn keep_refused(app: &App, who: &SignedIn, page: &str, path: &str, body: &str) -> Result<()> {
    for old in app.store.kept_in(&who.session).await?.into_iter().filter(|old| old.page != page).skip(MOST - 1) {
        app.store.kept_forget(&who.session, &old.page).await?;
    }
    let kept = Kept {
        id: app.new_id(),
        person: who.actor.person.clone(),
        path: path.to_owned(),
        body: body.to_owned(),
        at_us: app.now_us(),
        session: who.session.clone(),
        page: page.to_owned(),
    };
    Ok(app.store.kept_put(&kept).await?)
}

/// What this person typed on a page in this session, and was refused.
pub async fn refused_on(app: &App, who: &SignedIn, page: &str) -> Result<Option<Kept>> {
    let young = app.now().plus_minutes(-MINUTES).0 * 1_000_000;
    let mut all = app.store.kept_in(&who.session).await?.into_iter();
    Ok(all.find(|kept| kept.page == page && kept.person == who.actor.person && kept.at_us > young))
}

/// It was sent, or is wanted no more.
pub async fn forget_refused(app: &App, who: &SignedIn, page: &str) -> Result<()> {
    Ok(app.store.kept_forget(&who.session, page).await?)
}

/// Does something and undoes whatever it writes, except that somebody looked: so a refused form is judged anew, by what may be seen and
/// said now, and nothing is sent by looking at it. Where nothing would be wrong any more, it ends in [`crate::NOT_SENT`].
pub async fn trying<F: Future>(doing: F) -> F::Output {
    store::trying(doing).await
}
