//! What is derived, made ready for the database before the transaction begins: JSON for the bulk statements, and fingerprints, so that
//! only what changed is written.

use crate::chain::sha256;
use crate::error::{NUL, Result, StoreError};
use crate::model::{Derived, DutyRow, EpisodeRow, NewRow};
use crate::search::{fold, number, tokens};
use serde::Serialize;
use std::collections::{BTreeSet, HashSet};

/// `Derived`, ready to be written.
pub(crate) struct Prepared {
    pub(crate) name: String,
    pub(crate) folded: String,
    pub(crate) date_of_birth: Option<String>,
    pub(crate) photograph: Option<String>,
    pub(crate) agencies: BTreeSet<String>,
    /// The agencies as one text, to see whether they changed.
    pub(crate) related: String,
    pub(crate) tokens: Vec<String>,
    /// Police incident numbers, folded.
    pub(crate) incidents: BTreeSet<String>,
    /// Keys by which the records of one child find each other.
    pub(crate) marks: BTreeSet<(String, String)>,
    pub(crate) merged_into: Option<String>,
    pub(crate) next_change_us: Option<i64>,
    pub(crate) episodes: Vec<Line>,
    pub(crate) duties: Vec<Line>,
}

/// A write on a record.
pub(crate) struct Write {
    pub(crate) child: String,
    pub(crate) version: i64,
    pub(crate) rows: Vec<NewRow>,
    pub(crate) derived: Prepared,
    pub(crate) key: String,
    /// When the record is opened, for a child that is new.
    pub(crate) created_us: Option<i64>,
}

/// A row of a read model.
pub(crate) struct Line {
    pub(crate) key: String,
    pub(crate) fingerprint: String,
    /// The row, with its fingerprint.
    pub(crate) json: String,
}

#[derive(Serialize)]
struct Duty<'a> {
    #[serde(flatten)]
    row: &'a DutyRow,
    open: bool,
    urgency_us: i64,
}

impl Prepared {
    /// What lists say after it is written, as two hashes: of what hardly ever changes, and of the lines of episodes and duties.
    pub(crate) fn listed(&self) -> String {
        // Whatever is added here has to be said to be the one or the other; what `quick` writes each time need not be.
        let Prepared {
            // With every step.
            name: _,
            date_of_birth: _,
            photograph: _,
            next_change_us: _,
            // Seldom. Agencies and tokens follow from the texts beside them.
            folded,
            tokens: _,
            related,
            agencies: _,
            incidents,
            marks,
            merged_into,
            // Line by line.
            episodes,
            duties,
        } = self;
        let mut seldom: Vec<&str> = [folded, related].into_iter().chain(incidents).map(String::as_str).collect();
        marks.iter().for_each(|(kind, value)| seldom.extend(["\n", kind, value]));
        seldom.extend(merged_into.iter().flat_map(|into| ["\t", into.as_str()]));
        let mut lines = String::new();
        for (list, of) in [("episode", episodes), ("duty", duties)] {
            let mut of: Vec<(&str, &str)> = of.iter().map(|line| (&*line.key, &*line.fingerprint)).collect();
            of.sort_unstable();
            of.iter().for_each(|(key, fingerprint)| lines.extend([list, "\0", key, "\0", fingerprint, "\n"]));
        }
        format!("{} {}", sha256(seldom.join("\0")), sha256(lines))
    }
}

/// Makes it ready, for the child written to.
pub(crate) fn prepare(child: &str, derived: &Derived) -> Result<Prepared> {
    let summary = &derived.child;
    if summary.id != child {
        return Err(StoreError::Refused(format!(
            "what is derived is of `{}`, and the record is of `{child}`",
            summary.id
        )));
    }
    // These are not written as JSON, but refused alike.
    json(&(&summary.name, &summary.date_of_birth, &summary.photograph, &summary.merged_into))?;
    let folded = fold(&summary.name);
    let agencies: BTreeSet<String> = summary.agencies.iter().cloned().collect();
    Ok(Prepared {
        tokens: tokens(&folded),
        incidents: summary.incidents.iter().map(|n| number(n)).filter(|n| !n.is_empty()).collect(),
        marks: summary.marks.iter().cloned().collect(),
        merged_into: summary.merged_into.clone(),
        related: json(&agencies)?,
        agencies,
        name: summary.name.clone(),
        folded,
        date_of_birth: summary.date_of_birth.clone(),
        photograph: summary.photograph.clone(),
        next_change_us: derived.next_change_us,
        episodes: lines(derived.episodes.iter().map(|e: &EpisodeRow| (&e.id, e)))?,
        duties: lines(
            derived
                .duties
                .iter()
                .map(|row| (&row.key, Duty { row, open: row.is_open(), urgency_us: row.due_us.unwrap_or(i64::MAX) })),
        )?,
    })
}

fn lines<'a, T: Serialize>(rows: impl Iterator<Item = (&'a String, T)>) -> Result<Vec<Line>> {
    let mut seen = HashSet::new();
    let mut made = Vec::with_capacity(rows.size_hint().0);
    for (key, row) in rows {
        if !seen.insert(key) {
            return Err(StoreError::Refused(format!("`{key}` is derived twice")));
        }
        let mut json = json(&row)?;
        let mut fingerprint = sha256(&json);
        fingerprint.truncate(16);
        // The row is an object, whose end is its last character: the fingerprint goes before it.
        json.pop();
        json.extend([r#","fingerprint":""#, &fingerprint, r#""}"#]);
        made.push(Line { key: key.clone(), fingerprint, json });
    }
    Ok(made)
}

/// Any plain data as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string(value).map_err(|e| StoreError::Refused(e.to_string()))?;
    if text.contains("\\u0000") && holds_nul(&text) {
        return Err(StoreError::Refused(NUL.to_owned()));
    }
    Ok(text)
}

/// Whether a `\u0000` of the JSON is an escape, not a backslash that is itself escaped.
fn holds_nul(json: &str) -> bool {
    json.match_indices("\\u0000").any(|(at, _)| {
        let before = json.as_bytes()[..at].iter().rev().take_while(|b| **b == b'\\').count();
        before % 2 == 0
    })
}
