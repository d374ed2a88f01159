//! Opening a database: the settings that keep what was acknowledged, the version of SQLite, the migrations.

use crate::db::Db;
use crate::error::{Result, StoreError};
use crate::lite::Lite;
use crate::rights::{self, folder_of};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use std::path::Path;
use std::time::Duration;

static LITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Older versions of SQLite can lose commits of the write-ahead log.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// Connections for reading a SQLite file.
const READERS: u32 = 4;
/// Connections to PostgreSQL.
const CONNECTIONS: u32 = 16;
/// How long a call waits for a connection, or for another program's lock.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often a SQLite file is tried that another program has locked, and how long it is left between.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(200);
/// SQLite's code for a file that is locked.
const BUSY: &str = "5";

/// Opens a database by its URL, making or migrating it as needed.
pub(crate) async fn open(url: &str) -> Result<Db> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        open_lite(path.strip_prefix("//").unwrap_or(path)).await
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        open_postgres(url).await
    } else {
        let ways = "write `sqlite:` and the path of a file, or `postgres://user:password@host/database`";
        Err(StoreError::Open(format!("this is not the address of a database; {ways}")))
    }
}

async fn open_lite(path: &str) -> Result<Db> {
    if path.is_empty() || path == ":memory:" {
        return Err(StoreError::Open("a SQLite database needs a file: write `sqlite:` and its path".to_owned()));
    }
    let fault = |e: &dyn std::fmt::Display| StoreError::Open(format!("the database `{path}` cannot be opened: {e}"));
    // Made before SQLite makes it, so that it never stands open to others; the log beside it gets the same rights.
    let file = Path::new(path);
    rights::private_file(file)
        .map_err(|e| fault(&rights::cannot_write_in(folder_of(file)).unwrap_or_else(|| e.to_string())))?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        .pragma("secure_delete", "on")
        .pragma("cache_size", "-32768")
        .disable_statement_logging();
    let mut writer = connect(&options).await.map_err(|e| fault(&e))?;
    let version: String = sqlx::query_scalar("select sqlite_version()").fetch_one(&mut writer).await?;
    if number(&version) < Some(OLDEST_SQLITE) {
        let (a, b, c) = OLDEST_SQLITE;
        return Err(StoreError::Open(format!("SQLite {version} can lose commits: {a}.{b}.{c} or newer is needed")));
    }
    // Another program may be migrating the same file: SQLite has no lock for that, so it is tried again.
    let mut tries = 0;
    while let Err(error) = LITE.run(&mut writer).await {
        tries += 1;
        if tries == TRIES || !matches!(error, MigrateError::Execute(_) | MigrateError::ExecuteMigration(..)) {
            return Err(unmigrated(&error));
        }
        let _ = sqlx::query("rollback").execute(&mut writer).await;
        tokio::time::sleep(PAUSE).await;
    }
    let following = crate::lite::follow::outbox::standing(&mut writer).await?;
    let is_copy = following.is_some_and(|following| following.side == crate::lite::follow::outbox::COPY);
    // What a copy has in its journal the server wrote.
    if !is_copy {
        let mut taking = writer.begin_with("begin immediate").await?;
        crate::lite::sql::deeds::take_in(&mut taking).await?;
        taking.commit().await?;
    }
    // The checkpoints are made beside it; this is for the case that they fail.
    sqlx::query("pragma wal_autocheckpoint = 20000").execute(&mut writer).await?;
    // With few places for rows between its thread and ours, both would wake each other for every few rows of a list of hundreds.
    let reading = options.clone().create_if_missing(false).pragma("query_only", "on").row_buffer_size(1024);
    let pool = SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(PATIENCE);
    let readers = pool.connect_with(reading).await.map_err(|e| fault(&e))?;
    Ok(Db::Lite(Box::new(Lite::start(readers, writer, options, is_copy))))
}

/// The connection for writing. While another program makes the same file, SQLite does not wait for it, but says at once that it is locked.
async fn connect(options: &SqliteConnectOptions) -> sqlx::Result<SqliteConnection> {
    for _ in 0..TRIES {
        match options.connect().await {
            Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(BUSY) => {
                tokio::time::sleep(PAUSE).await;
            }
            other => return other,
        }
    }
    options.connect().await
}

/// Is the server on this machine: by a socket, or by an address that does not leave it?
fn is_here(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    let loopback = host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    options.get_socket().is_some() || host.starts_with('/') || host == "localhost" || loopback
}

async fn open_postgres(url: &str) -> Result<Db> {
    let options: PgConnectOptions = match url.parse() {
        Ok(options) => options,
        Err(error) => return Err(StoreError::Open(format!("the address of the database cannot be read: {error}"))),
    };
    let far = !is_here(&options);
    if far && !matches!(options.get_ssl_mode(), PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull) {
        let host = options.get_host();
        return Err(StoreError::Open(format!(
            "{host} is another machine, and children's records would go there unencrypted: add `?sslmode=verify-full` to the address of \
             the database (and `&sslrootcert=FILE` where its certificate is your own)"
        )));
    }
    let place = format!("`{}` on {}:{}", options.get_database().unwrap_or("?"), options.get_host(), options.get_port());
    let fault = |e: sqlx::Error| StoreError::Open(format!("the database {place} cannot be opened: {e}"));
    let options = options.application_name("whereabouts").disable_statement_logging();
    let mut first = options.connect().await.map_err(fault)?;
    // A commit is acknowledged only once it is on disk, whatever the server's default.
    let lax: bool =
        sqlx::query_scalar("select current_setting('synchronous_commit') = 'off'").fetch_one(&mut first).await?;
    let options = if lax { options.options([("synchronous_commit", "on")]) } else { options };
    POSTGRES.run(&mut first).await.map_err(|e| unmigrated(&e))?;
    let mut taking = first.begin().await?;
    crate::postgres::sql::deeds::take_in(&mut taking).await?;
    taking.commit().await?;
    first.close().await?;
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE);
    Ok(Db::Postgres(pool.connect_with(options).await.map_err(fault)?))
}

fn unmigrated(error: &MigrateError) -> StoreError {
    StoreError::Open(match error {
        MigrateError::VersionMissing(version) => {
            format!("the database was made by a newer version of this program (migration {version}): use that one")
        }
        other => format!("the database could not be brought up to date: {other}"),
    })
}

fn number(version: &str) -> Option<(u32, u32, u32)> {
    let mut parts = version.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??, parts.next()??))
}
