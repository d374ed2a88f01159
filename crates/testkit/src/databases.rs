//! Both databases for a test. PostgreSQL is a cluster of this test run's own, made when the first test asks for it: free port on
//! 127.0.0.1, temporary folder. A shell holds it, and stops it by its pid when this process ends, however it ends.

#![expect(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a test says enough by failing")]

use sqlx::Connection as _;
use std::future::Future;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
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
    /// An empty SQLite file.
    pub fn sqlite() -> Database {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("store.db").display());
        Database { url, _folder: Some(folder) }
    }

    /// An empty database in the cluster of this test run.
    pub async fn postgres() -> Database {
        let cluster = cluster();
        let name = format!("test_{}_{}", std::process::id(), count());
        let pool = sqlx::PgPool::connect(&format!("{cluster}/postgres")).await.unwrap();
        let create = sqlx::AssertSqlSafe(format!("create database {name}"));
        sqlx::raw_sql(create).execute(&pool).await.unwrap();
        pool.close().await;
        Database { url: format!("{cluster}/{name}"), _folder: None }
    }

    /// An empty database of the same kind.
    pub async fn another(&self) -> Database {
        if self.url().starts_with("sqlite:") { Database::sqlite() } else { Database::postgres().await }
    }

    /// A copy of it, as it stands while nobody is connected.
    pub async fn copied(&self) -> Database {
        if let Some(path) = self.url.strip_prefix("sqlite:") {
            let copy = Database::sqlite();
            std::fs::copy(path, copy.url.strip_prefix("sqlite:").unwrap_or_default()).unwrap();
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

/// Runs a test on both.
pub fn on_both<F: Future<Output = ()>>(test: impl Fn(Database) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        test(Database::sqlite()).await;
        let database = Database::postgres().await;
        let url = database.url().to_owned();
        test(database).await;
        // Each takes ten megabytes of the disk, and there are hundreds of tests. What a test did to its server is no matter here.
        let _ = Database { url, _folder: None }.removed_at_once().await;
    });
}

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
