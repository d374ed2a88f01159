//! Records that were read lately, so that a save and the page after it do not read again what is known. Whoever asks brings where the
//! record stands in the database now: what is remembered is used as far as it goes, and never shown for newer. What is kept here is the
//! whole; it is redacted for each viewer afterwards, as if it had just been read.

use super::whole::Whole;
use hashlink::LruCache;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So much memory records take at most, in bytes as they are reckoned: about 100,000 entries.
const MOST: usize = 256 << 20;
/// A record that nobody asked for so long is forgotten: what was lawfully erased elsewhere does not stay here.
const KEPT_US: i64 = 15 * 60 * 1_000_000;

/// The records, by child; the one asked for last is last.
#[derive(Default)]
pub(crate) struct Remembered(Mutex<Kept>);

struct Kept {
    records: LruCache<String, One>,
    bytes: usize,
}

struct One {
    whole: Whole,
    bytes: usize,
    asked_us: i64,
}

impl Default for Kept {
    fn default() -> Kept {
        Kept { records: LruCache::new_unbounded(), bytes: 0 }
    }
}

impl Remembered {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is remembered of a child's record, at whatever version.
    pub(super) fn get(&self, child: &str, now_us: i64) -> Option<Whole> {
        let mut kept = self.kept();
        let one = kept.records.get_mut(child)?;
        one.asked_us = now_us;
        Some(one.whole.clone())
    }

    /// Forgets a record: it was let go.
    pub(super) fn forget(&self, child: &str) {
        self.kept().forget(child);
    }

    /// As `get`, by whoever passes by: it counts as nobody's asking.
    pub(super) fn peek(&self, child: &str) -> Option<Whole> {
        self.kept().records.peek(child).map(|one| one.whole.clone())
    }

    /// Remembers a record, and forgets what there is no room for.
    pub(super) fn put(&self, child: &str, whole: &Whole, now_us: i64) {
        let bytes = whole.bytes();
        let mut kept = self.kept();
        kept.forget(child);
        if bytes <= MOST / 2 {
            kept.records.insert(child.to_owned(), One { whole: whole.clone(), bytes, asked_us: now_us });
            kept.bytes += bytes;
        }
        while let Some((_, oldest)) = kept.records.iter().next() {
            if kept.bytes <= MOST && oldest.asked_us >= now_us - KEPT_US {
                break;
            }
            if let Some((_, gone)) = kept.records.remove_lru() {
                kept.bytes -= gone.bytes;
            }
        }
    }
}

impl Kept {
    fn forget(&mut self, child: &str) {
        if let Some(gone) = self.records.remove(child) {
            self.bytes -= gone.bytes;
        }
    }
}
