//! Working everything out again, what checkpoints are made of, and lists beside the record.

use super::Store;
use crate::error::Result;
use crate::model::{Audit, Counts, Derived, OnLists, Promised, Standing, Tip, root};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinSet;

/// What is still to be read, and what came of it.
struct Work {
    stretches: Vec<(String, Option<String>)>,
    counts: Counts,
    tips: Vec<Tip>,
    fault: Option<(String, String)>,
}

impl Store {
    /// Works every chain out again, with so many readers at once, and says the first thing that is wrong: in records, pictures, the log of
    /// looks, the journal and what it holds, and beside the rows that checkpoints hold.
    pub async fn audit(&self, kept: &Arc<Promised>, readers: usize) -> Result<Audit> {
        let mut bounds = vec![String::new()];
        bounds.extend(read!(self, audit::stretches())?);
        let ends = bounds.iter().skip(1).cloned().map(Some).chain([None]);
        let mut stretches: Vec<(String, Option<String>)> = bounds.iter().cloned().zip(ends).collect();
        stretches.reverse();
        let work = Work { stretches, counts: Counts::default(), tips: Vec::new(), fault: None };
        let work = Arc::new(Mutex::new(work));
        let mut readers_at_work = JoinSet::new();
        for _ in 0..readers.max(1) {
            readers_at_work.spawn(read_stretches(self.clone(), work.clone(), kept.clone()));
        }
        while let Some(done) = readers_at_work.join_next().await {
            done.unwrap_or_else(|e| Err(crate::error::StoreError::Refused(e.to_string())))?;
        }
        let (mut audit, mut tips) = {
            let mut work = work.lock().unwrap_or_else(PoisonError::into_inner);
            let fault = work.fault.take().map(|(_, says)| says);
            (Audit { counts: work.counts, root: String::new(), fault }, std::mem::take(&mut work.tips))
        };
        let deeds = read!(self, audit::deeds(kept))?;
        let looks = read!(self, audit::looks(kept))?;
        (audit.counts.looks, audit.counts.deeds) = (looks.counts.looks, deeds.counts.deeds);
        audit.fault = audit.fault.or(deeds.fault).or(looks.fault);
        tips.extend(deeds.tips.into_iter().chain(looks.tips));
        if audit.fault.is_none() {
            let found: HashSet<&str> = tips.iter().map(|tip| tip.label.as_str()).collect();
            audit.fault = kept.missing(&found).map(|(label, last)| {
                format!("a record of at least {last} rows that checkpoints hold is not there: a child was removed (chain {label})")
            });
        }
        if audit.fault.is_none() {
            audit.root = root(&tips);
        }
        Ok(audit)
    }

    /// The ends of all chains, as of one moment, each with the name of its chain.
    pub async fn tips(&self) -> Result<Vec<(String, Tip)>> {
        read!(self, audit::tips_now())
    }

    /// The hash of a row of a chain by its name.
    pub async fn hash_at(&self, chain: &str, seq: i64) -> Result<Option<String>> {
        read!(self, audit::hash_at(chain, seq))
    }

    /// Everything that lists keep of a child, with its record, as of one moment.
    pub async fn on_lists(&self, child: &str) -> Result<OnLists> {
        let mut listed: OnLists = read!(self, listed::listed(child))?;
        listed.rows = self.opened(child, listed.rows);
        Ok(listed)
    }

    /// Throws away what lists keep of a child and writes it anew. False, and nothing done, if it is not the version any more.
    pub async fn relist(&self, child: &str, version: i64, derived: &Derived) -> Result<bool> {
        let derived = self.prepared(child, derived)?;
        let child = child.to_owned();
        transact!(self, listed::relist(&child, version, &derived))
    }

    /// Notes what came of checking or backing up, for the health page.
    pub async fn standing_put(&self, one: &Standing) -> Result<()> {
        let one = one.clone();
        transact!(self, standing::put(&one))
    }

    /// What came of checking and backing up when it was last done.
    pub async fn standing(&self) -> Result<Vec<Standing>> {
        read!(self, standing::all())
    }
}

/// Reads one stretch after the other until none is left, or something is wrong.
async fn read_stretches(store: Store, work: Arc<Mutex<Work>>, kept: Arc<Promised>) -> Result<()> {
    loop {
        let next = {
            let mut work = work.lock().unwrap_or_else(PoisonError::into_inner);
            if work.fault.is_some() { None } else { work.stretches.pop() }
        };
        let Some((from, until)) = next else { return Ok(()) };
        let part = read!(store, audit::stretch(&from, until.as_deref(), &kept))?;
        let mut work = work.lock().unwrap_or_else(PoisonError::into_inner);
        work.counts.children += part.counts.children;
        work.counts.rows += part.counts.rows;
        work.counts.erased += part.counts.erased;
        work.counts.pictures += part.counts.pictures;
        work.tips.extend(part.tips);
        if let Some(says) = part.fault
            && work.fault.as_ref().is_none_or(|(earlier, _)| from < *earlier)
        {
            work.fault = Some((from, says));
        }
    }
}
