//! Sessions and failed sign-ins.

use super::Store;
use crate::error::Result;
use crate::model::Session;

impl Store {
    /// Keeps a new session.
    pub async fn session_put(&self, session: &Session) -> Result<()> {
        let session = session.clone();
        transact!(self, accounts::session_put(&session))
    }

    /// The session of a token, while it holds.
    pub async fn session_get(&self, token: &str, now_us: i64) -> Result<Option<Session>> {
        read!(self, accounts::session_get(token, now_us))
    }

    /// Notes that a session is in use. It is a durable write: once a minute is enough.
    pub async fn session_touch(&self, token: &str, now_us: i64, expires_us: i64) -> Result<()> {
        let token = token.to_owned();
        transact!(self, accounts::session_touch(&token, now_us, expires_us))
    }

    /// Ends a session.
    pub async fn session_delete(&self, token: &str) -> Result<()> {
        let token = token.to_owned();
        transact!(self, accounts::session_delete(&token))
    }

    /// Notes a failed sign-in.
    pub async fn note_attempt(&self, username: &str, address: &str, now_us: i64) -> Result<()> {
        let (username, address) = (username.to_owned(), address.to_owned());
        transact!(self, accounts::note_attempt(&username, &address, now_us))
    }

    /// How often signing in as somebody failed.
    pub async fn attempts(&self, username: &str, since_us: i64) -> Result<i64> {
        read!(self, accounts::attempts(username, since_us))
    }

    /// How often signing in failed from an address, whoever it was.
    pub async fn attempts_from(&self, address: &str, since_us: i64) -> Result<i64> {
        read!(self, accounts::attempts_from(address, since_us))
    }

    /// Forgets the failed sign-ins of somebody who has signed in.
    pub async fn forget_attempts(&self, username: &str) -> Result<()> {
        let username = username.to_owned();
        transact!(self, accounts::forget_attempts(&username))
    }
}
