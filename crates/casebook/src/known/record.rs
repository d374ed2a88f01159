//! Folds the dated facts and the placements of the record into timelines.

use super::fold::set_recorded;
use super::{Flag, starting};
use crate::case_file::{CaseFile, DatedFact, Placement};
use crate::case_file::{is_known, standing_facts};
use engine::case::{Case, Source};
use engine::diagnostic::Diagnostic;
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::{FactId, Vocabulary};
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) fn fold(
    file: &CaseFile,
    vocabulary: &Vocabulary,
    known_at: Option<Moment>,
    case: &mut Case,
    flags: &mut Vec<Flag>,
) {
    case.written = written(file);
    // In order of time, so that each change is added at the end of its timeline.
    let mut facts = standing_facts(file, known_at);
    facts.sort_by_key(|(n, f)| (f.from, f.fact, f.recorded, *n));
    let mut turns: Vec<(Moment, FactId, Value, usize)> = Vec::with_capacity(facts.len());
    for (index, (number, fact)) in facts.iter().enumerate() {
        // Of two that hold from the same moment, the one recorded later counts.
        if facts.get(index + 1).is_some_and(|(_, next)| (next.from, next.fact) == (fact.from, fact.fact)) {
            continue;
        }
        turns.push((fact.from, fact.fact, vocabulary.to_rulebooks(fact.value), *number));
        // Once it is over it is known no more, unless another line has begun by then.
        let over = fact
            .until
            .filter(|until| !facts.iter().any(|(_, f)| f.fact == fact.fact && f.from > fact.from && f.from <= *until));
        turns.extend(over.map(|until| (until, fact.fact, Value::Unknown, *number)));
    }
    turns.sort_by_key(|(at, fact, _, number)| (*at, *fact, *number));
    for (at, fact, value, number) in turns {
        let found = set_recorded(vocabulary, case, fact, at, value, Source::Record(number as u32));
        if !found && value != Value::Unknown {
            let line = &file.facts[number];
            let message = format!("`{}` belongs to an episode, and none had begun", vocabulary.fact_at(fact).id);
            let help = format!("check `from`, or record {} first", starting(vocabulary));
            flags.push(Flag { entry: None, says: Diagnostic::warning("C17", line.place.clone(), message, help) });
        }
    }
    placements(file, vocabulary, known_at, case);
}

/// When each fact was first written down: a line that says again what another says of the same time is no news.
fn written(file: &CaseFile) -> Vec<Moment> {
    let mut of_fact: HashMap<FactId, Vec<&DatedFact>> = HashMap::new();
    file.facts.iter().for_each(|line| of_fact.entry(line.fact).or_default().push(line));
    let first = |line: &DatedFact| {
        let overlaps = |a: &DatedFact, b: &DatedFact| b.until.is_none_or(|until| a.from < until);
        let same = |other: &&&DatedFact| other.value == line.value && overlaps(other, line) && overlaps(line, other);
        of_fact[&line.fact].iter().filter(same).map(|other| other.recorded).min().unwrap_or(line.recorded)
    };
    file.facts.iter().map(first).collect()
}

/// A moment at which a placement begins or ends; an end comes before a beginning at the same moment.
type Turn = (Moment, bool, usize);

/// At each moment the placement that began last, of those that have not ended, sets the facts.
fn placements(file: &CaseFile, vocabulary: &Vocabulary, known_at: Option<Moment>, case: &mut Case) {
    let known = |p: &&Placement| is_known(p.recorded, known_at);
    let placements: Vec<(usize, &Placement)> = file.placements.iter().enumerate().filter(|(_, p)| known(p)).collect();
    let mut turns: Vec<Turn> = Vec::with_capacity(placements.len() * 2);
    for (index, (_, placement)) in placements.iter().enumerate() {
        turns.push((placement.from, true, index));
        turns.extend(placement.until.map(|until| (until, false, index)));
    }
    turns.sort_unstable();
    let mut current: BTreeSet<(Moment, usize)> = BTreeSet::new();
    let mut stated: BTreeMap<FactId, Value> = BTreeMap::new();
    for (n, (at, begins, index)) in turns.iter().enumerate() {
        let key = (placements[*index].1.from, *index);
        // A placement that ends the moment it begins was never there.
        if *begins && placements[*index].1.until.is_none_or(|until| until > *at) {
            current.insert(key);
        } else {
            current.remove(&key);
        }
        if turns.get(n + 1).is_some_and(|next| next.0 == *at) {
            continue;
        }
        let place = current.last().map_or(*index, |(_, last)| *last);
        let (number, placement) = placements[place];
        let says: &[(FactId, Value)] = if current.is_empty() { &[] } else { &placement.facts };
        let source = Source::Record((file.facts.len() + number) as u32);
        turn(vocabulary, case, *at, says, source, &mut stated);
    }
}

/// Sets what changes: a fact that an earlier placement stated and this one does not is no longer known.
fn turn(
    vocabulary: &Vocabulary,
    case: &mut Case,
    at: Moment,
    says: &[(FactId, Value)],
    source: Source,
    stated: &mut BTreeMap<FactId, Value>,
) {
    for (fact, _) in says {
        stated.entry(*fact).or_insert(Value::Unknown);
    }
    for (fact, before) in stated {
        let value = says.iter().find(|(f, _)| f == fact).map_or(Value::Unknown, |(_, v)| vocabulary.to_rulebooks(*v));
        if value != *before {
            set_recorded(vocabulary, case, *fact, at, value, source);
            *before = value;
        }
    }
}
