//! The store as its callers see it. Each file holds the functions of one subject; every one of them is a line that reaches into `sql/`.

mod accounts;
mod alerts;
mod area;
mod audit;
mod children;
mod condition;
mod desk;
mod directory;
mod doors;
mod dump;
mod follow;
mod form_drafts;
mod keeping;
mod lists;
mod looks;
mod people;
mod photographs;
mod posts;
mod relations;
mod silence;

pub use condition::Setting;

use crate::db::{Db, Opened};
use crate::error::Result;
use crate::known::Knowing;
use crate::vault::Vault;
use crate::{open, postgres};
use std::sync::Arc;

/// A database. Cheap to clone: all clones share its connections.
#[derive(Clone)]
pub struct Store {
    db: Opened,
    knowing: Arc<Knowing>,
    /// What closes texts that few may read, and opens them; none where they are neither written nor read.
    pub(crate) vault: Option<Arc<dyn Vault>>,
}

impl Store {
    /// Opens `sqlite:PATH`, made if it is not there, or `postgres://user:password@host/database`, and brings its tables up to date.
    /// Call it within a tokio runtime that outlives the store.
    pub async fn open(url: &str) -> Result<Store> {
        Ok(Store { db: Opened::of(open::open(url).await?), knowing: Arc::default(), vault: None })
    }

    /// How often the database was asked for something, or given something to write, since the store was opened.
    pub fn asked(&self) -> u64 {
        self.db.asked()
    }

    /// Finishes what is being written and closes the connections.
    pub async fn close(&self) {
        match &*self.db {
            Db::Lite(lite) => lite.close().await,
            Db::Postgres(pool) => pool.close().await,
        }
    }

    /// To be called when much was brought in at once: PostgreSQL plans its queries by what it has counted, and would count a minute
    /// later by itself. SQLite's queries say themselves in which order they go.
    pub async fn brought_in(&self) -> Result<()> {
        match &*self.db {
            Db::Lite(_) => Ok(()),
            Db::Postgres(pool) => postgres::analyse(pool).await,
        }
    }

    /// `SQLite` or `PostgreSQL`.
    pub fn kind(&self) -> &'static str {
        match &*self.db {
            Db::Lite(_) => "SQLite",
            Db::Postgres(_) => "PostgreSQL",
        }
    }
}
