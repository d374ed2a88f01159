//! States that bring duties about: each spell of a state, and how the spells of one episode hang together.
//!
//! An episode is one: a status that comes and goes moves no limit, reopens nothing and silences nothing, unless the rule says in
//! a word that a new spell asks anew or that being located ends it.

use super::facts::Point;
use super::inquiry::Inquiry;
use super::occasion::Occasion;
use super::options::Settled;
use super::reach::reach;
use super::spans::{Episodes, Span, Spans};
use crate::calendar::Length;
use crate::case::Source;
use crate::condition::{Condition, Subject};
use crate::ids::EpisodeNo;
use crate::rulebook::{CountsFrom, RuleScope, Spell, Trigger};
use crate::time::Moment;
use crate::value::{Truth, Value};
use crate::vocabulary::FactId;

impl Inquiry<'_> {
    /// Adds each spell of the rule's state that lasts long enough.
    pub fn states(&self, found: &mut Vec<Occasion>) {
        let Trigger::While { state, stands, .. } = &self.rule.trigger else { return };
        let (facts, number) = (self.facts, self.prepared.states[self.index]);
        if self.rule.scope == RuleScope::Episode {
            for one in self.asked_in(number, state, *stands) {
                let start = facts.case.episode(one).start;
                let applies = self.applies(Some(one), start);
                if applies != Truth::False {
                    let spans = facts.spans_of(number, state, Some(one), start);
                    self.spells(&self.joined(spans, Some(one)), Some(one), applies, found);
                }
            }
        } else if *stands || self.options.wants_settled(None) || !facts.is_over(state, None) {
            let spans = facts.spans_of(number, state, None, facts.begin);
            if self.options.forced || self.rule.scope == RuleScope::Area {
                let applies = self.applies(None, facts.now);
                if applies != Truth::False {
                    self.spells(&spans, None, applies, found);
                }
            } else {
                // What is so of a child over time is asked for as long as the rulebook applies to the child.
                let applies = facts.spans(&self.prepared.book.applies, None, facts.begin);
                for part in &applies {
                    let own = if part.certain { Truth::True } else { Truth::Unknown };
                    let truth = reach(facts, self.editions, self.prepared.book, own, part.from.max(facts.begin));
                    if truth == Truth::False {
                        continue;
                    }
                    let within: Spans = spans.iter().filter_map(|s| overlap(*s, *part)).collect();
                    self.spells(&within, None, truth, found);
                }
            }
        }
    }

    /// The episodes in which a state may ask something: those of this edition that have begun. What ends with a state that is over asks
    /// nothing more.
    fn asked_in(&self, number: u32, state: &Condition, stands: bool) -> Episodes {
        let (facts, cache) = (self.facts, self.facts.cache);
        let begun = || {
            let count = facts.case.begun(facts.now);
            (0..count).map(EpisodeNo::at).filter(|e| self.is_edition_of(*e))
        };
        if stands || self.options.settled == Settled::All {
            return begun().collect();
        }
        let asks = |e: &EpisodeNo| self.options.wants_settled(Some(*e)) || !facts.is_over(state, Some(*e));
        cache.open(facts.case, number, || begun().filter(asks).collect())
    }

    /// The spells of one episode as the rule takes them: one, one until the child is located, or each by itself.
    fn joined(&self, spans: Spans, episode: Option<EpisodeNo>) -> Spans {
        let Trigger::While { spell, .. } = &self.rule.trigger else { return spans };
        if *spell == Spell::Anew || spans.len() < 2 {
            return spans;
        }
        let mut joined = Spans::new();
        for span in spans {
            match joined.last_mut() {
                Some(last) if *spell == Spell::One || !self.located_between(last.to, span.from, episode) => {
                    last.to = span.to;
                    last.certain &= span.certain;
                }
                _ => joined.push(span),
            }
        }
        joined
    }

    fn located_between(&self, from: Moment, to: Moment, episode: Option<EpisodeNo>) -> bool {
        let Some(fact) = self.facts.vocabulary.known.whereabouts_known else { return false };
        let points = self.facts.points_of(fact, episode, from);
        let known =
            |at: &Moment| self.facts.value(fact, Point { episode, entry: None, at: *at }) == Some(Value::Bool(true));
        points.into_iter().filter(|at| *at < to).any(|at| known(&at))
    }

    fn spells(&self, spans: &[Span], episode: Option<EpisodeNo>, applies: Truth, found: &mut Vec<Occasion>) {
        let Trigger::While { state, lasted, since, stands, .. } = &self.rule.trigger else { return };
        let mut before = Moment::EVER;
        for span in spans {
            let counted = self.brought_about(*lasted, *since, *span, episode);
            let concerns = |at| self.surely.covers(at) || self.concerns(episode, at) != Truth::False;
            if let Some((arises, doubtful)) = counted.filter(|(at, _)| concerns(*at)) {
                let (known, first_said) = self.said(state, episode, span.from);
                let window = match self.rule.counts_from {
                    // It counts from when it arose, or would have by the time that was first said.
                    CountsFrom::Trigger => {
                        self.facts.reckoning().came_across(Moment(arises.0 - (span.from.0 - first_said.0)))
                    }
                    // An entry of an earlier spell of the state does not meet a later one.
                    _ => self.window_from(episode, first_said).max(before),
                };
                let point = Point { episode, entry: None, at: arises };
                let filter = self.facts.settled().truth(&self.rule.filter, point);
                if filter != Truth::False {
                    found.push(Occasion {
                        entry: None,
                        episode,
                        arises,
                        raised: arises,
                        begins: span.from,
                        ends: if *stands { Moment::NEVER } else { span.to },
                        held: span.to,
                        known,
                        applies,
                        certain: span.certain && filter == Truth::True,
                        doubtful,
                        window,
                        unmet: false,
                        spent: None,
                    });
                }
            }
            if self.rule.counts_from != CountsFrom::Ever {
                before = span.to;
            }
        }
    }

    /// When a state that holds over a span brings the duty about, if it lasts long enough; and whether that is in doubt.
    fn brought_about(
        &self,
        lasted: Option<(Length, bool)>,
        since: Option<FactId>,
        span: Span,
        episode: Option<EpisodeNo>,
    ) -> Option<(Moment, bool)> {
        let anchor = match since {
            None => Some(span.from),
            Some(fact) => self.counted_from(fact, span, episode)?,
        };
        // While nobody has recorded the moment, the time counts from the state's own beginning, and that is in doubt.
        let (anchor, doubtful) = (anchor.unwrap_or(span.from), anchor.is_none());
        let Some((length, strictly)) = lasted else { return Some((span.from.max(anchor), doubtful)) };
        let threshold = self.facts.reckoning().add(anchor, length);
        let long_enough = if strictly { span.to > threshold } else { span.to >= threshold };
        if long_enough { Some((threshold.max(span.from), doubtful)) } else { None }
    }

    /// The first moment that a fact names while a state holds. `None`: there is nothing that it could be about;
    /// `Some(None)`: nobody has recorded it.
    fn counted_from(&self, fact: FactId, span: Span, episode: Option<EpisodeNo>) -> Option<Option<Moment>> {
        let points = self.facts.points_of(fact, episode, span.from.max(self.facts.begin));
        let mut unknown = false;
        for at in points.into_iter().filter(|at| *at < span.to) {
            match self.facts.value(fact, Point { episode, entry: None, at }) {
                Some(Value::Moment(moment)) => return Some(Some(moment)),
                Some(_) => unknown = true,
                None => {}
            }
        }
        unknown.then_some(None)
    }

    /// When somebody first knew that a state had begun, by the entries that say so; and when, before corrections of their time, they
    /// first said that it had.
    fn said(&self, state: &Condition, episode: Option<EpisodeNo>, from: Moment) -> (Moment, Moment) {
        let case = self.facts.case;
        let point = Point { episode, entry: None, at: from };
        let start = episode.map(|e| case.entry(case.episode(e).start_entry));
        let mut known = start.map_or(Moment::EVER, |entry| entry.known);
        let begins = episode.is_some_and(|e| case.episode(e).start == from);
        let mut first = episode.filter(|_| begins).map_or(from, |e| self.begun(e));
        for (subject, _) in &state.watched {
            if let Subject::Fact(fact) = subject
                && let Some(change) = self.facts.change(*fact, point)
                && let Source::Entry(entry) = change.source
            {
                let entry = case.entry(entry);
                known = known.max(entry.known);
                if change.at == from {
                    first = first.min(entry.earliest);
                }
            }
        }
        (known, first)
    }

    /// Does the rule's state hold at any moment from one up to another? For the steps of what is asked again and again.
    pub fn holds_within(&self, o: &Occasion, from: Moment, to: Moment) -> bool {
        let Trigger::While { state, .. } = &self.rule.trigger else { return true };
        let start = o.episode.map_or(self.facts.begin, |e| self.facts.case.episode(e).start);
        let spans = self.facts.spans_of(self.prepared.states[self.index], state, o.episode, start);
        spans.iter().any(|s| s.from < to && from < s.to)
    }
}

fn overlap(span: Span, part: Span) -> Option<Span> {
    let (from, to) = (span.from.max(part.from), span.to.min(part.to));
    (from < to).then_some(Span { from, to, certain: span.certain })
}
