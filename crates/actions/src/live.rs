//! Live pages: something changed, so that whoever shows it asks for it again.

use crate::app::App;
use crate::authorise::{Actor, ties};
use crate::upkeep::{self, Pulse};
use policy::Answers as _;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::watch;

/// How often the store is asked for changes: those of other servers are among them.
const EVERY: Duration = Duration::from_secs(1);

/// Of more children than this, it is not asked for each whether it concerns the viewer.
const MANY: usize = 50;

/// Changes whenever any record does. It says that something changed, never what: each page asks for what its reader may see.
pub fn changes(app: &App) -> watch::Receiver<i64> {
    app.changes.subscribe()
}

/// What changed, for somebody who looks at a page that keeps itself fresh.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Changed {
    /// Nothing that they see.
    Nothing,
    /// These children, whom they see.
    Children(Vec<String>),
    /// So much, or nobody can say what: the page asks for itself.
    Anything,
}

/// What changed since, of the children whom this person sees; of this one alone, where the page is about one.
pub async fn changed(app: &App, actor: &Actor, since: i64, only: Option<&str>) -> Changed {
    let Ok(changes) = app.store.changes_since(since).await else { return Changed::Anything };
    let mut children: BTreeSet<String> = changes.into_iter().map(|change| change.child_id).collect();
    children.retain(|child| only.is_none_or(|only| only == child));
    if children.len() > MANY {
        return Changed::Anything;
    }
    let mut seen = Vec::new();
    for child in children {
        match ties(app, actor, &child).await {
            Ok(ties) if app.policies.may(&actor.role, ties).see.is_empty() => {}
            Ok(_) => seen.push(child),
            Err(_) => return Changed::Anything,
        }
    }
    if seen.is_empty() { Changed::Nothing } else { Changed::Children(seen) }
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

/// A worker that is started beside the server has so long to be seen, in seconds.
const SETTLING: i64 = 180;
/// So many looks for changes pass before it is looked again whether a worker runs.
const PULSE: u32 = 10;

/// Looks for changes, and whether a worker runs, until the program ends.
pub async fn run(app: App) {
    let began = app.now();
    for n in (0..PULSE).cycle() {
        look(&app).await;
        if n == 0
            && let Some(standing) = upkeep::standing(&app).await
        {
            let pulse = upkeep::pulse(&standing, app.now());
            let settled = pulse == Pulse::Beats || app.now().0 - began.0 > SETTLING;
            app.pulse.send_replace(settled.then_some(pulse));
        }
        tokio::time::sleep(EVERY).await;
    }
}
