//! What is found when everything is worked out again, what checkpoints are made of, and what lists keep of a child as it stands there.

use super::{DutyRow, EpisodeRow, Row};
use crate::chain::sha256;
use sqlx::FromRow;
use std::collections::{HashMap, HashSet};

/// The end of a chain: of a child's record, of the log of looks, of the journal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Tip {
    /// The hash of the chain's name: it tells chains apart, and names no child.
    pub label: String,
    /// The place of its last row.
    pub seq: i64,
    /// The hash of its last row.
    pub head: String,
}

/// The name of the chain of looks.
pub(crate) const LOOKS: &str = "log:looks";
/// The name of the journal.
pub(crate) const DEEDS: &str = "log:deeds";

impl Tip {
    /// The label of the chain of a child.
    pub fn label_of(child: &str) -> String {
        sha256(format!("child:{child}"))
    }

    pub(crate) fn of_child(child: &str, seq: i64, head: String) -> Tip {
        Tip { label: Tip::label_of(child), seq, head }
    }

    pub(crate) fn of_log(name: &str, seq: i64, head: String) -> Tip {
        Tip { label: sha256(name), seq, head }
    }
}

/// One hash over the ends of all chains: of their lines `label seq head`, in order.
pub fn root<'a>(tips: impl IntoIterator<Item = &'a Tip>) -> String {
    let mut sorted: Vec<&Tip> = tips.into_iter().collect();
    sorted.sort();
    let lines: Vec<String> = sorted.iter().map(|tip| format!("{} {} {}\n", tip.label, tip.seq, tip.head)).collect();
    sha256(lines.concat())
}

/// What checkpoints promise: these rows of these chains.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Promised {
    chains: HashMap<String, HashMap<i64, String>>,
}

impl Promised {
    /// Also this row.
    pub fn add(&mut self, tip: &Tip) {
        self.chains.entry(tip.label.clone()).or_default().insert(tip.seq, tip.head.clone());
    }

    /// The rows of a chain.
    pub fn chain(&self, label: &str) -> Option<&HashMap<i64, String>> {
        self.chains.get(label)
    }

    /// A chain that is promised and not among these.
    pub(crate) fn missing(&self, found: &HashSet<&str>) -> Option<(&str, i64)> {
        let mut missing: Vec<_> = self.chains.iter().filter(|(label, _)| !found.contains(label.as_str())).collect();
        missing.sort_by_key(|(label, _)| label.as_str());
        // A chain without rows may be gone: nothing is lost with it.
        let rows = |rows: &HashMap<i64, String>| rows.keys().copied().max().unwrap_or(0);
        missing.into_iter().map(|(label, kept)| (label.as_str(), rows(kept))).find(|(_, last)| *last > 0)
    }
}

/// How much was worked out again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Children.
    pub children: i64,
    /// Rows of their records.
    pub rows: i64,
    /// Those of them that were lawfully erased.
    pub erased: i64,
    /// Pictures that rows name.
    pub pictures: i64,
    /// Lines of the log of looks.
    pub looks: i64,
    /// Lines of the journal.
    pub deeds: i64,
}

/// What came of working everything out again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Audit {
    /// How much there was.
    pub counts: Counts,
    /// The hash over the ends of all chains; empty if there is a fault.
    pub root: String,
    /// The first thing that is wrong, with its place.
    pub fault: Option<String>,
}

/// What came of working a part out again.
#[derive(Default)]
pub(crate) struct Part {
    pub(crate) counts: Counts,
    pub(crate) tips: Vec<Tip>,
    pub(crate) fault: Option<String>,
}

/// When something was last done that is shown on the health page.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Standing {
    /// `verify`, `backup` or `checkpoint`.
    pub name: String,
    /// When.
    pub at_us: i64,
    /// What came of it; empty if all was well.
    pub says: String,
}

/// A duty as it stands in the lists.
#[derive(Clone, PartialEq, Debug, FromRow)]
pub struct ListedDuty {
    /// The duty.
    #[sqlx(flatten)]
    pub row: DutyRow,
    pub(crate) open: bool,
    pub(crate) urgency_us: i64,
    pub(crate) fingerprint: String,
}

/// An episode as it stands in the lists.
#[derive(Clone, PartialEq, Debug, FromRow)]
pub struct ListedEpisode {
    /// The episode.
    #[sqlx(flatten)]
    pub row: EpisodeRow,
    pub(crate) fingerprint: String,
}

/// The record of a child and everything that lists keep of it, as of one moment.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct OnLists {
    /// The child.
    pub child: String,
    /// The version of the record.
    pub version: i64,
    /// The name in lists.
    pub name: String,
    /// When something changes though nobody writes anything.
    pub next_change_us: Option<i64>,
    /// The agencies that relations name and that have not gone, in order.
    pub related: Vec<String>,
    /// The rows of the record.
    pub rows: Vec<Row>,
    pub(crate) folded: String,
    pub(crate) date_of_birth: Option<String>,
    pub(crate) photograph: Option<String>,
    pub(crate) agencies: String,
    pub(crate) indexed: Vec<String>,
    pub(crate) tokens: Vec<String>,
    pub(crate) incidents: Vec<String>,
    pub(crate) marks: Vec<(String, String)>,
    pub(crate) merged_into: Option<String>,
    pub(crate) duties: Vec<ListedDuty>,
    pub(crate) episodes: Vec<ListedEpisode>,
}

impl OnLists {
    /// The duties that lists keep, open or settled.
    pub fn duties(&self) -> impl Iterator<Item = &DutyRow> {
        self.duties.iter().map(|duty| &duty.row)
    }
}
