//! Live pages: something changed, so that whoever shows it asks for it again.

use crate::app::App;
use crate::authorise::{Actor, scope, ties};
use crate::case::sees_from;
use crate::lens::lens;
use crate::refused::{Refused, Result};
use crate::upkeep::{self, Pulse};
use policy::Answers as _;
use std::collections::BTreeMap;
use std::time::Duration;
use store::ChangeKind;
use tokio::sync::watch;

/// How often the store is asked for changes: those of other servers are among them.
const EVERY: Duration = Duration::from_secs(1);

/// Of more children than this, it is not asked for each whether it concerns the viewer.
const MANY: usize = 50;

/// Changes whenever any record does. It says that something changed, never what: each page asks for what its reader may see.
pub fn changes(app: &App) -> watch::Receiver<i64> {
    app.changes.subscribe()
}

/// Changes whenever an action of a panel becomes overdue.
pub fn late(app: &App) -> watch::Receiver<i64> {
    app.late.subscribe()
}

/// Did an action of a panel that is this person's become overdue just now?
pub async fn is_late(app: &App, actor: &Actor) -> bool {
    let lens = lens(app, actor);
    crate::area::is_news(app, actor, &lens, app.now_us() - JUST_NOW).await.unwrap_or(true)
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

/// An alert that was raised so long ago, in microseconds, is what a change tells of.
const JUST_NOW: i64 = 60 * 1_000_000;

/// What changed of a child.
#[derive(Default)]
struct Change {
    /// The place of the first row that was written; 0 where none was.
    first_row: i64,
    /// An alert was raised or seen.
    alert: bool,
}

/// What changed since, of the children whom this person sees; of this one alone, where the page is about one. Of what is hidden from them
/// they are not told, not even that it was: what was written is told to whoever sees a row of it. What time alone changed in a record of
/// which something is hidden comes with the next of the pages that a browser asks for each minute in any case, but for an alert of their own.
pub async fn changed(app: &App, actor: &Actor, since: i64, only: Option<&str>) -> Changed {
    let Ok(changes) = app.store.changes_since(since).await else { return Changed::Anything };
    let mut children: BTreeMap<String, Change> = BTreeMap::new();
    for change in changes.into_iter().filter(|change| only.is_none_or(|only| only == change.child_id)) {
        let known = children.entry(change.child_id).or_default();
        known.alert |= change.kind == ChangeKind::Alert;
        if change.first_row > 0 && (known.first_row == 0 || change.first_row < known.first_row) {
            known.first_row = change.first_row;
        }
    }
    if children.len() > MANY {
        return Changed::Anything;
    }
    let mut seen = Vec::new();
    for (child, change) in children {
        match ties(app, actor, &child).await {
            Ok(ties) if app.policies.may(&actor.role, ties).see.is_empty() => {}
            Ok(_) => match is_told(app, actor, &child, &change).await {
                Ok(true) => seen.push(child),
                // Whoever may not read the record is told nothing of it.
                Ok(false) | Err(Refused::NotAllowed(_) | Refused::NotFound) => {}
                Err(_) => return Changed::Anything,
            },
            Err(_) => return Changed::Anything,
        }
    }
    if seen.is_empty() { Changed::Nothing } else { Changed::Children(seen) }
}

/// Is this person told of a change of a child whom they see?
async fn is_told(app: &App, actor: &Actor, child: &str, change: &Change) -> Result<bool> {
    let rows = sees_from(app, actor, child, change.first_row).await?;
    if rows.all || rows.any {
        return Ok(true);
    }
    if !change.alert {
        return Ok(false);
    }
    let own = lens(app, actor).who.own;
    let alerts = app.store.alerts_for(&scope(app, actor), &own, MANY as i64).await?;
    let since = app.now_us() - JUST_NOW;
    Ok(alerts.iter().any(|alert| alert.child_id == child && alert.raised_us >= since))
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
    match app.store.late_last().await {
        Ok(last) => {
            app.late.send_if_modified(|seen| std::mem::replace(seen, last) != last);
        }
        Err(error) => tracing::warn!(%error, "looking for what is overdue for panels"),
    }
    *app.changes.borrow()
}

/// A worker that is started beside the server has so long to be seen, in seconds.
const SETTLING: i64 = 180;
/// So many looks for changes pass before it is looked again whether a worker runs.
const PULSE: u32 = 10;

/// Looks for changes, and whether a worker runs, until the program ends.
pub async fn run(app: App) {
    let mut began = app.now();
    for n in (0..PULSE).cycle() {
        look(&app).await;
        if n == 0
            && let Some(standing) = upkeep::standing(&app).await
        {
            let pulse = upkeep::pulse(&standing, app.now());
            began = began.min(app.now());
            let settled = pulse == Pulse::Beats || app.now().0 - began.0 > SETTLING;
            app.pulse.send_replace(settled.then_some(pulse));
            app.alarms.send_replace(upkeep::alarms(&standing));
        }
        tokio::time::sleep(EVERY).await;
    }
}
