//! A fact that was recorded is not: nothing falls silent, and no limit gets later. More may be asked, and more cannot be told.

use super::compare::never_eased;
use super::{Change, Changes, Property, Subject, World, said};
use crate::case_file::CaseFile;
use crate::chance::Chance;
use engine::value::Value;
use engine::vocabulary::FactId;

pub(super) const PROPERTY: Property = Property {
    name: "unknown",
    says: "where a fact is not known, what was asked is still asked or cannot be told, by no later a limit",
    changes,
};

fn changes(world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    const SO_MANY: usize = 3;
    let v = world.vocabulary();
    // Of what the vocabulary gives a value when nobody says anything, silence is an answer.
    let open = |fact: &FactId| v.fact_at(*fact).if_silent == Value::Unknown;
    let stated = subject.case.facts.iter().map(|f| f.fact);
    let placed = subject.case.placements.iter().flat_map(|p| p.facts.iter().map(|(f, _)| *f));
    let mut facts: Vec<FactId> = stated.chain(placed).filter(open).collect();
    facts.sort_unstable();
    facts.dedup();
    if facts.is_empty() {
        return Changes::aside("no fact is recorded");
    }
    chance.shuffle(&mut facts);
    let (mut made, mut aside) = (Vec::new(), Vec::new());
    for fact in facts.into_iter().take(SO_MANY) {
        let mut case = subject.case.clone();
        case.facts.retain(|f| f.fact != fact);
        case.placements.iter_mut().for_each(|p| p.facts.retain(|(f, _)| *f != fact));
        if refused(world, &subject.case) != refused(world, &case) {
            aside.push("an entry is refused for this fact, and nothing is refused that is not certain");
            continue;
        }
        let moments = subject.some_moments(chance, |_| true);
        let words = format!("{} is not known", v.fact_at(fact).id);
        // What a rule says of a fact that nobody recorded (`is recorded`), it says in the language.
        let broken: super::Judge = Box::new(move |world, before, after| {
            never_eased(world, before, after, &|a| !said::asks_whether_recorded(world, a, fact))
        });
        made.push(Change::new(words, case, &moments, broken));
    }
    Changes { made, aside }
}

/// The ids of the entries that no fact is taken from, since a rulebook refuses them.
fn refused(world: &World<'_>, case: &CaseFile) -> Vec<String> {
    let case = world.known(case);
    case.entries.iter().filter(|e| e.refused).map(|e| e.id.clone()).collect()
}
