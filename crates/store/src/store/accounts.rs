//! Sessions, what was typed when one had ended, guesses, and known browsers.

use super::Store;
use crate::error::Result;
use crate::model::{Holding, Kept, Session};

impl Store {
    /// Keeps a new session. Its person has used their account.
    pub async fn session_put(&self, session: &Session) -> Result<()> {
        let session = session.clone();
        transact!(self, accounts::session_put(&session))
    }

    /// The session of a token, also when it is locked or has ended; sessions that were ended by somebody are gone.
    pub async fn session_get(&self, token: &str) -> Result<Option<Session>> {
        read!(self, accounts::session_get(token))
    }

    /// As [`Store::session_get`], with whose the session is and every post of theirs, asked at once.
    pub async fn holding(&self, token: &str) -> Result<Option<Holding>> {
        read!(self, accounts::holding(token))
    }

    /// The sessions of a person, the last used first.
    pub async fn sessions_of(&self, person: &str, now_us: i64) -> Result<Vec<Session>> {
        read!(self, accounts::sessions_of(person, now_us))
    }

    /// Notes that a session is in use. It is a durable write: once a minute is enough.
    pub async fn session_touch(&self, token: &str, now_us: i64) -> Result<()> {
        let token = token.to_owned();
        transact!(self, accounts::session_touch(&token, now_us))
    }

    /// Locks a session before its time.
    pub async fn session_lock(&self, token: &str, now_us: i64) -> Result<()> {
        let token = token.to_owned();
        transact!(self, accounts::session_lock(&token, now_us))
    }

    /// Its person has shown again who they are: the session is open.
    pub async fn session_confirm(&self, token: &str, how: &str, now_us: i64) -> Result<()> {
        let (token, how) = (token.to_owned(), how.to_owned());
        transact!(self, accounts::session_confirm(&token, &how, now_us))
    }

    /// Its person works in this post now.
    pub async fn session_post(&self, token: &str, post: &str) -> Result<()> {
        let (token, post) = (token.to_owned(), post.to_owned());
        transact!(self, accounts::session_post(&token, &post))
    }

    /// Ends a session.
    pub async fn session_delete(&self, token: &str) -> Result<()> {
        let token = token.to_owned();
        transact!(self, accounts::session_delete(&token))
    }

    /// The person of whom a session was that they ended, by what its forms brought along, until the session would have been over by itself.
    pub async fn signed_out(&self, form: &str, now_us: i64) -> Result<Option<String>> {
        read!(self, accounts::signed_out(form, now_us))
    }

    /// Ends a session of a person by its id. False if there is none.
    pub async fn session_end(&self, person: &str, id: &str) -> Result<bool> {
        let (person, id) = (person.to_owned(), id.to_owned());
        transact!(self, accounts::session_end(&person, &id))
    }

    /// Ends all sessions of a person but one.
    pub async fn sessions_end(&self, person: &str, but: &str) -> Result<()> {
        let (person, but) = (person.to_owned(), but.to_owned());
        transact!(self, accounts::sessions_end(&person, &but))
    }

    /// Keeps what was typed, for whoever typed it.
    pub async fn kept_put(&self, kept: &Kept) -> Result<()> {
        let kept = self.closed_kept(kept);
        transact!(self, accounts::kept_put(&kept))
    }

    /// What a person typed and has not sent, the last first.
    pub async fn kept_of(&self, person: &str) -> Result<Vec<Kept>> {
        let kept: Vec<Kept> = read!(self, accounts::kept_of(person))?;
        Ok(kept.into_iter().filter_map(|kept| self.opened_kept(kept)).collect())
    }

    /// What was refused in a session, the last first.
    pub async fn kept_in(&self, session: &str) -> Result<Vec<Kept>> {
        let kept: Vec<Kept> = read!(self, accounts::kept_in(session))?;
        Ok(kept.into_iter().filter_map(|kept| self.opened_kept(kept)).collect())
    }

    /// Throws away what was refused on a page.
    pub async fn kept_forget(&self, session: &str, page: &str) -> Result<()> {
        let (session, page) = (session.to_owned(), page.to_owned());
        transact!(self, accounts::kept_forget(&session, &page))
    }

    /// Throws away what was kept.
    pub async fn kept_delete(&self, person: &str, id: &str) -> Result<()> {
        let (person, id) = (person.to_owned(), id.to_owned());
        transact!(self, accounts::kept_delete(&person, &id))
    }

    /// Counts a guess by each of its keys, of which so many are free. `Wait` if it comes too early for one of them: then it is counted by
    /// none. Exact, however many come at once.
    pub async fn throttle_take(&self, keys: &[(String, i64)], now_us: i64) -> Result<()> {
        let keys = keys.to_vec();
        transact!(self, accounts::throttle_take(&keys, now_us))
    }

    /// It was no guess: some counts go back by one, and some are forgotten.
    pub async fn throttle_return(&self, keys: &[String], forget: &[String]) -> Result<()> {
        let (keys, forget) = (keys.to_vec(), forget.to_vec());
        transact!(self, accounts::throttle_return(&keys, &forget))
    }

    /// Whether a person has signed in with this browser before.
    pub async fn device_known(&self, token: &str, person: &str) -> Result<bool> {
        read!(self, accounts::device_known(token, person))
    }

    /// A person has signed in with this browser.
    pub async fn device_put(&self, token: &str, person: &str, now_us: i64) -> Result<()> {
        let (token, person) = (token.to_owned(), person.to_owned());
        transact!(self, accounts::device_put(&token, &person, now_us))
    }

    /// Takes note of the rulebooks by which lists are worked out, as one text. Where they are others than before, says so, and the lists of
    /// all children are due to be worked out again.
    pub async fn worked_out_by(&self, rulebooks: &str) -> Result<bool> {
        let rulebooks = rulebooks.to_owned();
        transact!(self, accounts::worked_out_by(&rulebooks))
    }

    /// What all servers of the database share under a name; none where nobody has said it yet.
    pub async fn shared(&self, name: &str) -> Result<Option<String>> {
        read!(self, accounts::shared(name))
    }

    /// Has all servers of the database share this from now on.
    pub async fn share(&self, name: &str, value: &str) -> Result<()> {
        let (name, value) = (name.to_owned(), value.to_owned());
        transact!(self, accounts::share(&name, &value))
    }

    /// A secret that all servers of the database share: `fresh`, unless there is one.
    pub async fn shared_secret(&self, name: &str, fresh: &str) -> Result<String> {
        let (name, fresh) = (name.to_owned(), fresh.to_owned());
        transact!(self, accounts::shared_secret(&name, &fresh))
    }
}
