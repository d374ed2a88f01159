//! Refusals, warnings and conflicts: what a rulebook says of an entry as it is recorded.

use super::facts::{Context, Point};
use super::{Evaluator, Options};
use crate::case::Case;
use crate::time::Moment;
use crate::value::Truth;
use serde::Serialize;

/// Something a rulebook objects to, or warns of, in an entry.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Flag {
    /// Rulebook.
    pub rulebook: String,
    /// The refusal or warning.
    pub rule: String,
    /// `refusal` or `warning`.
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
    let options = Options { forced, ..Options::at(now) };
    for prepared in &evaluator.books {
        evaluator.with_context(prepared, case, &options, |context| {
            if context.in_force == Truth::False {
                return;
            }
            for verdict in &prepared.book.verdicts {
                for met in &verdict.events {
                    for number in case.entries_of(met.event) {
                        let entry = case.entry(*number);
                        // The facts are those before the entry itself took effect, so that an entry does not excuse itself;
                        // its own fields are read as `entry.`.
                        let at = if entry.occurred <= now { entry.occurred } else { continue };
                        let point = Point { episode: entry.episode, entry: Some(*number), at };
                        let begun = entry.episode.is_none_or(|e| case.episodes[e as usize].start < at);
                        let known = if begun { Moment(at.0 - 1) } else { at };
                        let context = Context { now: known, ..context };
                        let holds = context.truth(&met.when, point).and(context.truth(&verdict.filter, point));
                        let of_it =
                            |f: &Flag| f.entry == entry.id && f.rule == verdict.id && f.rulebook == prepared.book.id;
                        // One entry that fits two of the events is flagged once.
                        if holds == Truth::True && !found.iter().any(of_it) {
                            found.push(Flag {
                                rulebook: prepared.book.id.clone(),
                                rule: verdict.id.clone(),
                                kind: if verdict.refuses { "refusal" } else { "warning" },
                                entry: entry.id.clone(),
                                says: verdict.says.clone(),
                                instead: verdict.instead.clone(),
                                provisions: verdict.cites.iter().map(|c| c.id.clone()).collect(),
                                reading: verdict.reading.clone(),
                            });
                        }
                    }
                }
            }
        });
    }
    found
}
