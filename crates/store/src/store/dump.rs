//! The whole database as lines, to be kept elsewhere or to fill another one.

use super::Store;
use crate::db::Db;
use crate::error::Result;
use sqlx::ConnectOptions as _;
use tokio::sync::mpsc::{Receiver, Sender};

impl Store {
    /// Sends everything but sessions and the like, as lines of JSON, as of one moment. Gives the number of rows and the root over all chains.
    pub async fn dump(&self, to: Sender<String>) -> Result<(i64, String)> {
        read!(self, dump::dump(&to))
    }

    /// Fills this database with such lines, all or nothing: it must be empty, the lines must be whole, and the root over all chains must be
    /// the one that they end with. Gives the number of rows and the root.
    pub async fn fill(&self, from: Receiver<String>) -> Result<(i64, String)> {
        match &*self.db {
            Db::Lite(lite) => {
                let mut conn = lite.options().connect().await?;
                let filled = crate::lite::sql::dump::fill(&mut conn, from).await;
                let _ = sqlx::Connection::close(conn).await;
                filled
            }
            Db::Postgres(pool) => {
                let mut conn = pool.acquire().await?;
                crate::postgres::sql::dump::fill(&mut conn, from).await
            }
        }
    }

    /// The tables that [`Store::dump`] sends.
    pub async fn dumped_tables(&self) -> Result<Vec<String>> {
        read!(self, dump::taken())
    }
}
