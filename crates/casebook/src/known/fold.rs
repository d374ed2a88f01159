//! Turns entries into facts, as the vocabulary says each event sets them. No event is known by name here.

use super::episodes::Part;
use engine::case::{Case, Change, Entry, Source, Timelines};
use engine::evaluate::entry_matches;
use engine::ids::{EntryNo, EpisodeNo};
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::{EpisodeEffect, FactId, Scope, SetTo, Sets, Vocabulary};

/// Sets the facts of every entry that counts, in order, so that of two entries at one moment the later one counts.
pub(super) fn fold(vocabulary: &Vocabulary, parts: &[Part], case: &mut Case, counts: impl Fn(&Entry) -> bool) {
    for (number, part) in parts.iter().enumerate() {
        let entry = &case.entries[number];
        if entry.void || entry.refused || !counts(entry) {
            continue;
        }
        let at = part.from.unwrap_or(entry.occurred);
        let changes: Vec<(FactId, Value, bool)> =
            vocabulary.event_at(entry.event).sets.iter().filter_map(|s| value(s, entry)).collect();
        let theirs = is_theirs(vocabulary, entry);
        let episodes: Vec<EpisodeNo> = entry.episodes().collect();
        for (fact, value, first) in changes {
            // A date that is set moves limits: it is taken from whoever may set it. What else is said stands until somebody corrects it,
            // whoever said it: to disbelieve a high grade is worse than to believe it.
            if matches!(value, Value::Moment(m) if m != entry.occurred) && !theirs {
                continue;
            }
            let change = Change { at, value, source: Source::Entry(EntryNo::at(number)) };
            let set = |timelines: &mut Timelines| {
                // The second of its kind attaches to the first, which has set the clock.
                if !first || timelines.value_at(fact, at) == Value::Unknown {
                    timelines.set(fact, change);
                }
            };
            match vocabulary.fact_at(fact).scope {
                // None: flagged when the entry found no episode.
                Scope::Episode => episodes.iter().for_each(|e| set(&mut case.episodes[e.place()].facts)),
                Scope::Child | Scope::Clock => set(&mut case.facts),
            }
        }
    }
}

/// Is the entry the statement of somebody whose statement it is? Whoever is not named is given the benefit.
fn is_theirs(vocabulary: &Vocabulary, entry: &Entry) -> bool {
    let said_by = &vocabulary.event_at(entry.event).said_by;
    let Some(Value::Word(by)) = entry.get(vocabulary.known.by) else { return true };
    said_by.is_empty() || said_by.iter().any(|role| *role == by || vocabulary.reached_by(*role).contains(&by))
}

/// What a return says of its episode, of one that is only taken to have ended: another absence began, and nobody recorded the return.
pub(super) fn supposed(vocabulary: &Vocabulary, episode: EpisodeNo, case: &mut Case) {
    let returns = vocabulary.events.iter().filter(|event| event.episode == EpisodeEffect::Ends);
    let episode = &mut case.episodes[episode.place()];
    let Some(at) = episode.end else { return };
    for sets in returns.flat_map(|event| &event.sets).filter(|sets| sets.when.is_always()) {
        if let (SetTo::Value(value), Scope::Episode) = (sets.to, vocabulary.fact_at(sets.fact).scope) {
            episode.facts.set(sets.fact, Change { at, value, source: Source::Derived });
        }
    }
}

fn value(sets: &Sets, entry: &Entry) -> Option<(FactId, Value, bool)> {
    if !entry_matches(&sets.when, entry) {
        return None;
    }
    let value = match sets.to {
        SetTo::Value(value) => value,
        SetTo::Field(field) => entry.get(field)?,
        SetTo::Moment => Value::Moment(entry.occurred),
    };
    Some((sets.fact, value, sets.first))
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
    case.episodes[episode.place()].facts.set(fact, Change { at: from, value, source });
    true
}
