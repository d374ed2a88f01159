//! PostgreSQL: a pool of connections, and each write a transaction on one of them.

use crate::db::Boxed;
use crate::error::{Result, StoreError};
use sqlx::{PgConnection, PgPool};

/// The connection that `sql/` is compiled for here.
pub(crate) type Conn = PgConnection;
/// The database that `sql/` is compiled for here.
pub(crate) type Database = sqlx::Postgres;
/// The pool that `sql/` is compiled for here.
pub(crate) type Pool = PgPool;

/// A JSON array of objects, bound as a text, as a table `x`.
macro_rules! json_rows {
    ($parameter:literal; $first:ident $first_type:ident $(, $column:ident $type:ident)*) => {
        concat!(
            "json_to_recordset(", $parameter, "::json) as x(", stringify!($first), " ", stringify!($first_type),
            $(", ", stringify!($column), " ", stringify!($type),)*
            ")"
        )
    };
}
/// What another server is at work on is left to it.
macro_rules! skip_locked {
    () => {
        " for update skip locked"
    };
}
/// The number of a change: that of its transaction.
macro_rules! change_seq {
    () => {
        "pg_current_xact_id()::text::bigint"
    };
}
/// Below the oldest transaction that still runs, nothing can be added any more.
macro_rules! settled {
    () => {
        " and seq < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    };
}
/// The number up to which all changes are settled.
macro_rules! last_change {
    () => {
        "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1"
    };
}

#[path = "sql/mod.rs"]
pub(crate) mod sql;

/// Does a piece of work in a transaction.
pub(crate) async fn write<T, F>(pool: &PgPool, work: F) -> Result<T>
where
    F: for<'c> FnOnce(&'c mut Conn) -> Boxed<'c, Result<T>> + Send,
{
    let mut transaction = pool.begin().await?;
    match work(&mut transaction).await {
        Ok(value) => match transaction.commit().await {
            Ok(()) => Ok(value),
            // The server may have committed before the connection broke.
            Err(error) => Err(StoreError::Unavailable(error.to_string())),
        },
        Err(error) => {
            let _ = transaction.rollback().await;
            Err(error)
        }
    }
}

/// Takes what was erased out of the tables' files, which a commit alone leaves there.
pub(crate) async fn settle(pool: &PgPool) -> Result<()> {
    sqlx::raw_sql("vacuum chain, photograph").execute(pool).await?;
    Ok(())
}

/// Counts the rows of all tables anew.
pub(crate) async fn analyse(pool: &PgPool) -> Result<()> {
    sqlx::raw_sql("analyze").execute(pool).await?;
    Ok(())
}
