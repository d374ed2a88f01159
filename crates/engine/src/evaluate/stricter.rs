//! What is only told on somebody's behalf may start and tighten, and eases nothing: of the duties with the facts that are told and those
//! without, the stricter counts.

use super::{Duty, State};
use crate::ids::{BookNo, EpisodeNo, RuleNo};
use std::collections::HashMap;

/// One rule's duty in one episode, the n-th.
type Key = (BookNo, RuleNo, Option<EpisodeNo>, u32);

fn key(duty: &Duty) -> Key {
    (duty.book, duty.rule, duty.episode, duty.n)
}

/// Of two lists, every duty of either, and of one in both the stricter; where they ask the same, that of what is certain.
pub(super) fn stricter(told: Vec<Duty>, sure: Vec<Duty>) -> Vec<Duty> {
    let mut found = told;
    found.iter_mut().for_each(|duty| duty.told = true);
    let places: HashMap<Key, usize> = found.iter().enumerate().map(|(place, duty)| (key(duty), place)).collect();
    for duty in sure {
        match places.get(&key(&duty)) {
            Some(place) if !is_stricter(&found[*place], &duty) => found[*place] = duty,
            Some(_) => {}
            None => found.push(duty),
        }
    }
    // In the order in which each list is.
    found.sort_by_key(|duty| (duty.book, duty.rule, duty.episode, duty.arises, duty.n));
    found
}

/// Asks one duty more than the other: open more than settled, by an earlier limit more than by a later one or none.
fn is_stricter(one: &Duty, other: &Duty) -> bool {
    let asks = |duty: &Duty| match duty.state {
        state if state.is_open() => 2,
        State::Upcoming => 1,
        _ => 0,
    };
    let limit = |duty: &Duty| duty.due.map_or(i64::MAX, |due| due.0);
    (asks(one), std::cmp::Reverse(limit(one)), one.modality.binds())
        > (asks(other), std::cmp::Reverse(limit(other)), other.modality.binds())
}
