//! The worker: what time alone brings about. It looks again at children whose moment has come, and raises reminders and alerts.
//!
//! Any number of workers may run: an alert is claimed in the store by one of them, and a refresh that comes second changes nothing.

use crate::app::App;
use crate::case::refresh;
use crate::refused::Result;
use crate::upkeep;
use engine::time::Moment;
use std::time::Duration;
use store::Alert;
use views::words::AT_ONCE_GRACE_MINUTES;

/// How often it looks. A limit is alerted within five seconds of its moment.
const EVERY: Duration = Duration::from_secs(1);
/// So many children are looked at again, and so many alerts raised, before the other is done.
const BATCH: i64 = 200;
/// So many batches make one tick at most, so that a server that was off for long is not silent while it catches up.
const BATCHES: usize = 10;

/// Ended sessions and the like are cleared away every so many minutes.
const SWEEP: i64 = 60;

/// What one look came to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ticked {
    /// How many children were looked at again.
    pub refreshed: usize,
    /// The alerts that this worker raised.
    pub raised: Vec<Alert>,
    /// How many episodes this worker found silent, and told somebody of.
    pub silent: usize,
    /// How many actions of panels this worker found overdue first.
    pub late: usize,
}

/// Looks once: first what time has changed, then what has to be raised, so that nothing is raised that is no longer asked.
pub async fn tick(app: &App) -> Result<Ticked> {
    let mut ticked = Ticked::default();
    for _ in 0..BATCHES {
        let children = app.store.children_to_refresh(app.now_us(), BATCH).await?;
        for child in &children {
            refresh(app, child).await?;
        }
        ticked.refreshed += children.len();
        if (children.len() as i64) < BATCH {
            break;
        }
    }
    for _ in 0..BATCHES {
        let raised = app.store.raise_alerts(app.now_us(), AT_ONCE_GRACE_MINUTES * 60 * 1_000_000, BATCH).await?;
        let more = raised.len() as i64 == BATCH;
        ticked.raised.extend(raised);
        if !more {
            break;
        }
    }
    ticked.silent = crate::silence::watch(app).await?;
    ticked.late = crate::area::watch(app).await?;
    // What a post that has ended leaves stays with the team.
    crate::post::settle(app).await?;
    Ok(ticked)
}

/// Notes by which rulebooks lists are worked out. A child of whom nothing is asked is looked at once a week; other rulebooks may ask at once.
pub async fn rulebooks(app: &App) -> Result<bool> {
    let books = app.rules.library.rulebooks.iter();
    let mut all: Vec<String> = books.map(|book| format!("{} {} {}", book.id, book.edition, book.hash)).collect();
    // Lists say until when records are kept.
    all.push(casebook::retention::TEXT.into());
    // And where the child may be found, blinded under a key.
    all.extend(app.sealing.as_ref().map(|sealing| format!("blinded under {}", sealing.index())));
    Ok(app.store.worked_out_by(&all.join("\n")).await?)
}

/// Looks every second until the program ends. Trouble is logged, and it looks again.
pub async fn run(app: App) {
    let (mut sweep_at, mut beat_at) = (app.now(), app.now());
    match rulebooks(&app).await {
        Ok(false) => {}
        Ok(true) => tracing::info!("the rulebooks are others than before: all lists are worked out again"),
        Err(refused) => tracing::warn!(?refused, "the rulebooks"),
    }
    loop {
        // Where the clock was put back, nothing waits for the time that it was.
        if beat_at.0 > app.now().0 + upkeep::BEAT {
            (sweep_at, beat_at) = (app.now(), app.now());
        }
        if app.now() >= sweep_at {
            if let Err(error) = app.store.sweep(app.now_us()).await {
                tracing::warn!(%error, "clearing away");
            }
            if let Err(refused) = crate::retention::tell(&app).await {
                tracing::warn!(?refused, "telling of records whose time is over");
            }
            sweep_at = app.now().plus_minutes(SWEEP);
        }
        if app.now() >= beat_at {
            if let Err(refused) = upkeep::beat(&app).await {
                tracing::warn!(?refused, "noting that the worker runs");
            }
            beat_at = Moment(app.now().0 + upkeep::BEAT);
        }
        match tick(&app).await {
            Ok(ticked) if ticked.raised.is_empty() && ticked.silent == 0 && ticked.late == 0 => {}
            Ok(ticked) => {
                tracing::info!(alerts = ticked.raised.len(), silent = ticked.silent, panels = ticked.late, "raised");
            }
            Err(refused) => tracing::warn!(?refused, "the worker"),
        }
        tokio::time::sleep(EVERY).await;
    }
}
