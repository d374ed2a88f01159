//! Passkeys: added on a person's own page, and enough by themselves to sign in. What was asked of a browser is remembered until it answers,
//! once, in the database, so that any server may hear the answer.

mod add;
mod enter;

use crate::app::App;
use crate::refused::{Refused, Result};
use crate::session::SignedIn;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use webauthn_rs::Webauthn;

pub use add::{add, ask_to_add};
pub use enter::{ask, confirm, enter};

/// So long a browser may take to answer.
const ANSWER_US: i64 = 5 * 60_000_000;

/// What a browser is asked, and by what its answer is known.
#[derive(Clone, PartialEq, Debug)]
pub struct Asked {
    /// The id of the sign-in or the addition that is half way.
    pub ceremony: String,
    /// The options, as browsers take them.
    pub options: Value,
}

impl Asked {
    /// Both, as a script of the page takes them.
    pub fn json(&self) -> String {
        serde_json::json!({ "ceremony": self.ceremony, "options": self.options }).to_string()
    }
}

/// The name of the host at whose pages passkeys can be used; empty where they cannot.
pub fn host(app: &App) -> &str {
    let address = app.doors.address.as_ref().filter(|_| app.doors.passkeys.is_some());
    address.and_then(|address| address.domain()).unwrap_or_default()
}

fn webauthn(app: &App) -> Result<&Webauthn> {
    let none = || Refused::NotAllowed("Passkeys need an address over TLS. Ask whoever runs the system.".into());
    app.doors.passkeys.as_ref().ok_or_else(none)
}

/// By what authenticators know a person: nothing that says who it is.
fn handle(person: &str) -> Uuid {
    let digest = Sha256::digest(format!("whereabouts person\0{person}"));
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    Uuid::from_bytes(bytes)
}

/// An id of a credential as text.
fn text(id: &[u8]) -> String {
    crate::app::hex(id)
}

fn wrong(error: &dyn std::fmt::Display) -> Refused {
    tracing::info!(%error, "a passkey");
    Refused::NotAllowed("The passkey was not accepted. Try again, or use another way to sign in.".into())
}

/// Takes a passkey away, where something else is left by which the person comes in.
pub async fn remove(app: &App, signed_in: &SignedIn, id: &str) -> Result<()> {
    let person = &signed_in.actor.person;
    let others = app.store.passkeys_of(person).await?.iter().any(|one| one.id != id);
    let has_password = app.store.person(person).await?.is_some_and(|p| !p.password_hash.is_empty());
    let enough = if app.doors.two_factors { crate::totp::is_set_up(app, person).await? } else { true };
    if !(others || has_password && enough) {
        let why =
            "This is the only way you come in. Add another passkey, or a password with an authenticator app, first.";
        return Err(Refused::NotAllowed(why.into()));
    }
    if app.store.passkey_delete(person, id).await? { Ok(()) } else { Err(Refused::NotFound) }
}
