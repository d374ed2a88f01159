//! A clock that stands until a test moves it, and chance that is the same each time.

use actions::{Chance, Clock};
use engine::time::Moment;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// Shows the time that a test sets.
pub struct TestClock(AtomicI64);

impl TestClock {
    /// Stands at this time.
    pub fn at(time: &str) -> TestClock {
        TestClock(AtomicI64::new(moment(time).0))
    }

    /// Sets it.
    pub fn set(&self, time: &str) {
        self.0.store(moment(time).0, Ordering::SeqCst);
    }

    /// Moves it on.
    pub fn pass(&self, minutes: i64) {
        self.0.fetch_add(minutes * 60, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        Moment(self.0.load(Ordering::SeqCst))
    }
}

fn moment(text: &str) -> Moment {
    Moment::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"))
}

/// Numbers that follow from each other; good enough to tell things apart.
pub struct TestChance(AtomicU64);

impl TestChance {
    /// Begins anywhere: two that begin apart give different numbers.
    pub fn of(seed: u64) -> TestChance {
        TestChance(AtomicU64::new(seed))
    }
}

impl Chance for TestChance {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let mut x = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst);
            x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let made = (x ^ (x >> 31)).to_be_bytes();
            chunk.copy_from_slice(&made[..chunk.len()]);
        }
    }
}
