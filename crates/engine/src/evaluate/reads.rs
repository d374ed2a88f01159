//! What judging a rule reads, noted as it is read: what is recorded, and every moment that it comes across.
//!
//! A rule's answer follows from what it reads and from nothing else. So as long as nothing of that changes, it is what it was; and as
//! long as no moment that was come across lies between then and now, time has not changed it either: whatever is compared with now, or
//! with a moment just beside it, is on the side on which it was. Nobody has to list what a rule hangs on: `seen` and `reckoning` are the
//! only ways to the record and to the calendar, and they note here what is asked of them.

use crate::case::{Change, Entry};
use crate::ids::{EntryNo, EventId, FactId, FieldId};
use crate::time::Moment;
use crate::value::{Type, Value};
use crate::vocabulary::Vocabulary;
use crate::words::Sym;
use std::cell::Cell;

/// So close to now, in seconds, a moment is taken to be compared with now: limits are compared by the minute, and what was so just before
/// is asked for a second or a minute earlier.
pub(super) const CLOSE: i64 = 120;

/// A set of numbers, some of which share a place: what is in the set is found, and now and then what is not.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Few([u64; Few::WORDS]);

impl Few {
    const WORDS: usize = 4;
    const PLACES: u64 = 64 * Few::WORDS as u64;

    fn place(number: u64) -> (usize, u64) {
        let place = number % Few::PLACES;
        ((place / 64) as usize, 1 << (place % 64))
    }

    fn add(&mut self, number: u64) {
        let (word, bit) = Few::place(number);
        self.0[word] |= bit;
    }

    fn meets(&self, other: &Few) -> bool {
        self.0.iter().zip(&other.0).any(|(one, other)| one & other != 0)
    }
}

/// What was read of a record, or what is new in it: facts, entries by their events, and entries by what they name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Marked {
    facts: Few,
    events: Few,
    names: Few,
    /// Whether there is any meeting that one held alone, or of which nobody says who came.
    apart: bool,
}

impl Marked {
    pub fn fact(&mut self, fact: FactId) {
        self.facts.add(fact.0.into());
    }

    pub fn event(&mut self, event: EventId) {
        self.events.add(event.0.into());
    }

    pub fn naming(&mut self, event: EventId, field: FieldId, word: Sym) {
        self.names.add(name(event, field, word));
    }

    pub fn apart(&mut self) {
        self.apart = true;
    }

    /// Is anything in both?
    pub fn meets(&self, other: &Marked) -> bool {
        let Marked { facts, events, names, apart } = self;
        facts.meets(&other.facts) || events.meets(&other.events) || names.meets(&other.names) || *apart && other.apart
    }
}

/// The number of entries of an event that name a word in a field.
fn name(event: EventId, field: FieldId, word: Sym) -> u64 {
    let mixed = (word.0 ^ u64::from(event.0) << 32 ^ u64::from(field.0) << 48).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed >> 32
}

/// What an answer hangs on: what was read for it, and until when time does not change it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Reads {
    pub marked: Marked,
    /// At this moment it may change; what holds at the moment of asking alone is not after that.
    pub until: Moment,
}

/// Notes what is read while one rule after the other is asked of a record at a moment.
pub(crate) struct Recorder {
    now: Moment,
    /// The facts that are moments themselves.
    moments: Few,
    /// The entries that speak of a moment that is not long past, and the earliest of those; in order.
    fresh: Vec<(EntryNo, Moment)>,
    facts: [Cell<u64>; Few::WORDS],
    events: [Cell<u64>; Few::WORDS],
    names: [Cell<u64>; Few::WORDS],
    apart: Cell<bool>,
    until: Cell<Moment>,
}

impl Recorder {
    pub fn new(vocabulary: &Vocabulary, entries: &[Entry], now: Moment) -> Recorder {
        let mut moments = Few::default();
        let are =
            vocabulary.facts.iter().zip(0u64..).filter(|(fact, _)| matches!(fact.kind, Type::Moment | Type::Since));
        are.for_each(|(_, number)| moments.add(number));
        let fresh = entries.iter().enumerate().filter_map(|(number, entry)| {
            let earliest = moments_of(entry).filter(|at| at.0 >= now.0 - CLOSE).min()?;
            Some((EntryNo::at(number), earliest))
        });
        Recorder {
            now,
            moments,
            fresh: fresh.collect(),
            facts: Default::default(),
            events: Default::default(),
            names: Default::default(),
            apart: Cell::new(false),
            until: Cell::new(Moment::NEVER),
        }
    }

    /// Is a moment so close to now that it may have been made of it, or be compared with it by the minute?
    pub fn is_close(&self, at: Moment) -> bool {
        (at.0 - self.now.0).abs() <= CLOSE
    }

    /// The answer may change at a moment that was come across: a little before it already, if it is not past.
    #[inline]
    pub fn moment(&self, at: Moment) {
        if at.0 >= self.now.0 - CLOSE {
            self.until.set(self.until.get().min(Moment(at.0 - CLOSE)));
        }
    }

    /// The answer holds at this moment alone.
    pub fn changes(&self) {
        self.until.set(Moment::EVER);
    }

    /// The changes of a fact are read.
    #[inline]
    pub fn fact(&self, fact: FactId, changes: &[Change]) {
        mark(&self.facts, fact.0.into());
        // They are in order of time, and most are long past.
        if changes.last().is_some_and(|last| last.at.0 >= self.now.0 - CLOSE) {
            changes.iter().for_each(|change| self.moment(change.at));
        }
        let (word, bit) = Few::place(fact.0.into());
        if self.moments.0[word] & bit != 0 {
            changes.iter().filter_map(|change| change.value.moment()).for_each(|at| self.moment(at));
        }
    }

    /// An entry is read.
    #[inline]
    pub fn entry(&self, number: EntryNo) {
        if let Some((first, _)) = self.fresh.first()
            && *first <= number
            && let Ok(place) = self.fresh.binary_search_by_key(&number, |(entry, _)| *entry)
        {
            self.moment(self.fresh[place].1);
        }
    }

    /// It is read which entries of an event there are.
    #[inline]
    pub fn event(&self, event: EventId) {
        mark(&self.events, event.0.into());
    }

    /// It is read which entries there are of an event that name a word.
    #[inline]
    pub fn naming(&self, event: EventId, field: FieldId, word: Sym) {
        mark(&self.names, name(event, field, word));
    }

    /// It is read whether there is any meeting that one held alone.
    pub fn apart(&self) {
        self.apart.set(true);
    }

    /// What was read since it was last taken.
    pub fn take(&self) -> Reads {
        let all = |cells: &[Cell<u64>; Few::WORDS]| Few(std::array::from_fn(|n| cells[n].take()));
        let marked = Marked {
            facts: all(&self.facts),
            events: all(&self.events),
            names: all(&self.names),
            apart: self.apart.take(),
        };
        Reads { marked, until: self.until.replace(Moment::NEVER) }
    }

    /// What is used now was worked out before, from this.
    pub fn also(&self, reads: &Reads) {
        let Reads { marked: Marked { facts, events, names, apart }, until } = reads;
        let add = |cells: &[Cell<u64>; Few::WORDS], few: &Few| {
            cells.iter().zip(few.0).for_each(|(cell, bits)| cell.set(cell.get() | bits));
        };
        add(&self.facts, facts);
        add(&self.events, events);
        add(&self.names, names);
        self.apart.set(self.apart.get() || *apart);
        self.until.set(self.until.get().min(*until));
    }
}

#[inline]
fn mark(cells: &[Cell<u64>; Few::WORDS], number: u64) {
    let (word, bit) = Few::place(number);
    cells[word].set(cells[word].get() | bit);
}

/// Every moment that an entry speaks of.
fn moments_of(entry: &Entry) -> impl Iterator<Item = Moment> {
    let Entry { occurred, earliest, recorded, known, fields, .. } = entry;
    let said = fields.iter().filter_map(|(_, value)| if let Value::Moment(at) = value { Some(*at) } else { None });
    [*occurred, *earliest, *recorded, *known].into_iter().chain(said)
}
