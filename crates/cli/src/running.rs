//! What runs on a database has in common: the clock, chance, the application, the log, and how it is stopped.

use crate::args::{Database, Log, Running};
use crate::failure::{Failure, Outcome};
use crate::library;
use actions::{App, Chance, Clock, Rules, Sealing, SealingKey, secrets};
use casebook::retention::Retention;
use engine::time::Moment;
use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use store::Store;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;
use web::Site;

/// The clock of this computer, shifted by some seconds for a demonstration; for tests, so many seconds ahead as a file says.
pub struct SystemClock {
    ahead: Option<PathBuf>,
    shift: i64,
}

impl SystemClock {
    pub fn new(ahead: Option<PathBuf>, shift: i64) -> SystemClock {
        SystemClock { ahead, shift }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let ahead = self.ahead.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
        let seconds: i64 = ahead.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
        Moment(crate::session::present().0.saturating_add(self.shift).saturating_add(seconds))
    }
}

/// The chance of this computer.
pub struct SystemChance;

impl Chance for SystemChance {
    /// # Panics
    /// Where the computer has no chance to give: whatever were made without it could be guessed.
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            panic!("this computer gives no random numbers: {error}");
        }
    }
}

/// Work for as long as the program runs.
pub fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|e| Failure::File(format!("the program cannot start its threads: {e}")))?.block_on(work)
}

/// The log goes to standard error: `RUST_LOG` says how much of it.
pub fn log(how: Log) {
    log_from("info,sqlx=warn", how);
}

/// The same, with nothing but trouble unless `RUST_LOG` asks for more.
pub fn quiet_log() {
    log_from("warn", Log::Text);
}

fn log_from(usual: &str, how: Log) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second call, as in a test, changes nothing.
    let _ = match how {
        Log::Text => log.with_ansi(std::io::stderr().is_terminal()).try_init(),
        Log::Json => log.json().flatten_event(true).try_init(),
    };
}

/// Allows as many connections and files as this program may have: a system's usual limit is low.
pub fn raise_handles() {
    if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
        tracing::warn!(%error, "no more files and connections are allowed than at the start");
    }
}

/// Refuses a SQLite file that is not there: it would be made, and be empty.
pub fn existing(url: &str) -> Result<(), Failure> {
    match file_of(url) {
        Some(path) if !path.exists() => Err(Failure::file(path, "there is no such database")),
        _ => Ok(()),
    }
}

/// The file of a SQLite database.
pub fn file_of(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite:")?;
    Some(Path::new(path.strip_prefix("//").unwrap_or(path)))
}

/// Says it if others on this machine can read the file of the database, or of the key that seals addresses in it.
fn warn_of_open(args: &Database) {
    let files = [file_of(&args.database_url).map(PathBuf::from), sealing_file(args)];
    let open = files.into_iter().flatten().filter_map(|file| store::lies_open(&file));
    open.for_each(|says| tracing::warn!("{says}"));
}

/// Opens the database and brings its tables up to date.
pub async fn open(url: &str) -> Result<Store, Failure> {
    Store::open(url).await.map_err(|e| Failure::File(e.to_string()))
}

/// The application on a database, with the key that seals where its file is there.
pub async fn app(args: &Running, rulebooks: Option<&Path>) -> Result<App, Failure> {
    let library = library::load_sound(rulebooks).map_err(Failure::File)?;
    let store = open(&args.database.database_url).await?;
    if store.is_copy() {
        return Err(Failure::File(
            "this database is the copy that a follower keeps: if the server is lost, stop the follower, run `whereabouts follow --promote` on it, and \
             serve it then (docs/operating.md, \"A second machine for SQLite\")"
                .into(),
        ));
    }
    warn_of_open(&args.database);
    let clock = SystemClock::new(args.clock_file.clone(), 0);
    if args.clock_file.is_some() {
        tracing::warn!("the clock is set by a file: this is for tests only");
    }
    let app = App::new(store, Rules::new(library), Arc::new(clock), Arc::new(SystemChance));
    fits(kept_by(app, args.retention.as_deref())?.with_sealing(sealing(&args.database)?)).await
}

/// In a county that keeps records by a file of its own.
fn kept_by(app: App, file: Option<&Path>) -> Result<App, Failure> {
    let Some(file) = file else { return Ok(app) };
    let text = std::fs::read_to_string(file).map_err(|e| Failure::file(file, e))?;
    let own = Retention::with_own(&text).map_err(|fault| Failure::Usage(format!("{}: {fault}", file.display())))?;
    Ok(app.with_retention(own))
}

/// Seals what is made up in a demonstration on PostgreSQL, of which this program keeps no file: it hides nothing.
const MADE_UP: SealingKey = *b"everything here is made up, too.";

/// That key, by which other commands work on a demonstration too.
pub fn made_up() -> Option<Sealing> {
    Sealing::of(&[MADE_UP])
}

/// The application on a database, for a command that ends by itself.
pub async fn plain_app(on: &Database, rulebooks: Option<&Path>) -> Result<App, Failure> {
    let app = empty_app(on, rulebooks).await?;
    if sealing_file(on).is_some() {
        return fits(app).await;
    }
    let demonstration = secrets::sealed_with(&app, made_up().as_ref()).await;
    let demonstration = demonstration.map_err(|e| Failure::File(e.to_string()))?;
    fits(if demonstration { app.with_sealing(made_up()) } else { app }).await
}

/// The same, on a database that is still to be filled: its key is that of what comes.
pub async fn empty_app(on: &Database, rulebooks: Option<&Path>) -> Result<App, Failure> {
    let library = library::load_sound(rulebooks).map_err(Failure::File)?;
    let (store, clock) = (open(&on.database_url).await?, Arc::new(SystemClock::new(None, 0)));
    Ok(App::new(store, Rules::new(library), clock, Arc::new(SystemChance)).with_sealing(sealing(on)?))
}

/// Refuses a key that is not the one that the addresses of the database are sealed with: without it they would be read as gone, and written
/// in the open.
pub async fn fits(app: App) -> Result<App, Failure> {
    let app = secrets::indexed(app).await.map_err(|e| Failure::File(e.to_string()))?;
    let wrong = secrets::wrong_key(&app).await.map_err(|e| Failure::File(e.to_string()))?;
    wrong.map_or(Ok(app), |says| Err(Failure::File(says)))
}

/// Where the key is kept that seals secrets and addresses in a database.
pub fn sealing_file(args: &Database) -> Option<PathBuf> {
    let beside = || {
        let mut name = file_of(&args.database_url)?.as_os_str().to_owned();
        name.push(".sealing-key");
        Some(name.into())
    };
    args.sealing_key.clone().or_else(beside)
}

/// The key that seals secrets and addresses, where its file is there.
pub fn sealing(args: &Database) -> Result<Option<Sealing>, Failure> {
    if let Some(named) = args.sealing_key.as_ref().filter(|file| !file.exists()) {
        return Err(Failure::file(named, "there is no such file of a key"));
    }
    let Some(file) = sealing_file(args).filter(|file| file.exists()) else { return Ok(None) };
    Ok(Sealing::of(&safe::sealing_keys(&file).map_err(Failure::File)?))
}

/// Refuses a folder in which the file of the database, and what stands beside it, cannot be written.
pub fn writable(url: &str) -> Outcome {
    let Some(path) = file_of(url).filter(|path| !path.as_os_str().is_empty()) else { return Ok(()) };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    store::cannot_write_in(folder).map_or(Ok(()), |says| Err(Failure::File(says)))
}

/// Makes the key that seals secrets, unless it is there; says whether it was made.
pub fn make_sealing(args: &Database) -> Result<bool, Failure> {
    writable(&args.database_url)?;
    let file = sealing_file(args).ok_or_else(|| {
        Failure::Usage(
            "addresses of children, and secrets such as those of authenticator apps, are sealed in the database with a key that is kept outside it: name its file \
             with `--sealing-key FILE`; it is made if it is not there"
                .into(),
        )
    })?;
    let is_new = !file.exists();
    if is_new {
        safe::new_sealing_key(&file).map_err(Failure::File)?;
        tracing::warn!(
            "the key that seals addresses and secrets in the database was made: keep a copy of `{}` elsewhere, and not with the backups",
            file.display()
        );
    }
    Ok(is_new)
}

/// Takes away again a key that was just made and that nothing is sealed with: the database has another, which is to be put there.
pub fn unmake_sealing(args: &Database) {
    if let Some(file) = sealing_file(args)
        && std::fs::remove_file(&file).is_ok()
    {
        tracing::warn!("the key that was made was taken away again: nothing is sealed with it");
    }
}

/// Answers with figures at an address, where one is given, for as long as the program runs.
pub async fn figures(at: Option<SocketAddr>, site: Site) -> Outcome {
    let Some(at) = at else { return Ok(()) };
    let cannot = |e: std::io::Error| Failure::File(format!("cannot listen on {at} for figures: {e}"));
    let listener = TcpListener::bind(at).await.map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    tracing::info!("figures are at http://{address}/metrics");
    tokio::spawn(web::serve_metrics(listener, site));
    Ok(())
}

/// That somebody stops the program.
pub type Stop = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Comes when somebody stops the program, by Ctrl-C or as a service is stopped. It is listened for from this call on, so that a signal
/// between two waits is not lost. To be called within the runtime.
pub fn stopped() -> Stop {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut interrupt), Ok(mut terminate)) =
            (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
        {
            return Box::pin(async move {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
            });
        }
    }
    Box::pin(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
