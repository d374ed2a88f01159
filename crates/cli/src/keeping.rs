//! What a worker does for safety: every hour it works everything out again and signs a checkpoint, and makes backups on their schedule. What
//! came of it stands in the database, for the health page. Any number of workers may run: who finds it done leaves it.

use crate::backup::{micros, stamp};
use crate::safety_args::Keeping;
use crate::verify::everything;
use actions::{App, upkeep};
use engine::time::Moment;
use safe::{History, Signing};
use std::path::Path;
use std::time::Duration;
use store::{Standing, StoreError};

/// How often it is looked whether something is due.
const EVERY: Duration = Duration::from_secs(2);
/// Everything is worked out again after so many minutes.
const HOUR: i64 = 60;

/// Does what is due until the program ends.
pub async fn run(app: App, keeping: Keeping) {
    let files = [&keeping.checkpoint_key, &keeping.checkpoint_log].into_iter().flatten();
    files.filter_map(|file| store::lies_open(file)).for_each(|says| tracing::warn!("{says}"));
    loop {
        if let Err(error) = look(&app, &keeping).await {
            tracing::warn!(%error, "keeping the database safe");
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn look(app: &App, keeping: &Keeping) -> Result<(), StoreError> {
    let standing = app.store().standing().await?;
    let due = |name: &str, minutes: i64| upkeep::is_due(&standing, name, minutes, app.now());
    if due("verify", HOUR) {
        let says = verify(app, keeping).await;
        if !says.is_empty() {
            tracing::error!(fault = %says, "the database is not what it should be; run `whereabouts verify`");
        }
        put(app, "verify", says).await?;
    }
    if let (Some(key), Some(log)) = (&keeping.checkpoint_key, &keeping.checkpoint_log)
        && due("checkpoint", HOUR)
    {
        let says = said("no checkpoint was made", checkpoint(app, key, log).await);
        put(app, "checkpoint", says).await?;
    }
    if let Some(folder) = &keeping.backup_to
        && due("backup", i64::from(keeping.backup_hours.max(1)) * HOUR)
    {
        let says = said("no backup was made", backup(app, folder, keeping).await);
        put(app, "backup", says).await?;
    }
    Ok(())
}

async fn put(app: &App, name: &str, says: String) -> Result<(), StoreError> {
    app.store().standing_put(&Standing { name: name.to_owned(), at_us: micros(app.now()), says }).await
}

/// What went wrong, said in the log as well; nothing if all is well.
fn said(what: &str, done: Result<(), String>) -> String {
    let says = done.err().unwrap_or_default();
    if !says.is_empty() {
        tracing::error!(%says, "{what}");
    }
    says
}

/// What is wrong; nothing if all is well.
async fn verify(app: &App, keeping: &Keeping) -> String {
    let history = match history(keeping) {
        Ok(history) => history,
        Err(what) => return what,
    };
    // One reader: whoever works meanwhile goes first.
    match everything(app, history.as_ref(), 1).await {
        Ok(findings) => findings.fault.unwrap_or_default(),
        Err(_) => "it could not be read to its end".to_owned(),
    }
}

fn history(keeping: &Keeping) -> Result<Option<History>, String> {
    match (&keeping.checkpoint_key, &keeping.checkpoint_log) {
        (Some(key), Some(log)) if log.exists() => safe::read(log, &Signing::open(key)?.public()).map(Some),
        _ => Ok(None),
    }
}

async fn checkpoint(app: &App, key: &Path, log: &Path) -> Result<(), String> {
    safe::checkpoint(app.store(), &Signing::open(key)?, log, micros(app.now())).await.map(drop)
}

async fn backup(app: &App, folder: &Path, keeping: &Keeping) -> Result<(), String> {
    let made = safe::write(app.store(), folder, &keeping.backup_recipient, &stamp(app.now())).await?;
    tracing::info!(file = %made.file.display(), rows = made.rows, "backed up");
    let oldest = Moment(app.now().0 - i64::from(keeping.backup_days) * 24 * 60 * 60);
    safe::prune(folder, &stamp(oldest)).map(drop).map_err(|e| format!("old backups cannot be removed: {e}"))
}
