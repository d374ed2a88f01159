//! Adding a passkey to one's own account.

use super::{ANSWER_US, Asked, handle, text, webauthn, wrong};
use crate::app::App;
use crate::refused::{Refused, Result};
use crate::session::SignedIn;
use serde_json::json;
use store::{Ceremony, Passkey};
use webauthn_rs::prelude::{Passkey as Credential, PasskeyRegistration, RegisterPublicKeyCredential};

const KIND: &str = "add passkey";

/// What the browser is asked, so that it makes a passkey.
pub async fn ask_to_add(app: &App, signed_in: &SignedIn) -> Result<Asked> {
    let person = app.store.person(&signed_in.actor.person).await?.ok_or(Refused::NotFound)?;
    let known = app.store.passkeys_of(&person.id).await?;
    let known = known.iter().filter_map(|one| serde_json::from_str::<Credential>(&one.credential).ok());
    let known = known.map(|one| one.cred_id().clone()).collect();
    let started =
        webauthn(app)?.start_passkey_registration(handle(&person.id), &person.username, &person.name, Some(known));
    let (options, state) = started.map_err(|e| wrong(&e))?;
    let mut options = serde_json::to_value(options).map_err(|e| wrong(&e))?;
    // The authenticator remembers who it is for, so that nobody types a username.
    if let Some(selection) = options.pointer_mut("/publicKey/authenticatorSelection") {
        selection["residentKey"] = json!("required");
        selection["requireResidentKey"] = json!(true);
    }
    let ceremony = Ceremony {
        id: app.secret(),
        kind: KIND.into(),
        person: Some(person.id),
        body: serde_json::to_string(&state).map_err(|e| wrong(&e))?,
        expires_us: app.now_us() + ANSWER_US,
    };
    app.store.ceremony_put(&ceremony).await?;
    Ok(Asked { ceremony: ceremony.id, options })
}

/// The browser answers with a new passkey. `name` is what its person calls it.
pub async fn add(app: &App, signed_in: &SignedIn, ceremony: &str, name: &str, answer: &str) -> Result<()> {
    let person = &signed_in.actor.person;
    let half = app
        .store
        .ceremony_take(ceremony, KIND, app.now_us())
        .await?
        .filter(|half| half.person.as_ref() == Some(person));
    let half =
        half.ok_or_else(|| Refused::NotAllowed("That took too long, or was done already. Begin again.".into()))?;
    let state: PasskeyRegistration = serde_json::from_str(&half.body).map_err(|e| wrong(&e))?;
    let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|e| wrong(&e))?;
    let made = webauthn(app)?.finish_passkey_registration(&answer, &state).map_err(|e| wrong(&e))?;
    let name: String = name.trim().chars().filter(|c| !c.is_control()).take(60).collect();
    let passkey = Passkey {
        id: text(made.cred_id()),
        person: person.clone(),
        name: if name.is_empty() { "Passkey".into() } else { name },
        credential: serde_json::to_string(&made).map_err(|e| wrong(&e))?,
        added_us: app.now_us(),
        used_us: None,
    };
    app.store.passkey_put(&passkey).await.map_err(|e| wrong(&e))?;
    // Whoever makes a passkey has shown it.
    let how = crate::session::How::Passkey.word();
    Ok(app.store.session_confirm(&signed_in.token, how, app.now_us()).await?)
}
