//! Sessions: kept by the server, locked when nobody does anything, ended after a shift. What was typed when one was locked goes back to
//! whoever typed it, and to nobody else.

mod actor;
mod begin;
mod ended;
mod keep;
mod own;
mod refuse;
mod who;

pub(crate) use actor::actor;
pub(crate) use begin::begin;
pub use begin::secret_of_forms;
pub use ended::ended_post;
pub use keep::{give_back, keep, throw_away, whose_form};
pub use own::{end, end_others, lock, sign_out, work_as};
pub use refuse::{forget_refused, keep_refused, refused_on, trying};
pub use who::{Who, who};

use crate::authorise::Actor;

/// A session is locked after so many minutes without anything done, and ends after so many whatever happens.
pub const IDLE: i64 = 15;
pub const LONGEST: i64 = 12 * 60;
/// Before weighty acts, somebody has shown who they are in the last so many minutes.
pub const FRESH: i64 = 10;

/// Somebody signed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedIn {
    /// What the cookie holds.
    pub token: String,
    /// What every form brings along.
    pub csrf: String,
    /// Who.
    pub actor: Actor,
    /// By what the session is known to its person.
    pub session: String,
    /// How they signed in.
    pub how: How,
    /// When they last showed who they are.
    pub confirmed_us: i64,
    /// They have no second factor yet, and have to set one up before anything else.
    pub must_set_up: bool,
    /// What a browser keeps by which it is known from now on; only where somebody has just signed in.
    pub device: Option<String>,
}

/// How somebody signed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// By a password alone.
    Password,
    /// By a password and a code.
    PasswordAndCode,
    /// By a passkey.
    Passkey,
    /// By the agency's own account.
    Agency,
    /// By a link that opens once.
    Link,
}

impl How {
    /// The word that is kept.
    pub fn word(self) -> &'static str {
        match self {
            How::Password => "password",
            How::PasswordAndCode => "password and code",
            How::Passkey => "passkey",
            How::Agency => "agency",
            How::Link => "link",
        }
    }

    /// From the word that is kept; whatever is unknown counts as least.
    pub fn of(word: &str) -> How {
        let all = [How::PasswordAndCode, How::Passkey, How::Agency, How::Link];
        all.into_iter().find(|how| how.word() == word).unwrap_or(How::Password)
    }

    /// Is it enough by itself where two factors are asked for?
    pub fn is_strong(self) -> bool {
        matches!(self, How::PasswordAndCode | How::Passkey | How::Agency)
    }
}
