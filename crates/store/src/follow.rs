//! A follower: a second machine that keeps a copy of a SQLite database. What a server knows of it in memory: up to where it has everything,
//! whether it answers, since when there is one copy only. How rows go to it is in `lite/follow/`.

use std::cell::Cell;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Under this name it stands what a follower refused last.
pub const FOLLOWER: &str = "follower";
/// A save waits so long for the follower. Two machines of one building answer in 10 to 30 ms, most of it the follower's own disk; a person
/// does not notice a quarter of a second, and does notice more.
pub const WAITS: Duration = Duration::from_millis(250);
/// A follower that did not ask for so long is away. Its questions are answered after 20 seconds at the latest.
const SILENT: Duration = Duration::from_mins(1);

tokio::task_local! {
    static SAVED: Cell<Option<i64>>;
}

/// Does some work, and gives with its outcome up to which place a follower has to come so that it has all that the work saved; none where it
/// saved nothing, or where there is no follower.
pub async fn noting<F: Future>(work: F) -> (F::Output, Option<i64>) {
    SAVED
        .scope(Cell::new(None), async {
            let done = work.await;
            (done, SAVED.with(Cell::get))
        })
        .await
}

/// Does some work of which nobody is told that it was saved, such as the note that somebody looked.
pub(crate) async fn unnoted<F: Future>(work: F) -> F::Output {
    SAVED.scope(Cell::new(None), work).await
}

/// Notes for whoever asked for a write up to which place a follower has to come for it.
pub(crate) fn note(place: i64) {
    // Nobody asked where a worker or a command writes.
    let _ = SAVED.try_with(|saved| saved.set(Some(place)));
}

/// What is known of a follower.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Copies {
    /// It has taken its first copy.
    pub begun: bool,
    /// Since when something stands here alone; none if the follower has everything.
    pub alone_since_us: Option<i64>,
    /// So many entries stand here alone.
    pub behind: i64,
    /// It does not answer: the next save will not wait for it.
    pub away: bool,
}

/// The server's side.
#[derive(Debug)]
pub(crate) struct Hub {
    on: AtomicBool,
    /// The last place that is known to be durable here.
    committed: watch::Sender<i64>,
    /// The place up to which the follower has everything; -1 before its first copy.
    confirmed: watch::Sender<i64>,
    mind: Mutex<Mind>,
}

#[derive(Debug)]
struct Mind {
    /// A save waited in vain, and the follower has not caught up since.
    away: bool,
    alone_since_us: Option<i64>,
    heard: Option<Instant>,
    /// What the follower was sent last: up to where, and when that was read.
    sent: Option<(i64, Instant)>,
}

impl Default for Hub {
    fn default() -> Hub {
        let mind = Mind { away: true, alone_since_us: None, heard: None, sent: None };
        Hub {
            on: AtomicBool::new(false),
            committed: watch::channel(0).0,
            confirmed: watch::channel(-1).0,
            mind: Mutex::new(mind),
        }
    }
}

impl Hub {
    fn mind(&self) -> MutexGuard<'_, Mind> {
        self.mind.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_on(&self) -> bool {
        self.on.load(Ordering::Acquire)
    }

    /// There is a follower from now on. It is away until it has asked.
    pub(crate) fn turn_on(&self, committed: i64, confirmed: i64, alone_since_us: Option<i64>) {
        self.committed.send_replace(committed);
        self.confirmed.send_replace(confirmed);
        self.mind().alone_since_us = alone_since_us;
        self.on.store(true, Ordering::Release);
    }

    /// This place is durable here.
    pub(crate) fn commit(&self, place: i64) {
        self.committed.send_if_modified(|last| {
            let later = place > *last;
            *last = place.max(*last);
            later
        });
    }

    pub(crate) fn committed(&self) -> i64 {
        *self.committed.borrow()
    }

    pub(crate) fn confirmed(&self) -> i64 {
        *self.confirmed.borrow()
    }

    /// Comes when something later than this place is durable.
    pub(crate) async fn later(&self, place: i64) {
        // It cannot be closed: this holds its sender.
        let _ = self.committed.subscribe().wait_for(|last| *last > place).await;
    }

    /// What stands up to this place was just read for the follower.
    pub(crate) fn sent(&self, place: i64, read: Instant) {
        self.mind().sent = Some((place, read));
    }

    /// The follower has everything up to this place, durably. It has caught up when that is all there is, or was a moment ago.
    pub(crate) fn confirm(&self, place: i64) {
        let mut mind = self.mind();
        mind.heard = Some(Instant::now());
        let all = place >= self.committed();
        let a_moment_ago = mind.sent.is_some_and(|(sent, read)| sent == place && read.elapsed() < WAITS);
        if all || a_moment_ago {
            mind.away = false;
            mind.alone_since_us = None;
        }
        drop(mind);
        self.confirmed.send_if_modified(|last| std::mem::replace(last, place) != place);
    }

    /// A follower begins anew, and has nothing yet.
    pub(crate) fn begin_anew(&self, now_us: i64) {
        let mut mind = self.mind();
        mind.away = true;
        mind.heard = Some(Instant::now());
        mind.alone_since_us.get_or_insert(now_us);
        drop(mind);
        self.confirmed.send_replace(-1);
    }

    /// The follower does not take what it is sent.
    pub(crate) fn lose(&self, now_us: i64) {
        let mut mind = self.mind();
        mind.away = true;
        if self.confirmed() < self.committed() {
            mind.alone_since_us.get_or_insert(now_us);
        }
    }

    /// Has the follower everything up to this place? Waits for it a moment, unless it is known to be away.
    pub(crate) async fn waits(&self, place: i64, now_us: i64) -> bool {
        if !self.is_on() || self.confirmed() >= place {
            return true;
        }
        if !self.mind().away {
            let mut confirmed = self.confirmed.subscribe();
            let reached = tokio::time::timeout(WAITS, confirmed.wait_for(|last| *last >= place)).await;
            if matches!(reached, Ok(Ok(_))) {
                return true;
            }
        }
        let mut mind = self.mind();
        // It may have come in between the two.
        if self.confirmed() >= place {
            return true;
        }
        mind.away = true;
        mind.alone_since_us.get_or_insert(now_us);
        false
    }

    /// To be called now and then: whether something stands here alone though no save waited for it, as what a worker writes. `lagging` is the
    /// place up to which everything was durable when it was called last.
    pub(crate) fn look(&self, lagging: i64, now_us: i64) {
        let confirmed = self.confirmed();
        let mut mind = self.mind();
        if mind.heard.is_none_or(|heard| heard.elapsed() > SILENT) {
            mind.away = true;
        }
        if confirmed < lagging {
            mind.alone_since_us.get_or_insert(now_us);
        } else if confirmed >= self.committed() {
            mind.alone_since_us = None;
        }
    }

    /// Since when there is one copy, and whether the follower is away.
    pub(crate) fn state(&self) -> (Option<i64>, bool) {
        let mind = self.mind();
        (mind.alone_since_us, mind.away)
    }
}
