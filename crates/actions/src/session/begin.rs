//! A session begins.

use super::{How, IDLE, LONGEST, SignedIn, actor};
use crate::app::{App, hex, micros};
use crate::authorise::Actor;
use crate::looks;
use crate::refused::Result;
use sha2::{Digest as _, Sha256};
use store::{Person, Session};

/// Begins a session of a person who has shown who they are. `device` is what a known browser brought; any other is known from now on.
pub(crate) async fn begin(
    app: &App,
    person: &Person,
    how: How,
    browser: &str,
    device: Option<&str>,
) -> Result<SignedIn> {
    app.share().await?;
    let now = app.now_us();
    let csrf = app.secret();
    let session = Session {
        token: app.secret(),
        id: app.new_id(),
        person: person.id.clone(),
        form: store::fingerprint(&secret_of_forms(&csrf)),
        csrf,
        created_us: now,
        seen_us: now,
        expires_us: micros(app.now().plus_minutes(LONGEST)),
        device: browser.chars().filter(|c| !c.is_control()).take(80).collect(),
        how: how.word().to_owned(),
        confirmed_us: now,
        ..Session::default()
    };
    app.store.session_put(&session).await?;
    // Whoever came by a link may never come back by it: the browser is known when they sign in.
    let device = if how == How::Link { None } else { Some(device.map_or_else(|| app.secret(), str::to_owned)) };
    if let Some(device) = &device {
        app.store.device_put(device, &person.id, now).await?;
    }
    let signed_in = made(app, person, &session).await?;
    looks::signed_in(app, &signed_in.actor).await?;
    Ok(SignedIn { device, ..signed_in })
}

/// The secret that the forms of a session bring along, masked, from what the session keeps for it; in hexadecimal digits.
pub fn secret_of_forms(kept: &str) -> String {
    hex(&Sha256::digest([b"whereabouts csrf\0session\0", kept.as_bytes(), b"\0"].concat()))
}

/// What is known of an open session.
async fn made(app: &App, person: &Person, session: &Session) -> Result<SignedIn> {
    Ok(signed_in(app, actor(app, person, &session.post).await?, session))
}

/// As [`made`], of somebody in the post that they work in.
pub(super) fn signed_in(app: &App, actor: Actor, session: &Session) -> SignedIn {
    let how = How::of(&session.how);
    SignedIn {
        token: session.token.clone(),
        csrf: session.csrf.clone(),
        actor: Actor {
            // By this the log of looks knows the session; it opens nothing.
            session: store::fingerprint(&session.token),
            since_us: session.confirmed_us,
            ..actor
        },
        session: session.id.clone(),
        how,
        confirmed_us: session.confirmed_us,
        must_set_up: app.doors.two_factors && !how.is_strong(),
        device: None,
    }
}

/// Is a session locked at this moment?
pub(super) fn is_locked(session: &Session, now_us: i64) -> bool {
    session.locked_us.is_some() || now_us - session.seen_us >= IDLE * 60_000_000
}
