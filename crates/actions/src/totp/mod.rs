//! Codes of an authenticator app: six digits, for thirty seconds each. A code is taken once. A telephone whose clock is off is told so.

use crate::app::App;
use crate::refused::{Refused, Result};
use crate::secrets::TOTP;
use crate::session::SignedIn;
use crate::sign_in::SignInRefused;
use casebook::command::FieldProblem;
use store::{StoreError, Totp};
use totp_rs::Secret;

/// A code holds for so many seconds.
const STEP: i64 = 30;
/// A code of so many steps before or after is taken as well.
const NEAR: i64 = 1;
/// A code of so many steps away is known for one of a wrong clock.
const FAR: i64 = 20;

/// What is said where the codes of apps cannot be checked.
pub const NO_KEY: &str = "This service has lost its key to the codes of authenticator apps, and cannot check yours. Sign in with a passkey, or ask \
                          whoever keeps your agency's people to let you back in";

/// What an app needs to begin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Beginning {
    /// To be typed into the app.
    pub secret: String,
    /// The same, as a link that opens the app.
    pub link: String,
}

/// Does this person have an app that has shown a right code?
pub async fn is_set_up(app: &App, person: &str) -> std::result::Result<bool, StoreError> {
    Ok(app.store.totp(person).await?.is_some_and(|totp| totp.confirmed_us.is_some()))
}

/// Begins to set up an app: what it needs, the same until it has shown a code.
pub async fn begin(app: &App, signed_in: &SignedIn) -> Result<Beginning> {
    let person = &signed_in.actor.person;
    let secret = match app.store.totp(person).await? {
        Some(totp) if totp.confirmed_us.is_some() => {
            return Err(Refused::NotAllowed("You have an authenticator app already. Take it away first.".into()));
        }
        // Where the key is lost, an app that was never set up to the end begins anew.
        Some(totp) if let Ok(secret) = app.unseal(TOTP, person, &totp.secret) => secret,
        _ => {
            let mut bytes = [0_u8; 20];
            app.chance.fill(&mut bytes);
            let secret = Secret::from(bytes.to_vec()).to_base32();
            let totp = Totp {
                person: person.clone(),
                secret: app.seal(TOTP, person, &secret)?,
                added_us: app.now_us(),
                confirmed_us: None,
                last_step: 0,
            };
            app.store.totp_put(&totp).await?;
            secret
        }
    };
    let name: String = signed_in.actor.name.chars().filter(char::is_ascii_alphanumeric).collect();
    Ok(Beginning { link: format!("otpauth://totp/Whereabouts:{name}?secret={secret}&issuer=Whereabouts"), secret })
}

/// The app shows its first code. From now on a code is asked for.
pub async fn finish(app: &App, signed_in: &SignedIn, code: &str) -> Result<()> {
    match check(app, &signed_in.actor.person, code).await {
        Ok(()) => {
            if !signed_in.how.is_strong() {
                let how = crate::session::How::PasswordAndCode.word();
                app.store.session_confirm(&signed_in.token, how, app.now_us()).await?;
            }
            Ok(())
        }
        Err(SignInRefused::Unavailable) => Err(Refused::Unavailable(crate::refused::TRY_AGAIN.into())),
        Err(refused) => Err(Refused::Invalid(vec![FieldProblem::new("code", words(&refused))])),
    }
}

/// What is wrong with a code, in words.
pub fn words(refused: &SignInRefused) -> String {
    match refused {
        SignInRefused::ClockOff { minutes, slow } => {
            let (unit, way) = (if *minutes == 1 { "minute" } else { "minutes" }, if *slow { "slow" } else { "fast" });
            format!(
                "The clock of your phone is about {minutes} {unit} {way}. Set its time to automatic, then enter the next code"
            )
        }
        SignInRefused::NoKey => NO_KEY.into(),
        SignInRefused::Throttled { minutes } => format!("Too many attempts. Wait {minutes} min, then try again"),
        _ => "The code is not right, or was used already. Wait for the next one, and enter its six digits".into(),
    }
}

/// Is this a code of the person's app, at this moment?
pub(crate) async fn check(app: &App, person: &str, code: &str) -> std::result::Result<(), SignInRefused> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let totp = app.store.totp(person).await?.ok_or(SignInRefused::WrongCode)?;
    let now = app.now().0.div_euclid(STEP);
    let secret = app.unseal(TOTP, person, &totp.secret).map_err(|_| SignInRefused::NoKey)?;
    let Some(step) = step_of(&secret, &code, now) else { return Err(SignInRefused::WrongCode) };
    if (step - now).abs() > NEAR {
        let minutes = ((step - now).abs() * STEP + 30) / 60;
        return Err(SignInRefused::ClockOff { minutes, slow: step < now });
    }
    if app.store.totp_step(person, step, app.now_us()).await? { Ok(()) } else { Err(SignInRefused::WrongCode) }
}

/// The step that this is the code of, the nearest first.
fn step_of(secret: &str, code: &str, now: i64) -> Option<i64> {
    let generator = generator(secret)?;
    let away = (0..=FAR).flat_map(|n| [now + n, now - n]);
    away.into_iter().find(|step| generator.generate((step * STEP).max(0) as u64).to_string() == code)
}

fn generator(secret: &str) -> Option<totp_rs::Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    totp_rs::Builder::new().with_secret(secret).with_account_name("whereabouts").build().ok()
}

/// The code that an app shows for a secret at a moment.
pub fn shown(secret: &str, at: engine::time::Moment) -> Option<String> {
    Some(generator(secret)?.generate(at.0.max(0) as u64).to_string())
}

/// Takes the app away, where something else is left by which the person comes in.
pub async fn remove(app: &App, signed_in: &SignedIn) -> Result<()> {
    let person = &signed_in.actor.person;
    if app.doors.two_factors && app.store.passkeys_of(person).await?.is_empty() {
        return Err(Refused::NotAllowed("Add a passkey first: a password alone is not enough to sign in.".into()));
    }
    Ok(app.store.totp_delete(person).await?)
}
