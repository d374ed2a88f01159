//! What can go wrong in the store, in words.

use sqlx::error::DatabaseError as _;
use sqlx::sqlite::SqliteError;
use thiserror::Error;

/// A failure of the store.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Somebody wrote on the record since the caller read it. Nothing was written.
    #[error("the record has changed since it was read: it is now at version {current_version}")]
    Stale {
        /// The version now.
        current_version: i64,
    },
    /// The connection broke while the write was being made durable. It may have happened: look its key up, or send it again with the
    /// same key, which never writes twice.
    #[error("it is not known whether this was saved: {0}")]
    Unavailable(String),
    /// There is no child of this id.
    #[error("there is no child `{0}`")]
    NoSuchChild(String),
    /// The idempotency key was used for a write to another record.
    #[error("the key `{0}` belongs to another write")]
    KeyReused(String),
    /// The id, username or the like is taken.
    #[error("{0} is taken already")]
    Taken(String),
    /// Guesses came too often: the next one is looked at after so many microseconds. This one was not counted.
    #[error("too many attempts")]
    Wait(i64),
    /// Nobody would be left who keeps the system. Nothing was written.
    #[error("the last administrator stays")]
    LastAdministrator,
    /// What the caller gave cannot be kept. Nothing was written.
    #[error("{0}")]
    Refused(String),
    /// The write was only tried: nothing is wrong with it, and nothing was written.
    #[error("this was only tried")]
    Tried,
    /// The disk of the database does not take what is written; what is wrong, and what to do. Nothing was written.
    #[error("nothing can be saved: {0}")]
    Disk(String),
    /// The database cannot be opened or used as it is.
    #[error("{0}")]
    Open(String),
    /// The database answered, and the program does not understand what: a fault of the program. Nothing was written.
    #[error("the program does not read the database as it is: {0}")]
    Fault(#[source] sqlx::Error),
    /// The database did not answer as it should. Nothing was written.
    #[error("the database failed: {0}")]
    Database(#[source] sqlx::Error),
}

/// What is said of a text that cannot be kept.
pub(crate) const NUL: &str = "a text holds a NUL character";

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        if let Some(says) = disk(&error) {
            return StoreError::Disk(says);
        }
        match &error {
            sqlx::Error::Database(e) if e.is_unique_violation() => StoreError::Taken(e.message().to_owned()),
            sqlx::Error::Database(e) if e.is_foreign_key_violation() => {
                StoreError::Refused("this names an agency, a person or a child that is not there".to_owned())
            }
            // PostgreSQL keeps no NUL character in a text.
            sqlx::Error::Database(e) if e.code().as_deref() == Some("22021") => StoreError::Refused(NUL.to_owned()),
            sqlx::Error::ColumnNotFound(_)
            | sqlx::Error::ColumnIndexOutOfBounds { .. }
            | sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::TypeNotFound { .. }
            | sqlx::Error::Decode(_) => StoreError::Fault(error),
            _ => StoreError::Database(error),
        }
    }
}

/// What is wrong with the disk of a SQLite file, and what to do, where that is what an error tells of. SQLite's own words stand behind it.
pub(crate) fn disk(error: &sqlx::Error) -> Option<String> {
    let sqlx::Error::Database(error) = error else { return None };
    let code: u32 = error.try_downcast_ref::<SqliteError>()?.code()?.parse().ok()?;
    // What is behind the kind says which operation it was.
    let says = match code & 0xff {
        8 => "the disk of the database is read-only, or its file is: mount it for writing",
        10 | 14 => "the disk of the database fails: look at the system's log",
        13 => "the disk of the database is full: make room",
        _ => return None,
    };
    Some(format!("{says} ({error})"))
}

/// The result of whatever the store does.
pub type Result<T> = std::result::Result<T, StoreError>;
