//! The facts for want of which something cannot be told: where each is filled in, and which of them decide most.

use crate::asked::{Evaluated, One};
use crate::words::Names;
use crate::{Gap, GapPlace, Lens, Record};
use casebook::case_file::{Taken, is_of_placement};
use engine::case::Source;
use engine::evaluate::{Line, State};
use engine::ids::BookNo;
use engine::value::Value;
use engine::vocabulary::{EpisodeEffect, FactId, SetTo, Vocabulary};
use std::collections::HashMap;

/// So many facts are listed as those that decide most.
const MOST: usize = 7;

/// A missing fact, and where the viewer of a record fills it in.
pub fn gap(vocabulary: &Vocabulary, record: &Record, id: FactId, episode: Option<&str>) -> Gap {
    let class = vocabulary.fact_at(id).class;
    let mut gap = of_lists(vocabulary, id, episode);
    let may = record.keeps && record.sees.contains(&class) && record.records.contains(&class);
    if matches!(gap.place, GapPlace::Group(_)) && !may {
        gap.place = GapPlace::Nowhere;
    }
    gap
}

/// A missing fact, and where it is filled in by whoever may.
pub fn of_lists(vocabulary: &Vocabulary, id: FactId, episode: Option<&str>) -> Gap {
    let fact = vocabulary.fact_at(id);
    let place = if !fact.group.is_empty() {
        GapPlace::Group(fact.group.clone())
    } else if is_of_placement(fact) {
        GapPlace::Placement
    } else {
        event_of(vocabulary, id).map_or(GapPlace::Nowhere, GapPlace::Event)
    };
    Gap {
        fact: fact.id.clone(),
        label: fact.label.clone(),
        place,
        episode: episode.unwrap_or_default().into(),
        ..Gap::default()
    }
}

/// The event that says a fact: one that asks for it before one that sets it by the way, and none that begins an episode.
fn event_of(vocabulary: &Vocabulary, id: FactId) -> Option<String> {
    let own = vocabulary.events.iter().filter(|e| !e.made_up && e.sets.iter().any(|s| s.fact == id));
    let rank = |event: &engine::vocabulary::Event| {
        let asks = event.sets.iter().any(|s| s.fact == id && matches!(s.to, SetTo::Field(_)));
        (event.episode == EpisodeEffect::Starts, event.episode == EpisodeEffect::Ends, !asks)
    };
    own.min_by_key(|event| rank(event)).map(|event| event.id.clone())
}

/// What is missing for a duty.
pub fn missing(vocabulary: &Vocabulary, record: Option<&Record>, one: &One) -> Vec<Gap> {
    if one.duty.state != State::CannotTell || one.owed {
        return Vec::new();
    }
    let episode = one.view.episode.as_deref();
    let left_out = one.view.missing.iter().filter_map(|m| {
        let (label, place) = (m.doc.trim_end_matches('.').to_string(), GapPlace::Entry(m.entry.clone()?));
        Some(Gap { fact: m.fact.clone(), label, place, ..Gap::default() })
    });
    let ids = one.view.missing.iter().filter_map(|m| vocabulary.fact(&m.fact));
    // What is kept from the viewer is not missing, and not theirs to fill in.
    let ids = ids.filter(|id| record.is_none_or(|record| !record.hides(vocabulary, *id)));
    let facts = ids.map(|id| match record {
        Some(record) => gap(vocabulary, record, id, episode),
        None => of_lists(vocabulary, id, episode),
    });
    left_out.chain(facts).collect()
}

/// The facts that decide most of these lines, what is only supposed first.
pub fn decides<'a>(
    lens: &Lens<'_>,
    record: &Record,
    evaluated: &Evaluated,
    lines: impl Iterator<Item = &'a Line>,
) -> Vec<Gap> {
    let vocabulary = lens.rules.vocabulary();
    let mut counts: HashMap<FactId, (usize, Option<String>)> = HashMap::new();
    for line in lines.filter(|line| line.state == State::CannotTell) {
        let mut facts: Vec<FactId> = Vec::new();
        for one in line.duties.iter().map(|n| &evaluated.duties[*n]).filter(|one| !one.owed) {
            facts.extend(one.view.missing.iter().filter_map(|m| vocabulary.fact(&m.fact)));
            let episode = one.view.episode.as_ref();
            facts.iter().for_each(|id| _ = counts.entry(*id).or_insert_with(|| (0, episode.cloned())));
        }
        facts.sort_unstable_by_key(|id| id.0);
        facts.dedup();
        facts.iter().for_each(|id| counts.entry(*id).or_default().0 += 1);
    }
    let supposed = supposed(lens, record);
    let mut found: Vec<Gap> = counts
        .into_iter()
        .filter(|(id, _)| supposed.iter().all(|(own, _)| own != id) && !record.hides(vocabulary, *id))
        .map(|(id, (lines, episode))| Gap { lines, ..gap(vocabulary, record, id, episode.as_deref()) })
        .filter(|gap| gap.place != GapPlace::Nowhere)
        .collect();
    found.sort_by(|a, b| b.lines.cmp(&a.lines).then_with(|| a.fact.cmp(&b.fact)));
    let first = supposed.into_iter().map(|(id, words)| Gap { supposed: words, ..gap(vocabulary, record, id, None) });
    let mut all: Vec<Gap> = first.filter(|gap| gap.place != GapPlace::Nowhere).chain(found).collect();
    all.truncate(MOST);
    all
}

/// While a protocol is followed only since the child is known from its area: that area where nobody has confirmed it, and what would tell
/// whose child it is.
fn supposed(lens: &Lens<'_>, record: &Record) -> Vec<(FactId, String)> {
    let evaluator = &lens.rules.evaluator;
    let vocabulary = lens.rules.vocabulary();
    let book = (0..evaluator.len()).map(BookNo::at).rfind(|book| evaluator.is_supposed(*book, &record.case, lens.now));
    let Some(book) = book else { return Vec::new() };
    let names = Names::shared(lens.rules);
    let unconfirmed = |id: FactId| {
        let change = record.case.facts.at(id, lens.now)?;
        let Source::Record(line) = change.source else { return None };
        let line = record.file.facts.get(line as usize).filter(|l| l.taken == Some(Taken::Report))?;
        let Value::Word(word) = line.value else { return None };
        let word = vocabulary.word(word).or_else(|| record.file.words.get(&word).map(String::as_str))?;
        Some((id, names.area(word)))
    };
    let known_from = vocabulary.known.known_from.and_then(unconfirmed);
    let missing = evaluator.missing_for_reach(book, &record.case, lens.now);
    known_from.into_iter().chain(missing.into_iter().map(|id| (id, String::new()))).collect()
}
