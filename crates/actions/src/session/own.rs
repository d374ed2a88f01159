//! What a person does about their own sessions: work in another post, lock, sign out, end the others.

use super::SignedIn;
use crate::app::App;
use crate::refused::{Refused, Result};

/// Works in another of the person's posts from now on.
pub async fn work_as(app: &App, signed_in: &SignedIn, post: &str) -> Result<()> {
    if !signed_in.actor.posts.iter().any(|held| held.post.id == post) {
        return Err(Refused::NotAllowed("You do not hold this post now.".into()));
    }
    Ok(app.store.session_post(&signed_in.token, post).await?)
}

/// Locks a session: it opens again for its own person only.
pub async fn lock(app: &App, token: &str) -> Result<()> {
    Ok(app.store.session_lock(token, app.now_us()).await?)
}

/// Ends the session of a token.
pub async fn sign_out(app: &App, token: &str) -> Result<()> {
    Ok(app.store.session_delete(token).await?)
}

/// Ends one of the person's sessions.
pub async fn end(app: &App, signed_in: &SignedIn, session: &str) -> Result<()> {
    if app.store.session_end(&signed_in.actor.person, session).await? { Ok(()) } else { Err(Refused::NotFound) }
}

/// Ends all of the person's sessions but the one that asks.
pub async fn end_others(app: &App, signed_in: &SignedIn) -> Result<()> {
    Ok(app.store.sessions_end(&signed_in.actor.person, &signed_in.session).await?)
}
