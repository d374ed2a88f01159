//! Signing in with a passkey, and showing with one who somebody is before a weighty act.

use super::{ANSWER_US, Asked, handle, text, webauthn, wrong};
use crate::app::App;
use crate::refused::{Refused, Result};
use crate::session::{How, SignedIn, begin};
use crate::sign_in::{Knock, SignInRefused, begun, is_unused};
use store::{Ceremony, Person};
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey as Credential, PublicKeyCredential};

const KIND: &str = "passkey";

/// What the browser is asked, so that its person chooses a passkey.
pub async fn ask(app: &App) -> Result<Asked> {
    let (options, state) = webauthn(app)?.start_discoverable_authentication().map_err(|e| wrong(&e))?;
    let mut options = serde_json::to_value(options).map_err(|e| wrong(&e))?;
    // It is asked by a button, and not while a username is typed.
    if let Some(options) = options.as_object_mut() {
        options.remove("mediation");
    }
    let ceremony = Ceremony {
        id: app.secret(),
        kind: KIND.into(),
        person: None,
        body: serde_json::to_string(&state).map_err(|e| wrong(&e))?,
        expires_us: app.now_us() + ANSWER_US,
    };
    app.store.ceremony_put(&ceremony).await?;
    Ok(Asked { ceremony: ceremony.id, options })
}

/// The browser answers: its person is signed in.
///
/// # Errors
/// Why not.
pub async fn enter(
    app: &App,
    ceremony: &str,
    answer: &str,
    knock: &Knock<'_>,
) -> std::result::Result<SignedIn, SignInRefused> {
    let person = shown(app, ceremony, answer).await.map_err(|refused| match refused {
        Refused::Unavailable(_) => SignInRefused::Unavailable,
        _ => SignInRefused::Wrong,
    })?;
    if is_unused(app, &person) {
        return Err(SignInRefused::Unused);
    }
    let known = match knock.device {
        Some(device) => app.store.device_known(device, &person.id).await?,
        None => false,
    };
    begun(begin(app, &person, How::Passkey, knock.browser, knock.device.filter(|_| known)).await)
}

/// The browser answers: whoever is signed in has shown again who they are.
pub async fn confirm(app: &App, signed_in: &SignedIn, ceremony: &str, answer: &str) -> Result<()> {
    let person = shown(app, ceremony, answer).await?;
    if person.id != signed_in.actor.person {
        return Err(Refused::NotAllowed("That is the passkey of somebody else.".into()));
    }
    Ok(app.store.session_confirm(&signed_in.token, How::Passkey.word(), app.now_us()).await?)
}

/// Whose passkey it is that was shown.
async fn shown(app: &App, ceremony: &str, answer: &str) -> Result<Person> {
    let late = || Refused::NotAllowed("That took too long. Begin again.".into());
    let half = app.store.ceremony_take(ceremony, KIND, app.now_us()).await?.ok_or_else(late)?;
    let state: DiscoverableAuthentication = serde_json::from_str(&half.body).map_err(|e| wrong(&e))?;
    let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(|e| wrong(&e))?;
    let webauthn = webauthn(app)?;
    let (user, id) = webauthn.identify_discoverable_authentication(&answer).map_err(|e| wrong(&e))?;
    let kept = app.store.passkey(&text(id)).await?.ok_or_else(|| wrong(&"nobody has it"))?;
    let person = app.store.person(&kept.person).await?.filter(|p| p.active && handle(&p.id) == user);
    let person = person.ok_or_else(|| wrong(&"its person is another, or has left"))?;
    let mut credential: Credential = serde_json::from_str(&kept.credential).map_err(|e| wrong(&e))?;
    let result = webauthn.finish_discoverable_authentication_v2(&answer, state, &credential).map_err(|e| wrong(&e))?;
    credential.update_credential(&result);
    let credential = serde_json::to_string(&credential).map_err(|e| wrong(&e))?;
    app.store.passkey_used(&kept.id, &credential, app.now_us()).await?;
    Ok(person)
}
