//! Turns entries into facts, as the vocabulary says each event sets them. No event is known by name here.

use super::episodes::Part;
use engine::case::{Case, Change, Entry, Source};
use engine::evaluate::entry_matches;
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::{FactId, Scope, SetTo, Sets, Vocabulary};

/// Sets the facts of every entry, in order, so that of two entries at one moment the later one counts.
pub(super) fn fold(vocabulary: &Vocabulary, parts: &[Part], case: &mut Case) {
    for (number, part) in parts.iter().enumerate() {
        let entry = &case.entries[number];
        if entry.void || entry.refused {
            continue;
        }
        let at = part.from.unwrap_or(entry.occurred);
        let changes: Vec<(FactId, Value)> =
            vocabulary.event_at(entry.event).sets.iter().filter_map(|s| value(s, entry)).collect();
        for (fact, value) in changes {
            let change = Change { at, value, source: Source::Entry(number as u32) };
            match (vocabulary.fact_at(fact).scope, part.episode) {
                (Scope::Episode, Some(episode)) => case.episodes[episode as usize].facts.set(fact, change),
                // Flagged when the entry found no episode.
                (Scope::Episode, None) => {}
                (Scope::Child | Scope::Clock, _) => case.facts.set(fact, change),
            }
        }
    }
}

fn value(sets: &Sets, entry: &Entry) -> Option<(FactId, Value)> {
    if !entry_matches(&sets.when, entry) {
        return None;
    }
    let value = match sets.to {
        SetTo::Value(value) => value,
        SetTo::Field(field) => entry.get(field)?,
        SetTo::Moment => Value::Moment(entry.occurred),
    };
    Some((sets.fact, value))
}

/// Puts a fact of the record where it belongs: the child's, or every episode's that it is about.
/// `None` from when: it is true of every episode from its start. False if there was no episode for it.
pub(super) fn set_recorded(
    vocabulary: &Vocabulary,
    case: &mut Case,
    fact: FactId,
    from: Moment,
    value: Value,
    source: Source,
) -> bool {
    if vocabulary.fact_at(fact).scope != Scope::Episode {
        case.facts.set(fact, Change { at: from, value, source });
        return true;
    }
    if from == Moment::EVER {
        for episode in &mut case.episodes {
            let at = episode.start;
            episode.facts.set(fact, Change { at, value, source });
        }
        return true;
    }
    let Some(episode) = case.episode_at(from) else { return false };
    case.episodes[episode as usize].facts.set(fact, Change { at: from, value, source });
    true
}
