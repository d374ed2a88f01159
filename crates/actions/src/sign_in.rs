//! Signing in and out: argon2id, sessions kept by the server, and patience with those who guess.

use crate::app::{App, micros};
use crate::authorise::Actor;
use crate::refused::{Refused, Result, TRY_AGAIN};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use store::{Person, Session};

/// Attempts are counted over so many minutes.
const WINDOW: i64 = 15;
/// So many may fail for one username, and so many from one address.
const BY_USERNAME: i64 = 10;
const BY_ADDRESS: i64 = 100;
/// A session ends after so many minutes without a page, and after so many whatever happens.
const IDLE: i64 = 12 * 60;
const LONGEST: i64 = 24 * 60;
/// A session is noted as used at most once in so many minutes.
const TOUCH: i64 = 5;
/// A longer password is not hashed.
const PASSWORD: usize = 1000;
/// Nobody's hash, so that an unknown username takes as long as a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$Sds4w6iyFMb0Y4ZFrGA4Q5oTNUECKuMNHCkNVmVGRgM";

/// Somebody signed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedIn {
    /// What the cookie holds.
    pub token: String,
    /// What every form brings along.
    pub csrf: String,
    /// Who.
    pub actor: Actor,
}

/// Why somebody was not signed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SignInRefused {
    /// Username or password is wrong; which of them is not said.
    Wrong,
    /// Too many attempts.
    Throttled {
        /// Wait so long.
        minutes: u32,
    },
    /// The record of people could not be reached.
    Unavailable,
}

/// Signs somebody in.
///
/// # Errors
/// Why not.
pub async fn sign_in(
    app: &App,
    username: &str,
    password: &str,
    address: &str,
) -> std::result::Result<SignedIn, SignInRefused> {
    let username: String = username.trim().chars().take(200).collect();
    let known = attempt(app, &username, address).await?;
    let hash = known.as_ref().map_or(NOBODY, |p| &p.password_hash).to_string();
    let right = password.len() <= PASSWORD && verify(app, hash, password.to_string()).await;
    let Some(person) = known.filter(|p| right && p.active) else { return Err(SignInRefused::Wrong) };
    // Whoever knows the password is not held up by those who guessed at it.
    app.store.forget_attempts(&username).await.map_err(unavailable)?;
    let now = app.now_us();
    let session = Session {
        token: app.secret(),
        person: person.id.clone(),
        csrf: app.secret(),
        created_us: now,
        seen_us: now,
        expires_us: micros(app.now().plus_minutes(IDLE)),
    };
    app.store.session_put(&session).await.map_err(unavailable)?;
    let actor = actor(app, &person).await.map_err(|_| SignInRefused::Unavailable)?;
    Ok(SignedIn { token: session.token, csrf: session.csrf, actor })
}

/// Notes the attempt before it is judged, so that many at once are counted as many.
async fn attempt(app: &App, username: &str, address: &str) -> std::result::Result<Option<Person>, SignInRefused> {
    let since = micros(app.now().plus_minutes(-WINDOW));
    let by_username = app.store.attempts(username, since).await.map_err(unavailable)?;
    let by_address = app.store.attempts_from(address, since).await.map_err(unavailable)?;
    if by_username >= BY_USERNAME || by_address >= BY_ADDRESS {
        return Err(SignInRefused::Throttled { minutes: WINDOW as u32 });
    }
    app.store.note_attempt(username, address, app.now_us()).await.map_err(unavailable)?;
    app.store.person_by_username(username).await.map_err(unavailable)
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn unavailable(error: store::StoreError) -> SignInRefused {
    tracing::error!(%error, "signing in");
    SignInRefused::Unavailable
}

/// Compares a password with its hash, on a thread of its own and not many at once: each takes 19 MB.
async fn verify(app: &App, hash: String, password: String) -> bool {
    let Ok(_turn) = app.hashing.acquire().await else { return false };
    let compared = tokio::task::spawn_blocking(move || {
        let hash = PasswordHash::new(&hash).ok()?;
        Argon2::default().verify_password(password.as_bytes(), &hash).ok()
    });
    compared.await.is_ok_and(|right| right.is_some())
}

/// The hash of a password, to be kept with a person. `salt` is 16 bytes of chance.
///
/// # Errors
/// If the salt is too short.
pub fn hash(password: &str, salt: &[u8]) -> std::result::Result<String, String> {
    let hash: PasswordHash =
        Argon2::default().hash_password_with_salt(password.as_bytes(), salt).map_err(|e| e.to_string())?;
    Ok(hash.to_string())
}

/// Who holds this token, if the session is still open.
pub async fn who(app: &App, token: &str) -> Result<Option<SignedIn>> {
    // Nothing but our own tokens is looked up.
    if token.len() != 64 {
        return Ok(None);
    }
    let (now, now_us) = (app.now(), app.now_us());
    let Some(session) = app.store.session_get(token, now_us).await? else { return Ok(None) };
    let person = app.store.person(&session.person).await?;
    let Some(person) = person.filter(|p| p.active) else { return Ok(None) };
    let longest = session.created_us.saturating_add(LONGEST * 60_000_000);
    if now_us >= longest {
        app.store.session_delete(token).await?;
        return Ok(None);
    }
    if now_us - session.seen_us > TOUCH * 60_000_000 {
        let until = micros(now.plus_minutes(IDLE)).min(longest);
        app.store.session_touch(token, now_us, until).await?;
    }
    Ok(Some(SignedIn { token: session.token, csrf: session.csrf, actor: actor(app, &person).await? }))
}

/// Ends a session.
pub async fn sign_out(app: &App, token: &str) -> Result<()> {
    Ok(app.store.session_delete(token).await?)
}

/// A person as somebody who acts.
pub(crate) async fn actor(app: &App, person: &Person) -> Result<Actor> {
    let agency_name = app.agency_name(&person.agency).await.map_err(|error| {
        tracing::error!(%error, "an agency");
        Refused::Unavailable(TRY_AGAIN.into())
    })?;
    let (_, role_name) = app.role(&person.role);
    Ok(Actor {
        person: person.id.clone(),
        name: person.name.clone(),
        role: person.role.clone(),
        role_name,
        agency: person.agency.clone(),
        agency_name,
        sees_all: person.relation_to_all,
        sees_children: app.policy.sees_children(&person.role),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_s_hash_takes_as_long_as_anybody_s() {
        let somebody = hash("a password", b"sixteen bytes ok").unwrap();
        let parameters = |hash: &str| {
            let hash = PasswordHash::new(hash).unwrap();
            (hash.algorithm.to_string(), hash.version, hash.params.to_string(), hash.hash.unwrap().as_bytes().len())
        };
        assert_eq!(parameters(NOBODY), parameters(&somebody));
        assert!(somebody.starts_with("$argon2id$"));
    }
}
