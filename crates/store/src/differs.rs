//! What lists keep of a child beside what its chronology gives: column by column, and the fingerprints by which the program itself tells.

use crate::model::{Derived, DutyRow, EpisodeRow, OnLists};
use crate::prepare::{Prepared, prepare};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The longest that lists stay as they are without being looked at again, in days.
pub const DAYS_UNLOOKED: i64 = 7;
/// The same and an hour, in microseconds.
const LONGEST_US: i64 = (DAYS_UNLOOKED * 24 + 1) * 60 * 60 * 1_000_000;

/// As [`Store::differs`](crate::Store::differs); `expected` is what is derived, made ready to be written.
pub(crate) fn differs(listed: &OnLists, expected: &Prepared, derived: &Derived, now_us: i64) -> Option<String> {
    summary(listed, expected, now_us)
        .or_else(|| fingerprints(listed))
        .or_else(|| {
            let kept = listed.episodes.iter().map(|e| (e.row.id.as_str(), columns(&lasting(&e.row))));
            rows("episode", kept, derived.episodes.iter().map(|e| (e.id.as_str(), columns(&lasting(e)))))
        })
        .or_else(|| {
            let kept = listed.duties.iter().map(|d| (d.row.key.as_str(), columns(&at(&d.row, now_us))));
            rows("duty", kept, derived.duties.iter().map(|d| (d.key.as_str(), columns(&at(d, now_us)))))
        })
}

/// An episode without its nearest limit: a duty that arises by time alone brings that, and lists learn of it when they are made again. The
/// duties themselves are compared.
fn lasting(episode: &EpisodeRow) -> EpisodeRow {
    EpisodeRow { next_limit_us: None, next_limit: None, next_at_once: false, interview_due_us: None, ..episode.clone() }
}

/// A duty with its state as of a moment, which is how lists show it.
fn at(duty: &DutyRow, now_us: i64) -> DutyRow {
    DutyRow { state: duty.state_at(now_us).to_owned(), ..duty.clone() }
}

fn columns(row: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(row) {
        Ok(Value::Object(columns)) => columns,
        // Rows of lists are plain structs, which are always objects.
        _ => Map::new(),
    }
}

/// The child's own row and what it is found by.
fn summary(listed: &OnLists, expected: &Prepared, now_us: i64) -> Option<String> {
    let differs = |what: &str, kept: &str, given: &str| {
        (kept != given).then(|| format!("{what} is `{kept}` in the lists, and `{given}` by the chronology"))
    };
    let or = |text: &Option<String>| text.clone().unwrap_or_default();
    let joined = |texts: &[String]| texts.join(", ");
    let sorted: Vec<String> = expected.incidents.iter().cloned().collect();
    differs("the name", &listed.name, &expected.name)
        .or_else(|| differs("the name to sort by", &listed.folded, &expected.folded))
        .or_else(|| differs("the date of birth", &or(&listed.date_of_birth), &or(&expected.date_of_birth)))
        .or_else(|| differs("the photograph", &or(&listed.photograph), &or(&expected.photograph)))
        .or_else(|| {
            let mut tokens = expected.tokens.clone();
            tokens.sort();
            let mut kept = listed.tokens.clone();
            kept.sort();
            differs("the words of the search", &joined(&kept), &joined(&tokens))
        })
        .or_else(|| differs("the incident numbers", &joined(&sort(&listed.incidents)), &joined(&sort(&sorted))))
        .or_else(|| {
            let texts = |marks: &mut dyn Iterator<Item = &(String, String)>| {
                let mut texts: Vec<String> = marks.map(|(kind, value)| format!("{kind} {value}")).collect();
                texts.sort();
                texts.join(", ")
            };
            differs("what the child is known by", &texts(&mut listed.marks.iter()), &texts(&mut expected.marks.iter()))
        })
        .or_else(|| differs("what it was merged into", &or(&listed.merged_into), &or(&expected.merged_into)))
        .or_else(|| related(listed))
        .or_else(|| {
            let later = listed.next_change_us.is_none_or(|next| next > now_us.saturating_add(LONGEST_US));
            later.then(|| "the lists would not be made again when time changes them".to_owned())
        })
}

fn sort(texts: &[String]) -> Vec<String> {
    let mut sorted = texts.to_vec();
    sorted.sort();
    sorted
}

/// The agencies from whose side lists begin are those of the relations.
fn related(listed: &OnLists) -> Option<String> {
    let (kept, given) = (sort(&listed.indexed), sort(&listed.related));
    if kept != given {
        let (kept, given) = (kept.join(", "), given.join(", "));
        return Some(format!("the agencies are `{kept}` in the lists, and `{given}` by the relations"));
    }
    let noted: Vec<String> = serde_json::from_str(&listed.agencies).unwrap_or_default();
    let odd = noted.into_iter().find(|agency| !kept.contains(agency));
    odd.map(|agency| format!("the agency `{agency}` is on the child's line, and no relation names it"))
}

/// What the program itself goes by when it writes only what changed.
fn fingerprints(listed: &OnLists) -> Option<String> {
    let derived = Derived {
        child: crate::model::ChildSummary { id: listed.child.clone(), ..Default::default() },
        episodes: listed.episodes.iter().map(|e| e.row.clone()).collect(),
        duties: listed.duties.iter().map(|d| d.row.clone()).collect(),
        next_change_us: None,
    };
    let Ok(own) = prepare(&listed.child, &derived) else {
        return Some("a line of the lists is there twice".to_owned());
    };
    let episodes = own.episodes.iter().zip(&listed.episodes).find(|(line, kept)| line.fingerprint != kept.fingerprint);
    if let Some((line, _)) = episodes {
        return Some(format!("episode `{}` was changed in the lists", line.key));
    }
    let wrong = own.duties.iter().zip(&listed.duties).find(|(line, kept)| {
        let derived = (kept.row.is_open(), kept.row.due_us.unwrap_or(i64::MAX));
        line.fingerprint != kept.fingerprint || derived != (kept.open, kept.urgency_us)
    });
    wrong.map(|(line, _)| format!("duty `{}` was changed in the lists", line.key))
}

fn rows<'a>(
    what: &str,
    kept: impl Iterator<Item = (&'a str, Map<String, Value>)>,
    given: impl Iterator<Item = (&'a str, Map<String, Value>)>,
) -> Option<String> {
    let mut given: BTreeMap<&str, Map<String, Value>> = given.collect();
    for (key, columns) in kept {
        let Some(expected) = given.remove(key) else {
            return Some(format!("{what} `{key}` is in the lists, and the chronology does not give it"));
        };
        for (column, value) in &columns {
            let by = expected.get(column).unwrap_or(&Value::Null);
            if value != by {
                return Some(format!("{what} `{key}`: `{column}` is {value} in the lists, and {by} by the chronology"));
            }
        }
    }
    given.into_keys().next().map(|key| format!("{what} `{key}` follows from the chronology, and is not in the lists"))
}
