//! Patience with those who guess, which no stranger can turn into a lock-out. Guesses are counted before they are looked at, by the account
//! and the address together; by each of the two alone, far more generously; and by the password, whoever it was tried for. Somebody at a
//! browser on which they have signed in before is counted by that browser alone: whatever strangers do, they are let in.

use crate::app::App;
use store::StoreError;

/// So many guesses of an account from an address are free; then each waits: 1, 2, 4, 8 and then 15 minutes.
const PAIR: i64 = 5;
/// So many of a known browser.
const DEVICE: i64 = 10;
/// So many of one account, from wherever.
const ACCOUNT: i64 = 100;
/// So many from one address, for whomever.
const ADDRESS: i64 = 100;
/// So many of one password, for whomever and from wherever.
const PASSWORD: i64 = 60;
/// So many codes of an authenticator app.
const CODE: i64 = 5;

/// What is counted for one try, so that it can be taken back.
pub(crate) struct Taken {
    many: Vec<String>,
    own: String,
}

/// Why a try is not looked at.
pub(crate) enum Denied {
    /// Wait so many minutes.
    Wait(u32),
    /// The counts cannot be kept.
    Unavailable,
}

impl From<StoreError> for Denied {
    fn from(error: StoreError) -> Denied {
        match error {
            StoreError::Wait(us) => Denied::Wait((us.max(1) as u64).div_ceil(60_000_000) as u32),
            other => {
                tracing::error!(error = %other, "counting guesses");
                Denied::Unavailable
            }
        }
    }
}

/// Counts a try with a password.
pub(crate) async fn password(
    app: &App,
    username: &str,
    password: &str,
    address: &str,
    device: Option<&str>,
) -> Result<Taken, Denied> {
    let user = username.to_lowercase();
    if let Some(device) = device {
        let own = format!("device:{}:{user}", app.fingerprint("device", device).await?);
        app.store.throttle_take(&[(own.clone(), DEVICE)], app.now_us()).await?;
        return Ok(Taken { many: Vec::new(), own });
    }
    let own = format!("pair:{user}:{address}");
    let account = format!("account:{user}");
    let place = format!("address:{address}");
    let tried = format!("password:{}", app.fingerprint("password", password).await?);
    let keys = [(own.clone(), PAIR), (account.clone(), ACCOUNT), (place.clone(), ADDRESS), (tried.clone(), PASSWORD)];
    app.store.throttle_take(&keys, app.now_us()).await?;
    Ok(Taken { many: vec![account, place, tried], own })
}

/// Counts a try with a code.
pub(crate) async fn code(app: &App, person: &str, address: &str) -> Result<Taken, Denied> {
    let own = format!("code:{person}:{address}");
    let account = format!("codes:{person}");
    app.store.throttle_take(&[(own.clone(), CODE), (account.clone(), ACCOUNT)], app.now_us()).await?;
    Ok(Taken { many: vec![account], own })
}

/// Counts a try of a link or a re-authentication.
pub(crate) async fn other(app: &App, what: &str, whose: &str) -> Result<Taken, Denied> {
    let own = format!("{what}:{whose}");
    app.store.throttle_take(&[(own.clone(), DEVICE)], app.now_us()).await?;
    Ok(Taken { many: Vec::new(), own })
}

/// It was no guess.
pub(crate) async fn right(app: &App, taken: Taken) -> Result<(), Denied> {
    Ok(app.store.throttle_return(&taken.many, &[taken.own]).await?)
}

/// It was not looked at: what was counted for it is taken back, so that nobody who was asked to try again is held up for trying.
pub(crate) async fn unseen(app: &App, taken: Taken) -> Result<(), Denied> {
    let Taken { mut many, own } = taken;
    many.push(own);
    Ok(app.store.throttle_return(&many, &[]).await?)
}
