//! The lines of the case file stand in another order. Only of what happened at one moment does the order say anything.

use super::compare::{flags_differ, same};
use super::{Change, Changes, Property, Subject, World, edit};
use crate::chance::Chance;
use std::collections::BTreeMap;

pub(super) const PROPERTY: Property =
    Property { name: "order", says: "the order in which entries and facts stand in the file changes nothing", changes };

fn changes(_world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    let entries = subject.case.chronology.len();
    if entries < 2 {
        return Changes::aside("fewer than two entries");
    }
    let mut order: Vec<usize> = (0..entries).collect();
    chance.shuffle(&mut order);
    // Entries of one moment, and what was recorded of one entry at one moment, stay in their order.
    keep(&mut order, |n| subject.case.chronology[n].occurred);
    keep(&mut order, |n| (subject.case.chronology[n].root, subject.case.chronology[n].recorded));
    let mut case = edit::arranged(&subject.case, &order);
    let mut facts: Vec<usize> = (0..case.facts.len()).collect();
    chance.shuffle(&mut facts);
    keep(&mut facts, |n| (subject.case.facts[n].fact, subject.case.facts[n].from));
    case.facts = facts.iter().map(|n| subject.case.facts[*n].clone()).collect();
    let ids: Vec<&str> = case.chronology.iter().map(|e| e.id.as_str()).collect();
    let words = format!("the entries in the order {}", ids.join(" "));
    let moments = subject.some_moments(chance, |_| true);
    let broken: super::Judge = Box::new(|world, before, after| {
        let mut found = same(world, before, after, &|_| true);
        found.extend(flags_differ(before, after, ""));
        found
    });
    Changes { made: vec![Change::new(words, case, &moments, broken).with_flags()], aside: Vec::new() }
}

/// Puts those of one key back into their own order, on the places that they have together.
fn keep<K: Ord>(order: &mut [usize], key: impl Fn(usize) -> K) {
    let mut places: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (place, n) in order.iter().enumerate() {
        places.entry(key(*n)).or_default().push(place);
    }
    for places in places.values() {
        let mut own: Vec<usize> = places.iter().map(|p| order[*p]).collect();
        own.sort_unstable();
        for (place, n) in places.iter().zip(own) {
            order[*place] = n;
        }
    }
}
