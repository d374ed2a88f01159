//! Who holds a token, and whether their session is open, locked or over.

use super::SignedIn;
use super::actor::in_post;
use super::begin::{is_locked, signed_in};
use crate::app::App;
use crate::refused::Result;
use store::Holding;

/// A session is noted as used at most once in so long.
const TOUCH_US: i64 = 60_000_000;

/// Who holds a token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Who {
    /// Nobody that is known.
    Nobody,
    /// Somebody whose session is open.
    Open(Box<SignedIn>),
    /// Somebody whose session is locked until they show who they are.
    Locked {
        /// The person's id.
        person: String,
        /// The secret of the forms of that session.
        csrf: String,
    },
    /// Somebody whose session is over.
    Over {
        /// The person's id.
        person: String,
        /// The secret of the forms of that session.
        csrf: String,
    },
}

/// Who holds this token. `acts`: somebody did something; a page that keeps itself fresh is nobody's doing.
pub async fn who(app: &App, token: &str, acts: bool) -> Result<Who> {
    // Nothing but our own tokens is looked up.
    if token.len() != 64 {
        return Ok(Who::Nobody);
    }
    app.share().await?;
    let now = app.now_us();
    let holding = app.store.holding(token).await?.filter(|one| one.active);
    let Some(Holding { session, name, relation_to_all, posts, .. }) = holding else { return Ok(Who::Nobody) };
    let (id, csrf) = (session.person.clone(), session.csrf.clone());
    if now >= session.expires_us {
        return Ok(Who::Over { person: id, csrf });
    }
    if is_locked(&session, now) {
        return Ok(Who::Locked { person: id, csrf });
    }
    if acts && now - session.seen_us > TOUCH_US {
        app.store.session_touch(token, now).await?;
    }
    let actor = in_post(app, (&id, &name, relation_to_all), posts, &session.post);
    Ok(Who::Open(Box::new(signed_in(app, actor, &session))))
}
