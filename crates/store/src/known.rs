//! What a server knows of the lists of children on whose records it wrote lately, and what follows from it: which rows have to be written
//! when a record is continued, without asking first. The database writes only if things stand as they are known.

use crate::chain::links;
use crate::error::Result;
use crate::model::Appended;
use crate::prepare::{Line, Prepared, Write, json};
use hashlink::LruCache;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// So many lines of lists are known at most: about 50 MB.
const MOST: usize = 400_000;

/// What stands in the child's row and in its lists.
pub(crate) struct Known {
    pub(crate) version: i64,
    pub(crate) head: String,
    /// As two hashes: see [`Prepared::listed`].
    pub(crate) listed: String,
    /// The fingerprints of episodes and duties, by their keys.
    pub(crate) episodes: HashMap<String, String>,
    pub(crate) duties: HashMap<String, String>,
}

impl Known {
    /// What stands there once this is written.
    pub(crate) fn after(version: i64, head: &str, derived: &Prepared) -> Known {
        let all = |lines: &[Line]| lines.iter().map(|line| (line.key.clone(), line.fingerprint.clone())).collect();
        Known {
            version,
            head: head.to_owned(),
            listed: derived.listed(),
            episodes: all(&derived.episodes),
            duties: all(&derived.duties),
        }
    }

    /// Can a write be made in one step, by what is known? Not where more changes than rows, duties and episodes.
    fn fits(&self, write: &Write, listed: &str) -> bool {
        let seldom = |listed: &str| listed.split(' ').next().map(str::to_owned);
        self.version == write.version && seldom(&self.listed) == seldom(listed)
    }

    fn lines(&self) -> usize {
        16 + self.episodes.len() + self.duties.len()
    }
}

/// A write, ready to be made in one step.
pub(crate) struct Step {
    pub(crate) known: Arc<Known>,
    pub(crate) child: String,
    pub(crate) version: i64,
    pub(crate) next: i64,
    pub(crate) key: String,
    pub(crate) made_us: i64,
    /// The rows of the chain, and the hash of the last, as JSON.
    pub(crate) links: String,
    pub(crate) head: String,
    pub(crate) name: String,
    pub(crate) date_of_birth: Option<String>,
    pub(crate) photograph: Option<String>,
    pub(crate) next_change_us: Option<i64>,
    pub(crate) listed: String,
    /// Lines that are new or changed, and keys of those that are gone, as JSON.
    pub(crate) duties: String,
    pub(crate) duties_gone: String,
    pub(crate) episodes: String,
    pub(crate) episodes_gone: String,
}

impl Step {
    /// None where it takes more than one step.
    pub(crate) fn of(known: &Arc<Known>, write: &Write) -> Result<Option<Step>> {
        let pictured = write.rows.iter().any(|row| row.photograph.is_some());
        let derived = &write.derived;
        let listed = derived.listed();
        if write.created_us.is_some() || pictured || !known.fits(write, &listed) {
            return Ok(None);
        }
        let links = links(&write.child, write.version, &known.head, &write.rows);
        let (episodes, episodes_gone) = changed(&known.episodes, &derived.episodes)?;
        let (duties, duties_gone) = changed(&known.duties, &derived.duties)?;
        Ok(Some(Step {
            known: known.clone(),
            child: write.child.clone(),
            version: write.version,
            next: write.version + write.rows.len() as i64,
            key: write.key.clone(),
            made_us: write.rows.iter().map(|row| row.recorded_us).max().unwrap_or(0),
            head: links.last().map_or_else(|| known.head.clone(), |link| link.hash.clone()),
            links: json(&links)?,
            name: derived.name.clone(),
            date_of_birth: derived.date_of_birth.clone(),
            photograph: derived.photograph.clone(),
            next_change_us: derived.next_change_us,
            listed,
            duties,
            duties_gone,
            episodes,
            episodes_gone,
        }))
    }

    /// The answer, once it is done.
    pub(crate) fn answer(&self) -> Appended {
        Appended {
            child: self.child.clone(),
            version: self.next,
            first_seq: self.version + 1,
            head: self.head.clone(),
            repeated: false,
        }
    }
}

/// Lines that are new or changed, and the keys of those that are gone.
fn changed(known: &HashMap<String, String>, lines: &[Line]) -> Result<(String, String)> {
    let fresh = lines.iter().filter(|line| known.get(&line.key) != Some(&line.fingerprint));
    let fresh: Vec<&str> = fresh.map(|line| line.json.as_str()).collect();
    let left: BTreeSet<&str> = lines.iter().map(|line| line.key.as_str()).collect();
    let gone = known.keys().filter(|key| !left.contains(key.as_str()));
    let gone: Vec<HashMap<&str, &str>> = gone.map(|key| HashMap::from([("key", key.as_str())])).collect();
    Ok((format!("[{}]", fresh.join(",")), json(&gone)?))
}

/// What is known, by child.
pub(crate) struct Knowing(Mutex<Lately>);

struct Lately {
    children: LruCache<String, Arc<Known>>,
    lines: usize,
}

impl Default for Knowing {
    fn default() -> Knowing {
        Knowing(Mutex::new(Lately { children: LruCache::new_unbounded(), lines: 0 }))
    }
}

impl Knowing {
    /// What is known of a child.
    pub(crate) fn of(&self, child: &str) -> Option<Arc<Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).children.get(child).cloned()
    }

    /// Takes note of what stands now, and forgets whom nobody wrote about for longest.
    pub(crate) fn note(&self, child: &str, known: Arc<Known>) {
        let mut lately = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lately.lines += known.lines();
        if let Some(before) = lately.children.insert(child.to_owned(), known) {
            lately.lines -= before.lines();
        }
        while lately.lines > MOST {
            let Some((_, gone)) = lately.children.remove_lru() else { break };
            lately.lines -= gone.lines();
        }
    }

    /// It is not as it was known.
    pub(crate) fn forget(&self, child: &str) {
        let mut lately = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gone) = lately.children.remove(child) {
            lately.lines -= gone.lines();
        }
    }
}
