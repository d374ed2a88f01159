//! What a database says of itself: its version, and the settings on which what was acknowledged hangs.

use super::Store;
use crate::db::Db;
use crate::error::Result;

/// One setting of a database.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setting {
    /// Its name: `fsync`.
    pub name: &'static str,
    /// What it is: `on`.
    pub is: String,
    /// What it has to be, where something hangs on it.
    pub wanted: Option<&'static str>,
}

/// The settings of PostgreSQL that are looked at, with what they have to be.
const POSTGRES: [(&str, Option<&str>); 4] =
    [("server_version", None), ("fsync", Some("on")), ("full_page_writes", Some("on")), ("data_checksums", Some("on"))];

impl Store {
    /// What the database says of itself.
    pub async fn condition(&self) -> Result<Vec<Setting>> {
        match &*self.db {
            Db::Lite(lite) => {
                let version: String = sqlx::query_scalar("select sqlite_version()").fetch_one(lite.readers()).await?;
                let journal: String = sqlx::query_scalar("pragma journal_mode").fetch_one(lite.readers()).await?;
                Ok(vec![
                    Setting { name: "version", is: version, wanted: None },
                    Setting { name: "journal_mode", is: journal, wanted: Some("wal") },
                ])
            }
            Db::Postgres(pool) => {
                let mut found = Vec::new();
                for (name, wanted) in POSTGRES {
                    let is = sqlx::query_scalar("select current_setting($1)").bind(name).fetch_one(pool).await?;
                    found.push(Setting { name, is, wanted });
                }
                Ok(found)
            }
        }
    }

    /// Was the file of the database moved or replaced since it was opened? Then nothing is saved.
    pub fn moved(&self) -> bool {
        match &*self.db {
            Db::Lite(lite) => lite.moved(),
            Db::Postgres(_) => false,
        }
    }

    /// Why nothing can be saved though the database answers: its disk is full, read-only or broken. Of the disk of PostgreSQL nothing is known here.
    pub async fn cannot_save(&self) -> Option<&'static str> {
        match &*self.db {
            Db::Lite(lite) => lite.cannot_save().await,
            Db::Postgres(_) => None,
        }
    }

    /// By how many seconds the clock of the database's machine is ahead of a moment, in microseconds since 1970. SQLite has none of its own.
    pub async fn ahead_s(&self, now_us: i64) -> Result<Option<i64>> {
        match &*self.db {
            Db::Lite(_) => Ok(None),
            Db::Postgres(pool) => {
                let there: i64 = sqlx::query_scalar("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")
                    .fetch_one(pool)
                    .await?;
                Ok(Some((there - now_us) / 1_000_000))
            }
        }
    }
}
