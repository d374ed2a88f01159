//! One row into one table, with the same text and the same promise: on disk before it is answered.

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, PgPool, SqliteConnection};
use std::sync::Arc;
use std::time::{Duration, Instant};
use testkit::databases::Database;
use tokio::sync::Mutex;

/// So many rows go into one transaction.
const GATHERED: usize = 128;

pub enum Bare {
    Lite(Arc<Mutex<SqliteConnection>>),
    Postgres(PgPool),
}

impl Bare {
    pub async fn new(database: &Database) -> Bare {
        let table = "create table bare (id bigint not null, payload text not null)";
        let Some(path) = database.url().strip_prefix("sqlite:") else {
            let options = sqlx::postgres::PgPoolOptions::new().max_connections(16);
            let pool = options.connect(database.url()).await.expect("a connection");
            sqlx::query(table).execute(&pool).await.expect("a table");
            return Bare::Postgres(pool);
        };
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
        let options = options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
        let mut conn = options.disable_statement_logging().connect().await.expect("a connection");
        sqlx::query(table).execute(&mut conn).await.expect("a table");
        Bare::Lite(Arc::new(Mutex::new(conn)))
    }

    /// Rows a second, each by itself, by so many writers.
    pub async fn each(&self, writers: usize, span: Duration) -> f64 {
        let start = Instant::now();
        let mut tasks = Vec::new();
        for _ in 0..writers {
            let own = match self {
                Bare::Lite(conn) => Bare::Lite(conn.clone()),
                Bare::Postgres(pool) => Bare::Postgres(pool.clone()),
            };
            tasks.push(tokio::spawn(async move {
                let mut count = 0_i64;
                while start.elapsed() < span {
                    own.insert(count).await;
                    count += 1;
                }
                count
            }));
        }
        let mut all = 0;
        for task in tasks {
            all += task.await.expect("a writer");
        }
        all as f64 / start.elapsed().as_secs_f64()
    }

    async fn insert(&self, id: i64) {
        let insert = "insert into bare (id, payload) values ($1, $2)";
        match self {
            Bare::Lite(conn) => {
                let query = sqlx::query(insert).bind(id).bind(crate::saves::PAYLOAD);
                query.execute(&mut *conn.lock().await).await.expect("a row");
            }
            Bare::Postgres(pool) => {
                sqlx::query(insert).bind(id).bind(crate::saves::PAYLOAD).execute(pool).await.expect("a row");
            }
        }
    }

    /// Rows a second, many in one transaction; on SQLite.
    pub async fn gathered(&self, span: Duration) -> Option<f64> {
        let Bare::Lite(conn) = self else { return None };
        let mut conn = conn.lock().await;
        let start = Instant::now();
        let mut count = 0;
        while start.elapsed() < span {
            sqlx::query("begin immediate").execute(&mut *conn).await.expect("a transaction");
            for n in 0..GATHERED {
                let query = sqlx::query("insert into bare (id, payload) values ($1, $2)");
                query.bind(n as i64).bind(crate::saves::PAYLOAD).execute(&mut *conn).await.expect("a row");
            }
            sqlx::query("commit").execute(&mut *conn).await.expect("a commit");
            count += GATHERED;
        }
        Some(count as f64 / start.elapsed().as_secs_f64())
    }
}
