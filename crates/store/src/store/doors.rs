//! How people come in: links that open once, passkeys, codes, providers of accounts, and sign-ins that are half way.

use super::Store;
use crate::db::Db;
use crate::error::Result;
use crate::model::{Ceremony, Door, Passkey, Provider, Sealed, Totp};

impl Store {
    /// Makes a link that opens once. An older one of the same kind for the same person opens no more.
    pub async fn door_put(&self, token: &str, door: &Door) -> Result<()> {
        let (token, door) = (token.to_owned(), door.clone());
        transact!(self, doors::door_put(&token, &door))
    }

    /// A link, also one that was used.
    pub async fn door_get(&self, token: &str) -> Result<Option<Door>> {
        read!(self, doors::door_get(token))
    }

    /// Goes through a link: true for one caller only, and only while it opens.
    pub async fn door_use(&self, token: &str, now_us: i64) -> Result<bool> {
        let token = token.to_owned();
        transact!(self, doors::door_use(&token, now_us))
    }

    /// Adds a passkey. `Taken` if somebody has it.
    pub async fn passkey_put(&self, passkey: &Passkey) -> Result<()> {
        let passkey = passkey.clone();
        transact!(self, doors::passkey_put(&passkey))
    }

    /// A passkey by its credential's id.
    pub async fn passkey(&self, id: &str) -> Result<Option<Passkey>> {
        read!(self, doors::passkey(id))
    }

    /// The passkeys of a person.
    pub async fn passkeys_of(&self, person: &str) -> Result<Vec<Passkey>> {
        read!(self, doors::passkeys_of(person))
    }

    /// Notes that a passkey was used, with what is to be remembered of it.
    pub async fn passkey_used(&self, id: &str, credential: &str, now_us: i64) -> Result<()> {
        let (id, credential) = (id.to_owned(), credential.to_owned());
        transact!(self, doors::passkey_used(&id, &credential, now_us))
    }

    /// Takes a passkey away. False if the person has none of this id.
    pub async fn passkey_delete(&self, person: &str, id: &str) -> Result<bool> {
        let (person, id) = (person.to_owned(), id.to_owned());
        transact!(self, doors::passkey_delete(&person, &id))
    }

    /// The authenticator app of a person.
    pub async fn totp(&self, person: &str) -> Result<Option<Totp>> {
        read!(self, doors::totp(person))
    }

    /// Begins with an authenticator app, in place of any other.
    pub async fn totp_put(&self, totp: &Totp) -> Result<()> {
        let totp = totp.clone();
        transact!(self, doors::totp_put(&totp))
    }

    /// All texts that callers seal, or have yet to.
    pub async fn sealed(&self) -> Result<Vec<Sealed>> {
        read!(self, doors::sealed())
    }

    /// Puts a sealed text in the place of one. False if that one stands there no more.
    pub async fn seal(&self, one: &Sealed, sealed: &str) -> Result<bool> {
        let (one, sealed) = (one.clone(), sealed.to_owned());
        transact!(self, doors::seal(&one, &sealed))
    }

    /// What was overwritten among the sealed texts leaves the database's files: SQLite's log begins anew, PostgreSQL writes the tables anew.
    /// PostgreSQL's own log (WAL) and backups keep it for as long as they are kept.
    pub async fn forget_what_was(&self) -> Result<()> {
        match &*self.db {
            Db::Lite(lite) => lite.settle().await,
            Db::Postgres(pool) => {
                for table in ["vacuum full totp", "vacuum full provider"] {
                    sqlx::query(table).execute(pool).await?;
                }
                Ok(())
            }
        }
    }

    /// Takes the code of a step: true once, and never for an earlier step.
    pub async fn totp_step(&self, person: &str, step: i64, now_us: i64) -> Result<bool> {
        let person = person.to_owned();
        transact!(self, doors::totp_step(&person, step, now_us))
    }

    /// Takes the authenticator app of a person away.
    pub async fn totp_delete(&self, person: &str) -> Result<()> {
        let person = person.to_owned();
        transact!(self, doors::totp_delete(&person))
    }

    /// Takes all ways in of a person away: password, passkeys, codes, sessions.
    pub async fn ways_in_delete(&self, person: &str) -> Result<()> {
        let person = person.to_owned();
        transact!(self, doors::ways_in_delete(&person))
    }

    /// Remembers a sign-in that is half way.
    pub async fn ceremony_put(&self, ceremony: &Ceremony) -> Result<()> {
        let ceremony = ceremony.clone();
        transact!(self, doors::ceremony_put(&ceremony))
    }

    /// A sign-in that is half way.
    pub async fn ceremony(&self, id: &str, kind: &str, now_us: i64) -> Result<Option<Ceremony>> {
        read!(self, doors::ceremony(id, kind, now_us))
    }

    /// Takes a sign-in that is half way, once.
    pub async fn ceremony_take(&self, id: &str, kind: &str, now_us: i64) -> Result<Option<Ceremony>> {
        let (id, kind) = (id.to_owned(), kind.to_owned());
        transact!(self, doors::ceremony_take(&id, &kind, now_us))
    }

    /// Adds a provider of accounts, or changes it: its version is one more than that of the row. False if somebody changed it meanwhile.
    pub async fn provider_put(&self, provider: &Provider) -> Result<bool> {
        let provider = provider.clone();
        transact!(self, doors::provider_put(&provider))
    }

    /// The providers of accounts, by name.
    pub async fn providers(&self) -> Result<Vec<Provider>> {
        read!(self, doors::providers())
    }

    /// Who somebody of a provider is here.
    pub async fn identity(&self, provider: &str, subject: &str) -> Result<Option<String>> {
        read!(self, doors::identity(provider, subject))
    }

    /// Says who somebody of a provider is here. False if that was said before.
    pub async fn identity_put(&self, provider: &str, subject: &str, person: &str, now_us: i64) -> Result<bool> {
        let (provider, subject, person) = (provider.to_owned(), subject.to_owned(), person.to_owned());
        transact!(self, doors::identity_put(&provider, &subject, &person, now_us))
    }
}
