//! How rows go to a follower. A trigger on each table notes the key of what is written, in the same transaction (`outbox`); what stands under
//! those keys is read as of one moment and sent (`send`); the follower holds it against its chains before it keeps it, in one transaction with the
//! place that it has come to (`take`, `check`). Whole tables go once, as a backup has them.

mod check;
pub(crate) mod outbox;
pub(crate) mod send;
mod table;
mod take;

pub use take::{Copying, Taken};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form of what is sent.
pub(crate) const FORM: i64 = 1;

/// The first line of what is sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Opening {
    pub(crate) follow: i64,
    /// Which succession of places this is.
    pub(crate) line: String,
    /// It says what was written after this place; none where it is everything.
    pub(crate) after: Option<i64>,
    /// Up to this place.
    pub(crate) until: i64,
    pub(crate) migration: i64,
    /// How all stands, where that was asked for.
    pub(crate) whole: Option<Whole>,
}

/// How everything stands: the root over all chains, and how many rows each table has.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Whole {
    pub(crate) root: String,
    pub(crate) rows: BTreeMap<String, i64>,
}

/// The last line.
#[derive(Serialize, Deserialize)]
pub(crate) struct End {
    pub(crate) lines: i64,
}

fn refused<T>(says: impl Into<String>) -> crate::error::Result<T> {
    Err(crate::error::StoreError::Refused(says.into()))
}

/// How all stands, in a transaction that reads.
pub(crate) async fn whole(conn: &mut super::Conn) -> crate::error::Result<Whole> {
    let tables = super::sql::dump::catalogue(conn).await?;
    let mut rows = BTreeMap::new();
    for table in tables.keys().filter(|table| super::sql::dump::is_taken(table)) {
        let count = sqlx::AssertSqlSafe(format!("select count(*) from \"{table}\""));
        rows.insert(table.clone(), sqlx::query_scalar(count).fetch_one(&mut *conn).await?);
    }
    Ok(Whole { root: super::sql::dump::root_now(conn).await?, rows })
}
