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

    /// As [`Known::after`], of what was known just before and of what was written since.
    fn grown(mut self, version: i64, head: &str, derived: &Prepared, moves: &Moves) -> Known {
        moves.episodes.on(&mut self.episodes, &derived.episodes);
        moves.duties.on(&mut self.duties, &derived.duties);
        Known { version, head: head.to_owned(), listed: moves.listed.clone(), ..self }
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
    /// The hash of the last row, and what lists say, as they are known: only while that is so may it be written.
    pub(crate) head_before: String,
    pub(crate) listed_before: String,
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

/// What a write changes of what is known.
pub(crate) struct Moves {
    listed: String,
    episodes: Moved,
    duties: Moved,
}

/// The places of lines that are new or changed, and the keys of those that are gone.
struct Moved {
    fresh: Vec<usize>,
    gone: Vec<String>,
}

impl Moved {
    fn of(known: &HashMap<String, String>, lines: &[Line]) -> Moved {
        let (mut fresh, mut met) = (Vec::new(), 0);
        for (place, line) in lines.iter().enumerate() {
            let before = known.get(&line.key);
            met += usize::from(before.is_some());
            if before != Some(&line.fingerprint) {
                fresh.push(place);
            }
        }
        // No line is there twice: where as many were met as were known, none is gone.
        let mut gone = Vec::new();
        if met < known.len() {
            let left: BTreeSet<&str> = lines.iter().map(|line| line.key.as_str()).collect();
            gone.extend(known.keys().filter(|key| !left.contains(key.as_str())).cloned());
        }
        Moved { fresh, gone }
    }

    /// The same as JSON: the lines, and the keys.
    fn json(&self, lines: &[Line]) -> Result<(String, String)> {
        let fresh: Vec<&str> = self.fresh.iter().map(|place| lines[*place].json.as_str()).collect();
        let gone: Vec<HashMap<&str, &str>> = self.gone.iter().map(|key| HashMap::from([("key", &**key)])).collect();
        Ok((format!("[{}]", fresh.join(",")), json(&gone)?))
    }

    fn on(&self, known: &mut HashMap<String, String>, lines: &[Line]) {
        for key in &self.gone {
            known.remove(key);
        }
        let fresh = self.fresh.iter().map(|place| &lines[*place]);
        known.extend(fresh.map(|line| (line.key.clone(), line.fingerprint.clone())));
    }
}

impl Step {
    /// With what it changes of what is known; none where it takes more than one step.
    pub(crate) fn of(known: &Known, write: &Write) -> Result<Option<(Step, Moves)>> {
        let pictured = write.rows.iter().any(|row| row.photograph.is_some());
        let derived = &write.derived;
        let listed = derived.listed();
        if write.created_us.is_some() || pictured || !known.fits(write, &listed) {
            return Ok(None);
        }
        let links = links(&write.child, write.version, &known.head, &write.rows);
        let moves = Moves {
            listed: listed.clone(),
            episodes: Moved::of(&known.episodes, &derived.episodes),
            duties: Moved::of(&known.duties, &derived.duties),
        };
        let (episodes, episodes_gone) = moves.episodes.json(&derived.episodes)?;
        let (duties, duties_gone) = moves.duties.json(&derived.duties)?;
        let step = Step {
            head_before: known.head.clone(),
            listed_before: known.listed.clone(),
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
        };
        Ok(Some((step, moves)))
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

    /// A record was continued, from what was known of it: what stands now.
    pub(crate) fn go_on(&self, write: &Write, answer: &Appended, known: Arc<Known>, moves: &Moves) {
        let derived = &write.derived;
        // Nobody else holds it, as a rule; then only what changed is touched.
        self.forget(&write.child);
        let after = match Arc::try_unwrap(known) {
            Ok(known) => known.grown(answer.version, &answer.head, derived, moves),
            Err(_) => Known::after(answer.version, &answer.head, derived),
        };
        self.note(&write.child, Arc::new(after));
    }

    /// It is not as it was known.
    pub(crate) fn forget(&self, child: &str) {
        let mut lately = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gone) = lately.children.remove(child) {
            lately.lines -= gone.lines();
        }
    }
}
