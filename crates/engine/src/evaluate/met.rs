//! What meets a duty: the entries that carry out its act, and who has been told.

use super::Prepared;
use super::facts::{Context, Point};
use crate::condition::Condition;
use crate::rulebook::{CountsFrom, Modality, Recipient, Rule, RuleScope, Who};
use crate::time::Moment;
use crate::value::{Truth, Value};
use crate::vocabulary::{ActionKind, EventId, FieldId, Met};
use crate::words::Sym;
use smallvec::{SmallVec, smallvec};

/// Where to look for entries: from a moment, up to and including another, in an episode.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub from: Moment,
    pub to: Moment,
    pub episode: Option<u32>,
    /// The entry that triggered the duty; conditions on recipients may look at its fields.
    pub entry: Option<u32>,
    /// When the duty arose.
    pub arises: Moment,
    /// An entry that does not count, since it met the duty that comes before this one.
    pub spent: Option<u32>,
}

/// An entry that counts, and when it occurred.
pub(crate) type Meeting = (Moment, u32);

impl Context<'_> {
    /// The first entry of an event in a window that passes a test.
    pub fn first(&self, event: EventId, window: Window, passes: impl Fn(u32) -> bool) -> Option<Meeting> {
        self.first_of(self.entries(event, window), window, passes)
    }

    /// The entries of an event in a window's episode, or anywhere; in order.
    fn entries(&self, event: EventId, window: Window) -> &[u32] {
        match window.episode {
            Some(episode) => self.case.entries_in(episode, event),
            None => self.case.entries_of(event),
        }
    }

    /// The first entry of an event in a window that names a word in a field and passes a test.
    fn first_naming(
        &self,
        (event, field, word): (EventId, FieldId, Sym),
        window: Window,
        passes: impl Fn(u32) -> bool,
    ) -> Option<Meeting> {
        self.first_of(self.case.entries_naming(window.episode, event, field, word), window, passes)
    }

    /// The first of some entries, which are in order of time, that lies in a window and passes a test.
    fn first_of(&self, list: &[u32], window: Window, passes: impl Fn(u32) -> bool) -> Option<Meeting> {
        let last = window.to.min(self.now);
        // The entry that brings a duty about does not meet it as well: a review that calls for the next review is not that one.
        let counts = |e: u32| Some(e) != window.entry && Some(e) != window.spent && passes(e);
        let start = list.partition_point(|e| self.case.entry(*e).occurred < window.from);
        let within = list[start..].iter().map(|e| (self.case.entry(*e).occurred, *e));
        within.take_while(|(at, _)| *at <= last).find(|(_, e)| counts(*e))
    }

    fn first_met(&self, mets: &[Met], window: Window) -> Option<Meeting> {
        let matches = |met: &Met, entry: u32| {
            met.when.is_always()
                || self.truth(
                    &met.when,
                    Point { episode: window.episode, entry: Some(entry), at: self.case.entry(entry).occurred },
                ) == Truth::True
        };
        mets.iter().filter_map(|met| self.first(met.event, window, |e| matches(met, e))).min()
    }

    /// The first entry that carries out the rule's act as a whole, in a window.
    pub fn act(&self, prepared: &Prepared<'_>, rule: usize, window: Window) -> Option<Meeting> {
        let definition = &prepared.book.rules[rule];
        let known = &self.vocabulary.known;
        let action = self.vocabulary.action_at(definition.action);
        if let Some(mets) = &definition.met_by {
            // An act that names this very rule is this rule's, however narrowly the rule says what else meets it.
            let named = self.first_naming((known.action_recorded, known.action, action.sym), window, |e| {
                self.case.entry(e).has(known.duty, prepared.syms[rule])
            });
            return self.first_met(mets, window).into_iter().chain(named).min();
        }
        let special = self.first_met(&action.met_by, window);
        let generic = |event, field: FieldId| {
            self.first_naming((event, field, action.sym), window, |e| self.is_for(prepared, rule, e))
        };
        let mut found = special.into_iter().chain(generic(known.action_recorded, known.action)).min();
        if action.kind == ActionKind::Decide {
            found = found.into_iter().chain(generic(known.decision_recorded, known.decision)).min();
        }
        if action.kind == ActionKind::Meet {
            found = found.into_iter().chain(generic(known.meeting_held, known.meeting)).min();
        }
        if definition.recipients.is_empty() && special_kind(action.kind) && action.met_by.is_empty() {
            found = found.into_iter().chain(self.told_anybody(definition, action.kind, window)).min();
        }
        found
    }

    /// An entry that names the action belongs to this rule unless it names another duty, or was done by the owner of another rule of the same action.
    fn is_for(&self, prepared: &Prepared<'_>, rule: usize, entry: u32) -> bool {
        let entry = self.case.entry(entry);
        if let Some(named) = entry.get(self.vocabulary.known.duty) {
            return named == Value::Word(prepared.syms[rule]);
        }
        match entry.get(self.vocabulary.known.by) {
            Some(Value::Word(by)) => !prepared.rivals[rule].contains(&by),
            _ => true,
        }
    }

    /// Was the duty waived?
    pub fn waived(&self, prepared: &Prepared<'_>, rule: usize, window: Window) -> Option<Meeting> {
        let known = &self.vocabulary.known;
        let action = self.vocabulary.action_at(prepared.book.rules[rule].action).sym;
        self.first_naming((known.duty_waived, known.action, action), window, |e| self.is_for(prepared, rule, e))
    }

    fn told_anybody(&self, rule: &Rule, kind: ActionKind, window: Window) -> Option<Meeting> {
        let (event, _, topic) = self.telling(kind);
        self.first(event, window, |e| rule.topic.is_none_or(|t| self.case.entry(e).has(topic, t)))
    }

    fn telling(&self, kind: ActionKind) -> (EventId, FieldId, FieldId) {
        let known = &self.vocabulary.known;
        if kind == ActionKind::Share {
            (known.information_shared, known.with, known.what)
        } else {
            (known.notification_sent, known.to, known.about)
        }
    }

    /// When a role was told of the rule's topic, in a window.
    pub fn told(&self, rule: &Rule, role: Sym, window: Window) -> Option<Meeting> {
        let kind = self.vocabulary.action_at(rule.action).kind;
        let (event, to, topic) = self.telling(kind);
        let sent = self
            .first_naming((event, to, role), window, |e| rule.topic.is_none_or(|t| self.case.entry(e).has(topic, t)));
        if kind == ActionKind::Share {
            return sent;
        }
        // Some events tell a role by their nature, as a report tells the police.
        let tells = self.vocabulary.tells.iter().filter(|(_, r, topic)| *r == role && Some(*topic) == rule.topic);
        tells.filter_map(|(event, ..)| self.first(*event, window, |_| true)).chain(sent).min()
    }

    /// Everybody who must be told under a recipient line: the role itself, or by the log everyone who was told of a topic.
    pub fn roles(&self, recipient: &Recipient, rule: &Rule, window: Window) -> SmallVec<[Sym; 4]> {
        let topic = match recipient.who {
            Who::Role(role) => return smallvec![role],
            Who::FromLog(topic) => topic,
        };
        let known = &self.vocabulary.known;
        let mut roles: SmallVec<[Sym; 4]> = SmallVec::new();
        let mut add = |role: Sym| {
            // Whoever has a line of their own that concerns this child is not told twice.
            let own = |r: &Recipient| r.who == Who::Role(role) && self.concerns(&r.when, window) != Truth::False;
            if !roles.contains(&role) && !rule.recipients.iter().any(own) {
                roles.push(role);
            }
        };
        // Whoever was told before the duty arose is in the log; later notices of the absence do not lengthen the list.
        let until = window.entry.map_or(self.now, |e| self.case.entry(e).occurred).min(self.now);
        let entry = |e: &u32| self.case.entry(*e);
        let log = |event: EventId| self.entries(event, window).iter().map(entry).filter(|e| e.occurred <= until);
        for (event, role, of) in &self.vocabulary.tells {
            if *of == topic && log(*event).next().is_some() {
                add(*role);
            }
        }
        for entry in log(known.notification_sent) {
            if entry.has(known.about, topic) {
                entry.fields.iter().filter(|(f, _)| *f == known.to).for_each(|(_, v)| {
                    if let Value::Word(role) = v {
                        add(*role);
                    }
                });
            }
        }
        roles
    }

    /// When the duty was done: by an entry that carries out the whole act, or once everyone who binds it was told.
    pub fn done(&self, prepared: &Prepared<'_>, rule: usize, window: Window, extra: &[Recipient]) -> Option<Meeting> {
        let definition = &prepared.book.rules[rule];
        let whole = self.act(prepared, rule, window);
        // A rule that says what meets it is met by that alone; its recipients are then only shown.
        if definition.met_by.is_some() || definition.recipients.is_empty() && extra.is_empty() {
            return whole;
        }
        let all = self.all_told(definition, window, extra);
        whole.into_iter().chain(all).min()
    }

    fn all_told(&self, rule: &Rule, window: Window, extra: &[Recipient]) -> Option<Meeting> {
        let mut last: Option<Meeting> = None;
        let all = || rule.recipients.iter().chain(extra);
        // Where the whole notice is only to be considered, whoever is considered counts.
        let any_binds = all().any(|r| r.modality.binds());
        for recipient in all().filter(|r| r.modality.binds() || !any_binds && r.modality == Modality::Consider) {
            if self.concerns(&recipient.when, window) == Truth::False {
                continue;
            }
            for role in self.roles(recipient, rule, window) {
                let told = self.told(rule, role, window)?;
                last = last.max(Some(told));
            }
        }
        last
    }

    /// Does a rule that tells people have nobody to tell? Then it asks nothing.
    pub fn nobody(&self, rule: &Rule, window: Window, extra: &[Recipient]) -> bool {
        let mut all = rule.recipients.iter().chain(extra).peekable();
        rule.met_by.is_none()
            && all.peek().is_some()
            && all.all(|r| self.concerns(&r.when, window) == Truth::False || self.roles(r, rule, window).is_empty())
    }

    /// Does a recipient or checklist line concern this duty? What hangs on the clock is judged when the duty arose,
    /// so that a change of shift changes nobody's list; the rest as things stand.
    pub fn concerns(&self, when: &Condition, window: Window) -> Truth {
        if when.is_always() {
            return Truth::True;
        }
        let at = window.to.min(self.now).max(window.arises);
        let shift = Context { clock: Some(window.arises), ..*self };
        shift.truth(when, Point { episode: window.episode, entry: window.entry, at })
    }

    /// The episode to look in for a rule.
    pub fn scope_of(rule: &Rule, episode: Option<u32>) -> Option<u32> {
        // What counts from ever may have been done in an earlier episode, or outside any.
        if rule.scope == RuleScope::Episode && rule.counts_from != CountsFrom::Ever { episode } else { None }
    }
}

fn special_kind(kind: ActionKind) -> bool {
    matches!(kind, ActionKind::Notify | ActionKind::Share)
}
