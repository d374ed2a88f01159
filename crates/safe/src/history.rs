//! All checkpoints, one after the other, checked without a database: signatures, numbers, that each follows the one before, that no chain
//! ever grew shorter or another, and that the roots are those of what was said.

use crate::checkpoint::{Checkpoint, hash};
use crate::key::Public;
use std::collections::BTreeMap;
use store::{Promised, Tip, root};

/// What a file of checkpoints says.
#[derive(Default)]
pub struct History {
    /// The last one.
    pub last: Option<Checkpoint>,
    /// How many there are.
    pub count: i64,
    /// The rows that they hold.
    pub promised: Promised,
    /// How each chain stood at the last one.
    pub(crate) ends: BTreeMap<String, Tip>,
    /// The hash of the last line.
    pub(crate) hash: String,
    /// The hashes of all lines, by their number less one: a file may hold one twice, as when two files are put together.
    lines: Vec<String>,
}

/// Which roots are worked out again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Roots {
    All,
    Last,
}

impl History {
    /// Checks a file of checkpoints. The error says what is wrong first, with its place.
    pub fn of(text: &str, key: &Public) -> Result<History, String> {
        History::read(text, key, Roots::All)
    }

    pub(crate) fn read(text: &str, key: &Public, roots: Roots) -> Result<History, String> {
        let mut history = History::default();
        for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            history.add(line.trim(), key, roots).map_err(|what| format!("line {}: {what}", place + 1))?;
        }
        if roots == Roots::Last {
            history.check_root()?;
        }
        Ok(history)
    }

    fn add(&mut self, line: &str, key: &Public, roots: Roots) -> Result<(), String> {
        let checkpoint = Checkpoint::read(line, key)?;
        let (number, own) = (checkpoint.number, hash(line));
        if number >= 1
            && let Some(known) = self.lines.get(number as usize - 1)
        {
            if *known == own {
                return Ok(());
            }
            return Err(format!("checkpoint {number} is there twice, and says two things: the history was made anew"));
        }
        if number != self.count + 1 {
            return Err(format!("checkpoint {} should follow, and {number} does", self.count + 1));
        }
        if checkpoint.before != self.hash {
            return Err(format!("checkpoint {number} does not follow the one before it: the history was made anew"));
        }
        for tip in checkpoint.tips() {
            let shorter = self.ends.get(&tip.label).is_some_and(|before| before.seq >= tip.seq);
            if shorter {
                return Err(format!("checkpoint {number}: a record was cut or made anew (chain {})", tip.label));
            }
            self.promised.add(&tip);
            self.ends.insert(tip.label.clone(), tip);
        }
        (self.count, self.hash, self.last) = (number, own.clone(), Some(checkpoint));
        self.lines.push(own);
        if roots == Roots::All { self.check_root() } else { Ok(()) }
    }

    fn check_root(&self) -> Result<(), String> {
        let Some(last) = &self.last else { return Ok(()) };
        let rows: i64 = self.ends.values().map(|tip| tip.seq).sum();
        let whole = (last.chains, last.rows) == (self.ends.len() as i64, rows) && last.root == root(self.ends.values());
        if whole {
            Ok(())
        } else {
            Err(format!("checkpoint {}: its root is not that of the chains it speaks of", last.number))
        }
    }
}
