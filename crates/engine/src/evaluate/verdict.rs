//! Refusals and warnings: what a rulebook says of an entry as it is recorded.
//!
//! A refusal needs certainty: only a rulebook that certainly applies, in the edition in force for that occasion, refuses. Where it
//! cannot be told whether it applies, it asks instead.

use super::facts::{Facts, Point};
use super::prepared::Prepared;
use super::reach::reach;
use super::seen::Extent;
use super::{Evaluator, Options, followed};
use crate::case::{Case, Entry};
use crate::ids::EntryNo;
use crate::rulebook::Verdict;
use crate::time::Moment;
use crate::value::Truth;
use serde::Serialize;

/// What a refusal comes to of an entry that says that another rulebook was followed.
const DEPARTS: &str = "warning";

/// Something a rulebook objects to, or warns of, in an entry.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Flag {
    /// Rulebook.
    pub rulebook: String,
    /// The refusal or warning.
    pub rule: String,
    /// `refusal`, `warning`, or `question` where it cannot be told whether the rulebook that would refuse applies.
    pub kind: &'static str,
    /// The entry's id.
    pub entry: String,
    /// What is wrong.
    pub says: String,
    /// What to do instead.
    pub instead: String,
    /// Provisions.
    pub provisions: Vec<String>,
    /// How the text is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
}

/// What the rulebooks say of the entries up to a moment, each judged as things stood when it occurred.
/// An entry in the chronology is kept whatever is said of it here; a product asks before it records.
pub fn flags(evaluator: &Evaluator<'_>, case: &Case, now: Moment, forced: bool) -> Vec<Flag> {
    let mut found = Vec::new();
    for_each(evaluator, case, now, forced, &mut |prepared, verdict, entry, kind| {
        let of_it =
            |f: &Flag| f.entry == entry.id && f.rule == verdict.id && f.rulebook == prepared.book.id && f.kind == kind;
        // One entry that fits two of the events is flagged once.
        if !found.iter().any(of_it) {
            found.push(Flag {
                rulebook: prepared.book.id.clone(),
                rule: verdict.id.clone(),
                kind,
                entry: entry.id.clone(),
                says: verdict.says.clone(),
                instead: match followed::another(evaluator, prepared, case, entry).filter(|_| verdict.refuses) {
                    Some(other) => format!(
                        "The entry says that another protocol was followed, which asks for it: {}.",
                        other.title
                    ),
                    None => verdict.instead.clone(),
                },
                provisions: verdict.cites.iter().map(|c| c.id.clone()).collect(),
                reading: verdict.reading.clone(),
            });
        }
    });
    found
}

/// The first entry, by its order, that a rulebook certainly refuses and that is not marked as refused yet.
/// Facts of entries that are marked already are taken to be left out of the case.
pub fn first_refused(evaluator: &Evaluator<'_>, case: &Case) -> Option<EntryNo> {
    let mut first: Option<EntryNo> = None;
    for_each(evaluator, case, Moment::NEVER, false, &mut |_, _, entry, kind| {
        if kind == "refusal" && !entry.refused {
            let number = case.entries.iter().position(|e| std::ptr::eq(e, entry)).map(EntryNo::at);
            first = first.min(number).or(first).or(number);
        }
    });
    first
}

/// Calls `see` for each entry that a verdict is true of.
fn for_each(
    evaluator: &Evaluator<'_>,
    case: &Case,
    now: Moment,
    forced: bool,
    see: &mut dyn FnMut(&Prepared<'_>, &Verdict, &Entry, &'static str),
) {
    let options = Options { forced, ..Options::at(now) };
    for prepared in &evaluator.books {
        evaluator.with_facts(prepared, case, &options, |facts| {
            for verdict in &prepared.book.verdicts {
                for met in &verdict.events {
                    for number in case.entries_of(met.event) {
                        let entry = case.entry(*number);
                        if entry.occurred > now || entry.void || !is_current(evaluator, prepared, case, entry, now) {
                            continue;
                        }
                        let mut applies = applies(facts, prepared, case, entry, forced);
                        // What is only supposed refuses nothing; a rulebook that stays silent asks nothing here either.
                        if reach(facts, evaluator.editions(), prepared.book, applies, entry.occurred) == Truth::False {
                            applies = Truth::False;
                        }
                        if applies == Truth::False || !holds(facts, verdict, met, *number) {
                            continue;
                        }
                        let kind = match kind(verdict, applies) {
                            "refusal" if followed::another(evaluator, prepared, case, entry).is_some() => DEPARTS,
                            other => other,
                        };
                        see(prepared, verdict, entry, kind);
                    }
                }
            }
        });
    }
}

fn kind(verdict: &Verdict, applies: Truth) -> &'static str {
    match (verdict.refuses, applies) {
        (true, Truth::True) => "refusal",
        (true, _) => "question",
        (false, _) => "warning",
    }
}

/// Is the edition the one for the episode of an entry, or for its day where it belongs to none?
fn is_current(evaluator: &Evaluator<'_>, prepared: &Prepared<'_>, case: &Case, entry: &Entry, now: Moment) -> bool {
    match entry.episode {
        Some(e) => evaluator.editions().of(prepared, Extent::of(&case.episodes[e.place()]), now.max(entry.occurred)),
        None => evaluator.editions().at(prepared, entry.occurred),
    }
}

/// Does the rulebook apply on the occasion of an entry?
fn applies(facts: &Facts<'_>, prepared: &Prepared<'_>, case: &Case, entry: &Entry, forced: bool) -> Truth {
    if forced {
        return Truth::True;
    }
    let at = entry.episode.map_or(entry.occurred, |e| case.episodes[e.place()].start);
    facts.settled().truth(&prepared.book.applies, Point { episode: entry.episode, entry: None, at })
}

/// Is a verdict true of an entry? The facts are those before the entry itself took effect, so that an entry does not excuse
/// itself; its own fields are read as `entry.`.
pub(super) fn holds(facts: &Facts<'_>, verdict: &Verdict, met: &crate::vocabulary::Met, number: EntryNo) -> bool {
    let entry = facts.case.entry(number);
    let at = entry.occurred;
    let point = Point { episode: entry.episode, entry: Some(number), at };
    let begun = entry.episode.is_none_or(|e| facts.case.episode(e).start < at);
    let facts = Facts { now: if begun { Moment(at.0 - 1) } else { at }, before: begun.then_some(number), ..*facts };
    facts.truth(&met.when, point).and(facts.truth(&verdict.filter, point)) == Truth::True
}
