//! How people come in: links that open once, passkeys, codes, the accounts of an agency, and what is half way.

use sqlx::FromRow;

/// A link that opens once.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Door {
    /// `first`, `invitation` or `recovery`.
    pub kind: String,
    /// Who comes in by it; none for the first administrator.
    pub person: Option<String>,
    /// When it was made.
    pub made_us: i64,
    /// Until when it opens.
    pub expires_us: i64,
    /// When it was used.
    pub used_us: Option<i64>,
}

/// What was typed when a session had ended, or on a form that was refused.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Kept {
    /// The id.
    pub id: String,
    /// Who typed it.
    pub person: String,
    /// Where it was sent.
    pub path: String,
    /// What was typed, as a form is sent.
    pub body: String,
    /// When.
    pub at_us: i64,
    /// Of what was refused: the id of the session in which it was; else empty.
    pub session: String,
    /// Of what was refused: the address of the page on which it was typed; else empty.
    pub page: String,
}

/// A passkey.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Passkey {
    /// The credential's id.
    pub id: String,
    /// Whose it is.
    pub person: String,
    /// What they call it.
    pub name: String,
    /// The credential; the caller's form.
    pub credential: String,
    /// When it was added.
    pub added_us: i64,
    /// When it was last used.
    pub used_us: Option<i64>,
}

/// The codes of an authenticator app.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Totp {
    /// Whose they are.
    pub person: String,
    /// The secret that both sides know, sealed by the caller.
    pub secret: String,
    /// When it was made.
    pub added_us: i64,
    /// When the app first showed a right code.
    pub confirmed_us: Option<i64>,
    /// The step of the last code that was taken.
    pub last_step: i64,
}

/// A text that the caller seals, in its row.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Sealed {
    /// What it is: `totp` or `provider`.
    pub what: String,
    /// The id of its row: the person, or the provider.
    pub row: String,
    /// The text.
    pub text: String,
}

/// A sign-in that is half way.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Ceremony {
    /// The id.
    pub id: String,
    /// What it is; the caller's word.
    pub kind: String,
    /// Who is at it, if that is known.
    pub person: Option<String>,
    /// What has to be remembered; the caller's form.
    pub body: String,
    /// Until when it may be ended.
    pub expires_us: i64,
}

/// A provider of an agency's own accounts.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Provider {
    /// The id.
    pub id: String,
    /// The agency's id.
    pub agency: String,
    /// What the button says.
    pub name: String,
    /// The issuer's address.
    pub issuer: String,
    /// By what it knows us.
    pub client_id: String,
    /// What proves that it is us, sealed by the caller.
    pub client_secret: String,
    /// Which claim makes which post; the caller's form.
    pub rules: String,
    /// May be used.
    pub active: bool,
    /// Counts its changes: whoever changes it names the one before.
    pub version: i64,
    /// Who changed it last; none for whoever runs the server.
    pub changed_by: Option<String>,
    /// When.
    pub changed_us: Option<i64>,
}
