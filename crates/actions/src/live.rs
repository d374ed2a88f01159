//! Live pages: something changed, so that whoever shows it asks for it again.

use crate::app::App;
use std::time::Duration;
use tokio::sync::watch;

/// How often the store is asked for changes: those of other servers are among them.
const EVERY: Duration = Duration::from_secs(1);

/// Changes whenever any record does. It says that something changed, never what: each page asks for what its reader may see.
pub fn changes(app: &App) -> watch::Receiver<i64> {
    app.changes.subscribe()
}

/// Looks once whether anything changed. Gives the last change known.
pub async fn look(app: &App) -> i64 {
    match app.store.last_change().await {
        Ok(last) => {
            app.changes.send_if_modified(|seen| {
                let newer = last > *seen;
                *seen = last.max(*seen);
                newer
            });
        }
        Err(error) => tracing::warn!(%error, "looking for changes"),
    }
    *app.changes.borrow()
}

/// Looks for changes until the program ends.
pub async fn run(app: App) {
    loop {
        look(&app).await;
        tokio::time::sleep(EVERY).await;
    }
}
