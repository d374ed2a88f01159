//! A case as the engine sees it: entries in order, episodes, and facts as timelines.
//! `casebook` makes one from a case file as it was known at some moment; nothing here knows about corrections.

use crate::ids::{EntryNo, EpisodeNo};
use crate::time::Moment;
use crate::value::{Truth, Value};
use crate::vocabulary::{EventId, FactId, FieldId, Vocabulary};
use crate::words::Sym;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::collections::HashMap;

/// Where a value comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// An entry of the chronology, by its index in [`Case::entries`].
    Entry(EntryNo),
    /// A dated fact of the record, by its number there.
    Record(u32),
    /// A rulebook that says what holds while something else is so: the rule's name, `rulebook/rule`.
    Rule(Sym),
    /// Worked out.
    Derived,
}

/// From `at` on, the value is `value`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Change {
    /// From when.
    pub at: Moment,
    /// The value.
    pub value: Value,
    /// Who says so.
    pub source: Source,
}

/// The changes of each fact, oldest first. Indexed by `FactId`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Timelines {
    changes: Vec<Vec<Change>>,
}

impl Timelines {
    /// Empty timelines for a vocabulary of so many facts.
    pub fn new(facts: usize) -> Timelines {
        Timelines { changes: vec![Vec::new(); facts] }
    }
    /// Adds a change. A later call with the same moment wins.
    pub fn set(&mut self, fact: FactId, change: Change) {
        let list = &mut self.changes[fact.place()];
        let at = list.partition_point(|c| c.at <= change.at);
        list.insert(at, change);
    }
    /// From a moment up to another a fact has a value, whatever else says otherwise; then again what it had without it.
    pub fn overlay(&mut self, fact: FactId, change: Change, until: Moment) {
        let list = &mut self.changes[fact.place()];
        let after = list.iter().rfind(|c| c.at <= until).copied();
        list.retain(|c| c.at < change.at || c.at > until);
        let at = list.partition_point(|c| c.at < change.at);
        list.insert(at, change);
        if until < Moment::NEVER {
            let back = after.map_or(Change { at: until, value: Value::Unknown, source: Source::Derived }, |c| Change {
                at: until,
                ..c
            });
            list.insert(at + 1, back);
        }
    }
    /// All changes of a fact.
    pub fn changes(&self, fact: FactId) -> &[Change] {
        self.changes.get(fact.place()).map_or(&[], Vec::as_slice)
    }
    /// The earliest change that has a date.
    pub fn first_dated(&self) -> Option<Moment> {
        // Each list is in order of time.
        self.changes.iter().filter_map(|list| list.iter().map(|c| c.at).find(|at| *at > Moment::EVER)).min()
    }
    /// The latest change.
    pub fn last(&self) -> Option<Moment> {
        self.changes.iter().filter_map(|list| list.last()).map(|c| c.at).max()
    }
    /// The change in force at a moment.
    pub fn at(&self, fact: FactId, at: Moment) -> Option<Change> {
        in_force(self.changes(fact), at).copied()
    }
    /// The change since which, without a break, the fact has had the value that it has at a moment: a grade that was only
    /// confirmed holds since it was first given.
    pub fn held_since(&self, fact: FactId, at: Moment) -> Option<Change> {
        let mut before = self.changes(fact).iter().rev().skip_while(|c| c.at > at);
        let last = before.next()?;
        Some(*before.take_while(|c| c.value == last.value).last().unwrap_or(last))
    }
    /// The value in force at a moment.
    pub fn value_at(&self, fact: FactId, at: Moment) -> Value {
        value_at(self.changes(fact), at)
    }
}

/// Of the changes of a fact, oldest first, the one in force at a moment.
#[inline]
pub(crate) fn in_force(changes: &[Change], at: Moment) -> Option<&Change> {
    // The latest is asked for most.
    match changes.last() {
        Some(last) if last.at > at => changes[..changes.partition_point(|c| c.at <= at)].last(),
        last => last,
    }
}

/// Of the changes of a fact, oldest first, the value in force at a moment.
#[inline]
pub(crate) fn value_at(changes: &[Change], at: Moment) -> Value {
    in_force(changes, at).map_or(Value::Unknown, |c| c.value)
}

/// An entry of the chronology.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Its id in the case file, for people.
    pub id: String,
    /// What happened.
    pub event: EventId,
    /// When it happened.
    pub occurred: Moment,
    /// The earliest time that it was said to have happened, before corrections of the time: what was done after that met what
    /// the entry brought about, and goes on meeting it.
    pub earliest: Moment,
    /// When it was recorded; of a corrected entry, when its correction in force was.
    pub recorded: Moment,
    /// When it first became known: a correction makes it no news.
    pub known: Moment,
    /// The episode it belongs to, by index.
    pub episode: Option<EpisodeNo>,
    /// Further episodes that it names: one interview can meet what several of them ask.
    pub also: SmallVec<[EpisodeNo; 2]>,
    /// A second return: it stays on the record and counts for nothing.
    pub void: bool,
    /// A rulebook that certainly applies refuses it: it is kept, sets no facts and meets nothing.
    pub refused: bool,
    /// It was told on somebody's behalf, and is not confirmed: it may start and tighten; it eases, closes and meets nothing.
    pub told: bool,
    /// Fields that have a value; several values of one field are several pairs.
    pub fields: Vec<(FieldId, Value)>,
}

impl Entry {
    /// An entry that says no more than its fields, of no time and no episode: to ask a condition of.
    pub fn of(event: EventId, fields: Vec<(FieldId, Value)>) -> Entry {
        let ever = Moment::EVER;
        Entry {
            id: String::new(),
            event,
            occurred: ever,
            earliest: ever,
            recorded: ever,
            known: ever,
            episode: None,
            also: SmallVec::new(),
            void: false,
            refused: false,
            told: false,
            fields,
        }
    }
    /// Every episode that it counts in, by index.
    pub fn episodes(&self) -> impl Iterator<Item = EpisodeNo> {
        let further = self.also.iter().copied().filter(|one| Some(*one) != self.episode);
        self.episode.into_iter().chain(further)
    }
    /// Can it carry out what is asked? Not what is void, was refused, or is only told on another's behalf.
    pub fn meets_duties(&self) -> bool {
        !self.void && !self.refused && !self.told
    }
    /// Has the field this value?
    pub fn has(&self, field: FieldId, value: Sym) -> bool {
        self.fields.iter().any(|(f, v)| *f == field && matches!(v, Value::Word(word) if *word == value))
    }
    /// The first value of a field.
    pub fn get(&self, field: FieldId) -> Option<Value> {
        self.fields.iter().find(|(f, _)| *f == field).map(|(_, v)| *v)
    }
}

/// An episode.
#[derive(Clone, PartialEq, Debug)]
pub struct Episode {
    /// Its id, for people.
    pub id: String,
    /// The earliest reliable time that the child was not where expected.
    pub start: Moment,
    /// The return.
    pub end: Option<Moment>,
    /// When it became known that it had begun.
    pub known: Moment,
    /// When the return became known.
    pub end_known: Option<Moment>,
    /// The entry that starts it.
    pub start_entry: EntryNo,
    /// The entry that ends it.
    pub end_entry: Option<EntryNo>,
    /// Facts of this episode.
    pub facts: Timelines,
}

/// A child's case.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Case {
    /// Its id.
    pub id: String,
    /// Entries by `occurred`, then by order of recording.
    pub entries: Vec<Entry>,
    /// Episodes by start.
    pub episodes: Vec<Episode>,
    /// Facts about the child and the placement.
    pub facts: Timelines,
    /// When somebody first wrote down what each dated fact of the record says, by its number: what a rulebook asks because of it nobody knew
    /// before. Of what has no place here that was always known.
    pub written: Vec<Moment>,
    /// Words that are not in the vocabulary (areas), for display.
    pub words: HashMap<Sym, String>,
    /// Local settings, by rulebook id and setting id: from when, and what.
    pub settings: HashMap<(String, String), Vec<(Moment, crate::rulebook::SettingValue)>>,
    /// The same record without the facts that are only told on somebody's behalf, where there are any: of what the two ask, the stricter
    /// counts, so that what is told starts and tightens and eases nothing.
    pub sure: Option<Box<Case>>,
    /// What was not certainly done by several together, though it has to be; by entry.
    pub(crate) apart: Vec<(EntryNo, Truth)>,
    pub(crate) by_event: Vec<Vec<EntryNo>>,
    pub(crate) by_episode: Vec<ByEvent>,
    /// Of the whole record, then of each episode.
    pub(crate) by_word: Vec<ByWord>,
}

/// Entries of one episode by event, each event's in order.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct ByEvent {
    entries: Vec<EntryNo>,
    /// For each event, where its entries end.
    ends: Vec<u32>,
}

impl ByEvent {
    fn new(mut entries: Vec<(EventId, EntryNo)>, events: usize) -> ByEvent {
        entries.sort_unstable();
        let end = |event: usize| entries.partition_point(|(e, _)| usize::from(e.0) <= event) as u32;
        ByEvent { ends: (0..events).map(end).collect(), entries: entries.iter().map(|(_, entry)| *entry).collect() }
    }
    fn of(&self, event: EventId) -> &[EntryNo] {
        let event = usize::from(event.0);
        let Some(end) = self.ends.get(event) else { return &[] };
        let start = if event == 0 { 0 } else { self.ends[event - 1] };
        &self.entries[start as usize..*end as usize]
    }
}

/// Entries by what they name: the act that was done, whom they told.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct ByWord {
    /// Where those of a key lie.
    places: FxHashMap<(EventId, FieldId, Sym), (u32, u32)>,
    /// Those of one key in order of time.
    entries: Vec<EntryNo>,
}

impl ByWord {
    fn new(mut list: Vec<((EventId, FieldId, Sym), EntryNo)>) -> ByWord {
        list.sort_unstable();
        list.dedup();
        let mut by_word = ByWord::default();
        for (place, (key, entry)) in (0..).zip(list) {
            by_word.entries.push(entry);
            by_word.places.entry(key).or_insert((place, place)).1 = place + 1;
        }
        by_word
    }
    fn of(&self, key: (EventId, FieldId, Sym)) -> &[EntryNo] {
        self.places.get(&key).map_or(&[], |(start, end)| &self.entries[*start as usize..*end as usize])
    }
}

impl Case {
    /// The record without what is only told on somebody's behalf: what is said of a child at the head of a page.
    pub fn certain(&self) -> &Case {
        self.sure.as_deref().unwrap_or(self)
    }

    /// Sorts the entries by event and by what they name, each in every episode that it names; call it once when the entries are
    /// complete. What counts for nothing is left out, so that nobody need remember to.
    pub fn index(&mut self, vocabulary: &Vocabulary) {
        // When it happened and when it was recorded are fields like others, for conditions to name.
        let known = &vocabulary.known;
        for entry in &mut self.entries {
            if entry.get(known.recorded_at).is_none() {
                entry.fields.push((known.occurred_at, Value::Moment(entry.occurred)));
                entry.fields.push((known.recorded_at, Value::Moment(entry.recorded)));
            }
        }
        let events = vocabulary.events.len();
        let named = vocabulary.known.naming();
        let mut by_episode: Vec<Vec<(EventId, EntryNo)>> = vec![Vec::new(); self.episodes.len()];
        let mut by_word = vec![Vec::new(); self.episodes.len() + 1];
        self.by_event = vec![Vec::new(); events];
        let numbered = self.entries.iter().enumerate().map(|(number, entry)| (EntryNo::at(number), entry));
        let together = numbered.map(|(number, entry)| (number, vocabulary.together(entry)));
        self.apart = together.filter(|(_, together)| *together != Truth::True).collect();
        for (number, entry) in self.entries.iter().enumerate() {
            let number = EntryNo::at(number);
            if entry.void {
                continue;
            }
            self.by_event[entry.event.place()].push(number);
            let episodes: SmallVec<[usize; 2]> =
                entry.episodes().map(EpisodeNo::place).filter(|e| *e < self.episodes.len()).collect();
            for episode in &episodes {
                by_episode[*episode].push((entry.event, number));
            }
            for (field, value) in &entry.fields {
                if let (Value::Word(word), true) = (value, named.contains(field)) {
                    let one = ((entry.event, *field, *word), number);
                    by_word[0].push(one);
                    for episode in &episodes {
                        by_word[episode + 1].push(one);
                    }
                }
            }
        }
        self.by_episode = by_episode.into_iter().map(|list| ByEvent::new(list, events)).collect();
        self.by_word = by_word.into_iter().map(ByWord::new).collect();
    }
    /// The entries of an event, in an episode or anywhere, that name a word in a field of [`Known::naming`](crate::vocabulary::Known::naming); in order.
    pub fn entries_naming(&self, episode: Option<EpisodeNo>, event: EventId, field: FieldId, word: Sym) -> &[EntryNo] {
        let place = episode.map_or(0, |e| e.place() + 1);
        self.by_word.get(place).map_or(&[], |list| list.of((event, field, word)))
    }
    /// The entries of an event in an episode, in order.
    pub fn entries_in(&self, episode: EpisodeNo, event: EventId) -> &[EntryNo] {
        self.by_episode.get(episode.place()).map_or(&[], |entries| entries.of(event))
    }
    /// Indices of the entries of an event, in order.
    pub fn entries_of(&self, event: EventId) -> &[EntryNo] {
        self.by_event.get(event.place()).map_or(&[], Vec::as_slice)
    }
    /// The entry at an index.
    pub fn entry(&self, index: EntryNo) -> &Entry {
        &self.entries[index.place()]
    }
    /// Did several certainly do together what an entry records, where it takes several? See [`Vocabulary::together`].
    pub fn together(&self, entry: EntryNo) -> Truth {
        // They stand in the order of the record.
        let place = self.apart.binary_search_by_key(&entry, |(number, _)| *number);
        place.map_or(Truth::True, |place| self.apart[place].1)
    }
    /// Is there anything of which it is so, or certainly not?
    pub fn has_apart(&self, together: Truth) -> bool {
        self.apart.iter().any(|(_, own)| *own == together)
    }
    /// The latest episode that had begun at a moment.
    pub fn episode_at(&self, at: Moment) -> Option<EpisodeNo> {
        let begun = self.episodes.partition_point(|e| e.start <= at);
        begun.checked_sub(1).map(EpisodeNo::at)
    }
}
