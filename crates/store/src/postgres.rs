//! PostgreSQL: a pool of connections, and each write a transaction on one of them.

use crate::db::Boxed;
use crate::error::{Result, StoreError};
use crate::trying::Mode;
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
/// Several statements that are done together or not at all, as one: the first says whether.
macro_rules! together {
    ($moved:expr, $claim:expr, $($then:expr),*) => {
        concat!("with moved as (", $moved, "), claim as (", $claim, " returning 1)", together!(@ $($then),*), " select * from moved")
    };
    (@ $a:expr, $b:expr, $c:expr, $d:expr, $e:expr, $f:expr) => {
        concat!(
            ", a as (", $a, " returning 1), b as (", $b, " returning 1), c as (", $c, " returning 1), d as (", $d,
            " returning 1), e as (", $e, " returning 1), f as (", $f, " returning 1)"
        )
    };
}
/// That the first of them found what it looked for.
macro_rules! moved {
    () => {
        "exists (select 1 from moved)"
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

/// What a transaction begins with in which everything is read as of one moment.
macro_rules! snapshot {
    () => {
        "set transaction isolation level repeatable read"
    };
}
/// Makes JSON of columns: what stands before them, and after.
macro_rules! json_array {
    () => {
        ("json_build_array(", ")::text")
    };
}
/// Makes hexadecimal digits of bytes: what stands before the column, and after.
macro_rules! to_digits {
    () => {
        ("encode(", ", 'hex')")
    };
}
/// Makes bytes of hexadecimal digits.
macro_rules! from_digits {
    () => {
        ("decode(", ", 'hex')")
    };
}
/// A JSON array, bound as a text, as a table with a column `value`.
macro_rules! json_values {
    () => {
        "json_array_elements($1::json)"
    };
}
/// Numbers that the database gives by itself are given as they were.
macro_rules! overriding {
    () => {
        "overriding system value"
    };
}
/// The columns of all tables, in order, with what is in them.
macro_rules! catalogue {
    () => {
        "select table_name::text, column_name::text, (case data_type when 'text' then 'text' when 'bytea' then 'bytes' \
         when 'boolean' then 'flag' else 'number' end)::text from information_schema.columns \
         where table_schema = current_schema() and table_name not like '\\_sqlx%' order by table_name, ordinal_position"
    };
}
/// Which table refers to which.
macro_rules! references {
    () => {
        "select a.relname::text, b.relname::text from pg_constraint f join pg_class a on a.oid = f.conrelid \
         join pg_class b on b.oid = f.confrelid where f.contype = 'f' and f.connamespace = current_schema()::regnamespace"
    };
}
/// Tables whose next number has to be said after they were filled, as what says it.
macro_rules! numbered {
    () => {
        "select format('select setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 1), max(%I) is not null) from %I', \
         table_name, column_name, column_name, column_name, table_name) from information_schema.columns \
         where table_schema = current_schema() and is_identity = 'YES'"
    };
}

#[path = "sql/mod.rs"]
pub(crate) mod sql;

/// Does a piece of work in a transaction.
pub(crate) async fn write<T, F>(pool: &PgPool, work: F) -> Result<T>
where
    F: for<'c> FnOnce(&'c mut Conn) -> Boxed<'c, Result<T>> + Send,
{
    let mut transaction = begin(pool).await?;
    let mode = Mode::now();
    match work(&mut transaction).await {
        Ok(value) if mode != Mode::Stands => {
            transaction.rollback().await?;
            mode.told(value)
        }
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

/// Begins a transaction, also where the caller is dropped meanwhile, as a page is whose browser has gone: sqlx rolls back a transaction that
/// was begun and dropped, and not one that was dropped while it began. Its connection went back to the pool amid a transaction, and what
/// somebody else then saved over it was acknowledged, and committed by nobody.
pub(crate) async fn begin(pool: &PgPool) -> Result<sqlx::Transaction<'static, sqlx::Postgres>> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin().await }).await;
    Ok(begun.map_err(|error| StoreError::Unavailable(error.to_string()))??)
}

/// An error of a statement that is a transaction by itself: unless the server has said what is wrong, it may have done it before the
/// connection broke.
pub(crate) fn unsure(error: StoreError) -> StoreError {
    match error {
        StoreError::Database(error) if error.as_database_error().is_none() => {
            StoreError::Unavailable(error.to_string())
        }
        other => other,
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
