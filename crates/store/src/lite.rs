//! SQLite: readers beside one task that writes. What waits while a transaction is made durable goes into the next one together, each
//! piece of work in a savepoint of its own, and nobody is answered before the commit.

mod checkpoint;
pub(crate) mod follow;
mod writer;

use crate::db::Boxed;
use crate::error::{Result, StoreError};
use crate::follow::Hub;
use crate::rights::{folder_of, unwritable};
use crate::trying::Mode;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePool};
use sqlx::{ConnectOptions, Connection};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, mpsc, oneshot};
use writer::{Message, Outcome, Work, write_all};

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
/// Several statements that are done together or not at all: SQLite does one after the other, and the first says whether.
macro_rules! together {
    ($moved:expr, $claim:expr, $($then:expr),*) => {
        concat!($moved, "; ", $claim, $("; ", $then,)*)
    };
}
/// That the first of them found what it looked for: the others see what it wrote.
macro_rules! moved {
    () => {
        "exists (select 1 from child where id = $1 and version = $3 and head = $10)"
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

/// What a transaction begins with in which everything is read as of one moment: here it always is.
macro_rules! snapshot {
    () => {
        "select 1"
    };
}
/// Makes JSON of columns: what stands before them, and after.
macro_rules! json_array {
    () => {
        ("json_array(", ")")
    };
}
/// Makes hexadecimal digits of bytes: what stands before the column, and after.
macro_rules! to_digits {
    () => {
        ("hex(", ")")
    };
}
/// Makes bytes of hexadecimal digits.
macro_rules! from_digits {
    () => {
        ("unhex(", ")")
    };
}
/// A JSON array, bound as a text, as a table with a column `value`.
macro_rules! json_values {
    () => {
        "json_each($1)"
    };
}
/// Numbers that the database gives by itself are given as they were.
macro_rules! overriding {
    () => {
        ""
    };
}
/// The columns of all tables, in order, with what is in them.
macro_rules! catalogue {
    () => {
        "select m.name, c.name, case lower(c.type) when 'integer' then 'number' when 'blob' then 'bytes' else 'text' end \
         from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and m.name not like '\\_sqlx%' escape '\\' \
         and m.name not like 'sqlite%' order by m.name, c.cid"
    };
}
/// Which table refers to which.
macro_rules! references {
    () => {
        "select m.name, f.\"table\" from sqlite_master m join pragma_foreign_key_list(m.name) f where m.type = 'table'"
    };
}
/// Tables whose next number has to be said after they were filled: SQLite knows by itself.
macro_rules! numbered {
    () => {
        "select '' where false"
    };
}

/// Begins a transaction for reading; where the caller is dropped meanwhile, sqlx rolls it back.
pub(crate) async fn begin(pool: &Pool) -> Result<sqlx::Transaction<'static, Database>> {
    Ok(pool.begin().await?)
}

#[path = "sql/mod.rs"]
pub(crate) mod sql;

/// Enough for the writes of a moment; after that, callers wait for a place in the queue.
const QUEUE: usize = 1024;
/// How often it is tried to empty the log; each time waits as long as for any other lock.
const TRIES: usize = 3;
/// What was tried of the disk holds for so long.
const MOMENT: Duration = Duration::from_secs(1);

/// A SQLite file.
pub(crate) struct Lite {
    readers: SqlitePool,
    queue: mpsc::Sender<Message>,
    options: SqliteConnectOptions,
    file: Opened,
    hub: Arc<Hub>,
    /// It is the copy of a follower: nothing is written in it but what the server sends.
    is_copy: bool,
    /// When it was last tried whether anything can be written, and what came of it.
    tried: Mutex<Option<(Instant, Option<&'static str>)>>,
}

/// The file that was opened, told apart from any that came to its place since.
struct Opened {
    path: PathBuf,
    is: Option<u64>,
}

impl Opened {
    fn of(path: &Path) -> Opened {
        Opened { path: path.to_owned(), is: inode(path) }
    }

    /// Was it moved, removed, or put in another's place? What is written then goes where nobody finds it.
    fn moved(&self) -> bool {
        self.is.is_some() && inode(&self.path) != self.is
    }
}

#[cfg(unix)]
fn inode(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).ok().map(|file| file.ino())
}

#[cfg(not(unix))]
fn inode(_: &Path) -> Option<u64> {
    None
}

impl Lite {
    /// Starts the task that writes.
    pub(crate) fn start(readers: SqlitePool, writer: Conn, options: SqliteConnectOptions, is_copy: bool) -> Lite {
        let (queue, messages) = mpsc::channel(QUEUE);
        let hub = Arc::new(Hub::default());
        tokio::spawn(write_all(messages, writer, options.clone(), hub.clone()));
        let file = Opened::of(options.get_filename());
        Lite { readers, queue, options, file, hub, is_copy, tried: Mutex::default() }
    }

    /// What is known of its follower.
    pub(crate) fn hub(&self) -> &Hub {
        &self.hub
    }

    /// Is it the copy of a follower?
    pub(crate) fn is_copy(&self) -> bool {
        self.is_copy
    }

    /// Was the file moved or replaced since it was opened?
    pub(crate) fn moved(&self) -> bool {
        self.file.moved()
    }

    /// Why nothing can be saved, by writing a page beside the file; none if it can. No place is said.
    pub(crate) async fn cannot_save(&self) -> Option<&'static str> {
        // One at a time, and for all who ask within a moment: anybody may.
        let mut tried = self.tried.lock().await;
        if let Some((at, says)) = *tried
            && at.elapsed() < MOMENT
        {
            return says;
        }
        let folder = folder_of(&self.file.path).to_owned();
        let error = tokio::task::spawn_blocking(move || unwritable(&folder)).await.ok()?;
        let says = error.map(|error| match error.kind() {
            ErrorKind::ReadOnlyFilesystem => "the disk of the database is read-only",
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk of the database is full",
            _ => "the disk of the database does not take what is written",
        });
        *tried = Some((Instant::now(), says));
        says
    }

    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// How another connection is made.
    pub(crate) fn options(&self) -> &SqliteConnectOptions {
        &self.options
    }

    /// Has a piece of work done in a transaction, and waits until it is durable.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> Boxed<'c, Result<T>> + Send + 'static,
    {
        if self.file.moved() {
            return Err(StoreError::Open(format!(
                "the file of the database, `{}`, was moved or replaced while it was open: nothing is saved until the program is started again",
                self.file.path.display()
            )));
        }
        if self.is_copy {
            return Err(StoreError::Open(follow::outbox::IS_COPY.to_owned()));
        }
        let (reply, answer) = oneshot::channel();
        let mode = Mode::now();
        let work: Work = Box::new(move |conn| {
            Box::pin(async move {
                let done = match conn {
                    Ok(conn) => work(conn).await,
                    Err(error) => Err(error.into()),
                };
                match done {
                    Ok(value) if mode != Mode::Stands => {
                        let _ = reply.send(mode.told((value, None)));
                        Outcome::Undone
                    }
                    Ok(value) => Outcome::Stands(Box::new(move |failure, place| {
                        let unsure = failure.map(|reason| StoreError::Unavailable(reason.to_owned()));
                        // Nobody waits any more if the caller was dropped: the write stands all the same.
                        let _ = reply.send(unsure.map_or(Ok((value, place)), Err));
                    })),
                    Err(error) => {
                        let failed = matches!(error, StoreError::Disk(_));
                        let _ = reply.send(Err(error));
                        if failed { Outcome::Failed } else { Outcome::Undone }
                    }
                }
            })
        });
        let closed = |_| StoreError::Database(sqlx::Error::PoolClosed);
        self.queue.send(Message::Work(work)).await.map_err(closed)?;
        let (value, place) =
            answer.await.unwrap_or_else(|_| Err(StoreError::Unavailable("the writer stopped".to_owned())))?;
        place.into_iter().for_each(crate::follow::note);
        Ok(value)
    }

    /// Brings everything from the write-ahead log into the file and empties the log, so that erased text is left in neither.
    pub(crate) async fn settle(&self) -> Result<()> {
        let mut conn = self.options.connect().await?;
        // A reader may hold the log for a moment.
        for _ in 0..TRIES {
            let truncate = sqlx::query_as("pragma wal_checkpoint(truncate)");
            let (held, _, _): (i64, i64, i64) = truncate.fetch_one(&mut conn).await?;
            if held == 0 {
                conn.close().await?;
                return Ok(());
            }
        }
        Err(StoreError::Unavailable(
            "the rows are erased, and their text is still in the log: send it again".to_owned(),
        ))
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
