//! Both databases for a test. PostgreSQL is a cluster of this test run's own, made when the first test asks for it: free port on
//! 127.0.0.1, temporary folder. A shell holds it, and stops it by its pid when this process ends, however it ends.

#![expect(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a test says enough by failing")]

use sqlx::Connection as _;
use std::future::Future;
use std::io::{BufRead, BufReader, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use store::Store;
use tempfile::TempDir;

/// An empty database of one kind.
pub struct Database {
    url: String,
    /// Holds the SQLite file.
    _folder: Option<TempDir>,
}

impl Database {
    /// A SQLite file with its tables and nothing in them: a copy, since making them takes longer than most tests.
    pub fn sqlite() -> Database {
        static MADE: OnceLock<Vec<u8>> = OnceLock::new();
        let made = MADE.get_or_init(|| apart(async || Database::bare_sqlite().made_file().await));
        let database = Database::bare_sqlite();
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.write(true).create_new(true).mode(0o600).open(database.path()).unwrap();
        file.write_all(made).unwrap();
        database
    }

    /// A database in the cluster of this test run with its tables and nothing in them: a copy, likewise.
    pub async fn postgres() -> Database {
        static MADE: OnceLock<String> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            apart(async || {
                let made = Database::bare_postgres().await;
                made.open().await.close().await;
                made.forget_the_dead().await;
                made.url.rsplit('/').next().unwrap_or_default().to_owned()
            })
        });
        Database::created(&format!("template {made}")).await
    }

    /// An empty SQLite file.
    pub fn bare_sqlite() -> Database {
        let folder = tempfile::tempdir_in(place()).unwrap();
        let url = format!("sqlite:{}", folder.path().join("store.db").display());
        Database { url, _folder: Some(folder) }
    }

    /// The bytes of a file in which the tables were made.
    async fn made_file(&self) -> Vec<u8> {
        self.open().await.close().await;
        let mut conn = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
        sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();
        std::fs::read(self.path()).unwrap()
    }

    /// The file of SQLite's.
    fn path(&self) -> &str {
        self.url.strip_prefix("sqlite:").unwrap_or_default()
    }

    /// An empty database in the cluster of this test run.
    pub async fn bare_postgres() -> Database {
        Database::created("").await
    }

    async fn created(from: &str) -> Database {
        let cluster = cluster();
        let name = format!("test_{}_{}", std::process::id(), count());
        let pool = sqlx::PgPool::connect(&format!("{cluster}/postgres")).await.unwrap();
        let create = sqlx::AssertSqlSafe(format!("create database {name} {from}"));
        sqlx::raw_sql(create).execute(&pool).await.unwrap();
        pool.close().await;
        Database { url: format!("{cluster}/{name}"), _folder: None }
    }

    /// Another of the same kind, with its tables and nothing in them.
    pub async fn another(&self) -> Database {
        if self.url().starts_with("sqlite:") { Database::sqlite() } else { Database::postgres().await }
    }

    /// The same, before any table is made.
    pub async fn another_bare(&self) -> Database {
        if self.url().starts_with("sqlite:") { Database::bare_sqlite() } else { Database::bare_postgres().await }
    }

    /// A copy of it, as it stands while nobody is connected.
    pub async fn copied(&self) -> Database {
        if let Some(path) = self.url.strip_prefix("sqlite:") {
            let copy = Database::bare_sqlite();
            std::fs::copy(path, copy.path()).unwrap();
            return copy;
        }
        self.forget_the_dead().await;
        let (cluster, name) = self.url.rsplit_once('/').unwrap();
        let copy = format!("{name}_copy_{}", count());
        let mut conn = sqlx::PgConnection::connect(&format!("{cluster}/postgres")).await.unwrap();
        let create = sqlx::AssertSqlSafe(format!("create database {copy} template {name} strategy file_copy"));
        sqlx::raw_sql(create).execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();
        Database { url: format!("{cluster}/{copy}"), _folder: None }
    }

    /// Takes a database away that was made for a moment; nobody is connected to it.
    pub async fn removed(self) {
        if self.url.starts_with("sqlite:") {
            return;
        }
        self.forget_the_dead().await;
        self.removed_at_once().await.unwrap();
    }

    /// Takes a database of PostgreSQL away, whoever is connected to it.
    async fn removed_at_once(self) -> Result<(), sqlx::Error> {
        let (cluster, name) = self.url.rsplit_once('/').unwrap();
        let mut conn = sqlx::PgConnection::connect(&format!("{cluster}/postgres")).await?;
        let drop = sqlx::AssertSqlSafe(format!("drop database if exists {name} with (force)"));
        sqlx::raw_sql(drop).execute(&mut conn).await?;
        conn.close().await
    }

    /// What `Store::open` takes.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The SQLite file with its log, as bytes; of PostgreSQL, every row as a backup writes it.
    pub async fn bytes(&self) -> Vec<u8> {
        if let Some(path) = self.url.strip_prefix("sqlite:") {
            return ["", "-wal", "-shm"]
                .iter()
                .flat_map(|end| std::fs::read(format!("{path}{end}")))
                .flatten()
                .collect();
        }
        let (to, mut lines) = tokio::sync::mpsc::channel(64);
        let store = self.open().await;
        let dumping = tokio::spawn(async move { store.dump(to).await.map(drop) });
        let mut bytes = Vec::new();
        while let Some(line) = lines.recv().await {
            bytes.extend(line.into_bytes());
        }
        dumping.await.unwrap().unwrap();
        bytes
    }

    /// A store on it.
    pub async fn open(&self) -> Store {
        Store::open(&self.url).await.unwrap()
    }

    /// Waits until PostgreSQL has ended the connections of a server that was killed: a commit under way when it died may still succeed.
    pub async fn forget_the_dead(&self) {
        if self.url.starts_with("sqlite:") {
            return;
        }
        // One connection and no pool: two of a pool would wait for each other.
        let mut own = sqlx::PgConnection::connect(&self.url).await.unwrap();
        let others = "select count(*) from pg_stat_activity where datname = current_database() \
                      and backend_type = 'client backend' and pid <> pg_backend_pid()";
        while sqlx::query_scalar::<_, i64>(others).fetch_one(&mut own).await.unwrap() > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        own.close().await.unwrap();
    }

    /// Does to the database what no function of the store does.
    pub async fn tamper(&self, statements: &str) {
        self.try_tamper(statements).await.unwrap();
    }

    /// As [`Database::tamper`], where the database may refuse.
    pub async fn try_tamper(&self, statements: &str) -> Result<(), sqlx::Error> {
        let statements = sqlx::AssertSqlSafe(statements.to_owned());
        if let Some(path) = self.url.strip_prefix("sqlite:") {
            let pool = sqlx::SqlitePool::connect(path).await?;
            let done = sqlx::raw_sql(statements).execute(&pool).await;
            pool.close().await;
            done.map(drop)
        } else {
            let pool = sqlx::PgPool::connect(&self.url).await?;
            let done = sqlx::raw_sql(statements).execute(&pool).await;
            pool.close().await;
            done.map(drop)
        }
    }
}

/// A number that no other database of this process has.
fn count() -> u32 {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    COUNT.fetch_add(1, Ordering::Relaxed)
}

/// Does something on a thread of its own, for whoever stands in the middle of other work.
fn apart<T: Send>(work: impl AsyncFnOnce() -> T + Send) -> T {
    let alone = || runtime().block_on(work());
    std::thread::scope(|scope| scope.spawn(alone).join()).unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Runs a test on both.
pub fn on_both<F: Future<Output = ()>>(test: impl Fn(Database) -> F) {
    runtime().block_on(async {
        test(Database::sqlite()).await;
        on_postgres(Database::postgres().await, &test).await;
    });
}

/// Runs a test on both, before any table is made.
pub fn on_both_bare<F: Future<Output = ()>>(test: impl Fn(Database) -> F) {
    runtime().block_on(async {
        test(Database::bare_sqlite()).await;
        on_postgres(Database::bare_postgres().await, &test).await;
    });
}

async fn on_postgres<F: Future<Output = ()>>(database: Database, test: &impl Fn(Database) -> F) {
    let url = database.url().to_owned();
    test(database).await;
    // Each takes ten megabytes of the disk, and there are hundreds of tests. What a test did to its server is no matter here.
    let _ = Database { url, _folder: None }.removed_at_once().await;
}

/// Where the databases of tests lie: in memory, where there is room, since they wait for the disk at each commit. What a power loss leaves is tried
/// on a disk of its own making, and what a kill leaves is the same in memory.
fn place() -> &'static Path {
    static PLACE: OnceLock<PathBuf> = OnceLock::new();
    PLACE.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let asked = Command::new("df").args(["--output=avail", "--block-size=1M"]).arg(memory).output();
        let free =
            asked.ok().and_then(|said| String::from_utf8_lossy(&said.stdout).lines().last()?.trim().parse().ok());
        if free.unwrap_or(0) >= ROOM_MIB { memory.into() } else { std::env::temp_dir() }
    })
}

/// So much memory has to be free for that, in MiB.
const ROOM_MIB: u64 = 4_096;

/// Makes the folder, starts the server and waits for the end of its input; then stops the server by its pid and clears away.
const HOLD: &str = include_str!("postgres.sh");

/// The address of the cluster, without the name of a database.
fn cluster() -> &'static str {
    // Kept for as long as this process lives: when it ends, the shell's input ends.
    static CLUSTER: OnceLock<(Child, String)> = OnceLock::new();
    &CLUSTER.get_or_init(start).1
}

fn start() -> (Child, String) {
    let programs = programs().expect("PostgreSQL is not installed: run `make tools`");
    let mut said = String::new();
    for _ in 0..3 {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let mut holder = as_nobody_special()
            .args(["sh", "-c", HOLD, "hold"])
            .arg(&programs)
            .arg(port.to_string())
            .env("TMPDIR", place())
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        said.clear();
        let mut lines = BufReader::new(holder.stdout.take().unwrap());
        while lines.read_line(&mut said).unwrap() > 0 {
            if said == "ready\n" {
                return (holder, format!("postgres://postgres@127.0.0.1:{port}"));
            }
        }
        holder.wait().unwrap();
        std::thread::sleep(Duration::from_millis(300));
    }
    panic!("PostgreSQL could not be started: {said}");
}

/// One of PostgreSQL's own programs, such as `pg_basebackup`, to be run as the user whom its clusters here belong to.
pub fn postgres_program(name: &str) -> Command {
    let programs = programs().expect("PostgreSQL is not installed: run `make tools`");
    let mut command = as_nobody_special();
    command.arg(programs.join(name)).current_dir("/");
    command
}

/// PostgreSQL refuses to run as root; then the user `postgres` of its Debian package does it. `env` only runs what follows.
fn as_nobody_special() -> Command {
    let id = Command::new("id").arg("-u").output().unwrap();
    if id.stdout == b"0\n" {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]);
        command
    } else {
        Command::new("env")
    }
}

/// The folder of the newest server programs.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok().into_iter().flatten().flatten();
    let debian = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| folder.join("initdb").exists());
    let newest = debian.max().map(|(_, folder)| folder);
    newest.or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|f| f.join("initdb").exists() && f.join("postgres").exists())
    })
}
