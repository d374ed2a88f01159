//! Which records are of one child, and which people around children are one person, as rows of the records say it. A record that was merged into another is carried there row by row, and is
//! itself left as it was: so that taking them apart gives back both, to the row.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::Row;

/// What a row of the kind `same` says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub(crate) enum Same {
    /// The rows that follow came from the record of this child, which was merged into this one.
    Holds {
        /// The other record.
        child: String,
        /// How many rows follow.
        rows: i64,
        /// Ids that were written anew, since this record had them already: `entry`, `fact`, `placement` or `person`, the new, the old.
        renamed: Vec<(String, String, String)>,
    },
    /// They count no more: the other record is by itself again.
    Parts {
        /// The other record.
        child: String,
        /// The place of the row that said so.
        holds: i64,
        /// The places of later rows that spoke of what had come from it, and went with it.
        moved: Vec<i64>,
    },
    /// This record was merged into that of this child, and is read there.
    Into {
        /// The other record.
        child: String,
    },
    /// It is by itself again.
    Out {
        /// The other record.
        child: String,
    },
    /// Somebody who sees both found that these are two children.
    Apart {
        /// The other record.
        child: String,
    },
    /// That was said in error: it is asked again.
    Perhaps {
        /// The other record.
        child: String,
    },
    /// Somebody around this child is somebody around another. Which other is said nowhere: the record of that child has a row with the same mark.
    OnePerson {
        /// The person, in this record.
        person: String,
        /// What both rows have, and no third.
        tie: String,
        /// How it is known.
        why: String,
    },
    /// That was said in error.
    TwoPersons {
        /// The person, in this record.
        person: String,
        /// What both rows have.
        tie: String,
        /// Why not.
        why: String,
    },
}

/// That somebody around this child is somebody around another, as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Tie {
    /// The person, in this record.
    pub person: String,
    /// What the row of the other record has as well.
    pub mark: String,
    /// How it is known; may be empty.
    pub why: String,
    /// Who said it, by id.
    pub actor: String,
    /// When.
    pub at_us: i64,
}

/// A record that is held by another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Held {
    /// The other record.
    pub child: String,
    /// The place of the row that says so.
    pub seq: i64,
    /// How many rows after it came from there.
    pub rows: i64,
    /// Ids that were written anew: of what, the new, the old.
    pub renamed: Vec<(String, String, String)>,
}

impl Held {
    /// Did a row come from there?
    pub fn carried(&self, seq: i64) -> bool {
        (self.seq + 1..=self.seq + self.rows).contains(&seq)
    }
}

/// What holds now of all that a record says about other records.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Standing {
    /// It is read there.
    pub into: Option<String>,
    /// It holds these.
    pub holds: Vec<Held>,
    /// These are other children.
    pub apart: BTreeSet<String>,
    /// People who are around other children as well.
    pub ties: Vec<Tie>,
    /// The places of the rows that say so. Nobody is shown them, or counts them: they would tell that there is another child.
    pub quiet: Vec<i64>,
}

/// Reads what a record says about other records, and empties the rows that count no more: they are still counted, and say nothing.
pub(super) fn settle(rows: &mut [Row]) -> Standing {
    let mut standing = Standing::default();
    let mut gone: BTreeSet<i64> = BTreeSet::new();
    let all = rows.iter().filter(|row| row.kind == store::RowKind::Same);
    for (seq, says) in all.filter_map(|row| Some((row.seq, serde_json::from_str(row.payload.as_deref()?).ok()?))) {
        match says {
            Same::Holds { child, rows, renamed } => standing.holds.push(Held { child, seq, rows, renamed }),
            Same::Parts { holds, moved, .. } => {
                if let Some(at) = standing.holds.iter().position(|held| held.seq == holds) {
                    let held = standing.holds.remove(at);
                    gone.extend(held.seq + 1..=held.seq + held.rows);
                    gone.extend(moved);
                }
            }
            Same::Into { child } => standing.into = Some(child),
            Same::Out { .. } => standing.into = None,
            Same::Apart { child } => _ = standing.apart.insert(child),
            Same::Perhaps { child } => _ = standing.apart.remove(&child),
            Same::OnePerson { .. } | Same::TwoPersons { .. } => standing.quiet.push(seq),
        }
    }
    for row in rows.iter_mut().filter(|row| gone.contains(&row.seq)) {
        row.payload = None;
    }
    standing.ties = ties(rows);
    standing
}

/// Who is around other children as well, by the rows that count.
fn ties(rows: &[Row]) -> Vec<Tie> {
    let mut found: Vec<Tie> = Vec::new();
    for row in rows.iter().filter(|row| row.kind == store::RowKind::Same) {
        match row.payload.as_deref().and_then(|payload| serde_json::from_str(payload).ok()) {
            Some(Same::OnePerson { person, tie, why }) => {
                found.push(Tie { person, mark: tie, why, actor: row.actor.clone(), at_us: row.recorded_us });
            }
            Some(Same::TwoPersons { tie, person, .. }) => {
                found.retain(|one| one.mark != tie || one.person != person);
            }
            _ => {}
        }
    }
    found
}
