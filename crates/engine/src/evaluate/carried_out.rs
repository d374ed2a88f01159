//! What carried a duty out: the entries that do its act, by whoever may do it.
//! Who may is in `doer`, who has been told in `told`.

use super::facts::Point;
use super::inquiry::Inquiry;
use super::occasion::Occasion;
use crate::ids::{EntryNo, EpisodeNo};
use crate::rulebook::{Recipient, RuleScope};
use crate::time::Moment;
use crate::value::{Truth, Value};
use crate::vocabulary::{ActionKind, EventId, FieldId, Met};
use crate::words::Sym;

/// Where to look for entries: from a moment, up to and including another, in an episode.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub from: Moment,
    pub to: Moment,
    /// Only entries of this episode; `None`: anywhere.
    pub episode: Option<EpisodeNo>,
    /// The episode that the duty is about.
    pub about: Option<EpisodeNo>,
    /// The entry that triggered the duty; conditions on recipients may look at its fields.
    pub entry: Option<EntryNo>,
    /// What brought the duty about.
    pub o: Occasion,
    /// What was perhaps done by one alone, or certainly was: does it count?
    pub counts: Counts,
    /// Is it only asked whether there is any? Then the first that is found will do, not the earliest.
    pub any: bool,
}

/// Which meetings count: an entry of what several do together may not say who came, or name one alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Counts {
    /// Of several, as far as it is known: these alone meet a duty.
    Several,
    /// Those as well of which it is not known.
    Perhaps,
    /// Those alone in which one took part, and nobody else.
    Alone,
}

impl Window {
    /// The earlier of two that were found, the second looked for only where that matters.
    pub fn earlier(&self, found: Option<Meeting>, further: impl FnOnce() -> Option<Meeting>) -> Option<Meeting> {
        if self.any && found.is_some() { found } else { found.into_iter().chain(further()).min() }
    }

    /// The earliest of some, or any.
    pub fn earliest(&self, mut found: impl Iterator<Item = Meeting>) -> Option<Meeting> {
        if self.any { found.next() } else { found.min() }
    }
}

/// An entry that counts, and when it occurred.
pub(crate) type Meeting = (Moment, EntryNo);

/// A test of an entry.
type Passes<'t> = &'t dyn Fn(EntryNo) -> bool;

impl Inquiry<'_> {
    /// The first entry of an event in a window that passes a test.
    pub fn first(&self, event: EventId, window: &Window, passes: Passes<'_>) -> Option<Meeting> {
        self.first_of(self.entries(event, window), window, passes)
    }

    /// The entries of an event in a window's episode, or anywhere; in order.
    pub fn entries(&self, event: EventId, window: &Window) -> &[EntryNo] {
        match window.episode {
            Some(episode) => self.facts.case.entries_in(episode, event),
            None => self.facts.case.entries_of(event),
        }
    }

    /// The first entry of an event in a window that names a word in a field and passes a test.
    pub fn first_naming(
        &self,
        (event, field, word): (EventId, FieldId, Sym),
        window: &Window,
        passes: Passes<'_>,
    ) -> Option<Meeting> {
        self.first_of(self.facts.case.entries_naming(window.episode, event, field, word), window, passes)
    }

    /// The first of some entries, which are in order of time, that lies in a window, counts and passes a test.
    fn first_of(&self, list: &[EntryNo], window: &Window, passes: Passes<'_>) -> Option<Meeting> {
        let last = window.to.min(self.facts.now);
        let case = self.facts.case;
        // The entry that brings a duty about does not meet it as well: a review that calls for the next review is not that one.
        // What was refused, is void, or was only told on another's behalf meets nothing.
        let counts = |e: EntryNo| {
            Some(e) != window.entry
                && Some(e) != window.o.spent
                && case.entry(e).meets_duties()
                && self.counts(e, window.counts)
                && passes(e)
                && !self.departs(e)
        };
        let start = list.partition_point(|e| case.entry(*e).occurred < window.from);
        let within = list[start..].iter().map(|e| (case.entry(*e).occurred, *e));
        within.take_while(|(at, _)| *at <= last).find(|(_, e)| counts(*e))
    }

    /// Does a meeting count, by how many took part? What is about no child names people in words, and its form asks for several.
    fn counts(&self, entry: EntryNo, counts: Counts) -> bool {
        let together = match self.rule.scope {
            RuleScope::Area => Truth::True,
            _ => self.facts.case.together(entry),
        };
        match counts {
            Counts::Several => together == Truth::True,
            Counts::Perhaps => together != Truth::False,
            Counts::Alone => together == Truth::False,
        }
    }

    /// What would have done the duty, did it say who came: until it does, it cannot be told whether the duty was done.
    pub fn perhaps_done(&self, window: &Window, extra: &[&Recipient]) -> Option<Meeting> {
        let any = self.facts.case.has_apart(Truth::Unknown);
        any.then(|| self.done(&Window { counts: Counts::Perhaps, ..*window }, extra)).flatten()
    }

    /// What would have done the duty, had it not been a meeting of one.
    pub fn alone(&self, window: &Window) -> Option<Meeting> {
        let any = self.facts.case.has_apart(Truth::False);
        any.then(|| self.act(&Window { counts: Counts::Alone, ..*window }, &|e| self.fits(e, window))).flatten()
    }

    /// Is a condition on an entry true of it, in the episode of a window?
    pub fn matches(&self, met: &Met, entry: EntryNo, window: &Window) -> bool {
        let at = self.facts.case.entry(entry).occurred;
        met.when.is_always()
            || self.facts.truth(&met.when, Point { episode: window.about, entry: Some(entry), at }) == Truth::True
    }

    /// The first entry in a window that is one of some events as they say, and passes a test.
    pub fn first_met(&self, mets: &[Met], window: &Window, passes: Passes<'_>) -> Option<Meeting> {
        let one = |met: &Met| {
            let list = match self.named_in(&met.when.expr) {
                Some((field, word)) => self.facts.case.entries_naming(window.episode, met.event, field, word),
                None => self.entries(met.event, window),
            };
            self.first_of(list, window, &|e| self.matches(met, e, window) && passes(e))
        };
        window.earliest(mets.iter().filter_map(one))
    }

    /// The first entry that does the rule's act as a whole, in a window, and passes a test of who did it.
    pub fn act(&self, window: &Window, passes: Passes<'_>) -> Option<Meeting> {
        let known = &self.facts.vocabulary.known;
        let action = self.facts.vocabulary.action_at(self.rule.action);
        let naming = |event, field: FieldId, also: Passes<'_>| {
            self.first_naming((event, field, action.sym), window, &|e| also(e) && passes(e))
        };
        if let Some(mets) = &self.rule.met_by {
            // An act that names this very rule is this rule's, however narrowly the rule says what else meets it.
            let own = |e: EntryNo| self.facts.case.entry(e).has(known.duty, self.prepared.syms[self.index]);
            let named = naming(known.action_recorded, known.action, &own);
            return window.earlier(named, || self.first_met(mets, window, passes));
        }
        let is_for = |e: EntryNo| self.is_for(e);
        let mut found = naming(known.action_recorded, known.action, &is_for);
        if action.kind == ActionKind::Decide {
            found = window.earlier(found, || naming(known.decision_recorded, known.decision, &is_for));
        }
        if action.kind == ActionKind::Meet {
            found = window.earlier(found, || naming(known.meeting_held, known.meeting, &is_for));
        }
        if self.rule.recipients.is_empty() && action.kind.tells() && action.met_by.is_empty() {
            found = window.earlier(found, || self.told_anybody(action.kind, window, passes));
        }
        window.earlier(found, || self.first_met(&action.met_by, window, passes))
    }

    /// An entry that names the action belongs to this rule unless it names another duty, or was done by the owner of another rule of the same action.
    fn is_for(&self, entry: EntryNo) -> bool {
        let entry = self.facts.case.entry(entry);
        if let Some(named) = entry.get(self.facts.vocabulary.known.duty) {
            return named == Value::Word(self.prepared.syms[self.index]);
        }
        match entry.get(self.facts.vocabulary.known.by) {
            Some(Value::Word(by)) => !self.prepared.rivals[self.index].contains(&by),
            _ => true,
        }
    }

    /// Was the duty waived?
    pub fn waived(&self, window: &Window) -> Option<Meeting> {
        let known = &self.facts.vocabulary.known;
        let action = self.facts.vocabulary.action_at(self.rule.action).sym;
        self.first_naming((known.duty_waived, known.action, action), window, &|e| self.is_for(e))
    }

    /// When the duty was done: by an entry that does the whole act, by each of its parties, or once everyone who binds it was told.
    pub fn done(&self, window: &Window, extra: &[&Recipient]) -> Option<Meeting> {
        if !self.rule.parties.is_empty() {
            // Each of them has an entry of their own; which is whose goes by which came first.
            return self.by_each(&Window { any: false, ..*window });
        }
        let whole = self.act(window, &|e| self.fits(e, window));
        // A rule that says what meets it is met by that alone; its recipients are then only shown.
        if self.rule.met_by.is_some() || self.rule.recipients.is_empty() && extra.is_empty() {
            return whole;
        }
        window.earlier(whole, || self.all_told(window, extra))
    }

    /// When the last of those did it who each have to do it for themselves.
    fn by_each(&self, window: &Window) -> Option<Meeting> {
        let mut last = None;
        for (party, did) in self.rule.parties.iter().zip(self.by_parties(window)) {
            if self.is_party(party, window) != Truth::False {
                last = last.max(Some(did?));
            }
        }
        last
    }

    /// When each of those did it who have to do it for themselves. One entry is the word of one of them: first of those who are named,
    /// then of those who act for them.
    pub fn by_parties(&self, window: &Window) -> Vec<Option<Meeting>> {
        let parties = &self.rule.parties;
        let mut did: Vec<Option<Meeting>> = vec![None; parties.len()];
        for in_person in [true, false] {
            for (index, party) in parties.iter().enumerate().filter(|(_, p)| self.is_party(p, window) != Truth::False) {
                if did[index].is_none() {
                    let used: Vec<EntryNo> = did.iter().flatten().map(|(_, entry)| *entry).collect();
                    let is_it = |e: EntryNo| {
                        if in_person { self.doer(e) == Some(party.role) } else { self.is_of(e, party.role) }
                    };
                    did[index] = self.act(window, &|e| !used.contains(&e) && is_it(e));
                }
            }
        }
        did
    }

    /// The first entry that would do the act, had it not been done by somebody who may not.
    pub fn by_another(&self, window: &Window) -> Option<Meeting> {
        self.act(window, &|e| !self.fits(e, window))
    }
}
