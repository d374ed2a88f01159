//! What brings a duty about: entries, states that begin or have lasted, counts in a rolling window.

use super::facts::{Context, Point};
use super::spans::Span;
use super::{Options, Prepared};
use crate::condition::{Condition, Expr, Subject, Test};
use crate::rulebook::{CountsFrom, Repeat, Rule, RuleScope, Trigger};
use crate::time::Moment;
use crate::value::{Truth, Value};
use crate::vocabulary::{FactId, FieldId, Met};
use crate::words::Sym;
use smallvec::SmallVec;

/// One occasion on which a rule's trigger is met, or will be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Occurrence {
    pub entry: Option<u32>,
    pub episode: Option<u32>,
    /// When the duty arises.
    pub arises: Moment,
    /// When it first arose: for a later step of a repeated rule, when the first step did.
    pub raised: Moment,
    /// When the state that brings it about began; for an entry, when it occurred.
    pub begins: Moment,
    /// When the state ends, and with it the duty; `NEVER` while it lasts.
    pub ends: Moment,
    /// When that state ends, whether or not the duty stands beyond it.
    pub held: Moment,
    /// It is certain that the trigger was met: for a state, from its beginning to its end.
    pub certain: bool,
    /// The moment from which its time counts is not recorded, so that it cannot be told when it arises.
    pub doubtful: bool,
    /// From when entries count towards it.
    pub window: Moment,
    /// It was looked for already what meets or waives it, and there is nothing.
    pub unmet: bool,
    /// The entry that met the duty that comes before this one; it does not meet this one as well.
    pub spent: Option<u32>,
}

impl Context<'_> {
    /// Adds each occasion on which a rule's trigger is met.
    pub fn occurrences(&self, prepared: &Prepared<'_>, index: usize, options: &Options, found: &mut Vec<Occurrence>) {
        let rule = &prepared.book.rules[index];
        let number = prepared.states[index];
        match &rule.trigger {
            Trigger::On { events, once, count } => self.on(rule, events, *once, *count, options, found),
            Trigger::While { state, stands, .. } => {
                // What ends with a state that is over asks nothing more.
                let settled = |episode: Option<u32>| {
                    !stands && !options.wants_settled(episode) && self.is_over(number, state, episode)
                };
                if rule.scope == RuleScope::Episode {
                    for (index, episode) in self.case.episodes.iter().enumerate() {
                        let one = Some(index as u32);
                        if episode.start <= self.now && !settled(one) {
                            self.states(rule, number, one, episode.start, found);
                        }
                    }
                } else if !settled(None) {
                    self.states(rule, number, None, self.begin, found);
                }
            }
        }
    }

    /// Leaves out what brought about, in episodes whose settled duties are not wanted, only duties that ask nothing more.
    /// All of a rule in an episode are left out or none, so that their numbers stay what they are.
    pub fn leave_settled(
        &self,
        prepared: &Prepared<'_>,
        rule: usize,
        options: &Options,
        occurrences: &mut Vec<Occurrence>,
    ) {
        let mut asking: SmallVec<[Option<u32>; 8]> = SmallVec::new();
        for o in occurrences.iter_mut() {
            if !asking.contains(&o.episode) && (options.wants_settled(o.episode) || self.may_ask(prepared, rule, o)) {
                asking.push(o.episode);
            }
        }
        occurrences.retain(|o| asking.contains(&o.episode));
    }

    /// May what an occasion brings about still ask something? `false` only where that is certain.
    fn may_ask(&self, prepared: &Prepared<'_>, rule: usize, o: &mut Occurrence) -> bool {
        let definition = &prepared.book.rules[rule];
        if o.ends <= self.now && o.arises <= self.now {
            return false;
        }
        // What met the steps of a series, or was spent on another duty, takes more to find out.
        if !matches!(definition.repeat, Repeat::Once) || definition.after.is_some() || prepared.widens[rule] {
            return true;
        }
        let upto = o.ends.min(self.now);
        let point = Point { episode: o.episode, entry: o.entry, at: upto.max(o.arises) };
        if self.truth(&definition.when, point) == Truth::False {
            return false;
        }
        let window = Self::window_of(definition, o, upto);
        o.unmet = self.done(prepared, rule, window, &[]).is_none() && self.waived(prepared, rule, window).is_none();
        o.unmet
    }

    fn on(
        &self,
        rule: &Rule,
        events: &[Met],
        once: Option<RuleScope>,
        count: Option<(u32, crate::calendar::Length)>,
        options: &Options,
        found: &mut Vec<Occurrence>,
    ) {
        for met in events {
            self.each_of(rule, met, &mut |entry, episode, at| {
                if at > options.now {
                    return;
                }
                let point = Point { episode, entry, at };
                let mut truth = self.truth(&met.when, point);
                if truth != Truth::False {
                    truth = truth.and(self.truth(&rule.filter, point));
                }
                // One entry that fits two of the events is one occasion.
                let known = |o: &Occurrence| o.entry == entry && o.episode == episode && o.arises == at;
                if truth != Truth::False && !(events.len() > 1 && found.iter().any(known)) {
                    found.push(Occurrence {
                        entry,
                        episode,
                        arises: at,
                        raised: at,
                        begins: at,
                        ends: Moment::NEVER,
                        held: Moment::NEVER,
                        certain: truth == Truth::True,
                        doubtful: false,
                        window: self.window(rule, episode, at),
                        unmet: false,
                        spent: None,
                    });
                }
            });
        }
        found.sort_by_key(|o| o.arises);
        if once == Some(RuleScope::Episode) {
            // An episode counts once, however often the event comes in it.
            let mut seen = Vec::new();
            found.retain(|o| {
                let new = !seen.contains(&o.episode);
                seen.push(o.episode);
                new
            });
        }
        if let Some((at_least, within)) = count {
            let times: Vec<Moment> = found.iter().map(|o| o.arises).collect();
            let before = (at_least as usize).saturating_sub(1);
            let mut number = 0;
            // They are in order of time: it is enough that the one so many before still lies in the window.
            found.retain(|o| {
                let first = usize::checked_sub(number, before).map(|i| times[i]);
                number += 1;
                first.is_some_and(|first| self.vocabulary.calendar.add(first, within) >= o.arises)
            });
        }
        if matches!(once, Some(RuleScope::Child | RuleScope::Area)) {
            found.truncate(1);
        }
        if let Some(until) = &rule.until {
            for occurrence in found {
                occurrence.ends = self.first_true(until, occurrence);
            }
        }
    }

    /// Calls `see` for each entry of an event that can bring a rule's duty about; for the two made-up events, for each episode.
    fn each_of(&self, rule: &Rule, met: &Met, see: &mut impl FnMut(Option<u32>, Option<u32>, Moment)) {
        let known = &self.vocabulary.known;
        if met.event == known.episode_started || met.event == known.episode_ended {
            for (index, episode) in self.case.episodes.iter().enumerate() {
                let (at, entry) = if met.event == known.episode_started {
                    (Some(episode.start), Some(episode.start_entry))
                } else {
                    (episode.end, episode.end_entry)
                };
                if let Some(at) = at {
                    see(entry, Some(index as u32), at);
                }
            }
            return;
        }
        let numbers = match self.named_in(&met.when.expr).or_else(|| self.named_in(&rule.filter.expr)) {
            Some((field, word)) => self.case.entries_naming(None, met.event, field, word),
            None => self.case.entries_of(met.event),
        };
        for number in numbers {
            let entry = self.case.entry(*number);
            see(Some(*number), entry.episode, entry.occurred);
        }
    }

    /// A word that an entry has to name for a condition to be true of it: other entries need not be looked at.
    fn named_in(&self, expr: &Expr) -> Option<(FieldId, Sym)> {
        match expr {
            Expr::Test(Subject::Field(field), Test::OneOf(words)) => match words[..] {
                [Value::Word(word)] if self.vocabulary.known.naming().contains(field) => Some((*field, word)),
                _ => None,
            },
            Expr::All(parts) => parts.iter().find_map(|part| self.named_in(part)),
            _ => None,
        }
    }

    fn first_true(&self, until: &Condition, occurrence: &Occurrence) -> Moment {
        let points = self.points(until, occurrence.episode, occurrence.arises);
        let certain =
            |at: &Moment| self.truth(until, Point { episode: occurrence.episode, entry: None, at: *at }) == Truth::True;
        points.into_iter().find(certain).unwrap_or(Moment::NEVER)
    }

    fn window(&self, rule: &Rule, episode: Option<u32>, trigger: Moment) -> Moment {
        match rule.counts_from {
            CountsFrom::Trigger => trigger,
            CountsFrom::Ever => Moment::EVER,
            CountsFrom::Episode => episode.map_or(trigger, |e| self.case.episodes[e as usize].start.min(trigger)),
        }
    }

    /// Adds each spell of a rule's state that lasts long enough.
    fn states(&self, rule: &Rule, number: u32, episode: Option<u32>, from: Moment, found: &mut Vec<Occurrence>) {
        let Trigger::While { state, lasted, since, stands } = &rule.trigger else { return };
        let mut before = Moment::EVER;
        for span in self.spans_of(number, state, episode, from) {
            if let Some((arises, doubtful)) = self.state(*lasted, *since, span, episode) {
                // An entry of an earlier spell of the state does not meet a later one.
                let window = self.window(rule, episode, span.from).max(before);
                let window = if rule.counts_from == CountsFrom::Trigger { arises } else { window };
                let ends = if *stands { Moment::NEVER } else { span.to };
                let mut o = Occurrence {
                    entry: None,
                    episode,
                    arises,
                    raised: arises,
                    begins: span.from,
                    ends,
                    held: span.to,
                    certain: false,
                    doubtful,
                    window,
                    unmet: false,
                    spent: None,
                };
                o.ends = rule.until.as_ref().map_or(ends, |until| ends.min(self.first_true(until, &o)));
                let filter = self.truth(&rule.filter, Point { episode, entry: None, at: arises });
                o.certain = span.certain && filter == Truth::True;
                if filter != Truth::False {
                    found.push(o);
                }
            }
            if rule.counts_from != CountsFrom::Ever {
                before = span.to;
            }
        }
    }

    /// When a state that holds over a span brings the duty about, if it lasts long enough; and whether that is in doubt.
    fn state(
        &self,
        lasted: Option<(crate::calendar::Length, bool)>,
        since: Option<FactId>,
        span: Span,
        episode: Option<u32>,
    ) -> Option<(Moment, bool)> {
        let anchor = match since {
            None => Some(span.from),
            Some(fact) => self.counted_from(fact, span, episode)?,
        };
        // While nobody has recorded the moment, the time counts from the state's own beginning, and that is in doubt.
        let (anchor, doubtful) = (anchor.unwrap_or(span.from), anchor.is_none());
        let Some((length, strictly)) = lasted else { return Some((span.from.max(anchor), doubtful)) };
        let threshold = self.vocabulary.calendar.add(anchor, length);
        let long_enough = if strictly { span.to > threshold } else { span.to >= threshold };
        if long_enough { Some((threshold.max(span.from), doubtful)) } else { None }
    }

    /// The first moment that a fact names while a state holds. `None`: there is nothing that it could be about;
    /// `Some(None)`: nobody has recorded it.
    fn counted_from(&self, fact: FactId, span: Span, episode: Option<u32>) -> Option<Option<Moment>> {
        let points = self.points_of(fact, episode, span.from.max(self.begin));
        let mut unknown = false;
        for at in points.into_iter().filter(|at| *at < span.to) {
            match self.value(fact, Point { episode, entry: None, at }) {
                Some(Value::Moment(moment)) => return Some(Some(moment)),
                Some(_) => unknown = true,
                None => {}
            }
        }
        unknown.then_some(None)
    }
}
