//! Bringing the write-ahead log into the file, beside the writer. SQLite by itself has every thousandth page or so wait for it in a commit.

use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::Notify;

/// A checkpoint is made after so many commits.
const COMMITS: u32 = 64;
/// With more pages than this in the log, it is waited for a moment when the log can begin anew.
const LONG: i64 = 50_000;

/// The writer's side of the task. When it is dropped, the task ends.
pub(super) struct Checkpoints {
    wake: Arc<Notify>,
    commits: AtomicU32,
    task: tokio::task::JoinHandle<()>,
}

impl Checkpoints {
    /// Counts a commit.
    pub(super) fn after_commit(&self) {
        if self.commits.fetch_add(1, Ordering::Relaxed) % COMMITS == COMMITS - 1 {
            self.wake.notify_one();
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Starts the task.
pub(super) fn start(options: SqliteConnectOptions) -> Checkpoints {
    let wake = Arc::new(Notify::new());
    let task = tokio::spawn(run(wake.clone(), options));
    Checkpoints { wake, commits: AtomicU32::new(0), task }
}

async fn run(wake: Arc<Notify>, options: SqliteConnectOptions) {
    let mut conn = None;
    loop {
        wake.notified().await;
        // It is tried again after the next commits; the log is none the worse for being longer.
        if conn.is_none() {
            conn = options.connect().await.ok();
        }
        if let Some(open) = conn.take() {
            conn = checkpoint(open).await;
        }
    }
}

async fn checkpoint(mut conn: SqliteConnection) -> Option<SqliteConnection> {
    let passive = sqlx::query_as("pragma wal_checkpoint(passive)");
    let (_, pages, _): (i64, i64, i64) = passive.fetch_one(&mut conn).await.ok()?;
    if pages > LONG {
        sqlx::query("pragma wal_checkpoint(restart)").execute(&mut conn).await.ok()?;
    }
    Some(conn)
}
