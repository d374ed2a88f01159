//! Facts that a rulebook sets: each holds while something else is so, and is undone with it.

use super::facts::{Facts, Point};
use super::prepared::Prepared;
use super::{Evaluator, Options};
use crate::case::{Case, Change, Source};
use crate::ids::EpisodeNo;
use crate::rulebook::Hold;
use crate::time::Moment;
use crate::value::{Truth, Value};
use crate::vocabulary::{FactId, Scope};
use crate::words::{Sym, sym};

/// Where a fact is set: in an episode or of the child, from when to when.
struct Held {
    episode: Option<EpisodeNo>,
    fact: FactId,
    value: Value,
    from: Moment,
    to: Moment,
    rule: (Sym, String),
}

/// Sets the facts that rulebooks say hold while something else is so, where it is certain that they apply and that it is so.
pub fn hold(evaluator: &Evaluator<'_>, case: &mut Case) {
    let books = || evaluator.books.iter().filter(|prepared| !prepared.book.holds.is_empty());
    if books().next().is_none() {
        return;
    }
    let now = latest(case);
    let mut found = Vec::new();
    for prepared in books() {
        evaluator.with_facts(prepared, case, &Options::at(now), |facts| {
            for hold in &prepared.book.holds {
                held(evaluator, facts, prepared, hold, &mut found);
            }
        });
    }
    for held in found {
        let (rule, name) = held.rule;
        case.words.insert(rule, name);
        let change = Change { at: held.from, value: held.value, source: Source::Rule(rule) };
        let timelines = match held.episode {
            Some(episode) => &mut case.episodes[episode.place()].facts,
            None => &mut case.facts,
        };
        timelines.overlay(held.fact, change, held.to);
    }
}

/// The last moment of which the record says anything.
fn latest(case: &Case) -> Moment {
    let entries = case.entries.iter().map(|e| e.occurred);
    let episodes = case.episodes.iter().flat_map(|e| [Some(e.start), e.end, e.facts.last()]).flatten();
    entries.chain(episodes).chain(case.facts.last()).max().unwrap_or(Moment::EVER)
}

fn held(evaluator: &Evaluator<'_>, facts: &Facts<'_>, prepared: &Prepared<'_>, hold: &Hold, found: &mut Vec<Held>) {
    let book = prepared.book;
    let name = format!("{}/{}", book.id, hold.id);
    let mut note = |episode: Option<EpisodeNo>, from: Moment| {
        for span in facts.spans(&hold.state, episode, from) {
            // What cannot be told sets nothing.
            if facts.truth(&hold.state, Point { episode, entry: None, at: span.from }) == Truth::True {
                let (fact, value, rule) = (hold.fact, hold.value, (sym(&name), name.clone()));
                found.push(Held { episode, fact, value, from: span.from, to: span.to, rule });
            }
        }
    };
    if facts.vocabulary.fact_at(hold.fact).scope != Scope::Episode {
        if facts.truth(&book.applies, Point { episode: None, entry: None, at: facts.now }) == Truth::True {
            note(None, facts.begin);
        }
        return;
    }
    for number in facts.case.episodes() {
        let (one, episode) = (Some(number), facts.case.episode(number));
        let point = Point { episode: one, entry: None, at: episode.start };
        let applies = facts.settled().truth(&book.applies, point) == Truth::True;
        if applies && evaluator.editions().of(prepared, episode, facts.now) {
            note(one, episode.start);
        }
    }
}
