//! Signing in with a password, and with the code of an authenticator app where the person has one.

use crate::app::App;
use crate::looks;
use crate::password::{NOBODY, verify};
use crate::refused::Result;
use crate::session::{self, How, SignedIn, Who, begin};
use crate::throttle::{self, Denied};
use crate::totp;
use store::{Ceremony, Person, StoreError};

/// An account that nobody used for so long is locked until an administrator lets its person in again.
pub const UNUSED_DAYS: i64 = 60;
/// The password of everybody in a demonstration. Where people are let in for good, it opens nothing.
pub const DEMONSTRATION: &str = "whereabouts";
/// So long somebody has for the code.
const CODE_US: i64 = 10 * 60_000_000;

/// Somebody at the door.
#[derive(Clone, Copy, Debug, Default)]
pub struct Knock<'a> {
    /// What they say who they are.
    pub username: &'a str,
    /// What only they know.
    pub password: &'a str,
    /// Where the request came from.
    pub address: &'a str,
    /// What the browser keeps by which it is known.
    pub device: Option<&'a str>,
    /// The browser, in words.
    pub browser: &'a str,
}

/// Why somebody was not signed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SignInRefused {
    /// Username or password is wrong; which of them is not said.
    Wrong,
    /// The code is wrong, or was used before.
    WrongCode,
    /// The code is right by a clock that is wrong.
    ClockOff {
        /// So many minutes.
        minutes: i64,
        /// The clock is slow; otherwise it is fast.
        slow: bool,
    },
    /// The code cannot be checked: the key of the codes is lost.
    NoKey,
    /// Too many attempts.
    Throttled {
        /// Wait so long.
        minutes: u32,
    },
    /// Right so far: now the code, for the sign-in of this id.
    Code(String),
    /// Right, but a password alone is not enough, and the person has a passkey.
    PasskeyFirst,
    /// Right, but nobody has used the account for too long.
    Unused,
    /// What was begun is over; begin again.
    TooLate,
    /// Too many are signing in at this moment.
    Busy,
    /// The record of people could not be reached.
    Unavailable,
}

impl From<Denied> for SignInRefused {
    fn from(denied: Denied) -> SignInRefused {
        match denied {
            Denied::Wait(minutes) => SignInRefused::Throttled { minutes },
            Denied::Unavailable => SignInRefused::Unavailable,
        }
    }
}

impl From<StoreError> for SignInRefused {
    fn from(error: StoreError) -> SignInRefused {
        tracing::error!(%error, "signing in");
        SignInRefused::Unavailable
    }
}

/// Signs somebody in at a browser that nobody knows.
///
/// # Errors
/// Why not.
pub async fn sign_in(
    app: &App,
    username: &str,
    password: &str,
    address: &str,
) -> std::result::Result<SignedIn, SignInRefused> {
    enter(app, &Knock { username, password, address, ..Knock::default() }).await
}

/// Signs somebody in.
///
/// # Errors
/// Why not, or what is asked next.
pub async fn enter(app: &App, knock: &Knock<'_>) -> std::result::Result<SignedIn, SignInRefused> {
    let username: String = knock.username.trim().chars().take(200).collect();
    let known = app.store.person_by_username(&username).await?;
    let device = known_device(app, knock.device, known.as_ref()).await?;
    let taken = throttle::password(app, &username, knock.password, knock.address, device).await?;
    let hash = known.as_ref().map(|p| p.password_hash.clone()).filter(|hash| !hash.is_empty());
    let right = verify(app, hash.clone().unwrap_or_else(|| NOBODY.into()), knock.password.to_owned()).await;
    let Some(right) = right else {
        throttle::unseen(app, taken).await?;
        return Err(SignInRefused::Busy);
    };
    let right = right && hash.is_some();
    let made_up = app.doors.two_factors && knock.password == DEMONSTRATION;
    let tried = known.as_ref().map(|p| p.id.clone()).unwrap_or_default();
    let Some(person) = known.filter(|p| right && p.active && !made_up) else {
        looks::failed_sign_in(app, &tried).await.map_err(|_| SignInRefused::Unavailable)?;
        return Err(SignInRefused::Wrong);
    };
    // Whoever knows the password is not held up by those who guessed at it.
    throttle::right(app, taken).await?;
    if is_unused(app, &person) {
        return Err(SignInRefused::Unused);
    }
    if totp::is_set_up(app, &person.id).await? {
        let ceremony = Ceremony {
            id: app.secret(),
            kind: "code".into(),
            person: Some(person.id.clone()),
            body: String::new(),
            expires_us: app.now_us() + CODE_US,
        };
        app.store.ceremony_put(&ceremony).await?;
        return Err(SignInRefused::Code(ceremony.id));
    }
    if app.doors.two_factors && !app.store.passkeys_of(&person.id).await?.is_empty() {
        return Err(SignInRefused::PasskeyFirst);
    }
    begun(begin(app, &person, How::Password, knock.browser, device).await)
}

/// Goes on with the code of an authenticator app.
///
/// # Errors
/// Why not.
pub async fn with_code(
    app: &App,
    ceremony: &str,
    code: &str,
    knock: &Knock<'_>,
) -> std::result::Result<SignedIn, SignInRefused> {
    let now = app.now_us();
    let half = app.store.ceremony(ceremony, "code", now).await?.ok_or(SignInRefused::TooLate)?;
    let person = app.store.person(half.person.as_deref().unwrap_or_default()).await?;
    let person = person.filter(|p| p.active).ok_or(SignInRefused::TooLate)?;
    let taken = throttle::code(app, &person.id, knock.address).await?;
    totp::check(app, &person.id, code).await?;
    throttle::right(app, taken).await?;
    app.store.ceremony_take(ceremony, "code", now).await?.ok_or(SignInRefused::TooLate)?;
    let device = known_device(app, knock.device, Some(&person)).await?;
    begun(begin(app, &person, How::PasswordAndCode, knock.browser, device).await)
}

/// Shows once more who somebody is, by password or by code, before a weighty act.
///
/// # Errors
/// Why not.
pub async fn confirm(
    app: &App,
    signed_in: &SignedIn,
    password: &str,
    code: &str,
) -> std::result::Result<(), SignInRefused> {
    let id = &signed_in.actor.person;
    let person = app.store.person(id).await?.filter(|p| p.active).ok_or(SignInRefused::Wrong)?;
    let taken = throttle::other(app, "confirm", id).await?;
    let Some(right) = verify(app, person.password_hash.clone(), password.to_owned()).await else {
        throttle::unseen(app, taken).await?;
        return Err(SignInRefused::Busy);
    };
    if person.password_hash.is_empty() || !right {
        return Err(SignInRefused::Wrong);
    }
    let mut how = How::Password;
    if totp::is_set_up(app, id).await? {
        totp::check(app, id, code).await?;
        how = How::PasswordAndCode;
    }
    throttle::right(app, taken).await?;
    // What was shown before and is stronger stays.
    let how = if signed_in.how.is_strong() { signed_in.how } else { how };
    Ok(app.store.session_confirm(&signed_in.token, how.word(), app.now_us()).await?)
}

/// Has somebody shown who they are so lately that they may do what is weighty?
pub fn is_fresh(app: &App, signed_in: &SignedIn) -> bool {
    app.now_us() - signed_in.confirmed_us < session::FRESH * 60_000_000
}

/// Nobody has used the account for too long.
pub(crate) fn is_unused(app: &App, person: &Person) -> bool {
    person.used_us.is_some_and(|used| app.now_us() - used > UNUSED_DAYS * 24 * 60 * 60_000_000)
}

async fn known_device<'a>(
    app: &App,
    device: Option<&'a str>,
    person: Option<&Person>,
) -> std::result::Result<Option<&'a str>, SignInRefused> {
    let (Some(device), Some(person)) = (device, person) else { return Ok(None) };
    Ok(app.store.device_known(device, &person.id).await?.then_some(device))
}

pub(crate) fn begun(result: Result<SignedIn>) -> std::result::Result<SignedIn, SignInRefused> {
    result.map_err(|_| SignInRefused::Unavailable)
}

/// Who holds this token, if the session is open.
pub async fn who(app: &App, token: &str) -> Result<Option<SignedIn>> {
    Ok(match session::who(app, token, true).await? {
        Who::Open(signed_in) => Some(*signed_in),
        _ => None,
    })
}

pub use crate::password::hash;
pub use crate::session::sign_out;
