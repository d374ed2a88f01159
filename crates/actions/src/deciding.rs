//! How often it was decided who may what, and how long that took: for the figures of a server. Decisions themselves are in `authorise.rs`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// All decisions since the program began.
#[derive(Default)]
pub(crate) struct Decisions {
    count: AtomicU64,
    micros: AtomicU64,
}

impl Decisions {
    /// One is taken, until what this gives is dropped.
    pub fn one(&self) -> Deciding<'_> {
        Deciding { all: self, since: Instant::now() }
    }

    /// How many, and how long all of them took together.
    pub fn so_far(&self) -> (u64, Duration) {
        let micros = self.micros.load(Ordering::Relaxed);
        (self.count.load(Ordering::Relaxed), Duration::from_micros(micros))
    }
}

/// A decision that is being taken.
pub(crate) struct Deciding<'a> {
    all: &'a Decisions,
    since: Instant,
}

impl Drop for Deciding<'_> {
    fn drop(&mut self) {
        self.all.count.fetch_add(1, Ordering::Relaxed);
        let micros = u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.all.micros.fetch_add(micros, Ordering::Relaxed);
    }
}
