//! Who must be told, and who has been: recipients named by a rule, and everybody who by the log was told of something.

use super::carried_out::{Meeting, Window};
use super::facts::{Facts, Point};
use super::inquiry::Inquiry;
use crate::condition::Condition;
use crate::ids::EntryNo;
use crate::rulebook::{Modality, Party, Recipient, Who};
use crate::value::{Truth, Value};
use crate::vocabulary::{ActionKind, EventId, FieldId, Met};
use crate::words::Sym;
use smallvec::{SmallVec, smallvec};

impl Inquiry<'_> {
    pub(super) fn told_anybody(
        &self,
        kind: ActionKind,
        window: &Window,
        passes: &dyn Fn(EntryNo) -> bool,
    ) -> Option<Meeting> {
        let (event, _, topic) = self.telling(kind);
        self.first(event, window, &|e| self.is_about(e, topic) && passes(e))
    }

    fn telling(&self, kind: ActionKind) -> (EventId, FieldId, FieldId) {
        let known = &self.facts.vocabulary.known;
        if kind == ActionKind::Share {
            (known.information_shared, known.with, known.what)
        } else {
            (known.notification_sent, known.to, known.about)
        }
    }

    fn is_about(&self, entry: EntryNo, topic: FieldId) -> bool {
        self.rule.topic.is_none_or(|t| self.facts.case.entry(entry).has(topic, t))
    }

    /// When a role was told of the rule's topic, in a window: it, or one of those it consists of.
    pub fn told(&self, role: Sym, window: &Window) -> Option<Meeting> {
        let kind = self.facts.vocabulary.action_at(self.rule.action).kind;
        let (event, to, topic) = self.telling(kind);
        let members = self.facts.vocabulary.reached_by(role);
        let sent = members.iter().filter_map(|member| {
            self.first_naming((event, to, *member), window, &|e| self.is_about(e, topic) && self.fits(e, window))
        });
        let sent = window.earlier(window.earliest(sent), || self.told_by_the_act(members, window));
        if kind == ActionKind::Share {
            return sent;
        }
        // Some events tell a role by their nature, as a report tells the police.
        let tells = self.facts.vocabulary.tells.iter();
        let tells = tells.filter(|(_, r, topic)| members.contains(r) && Some(*topic) == self.rule.topic);
        let by_nature = tells.filter_map(|(event, ..)| self.first(*event, window, &|e| self.fits(e, window)));
        window.earlier(sent, || window.earliest(by_nature))
    }

    /// Where the rule says what meets it, what does so tells those whom it names, whatever else it is about.
    fn told_by_the_act(&self, members: &[Sym], window: &Window) -> Option<Meeting> {
        let to = self.facts.vocabulary.known.to;
        let mets = self.rule.met_by.iter().flatten();
        let naming = |met: &Met, member: Sym| {
            let counts = |e: EntryNo| self.matches(met, e, window) && self.fits(e, window);
            self.first_naming((met.event, to, member), window, &counts)
        };
        window.earliest(mets.flat_map(|met| members.iter().filter_map(move |member| naming(met, *member))))
    }

    /// Everybody who must be told under a recipient line: the role itself, or by the log everyone who was told of a topic.
    pub fn roles(&self, recipient: &Recipient, window: &Window) -> SmallVec<[Sym; 4]> {
        let topic = match recipient.who {
            Who::Role(role) => return smallvec![role],
            Who::FromLog(topic) => topic,
        };
        let known = &self.facts.vocabulary.known;
        let mut roles: SmallVec<[Sym; 4]> = SmallVec::new();
        let mut add = |role: Sym| {
            // Whoever has a line of their own that concerns this child is not told twice.
            let own = |r: &Recipient| r.who == Who::Role(role) && self.is_for_recipient(r, window) != Truth::False;
            if !roles.contains(&role) && !self.rule.recipients.iter().any(own) {
                roles.push(role);
            }
        };
        // Whoever was told before the duty arose is in the log; later notices of the absence do not lengthen the list.
        let until = window.entry.map_or(self.facts.now, |e| self.facts.case.entry(e).occurred).min(self.facts.now);
        let entry = |e: &EntryNo| self.facts.case.entry(*e);
        let log = |event: EventId| self.entries(event, window).iter().map(entry).filter(|e| e.occurred <= until);
        for (event, role, of) in &self.facts.vocabulary.tells {
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

    pub(super) fn all_told(&self, window: &Window, extra: &[&Recipient]) -> Option<Meeting> {
        let mut last: Option<Meeting> = None;
        let all = || self.rule.recipients.iter().chain(extra.iter().copied());
        // Where the whole notice is only to be considered, whoever is considered counts.
        let any_binds = all().any(|r| r.modality.binds());
        for recipient in all().filter(|r| r.modality.binds() || !any_binds && r.modality == Modality::Consider) {
            if self.is_for_recipient(recipient, window) == Truth::False {
                continue;
            }
            for role in self.roles(recipient, window) {
                last = last.max(Some(self.told(role, window)?));
            }
        }
        last
    }

    /// Does a rule that tells people have nobody to tell? Then it asks nothing.
    pub fn nobody(&self, window: &Window, extra: &[&Recipient]) -> bool {
        let mut all = self.rule.recipients.iter().chain(extra.iter().copied()).peekable();
        let idle = |r: &Recipient| self.is_for_recipient(r, window) == Truth::False || self.roles(r, window).is_empty();
        self.rule.met_by.is_none() && all.peek().is_some() && all.all(idle)
    }

    /// Is somebody to be told, as things stand, or as they stood when the duty arose where the line says so?
    pub fn is_for_recipient(&self, recipient: &Recipient, window: &Window) -> Truth {
        if !recipient.at_arising {
            return self.line_concerns(&recipient.when, window);
        }
        self.concerned_at_arising(&recipient.when, window)
    }

    /// Is somebody one of those who each do it for themselves? That is settled when the duty arises: a child who moves afterwards is
    /// owed it by the same people.
    pub fn is_party(&self, party: &Party, window: &Window) -> Truth {
        self.concerned_at_arising(&party.when, window)
    }

    fn concerned_at_arising(&self, when: &Condition, window: &Window) -> Truth {
        let point = Point { episode: window.about, entry: window.entry, at: window.o.arises };
        self.facts.settled().truth(when, point)
    }

    /// Does a recipient or a checklist line concern this duty? What hangs on the clock is judged when the duty arose,
    /// so that a change of shift changes nobody's list; the rest as things stand.
    pub fn line_concerns(&self, when: &Condition, window: &Window) -> Truth {
        if when.is_always() {
            return Truth::True;
        }
        let at = window.to.min(self.facts.now).max(window.o.arises);
        let shift = Facts { clock: Some(window.o.arises), ..*self.facts };
        shift.truth(when, Point { episode: window.about, entry: window.entry, at })
    }
}
