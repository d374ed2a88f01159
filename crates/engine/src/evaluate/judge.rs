//! One duty at one moment: its state, given what brought it about, what carried it out and which limit holds.
//! How long it stays open to what is learned is in `learned`, the limit that a breach leaves standing in `breach`.

use super::duty::{Duty, Evidence, State};
use super::facts::Point;
use super::inquiry::Inquiry;
use super::occasion::Occasion;
use super::outcome::{Outcome, agree, strictest, widest};
use super::step::Step;
use crate::condition::Condition;
use crate::ids::RuleNo;
use crate::rulebook::{Trigger, each_exception};
use crate::time::Moment;
use crate::value::Truth;
use crate::vocabulary::EventId;

impl Inquiry<'_> {
    /// The duty of an occasion, or of one step of a repeated rule; `None` where nothing was ever owed.
    pub fn judge(&self, step: &Step) -> Option<Duty> {
        let o = &step.occasion;
        let now = self.options.now;
        let upto = o.ends.min(now);
        let window = self.window(o, upto);
        let extra = self.extra(o, Self::point(o, upto.max(o.arises)));
        let look = || if o.unmet { None } else { self.done(&window, &extra) };
        let done = step.done.unwrap_or_else(look);
        let waived = match step.done {
            _ if done.is_some() || o.unmet => None,
            Some(_) => step.waived,
            None => self.waived(&window),
        };
        let doubt = match step.done {
            _ if done.or(waived).is_some() => None,
            Some(_) => step.doubt,
            None => self.perhaps_done(&window, &extra),
        };
        let ended = o.ends <= now;
        let judged = done.or(waived).map_or(upto, |(at, _)| at.min(upto)).max(o.arises);
        let point = Self::point(o, judged);

        let learned = judged.min(self.closes(o, point)).max(o.arises);
        // What nobody knew when it closed counts as it was first learned afterwards.
        let facts = if learned < judged { self.facts.learned() } else { *self.facts };
        let asked = facts.truth(&self.rule.when, Point { at: learned, ..point });
        let outcomes = self.outcomes(o, point, step.due);
        let main = outcomes.first()?;
        let owed = asked != Truth::False
            && !outcomes.iter().all(|x| x.not_required)
            && (done.is_some() || waived.is_some() || !self.nobody(&window, &extra));
        // Whether it is still owed hangs on who came to a meeting that is recorded.
        let undone = if doubt.is_some() { Truth::Unknown } else { Truth::True };
        let certain = asked.and(self.trigger_truth(o, point)).and(o.applies).and(undone);
        let sure = certain == Truth::True && agree(&outcomes);
        let certainly = certain == Truth::True;
        let stood = if certainly { self.stood(o, step.due, learned) } else { None };
        let passed = if sure || stood.is_some() { None } else { self.may_have_stood(o, step.due, learned) };
        // Late is what is past every limit that could apply; while that cannot be told, nobody is blamed. A limit that has
        // passed undone stays passed.
        let late = |at: Moment| {
            let past = outcomes.iter().all(|x| x.is_past(at)) || stood.is_some_and(|due| at.minute() > due.minute());
            certain == Truth::True && past
        };
        let mut duty = Duty {
            book: self.book,
            rule: RuleNo::at(self.index),
            episode: o.episode,
            entry: o.entry,
            n: 0,
            arises: o.arises,
            // While it cannot be told which limit it was, the limit that has passed is still the strictest that could apply.
            due: stood.or(strictest(&outcomes).into_iter().chain(passed).min()),
            state: State::Due,
            done,
            doubt,
            lapsed: None,
            owner: main.owner,
            modality: main.modality,
            path: main.resolved.path,
            tightened: main.tightened.filter(|_| stood.is_none()),
            breached: false,
            known: None,
            contradictory: main.resolved.contradictory,
            asked: certainly && outcomes.iter().all(|x| !x.not_required),
            told: false,
            evidence: Evidence { occasion: Occasion { unmet: false, ..*o }, judged, learned, within: step.within },
        };
        if !owed {
            return self.no_longer_owed(step, &duty);
        }
        duty.state = if let Some((at, _)) = done {
            if late(at) { State::DoneLate } else { State::Done }
        } else if let Some((at, entry)) = waived {
            duty.done = Some((at, entry));
            State::Waived
        } else if ended && now >= o.arises {
            duty.lapsed = Some(o.ends.max(o.arises));
            State::Lapsed
        } else if now < o.arises {
            State::Upcoming
        } else {
            Self::open_state(&outcomes, sure, late(now))
        };
        if !sure && stood.is_none() && matches!(duty.state, State::Overdue | State::DoneLate) {
            // Which limit it is cannot be told; that the latest of them has passed can.
            duty.due = widest(&outcomes);
        }
        duty.breached = match duty.state {
            State::Overdue | State::DoneLate => true,
            State::Lapsed => late(duty.lapsed.unwrap_or(now)),
            State::Waived => duty.done.is_some_and(|(at, _)| late(at)),
            _ => false,
        };
        duty.known = self.known_too_late(&duty);
        Some(duty)
    }

    fn open_state(outcomes: &[Outcome], sure: bool, late: bool) -> State {
        use super::limit::Due;
        let can_be_late = outcomes.iter().all(|x| x.modality.can_be_late());
        let unknown = outcomes.iter().any(|x| x.due == Due::Unknown);
        // Past every limit that could apply, the missing fact no longer matters.
        match (late && can_be_late, sure && !unknown) {
            (true, _) => State::Overdue,
            (false, true) => State::Due,
            (false, false) => State::CannotTell,
        }
    }

    /// A duty whose guard is false now: nothing, if it never was owed; else it lapsed when the guard went away.
    fn no_longer_owed(&self, step: &Step, duty: &Duty) -> Option<Duty> {
        let o = &step.occasion;
        if self.options.now < o.arises {
            return None;
        }
        let at = |at: Moment| Self::point(o, at);
        let mut points = self.facts.points(&self.rule.when, o.episode, o.arises);
        let mut note = |when: &Condition| {
            if !when.is_always() {
                points.extend(self.facts.points(when, o.episode, o.arises));
            }
        };
        each_exception(&self.rule.exceptions, &mut |e| note(&e.when));
        self.rule.recipients.iter().for_each(|r| note(&r.when));
        points.retain(|p| *p <= duty.evidence.judged);
        points.sort_unstable();
        points.dedup();
        // What became so only when nothing could be learned any more never was asked.
        let asked = |p: &Moment| self.is_owed(o, at(*p)) && *p <= duty.evidence.learned;
        let last = points.iter().rposition(asked)?;
        let lapsed = points.get(last + 1).copied().unwrap_or(duty.evidence.judged);
        let before = at(Moment(lapsed.0 - 1).max(o.arises));
        let outcomes = self.outcomes(o, before, step.due);
        let main = outcomes.first()?;
        let due = self.stood(o, step.due, before.at).or(strictest(&outcomes));
        let mut duty = Duty {
            due,
            state: State::Lapsed,
            done: None,
            lapsed: Some(lapsed),
            owner: main.owner,
            modality: main.modality,
            tightened: main.tightened,
            breached: due.is_some_and(|due| lapsed.minute() > due.minute()),
            contradictory: false,
            asked: false,
            evidence: Evidence { judged: lapsed, learned: lapsed, ..duty.evidence },
            ..*duty
        };
        duty.known = self.known_too_late(&duty);
        Some(duty)
    }

    /// Was it certain at a point that the duty was owed?
    fn is_owed(&self, o: &Occasion, point: Point) -> bool {
        let resolved = self.resolve(o, point);
        let path = resolved.first().map(|r| r.path).unwrap_or_default();
        let not_required = |r: &super::exceptions::Resolved| {
            super::exceptions::along(self.rule, r.path).iter().any(|e| e.not_required)
        };
        self.facts.truth(&self.rule.when, point) == Truth::True
            && !resolved.iter().any(not_required)
            && !self.nobody(&self.window(o, point.at), &self.extra_recipients(path))
    }

    /// Was the trigger itself certain? Spans and filters let through what cannot be told.
    pub fn trigger_truth(&self, o: &Occasion, point: Point) -> Truth {
        if o.doubtful {
            return Truth::Unknown;
        }
        if o.certain {
            return Truth::True;
        }
        let raised = Point { at: o.raised, ..point };
        let settled = self.facts.settled();
        let filter = settled.truth(&self.rule.filter, raised);
        let cause = match &self.rule.trigger {
            Trigger::While { state, lasted, since, stands, .. } => {
                let last = Moment(o.held.0 - 1);
                let truth = |at: Moment| self.facts.truth(state, Point { entry: None, at, ..point });
                let now = truth(point.at.min(last).max(o.begins));
                let now = if *stands { now.max(truth(o.begins.max(self.facts.begin))) } else { now };
                // What has been certain for a part of the time only has not certainly lasted.
                let doubt = match (lasted, since) {
                    (Some((length, _)), None) if now == Truth::True && point.at >= o.raised => {
                        let known = Point { entry: None, at: point.at.min(last).max(o.begins), ..point };
                        let since = self.facts.told_since(state, known, o.begins);
                        self.facts.reckoning().add(since, *length) > point.at
                    }
                    _ => false,
                };
                if doubt { Truth::Unknown } else { now }
            }
            Trigger::On { events, .. } => {
                let own = events.iter().filter(|m| self.is_cause(m.event, o));
                own.map(|m| settled.truth(&m.when, raised)).max().unwrap_or(Truth::True)
            }
        };
        // A state that has ended was what it was; its end is not a reason to doubt it.
        filter.and(if cause == Truth::False { Truth::True } else { cause })
    }

    /// Is an occasion's entry, or what the casebook makes up at it, an instance of an event?
    pub fn is_cause(&self, event: EventId, o: &Occasion) -> bool {
        let known = &self.facts.vocabulary.known;
        let episode = o.episode.map(|e| self.facts.case.episode(e));
        o.entry.is_some_and(|e| self.facts.case.entry(e).event == event)
            || event == known.episode_started && episode.is_some_and(|e| Some(e.start_entry) == o.entry)
            || event == known.episode_ended && episode.is_some_and(|e| e.end_entry == o.entry)
    }
}
