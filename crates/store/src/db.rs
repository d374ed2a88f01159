//! Which of the two databases it is, and the two macros by which a function of `Store` reaches its query in `sql/`.

use crate::lite::Lite;
use sqlx::PgPool;
use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The database.
pub(crate) enum Db {
    /// A SQLite file.
    Lite(Box<Lite>),
    /// PostgreSQL.
    Postgres(PgPool),
}

/// The database, and how often it was asked for something, or given something to write. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Opened(Arc<(Db, AtomicU64)>);

impl Opened {
    pub(crate) fn of(db: Db) -> Opened {
        Opened(Arc::new((db, AtomicU64::new(0))))
    }

    pub(crate) fn count(&self) {
        self.0.1.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn asked(&self) -> u64 {
        self.0.1.load(Ordering::Relaxed)
    }
}

impl Deref for Opened {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.0.0
    }
}

/// A future that borrows from a connection.
pub(crate) type Boxed<'c, T> = Pin<Box<dyn Future<Output = T> + Send + 'c>>;

/// `read!(store, lists::board(who))` calls `sql::lists::board` with a pool for reading.
macro_rules! read {
    ($store:expr, $module:ident::$function:ident($($argument:expr),*)) => {{
        $store.db.count();
        match &*$store.db {
            $crate::db::Db::Lite(lite) => $crate::lite::sql::$module::$function(lite.readers(), $($argument),*).await,
            $crate::db::Db::Postgres(pool) => $crate::postgres::sql::$module::$function(pool, $($argument),*).await,
        }
    }};
}

/// `transact!(store, people::add_agency(&agency))` calls `sql::people::add_agency` within a transaction. The arguments may borrow from
/// what the caller owns, which moves into the transaction: on SQLite it runs in the task of the writer, also when the caller is dropped.
macro_rules! transact {
    ($store:expr, $module:ident::$function:ident($($argument:expr),*)) => {{
        $store.db.count();
        match &*$store.db {
            $crate::db::Db::Lite(lite) => {
                lite.write(move |conn| {
                    Box::pin(async move { $crate::lite::sql::$module::$function(conn, $($argument),*).await })
                })
                .await
            }
            $crate::db::Db::Postgres(pool) => {
                $crate::postgres::write(pool, move |conn| {
                    Box::pin(async move { $crate::postgres::sql::$module::$function(conn, $($argument),*).await })
                })
                .await
            }
        }
    }};
}
