//! The task that writes: one transaction after the other, each with what was waiting when it began.

use super::follow::outbox;
use super::{Conn, checkpoint};
use crate::db::Boxed;
use crate::error::disk;
use crate::follow::Hub;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// A transaction takes no more work after this many pieces, or after this long.
const BATCH: usize = 128;
const BATCH_TIME: Duration = Duration::from_millis(5);

/// What the task is asked for.
pub(super) enum Message {
    Work(Work),
    Close(oneshot::Sender<()>),
}

/// Does a piece of work, or says that there is no connection to do it with.
pub(super) type Work = Box<dyn for<'c> FnOnce(sqlx::Result<&'c mut Conn>) -> Boxed<'c, Outcome> + Send>;

/// Answers the caller after the commit; with the reason, if it is not known whether the transaction stands, and with the place up to which a
/// follower has to come for it, if it wrote anything that a follower keeps.
pub(super) type Answer = Box<dyn FnOnce(Option<&str>, Option<i64>) + Send>;

/// What became of a piece of work within the transaction.
pub(super) enum Outcome {
    /// It stands if the transaction does.
    Stands(Answer),
    /// It is to be undone; the caller was told.
    Undone,
    /// The same, and the disk failed: the connection is not fit for more.
    Failed,
}

/// Writes until it is asked to close, or nobody is left to ask.
pub(super) async fn write_all(
    mut messages: mpsc::Receiver<Message>,
    mut conn: Conn,
    options: SqliteConnectOptions,
    hub: Arc<Hub>,
) {
    let checkpoints = checkpoint::start(options.clone());
    let mut doubtful = false;
    while let Some(message) = messages.recv().await {
        match message {
            Message::Work(work) => {
                let (usable, last) = write_batch(&mut messages, &mut conn, work, &options, doubtful, &hub).await;
                checkpoints.after_commit();
                doubtful = !usable;
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
    options: &SqliteConnectOptions,
    doubtful: bool,
    hub: &Hub,
) -> (bool, Option<oneshot::Sender<()>>) {
    if let Err(error) = begin(conn, options, doubtful).await {
        first(Err(error)).await;
        return (false, None);
    }
    let started = Instant::now();
    let mut standing = Vec::new();
    let mut place = place(conn, hub).await;
    let mut usable = true;
    let mut last = None;
    let mut next = Some(first);
    let mut taken = 0;
    while let Some(work) = next.take() {
        taken += 1;
        match in_savepoint(conn, work).await {
            Ok(Some(answer)) => {
                let before = std::mem::replace(&mut place, self::place(conn, hub).await);
                standing.push((answer, place.filter(|_| place != before)));
            }
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
        run(conn, "commit").await.err().map(|e| disk(&e).unwrap_or_else(|| e.to_string()))
    } else {
        Some("the transaction broke".to_owned())
    };
    if failure.is_none()
        && let Some(place) = place
    {
        hub.commit(place);
    }
    if failure.is_some() {
        usable = false;
        let _ = run(conn, "rollback").await;
    }
    for (answer, place) in standing {
        answer(failure.as_deref(), place);
    }
    (usable, last)
}

/// Begins a transaction. A connection that was made while the disk was read-only reads for ever, whatever the disk does since, and begins a transaction
/// all the same: one that was made amid trouble is asked to write first. Nothing was done yet, so that another may be tried.
async fn begin(conn: &mut Conn, options: &SqliteConnectOptions, doubtful: bool) -> sqlx::Result<()> {
    match begun(conn, doubtful).await {
        Err(error) if disk(&error).is_some() => {
            *conn = options.connect().await?;
            begun(conn, true).await
        }
        other => other,
    }
}

async fn begun(conn: &mut Conn, doubtful: bool) -> sqlx::Result<()> {
    run(conn, "begin immediate").await?;
    if doubtful {
        run(conn, "delete from standing where false").await?;
    }
    Ok(())
}

/// The last place of what a follower is to be sent, where there is one. Where it cannot be read, the follower's next question finds it.
async fn place(conn: &mut Conn, hub: &Hub) -> Option<i64> {
    if hub.is_on() { outbox::last(conn).await.ok() } else { None }
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
                answer(Some(&error.to_string()), None);
                Err(error)
            }
        },
        Outcome::Failed => Err(sqlx::Error::Protocol("the disk failed".to_owned())),
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
