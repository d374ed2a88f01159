//! A record as the rulebooks see it. The only way to it while a rule is judged: what is read is noted where somebody wants to know it.

use super::reads::{Reads, Recorder};
use crate::case::{Case, Change, Entry, Episode};
use crate::ids::{EntryNo, EpisodeNo};
use crate::time::Moment;
use crate::value::Truth;
use crate::vocabulary::{EventId, FactId, FieldId};
use crate::words::Sym;

/// A record as the rulebooks see it.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    case: &'a Case,
    recorder: Option<&'a Recorder>,
}

/// From when until when an episode was, and by which entries. Whoever keeps answers looks at these for all rules at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Extent {
    pub start: Moment,
    pub end: Option<Moment>,
    pub start_entry: EntryNo,
    pub end_entry: Option<EntryNo>,
}

impl Extent {
    #[inline]
    pub fn of(episode: &Episode) -> Extent {
        let Episode { start, end, start_entry, end_entry, .. } = episode;
        Extent { start: *start, end: *end, start_entry: *start_entry, end_entry: *end_entry }
    }
}

impl<'a> Seen<'a> {
    pub fn new(case: &'a Case, recorder: Option<&'a Recorder>) -> Seen<'a> {
        Seen { case, recorder }
    }

    /// Who notes what is read.
    pub fn recorder(&self) -> Option<&'a Recorder> {
        self.recorder
    }

    /// The changes of a fact of the child, oldest first.
    #[inline]
    pub fn changes(&self, fact: FactId) -> &'a [Change] {
        let changes = self.case.facts.changes(fact);
        if let Some(recorder) = self.recorder {
            recorder.fact(fact, changes);
        }
        changes
    }

    /// The changes of a fact of an episode, oldest first.
    #[inline]
    pub fn changes_in(&self, episode: EpisodeNo, fact: FactId) -> &'a [Change] {
        let changes = self.case.episodes[episode.place()].facts.changes(fact);
        if let Some(recorder) = self.recorder {
            recorder.fact(fact, changes);
        }
        changes
    }

    /// When somebody first wrote down what a dated fact of the record says, by its number. It changes with the fact that has it, or every rule
    /// is asked.
    pub fn written(&self, number: u32) -> Option<Moment> {
        let at = self.case.written.get(number as usize).copied();
        if let (Some(recorder), Some(at)) = (self.recorder, at) {
            recorder.moment(at);
        }
        at
    }

    /// So many episodes there are.
    pub fn episode_count(&self) -> usize {
        self.case.episodes.len()
    }

    /// Every episode, by start.
    pub fn episodes(&self) -> impl Iterator<Item = EpisodeNo> + use<> {
        (0..self.case.episodes.len()).map(EpisodeNo::at)
    }

    /// From when until when an episode was.
    #[inline]
    pub fn episode(&self, episode: EpisodeNo) -> Extent {
        Extent::of(&self.case.episodes[episode.place()])
    }

    /// An episode's id.
    pub fn episode_id(&self, episode: EpisodeNo) -> &'a str {
        &self.case.episodes[episode.place()].id
    }

    /// The latest episode that had begun at a moment.
    #[inline]
    pub fn episode_at(&self, at: Moment) -> Option<EpisodeNo> {
        self.case.episode_at(at)
    }

    /// So many episodes had begun at a moment: the first ones.
    pub fn begun(&self, at: Moment) -> usize {
        self.case.episodes.partition_point(|e| e.start <= at)
    }

    /// The entry at an index.
    #[inline]
    pub fn entry(&self, number: EntryNo) -> &'a Entry {
        if let Some(recorder) = self.recorder {
            recorder.entry(number);
        }
        self.case.entry(number)
    }

    /// The entries of an event, in order.
    #[inline]
    pub fn entries_of(&self, event: EventId) -> &'a [EntryNo] {
        if let Some(recorder) = self.recorder {
            recorder.event(event);
        }
        self.case.entries_of(event)
    }

    /// The entries of an event in an episode, in order.
    #[inline]
    pub fn entries_in(&self, episode: EpisodeNo, event: EventId) -> &'a [EntryNo] {
        if let Some(recorder) = self.recorder {
            recorder.event(event);
        }
        self.case.entries_in(episode, event)
    }

    /// The entries of an event, in an episode or anywhere, that name a word in a field; in order.
    #[inline]
    pub fn entries_naming(
        &self,
        episode: Option<EpisodeNo>,
        event: EventId,
        field: FieldId,
        word: Sym,
    ) -> &'a [EntryNo] {
        if let Some(recorder) = self.recorder {
            recorder.naming(event, field, word);
        }
        self.case.entries_naming(episode, event, field, word)
    }

    /// Did several certainly do together what an entry records, where it takes several?
    pub fn together(&self, entry: EntryNo) -> Truth {
        self.case.together(entry)
    }

    /// Is there anything of which it is so, or certainly not?
    pub fn has_apart(&self, together: Truth) -> bool {
        if let Some(recorder) = self.recorder {
            recorder.apart();
        }
        self.case.has_apart(together)
    }

    /// A word that is not in the vocabulary, for display.
    pub fn word(&self, word: Sym) -> Option<&'a str> {
        self.case.words.get(&word).map(String::as_str)
    }

    /// Works something out that others will use as well, and gives what was read for it.
    pub fn apart<T>(&self, work: impl FnOnce() -> T) -> (T, Option<Reads>) {
        let Some(recorder) = self.recorder else { return (work(), None) };
        let before = recorder.take();
        let found = work();
        let own = recorder.take();
        recorder.also(&before);
        recorder.also(&own);
        (found, Some(own))
    }

    /// What was worked out before is used, for which this was read.
    pub fn also(&self, reads: Option<&Reads>) {
        if let (Some(recorder), Some(reads)) = (self.recorder, reads) {
            recorder.also(reads);
        }
    }
}
