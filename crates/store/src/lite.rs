//! SQLite: readers beside one task that writes. What waits while a transaction is made durable goes into the next one together, each
//! piece of work in a savepoint of its own, and nobody is answered before the commit.

use crate::db::Boxed;
use crate::error::{Result, StoreError};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePool};
use sqlx::{ConnectOptions, Connection};
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// The connection that `sql/` is compiled for here.
pub(crate) type Conn = SqliteConnection;
/// The database that `sql/` is compiled for here.
pub(crate) type Database = sqlx::Sqlite;
/// The pool that `sql/` is compiled for here.
pub(crate) type Pool = SqlitePool;

/// A JSON array of objects, bound as a text, as a table `x`.
macro_rules! json_rows {
    ($parameter:literal; $first:ident $first_type:ident $(, $column:ident $type:ident)*) => {
        concat!(
            "(select value ->> '", stringify!($first), "' as ", stringify!($first),
            $(", value ->> '", stringify!($column), "' as ", stringify!($column),)*
            " from json_each(", $parameter, ")) as x"
        )
    };
}
/// Nobody else writes meanwhile.
macro_rules! skip_locked {
    () => {
        ""
    };
}
/// The number of a change: the next one.
macro_rules! change_seq {
    () => {
        "null"
    };
}
/// Changes are settled in the order of their numbers.
macro_rules! settled {
    () => {
        ""
    };
}
/// The number up to which all changes are settled.
macro_rules! last_change {
    () => {
        "select coalesce(max(seq), 0) from change"
    };
}

#[path = "sql/mod.rs"]
pub(crate) mod sql;

/// Enough for the writes of a moment; after that, callers wait for a place in the queue.
const QUEUE: usize = 1024;
/// A transaction takes no more work after this many pieces, or after this long.
const BATCH: usize = 128;
const BATCH_TIME: Duration = Duration::from_millis(5);

/// A SQLite file.
pub(crate) struct Lite {
    readers: SqlitePool,
    queue: mpsc::Sender<Message>,
    options: SqliteConnectOptions,
}

enum Message {
    Work(Work),
    Close(oneshot::Sender<()>),
}

/// Does a piece of work, or says that there is no connection to do it with.
type Work = Box<dyn for<'c> FnOnce(sqlx::Result<&'c mut Conn>) -> Boxed<'c, Outcome> + Send>;

/// Answers the caller after the commit; with the reason, if it is not known whether the transaction stands.
type Answer = Box<dyn FnOnce(Option<&str>) + Send>;

/// What became of a piece of work within the transaction.
enum Outcome {
    /// It stands if the transaction does.
    Stands(Answer),
    /// It is to be undone; the caller was told.
    Undone,
}

impl Lite {
    /// Starts the task that writes.
    pub(crate) fn start(readers: SqlitePool, writer: Conn, options: SqliteConnectOptions) -> Lite {
        let (queue, messages) = mpsc::channel(QUEUE);
        tokio::spawn(write_all(messages, writer, options.clone()));
        Lite { readers, queue, options }
    }

    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// Has a piece of work done in a transaction, and waits until it is durable.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> Boxed<'c, Result<T>> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let work: Work = Box::new(move |conn| {
            Box::pin(async move {
                let done = match conn {
                    Ok(conn) => work(conn).await,
                    Err(error) => Err(error.into()),
                };
                match done {
                    Ok(value) => Outcome::Stands(Box::new(move |failure| {
                        let unsure = failure.map(|reason| StoreError::Unavailable(reason.to_owned()));
                        // Nobody waits any more if the caller was dropped: the write stands all the same.
                        let _ = reply.send(unsure.map_or(Ok(value), Err));
                    })),
                    Err(error) => {
                        let _ = reply.send(Err(error));
                        Outcome::Undone
                    }
                }
            })
        });
        let closed = |_| StoreError::Database(sqlx::Error::PoolClosed);
        self.queue.send(Message::Work(work)).await.map_err(closed)?;
        answer.await.unwrap_or_else(|_| Err(StoreError::Unavailable("the writer stopped".to_owned())))
    }

    /// Brings everything from the write-ahead log into the file, so that erased text is left in neither.
    pub(crate) async fn settle(&self) -> Result<()> {
        let mut conn = self.options.connect().await?;
        sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut conn).await?;
        conn.close().await?;
        Ok(())
    }

    /// Finishes what is waiting and closes the file.
    pub(crate) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.queue.send(Message::Close(done)).await.is_ok() {
            let _ = closed.await;
        }
        self.readers.close().await;
    }
}

async fn write_all(mut messages: mpsc::Receiver<Message>, mut conn: Conn, options: SqliteConnectOptions) {
    while let Some(message) = messages.recv().await {
        match message {
            Message::Work(work) => {
                let (usable, last) = write_batch(&mut messages, &mut conn, work).await;
                if !usable && let Ok(fresh) = options.connect().await {
                    conn = fresh;
                }
                if let Some(done) = last {
                    return finish(conn, done).await;
                }
            }
            Message::Close(done) => return finish(conn, done).await,
        }
    }
}

async fn finish(conn: Conn, done: oneshot::Sender<()>) {
    let _ = conn.close().await;
    let _ = done.send(());
}

/// One transaction. Returns whether the connection is fit for another, and who asked meanwhile to close.
async fn write_batch(
    messages: &mut mpsc::Receiver<Message>,
    conn: &mut Conn,
    first: Work,
) -> (bool, Option<oneshot::Sender<()>>) {
    if let Err(error) = run(conn, "begin immediate").await {
        first(Err(error)).await;
        return (false, None);
    }
    let started = Instant::now();
    let mut standing = Vec::new();
    let mut usable = true;
    let mut last = None;
    let mut next = Some(first);
    let mut taken = 0;
    while let Some(work) = next.take() {
        taken += 1;
        match in_savepoint(conn, work).await {
            Ok(Some(answer)) => standing.push(answer),
            Ok(None) => {}
            Err(_) => usable = false,
        }
        if usable && taken < BATCH && started.elapsed() < BATCH_TIME {
            match messages.try_recv() {
                Ok(Message::Work(work)) => next = Some(work),
                Ok(Message::Close(done)) => last = Some(done),
                Err(_) => {}
            }
        }
    }
    let failure = if usable {
        run(conn, "commit").await.err().map(|e| e.to_string())
    } else {
        Some("the transaction broke".to_owned())
    };
    if failure.is_some() {
        usable = false;
        let _ = run(conn, "rollback").await;
    }
    for answer in standing {
        answer(failure.as_deref());
    }
    (usable, last)
}

/// Does a piece of work so that its failure takes nothing from the others. An error means that the transaction is not to be trusted.
async fn in_savepoint(conn: &mut Conn, work: Work) -> sqlx::Result<Option<Answer>> {
    if let Err(error) = run(conn, "savepoint work").await {
        let copy = sqlx::Error::Protocol(error.to_string());
        work(Err(error)).await;
        return Err(copy);
    }
    match work(Ok(conn)).await {
        Outcome::Stands(answer) => match run(conn, "release work").await {
            Ok(()) => Ok(Some(answer)),
            Err(error) => {
                answer(Some(&error.to_string()));
                Err(error)
            }
        },
        Outcome::Undone => {
            run(conn, "rollback to work").await?;
            run(conn, "release work").await?;
            Ok(None)
        }
    }
}

async fn run(conn: &mut Conn, statement: &'static str) -> sqlx::Result<()> {
    sqlx::query(statement).execute(conn).await.map(|_| ())
}
