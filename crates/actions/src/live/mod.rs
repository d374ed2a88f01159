//! Live pages: something changed, so that whoever shows it asks for it again.

mod shared;

pub(crate) use shared::{OfChild, Shared};

use crate::app::App;
use crate::authorise::{Actor, Regard, regards, scope};
use crate::case::{sees_from, sees_rows};
use crate::lens::lens;
use crate::refused::{Refused, Result};
use crate::upkeep::{self, Pulse};
use std::collections::BTreeMap;
use std::sync::Arc;
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

/// A stretch of changes of which a page hears.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// The last change of which it heard before.
    since: i64,
    /// The last of which it knows that there is one, as [`changes`] says; none where it goes by itself, and shares nothing.
    until: Option<i64>,
}

impl Window {
    /// From one value of [`changes`] to a later one. What came after it may be told as well, and is told again next time.
    pub fn between(since: i64, until: i64) -> Window {
        Window { since, until: Some(until) }
    }

    /// Whatever came since, asked for this page alone.
    fn alone(since: i64) -> Window {
        Window { since, until: None }
    }
}

/// What changed since, of the children whom this person sees; of this one alone, where the page is about one. Of what is hidden from them
/// they are not told, not even that it was: what was written is told to whoever sees a row of it. What time alone changed in a record of
/// which something is hidden comes with the next of the pages that a browser asks for each minute in any case, but for an alert of their own.
pub async fn changed(app: &App, actor: &Actor, since: i64, only: Option<&str>) -> Changed {
    changed_in(app, actor, Window::alone(since), only).await
}

/// As [`changed`], for one of many pages that are told at once: what does not depend on who looks is asked once for all of them.
pub async fn changed_in(app: &App, actor: &Actor, window: Window, only: Option<&str>) -> Changed {
    match heard(app, actor, window, only, false).await {
        Ok(Some(heard)) if heard.told.is_empty() => Changed::Nothing,
        Ok(Some(heard)) => Changed::Children(heard.told.into_iter().map(|(regard, _)| regard.permit.child).collect()),
        Ok(None) | Err(_) => Changed::Anything,
    }
}

/// What somebody hears of a window.
pub(crate) struct Heard {
    /// The children of whom they are told: how they stand to each at this moment, and what is known of it.
    pub told: Vec<(Regard, Arc<OfChild>)>,
    /// Of what changed, the children whom they do not see at this moment.
    pub unseen: Vec<String>,
}

/// What this person hears of a window; none if it is so much that the page asks for itself. `board`: what a line of the board needs is read too.
pub(crate) async fn heard(
    app: &App,
    actor: &Actor,
    window: Window,
    only: Option<&str>,
    board: bool,
) -> Result<Option<Heard>> {
    let mut changed: BTreeMap<String, Change> = BTreeMap::new();
    let all = app.told.changes(app, window).await?;
    for change in all.iter().filter(|change| only.is_none_or(|only| only == change.child_id)) {
        let known = changed.entry(change.child_id.clone()).or_default();
        known.alert |= change.kind == ChangeKind::Alert;
        if change.first_row > 0 && (known.first_row == 0 || change.first_row < known.first_row) {
            known.first_row = change.first_row;
        }
    }
    if changed.len() > MANY {
        return Ok(None);
    }
    let children: Vec<String> = changed.keys().cloned().collect();
    let mut heard = Heard { told: Vec::new(), unseen: children.clone() };
    for (regard, known) in regarded(app, actor, window, &children, board).await? {
        heard.unseen.retain(|child| *child != regard.permit.child);
        let Some(change) = changed.get(&regard.permit.child) else { continue };
        match is_told(app, actor, &regard, change, &known).await {
            Ok(true) => heard.told.push((regard, known)),
            // Whoever may not read the record is told nothing of it.
            Ok(false) | Err(Refused::NotAllowed(_) | Refused::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Some(heard))
}

/// How somebody stands to those of these children whom they see, with what is known of each. What they see is decided after it was read: of what
/// was written when they might not see it any more they get nothing.
pub(crate) async fn regarded(
    app: &App,
    actor: &Actor,
    window: Window,
    children: &[String],
    board: bool,
) -> Result<Vec<(Regard, Arc<OfChild>)>> {
    // Of whom nobody may see nothing is read.
    let first = regards(app, actor, children).await?;
    let mut known: Vec<Arc<OfChild>> = Vec::with_capacity(first.len());
    let mut news = false;
    for regard in &first {
        let one = app.told.of(&regard.permit.child, window);
        news |= !regard.merged && one.is_news(app, board).await;
        known.push(one);
    }
    let decided = if news { regards(app, actor, children).await? } else { first };
    let with = |regard: Regard| {
        let one = known.iter().find(|one| one.child == regard.permit.child)?.clone();
        Some((regard, one))
    };
    Ok(decided.into_iter().filter_map(with).collect())
}

/// Is this person told of a change of a child whom they see?
async fn is_told(app: &App, actor: &Actor, regard: &Regard, change: &Change, known: &OfChild) -> Result<bool> {
    let child = &regard.permit.child;
    let rows = if regard.merged {
        sees_from(app, actor, child, change.first_row).await?
    } else {
        sees_rows(app, regard, known.record(app).await?, change.first_row).await?
    };
    if rows.all || rows.any {
        return Ok(true);
    }
    if !change.alert {
        return Ok(false);
    }
    let own = lens(app, actor).who.own;
    let alerts = app.store.alerts_for(&scope(app, actor), &own, MANY as i64).await?;
    let since = app.now_us() - JUST_NOW;
    Ok(alerts.iter().any(|alert| alert.child_id == *child && alert.raised_us >= since))
}

/// Looks once whether anything changed. Gives the last change known.
pub async fn look(app: &App) -> i64 {
    app.told.tidy();
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
