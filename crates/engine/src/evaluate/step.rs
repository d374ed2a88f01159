//! Which step of a duty that is done again and again: from the last time, on calendar days, in a series.

use super::carried_out::{Meeting, Window};
use super::duty::Duty;
use super::inquiry::Inquiry;
use super::occasion::Occasion;
use super::options::{Options, Settled};
use crate::calendar::Length;
use crate::ids::{EntryNo, EpisodeNo};
use crate::rulebook::{Repeat, Trigger};
use crate::time::Moment;
use std::collections::HashMap;

/// One occasion, or one step of a repeated rule, to be judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub occasion: Occasion,
    /// The limit, for a step of a repeated rule.
    pub due: Option<Moment>,
    /// What met it, for a step of a repeated rule.
    pub done: Option<Option<Meeting>>,
    /// What waived it, for a step of a repeated rule.
    pub waived: Option<Meeting>,
    /// What perhaps met it, for a step of a repeated rule.
    pub doubt: Option<Meeting>,
    /// From when and until when entries count towards this step, and not towards another.
    pub within: (Moment, Moment),
}

/// What became of a step.
#[derive(Clone, Copy, Default)]
pub(super) struct Met {
    pub done: Option<Meeting>,
    pub waived: Option<Meeting>,
    /// What perhaps met it, where nothing certainly did.
    pub doubt: Option<Meeting>,
}

impl Met {
    pub fn first(self) -> Option<Meeting> {
        self.done.or(self.waived)
    }
}

/// A step of a repeated rule.
pub(super) fn step(o: &Occasion, arises: Moment, due: Moment, within: (Moment, Moment), met: Met) -> Step {
    let occasion = Occasion { arises, ..*o };
    Step { occasion, due: Some(due), done: Some(met.done), waived: met.waived, doubt: met.doubt, within }
}

/// No rule is worked out further than this many times in one go.
pub(super) const MOST: usize = 5000;

impl Inquiry<'_> {
    /// Judges an occasion of the rule, once or as often as it repeats.
    pub fn run(&self, o: &Occasion, duties: &mut Vec<Duty>) {
        let steps = match &self.rule.repeat {
            Repeat::Once => {
                let within = (o.window, Moment::NEVER);
                let one = Step { occasion: *o, due: None, done: None, waived: None, doubt: None, within };
                duties.extend(self.judge(&one));
                return;
            }
            Repeat::Every(length, at_once) => self.every(o, *length, *at_once),
            Repeat::Days(days) => self.days(o, *days),
            Repeat::Month => self.months(o),
            Repeat::Series { steps, from, opens } => self.series(o, steps, *from, *opens),
        };
        duties.extend(steps.iter().filter_map(|step| self.judge(step)));
    }

    /// Judges every occasion of the rule. Of a count, one that comes while the duty of an earlier one is still open attaches to it:
    /// one review answers for all of them, unless the rule says that each asks anew.
    pub fn run_all(&self, occasions: &[Occasion], duties: &mut Vec<Duty>) {
        let attaches = matches!(self.rule.trigger, Trigger::On { count: Some(count), .. } if !count.each);
        let mut spent = None;
        let first = duties.len();
        for o in occasions {
            let open = |d: &Duty| d.done.is_none_or(|(at, _)| at > o.arises) && d.lapsed.is_none_or(|at| at > o.arises);
            if attaches && duties[first..].last().is_some_and(open) {
                continue;
            }
            let spent: &HashMap<Option<EpisodeNo>, EntryNo> = spent.get_or_insert_with(|| self.spent());
            let spent = spent.get(&o.episode).copied();
            self.run(&Occasion { spent, ..*o }, duties);
        }
    }

    /// For each episode the entry that met the duty that comes before the rule, where both ask for the same act.
    fn spent(&self) -> HashMap<Option<EpisodeNo>, EntryNo> {
        let before = self.rule.after.as_ref().and_then(|after| self.prepared.book.rule(after));
        let Some((before, _)) = before.filter(|(index, r)| r.action == self.rule.action && *index != self.index) else {
            return HashMap::new();
        };
        let options = Options { settled: Settled::All, ..*self.options };
        let other = Inquiry { options: &options, ..self.of(before) };
        let mut occasions = Vec::new();
        let mut duties = Vec::new();
        other.occasions(&mut occasions);
        occasions.iter().for_each(|o| other.run(o, &mut duties));
        // The first of an episode counts.
        duties.iter().rev().filter_map(|d| d.done.map(|(_, entry)| (d.episode, entry))).collect()
    }

    /// What met a step in a window, or waived it, whichever came first.
    pub(super) fn look(&self, o: &Occasion, from: Moment, to: Moment) -> Met {
        let window = Window { from, to, ..self.window(o, to) };
        let extra = self.extra(o, Self::point(o, to.max(o.arises)));
        let done = self.done(&window, &extra);
        let waived = self.waived(&window).filter(|w| done.is_none_or(|d| w.0 < d.0));
        match done.or(waived) {
            Some(_) if waived.is_some() => Met { done: None, waived, doubt: None },
            Some(_) => Met { done, waived, doubt: None },
            None => Met { done, waived, doubt: self.perhaps_done(&window, &extra) },
        }
    }

    /// From the last time it was done; before the first time, from when it arose.
    fn every(&self, o: &Occasion, length: Length, at_once: bool) -> Vec<Step> {
        let add = |m: Moment| self.facts.reckoning().add(m, length);
        let last = o.ends.min(self.options.now);
        let mut slots = Vec::new();
        let mut arises = o.arises;
        let mut due = if at_once { o.arises } else { add(o.arises) };
        let mut from = o.window;
        while slots.len() < MOST {
            let met = if arises <= last { self.look(o, from, last) } else { Met::default() };
            slots.push(step(o, arises, due, (from, o.ends), met));
            let Some((at, _)) = met.first() else { break };
            from = Moment(at.0 + 1);
            arises = at.max(o.arises);
            due = add(arises);
            // Done as the state ended: there is no next one.
            if arises >= o.ends {
                break;
            }
        }
        // What will arise if each is done on its limit, and one that is late already at once.
        let mut next = due.max(self.options.now);
        while next < self.options.horizon && slots.len() < MOST {
            let arises = next.max(self.options.now.plus_minutes(1));
            if arises >= o.ends {
                break;
            }
            next = add(next);
            slots.push(step(o, arises, next, (arises, o.ends), Met::default()));
        }
        slots
    }

    fn days(&self, o: &Occasion, days: [bool; 7]) -> Vec<Step> {
        let calendar = self.facts.reckoning();
        let mut slots = Vec::new();
        let mut day = calendar.date(o.arises);
        let last = o.ends.min(self.options.horizon.max(self.options.now));
        while slots.len() < MOST {
            let start = calendar.start_of(day).max(o.arises);
            // Past the last moment, one more: the next to arise.
            let beyond = start > last || start >= o.ends;
            if start >= o.ends {
                break;
            }
            let Ok(tomorrow) = day.tomorrow() else { break };
            // A day on which the state did not hold at all asks nothing.
            let held = start > self.options.now || self.holds_within(o, start, calendar.start_of(tomorrow));
            if held && days[day.weekday().to_monday_zero_offset() as usize] {
                let ends_day = calendar.start_of(tomorrow);
                let window_from =
                    if slots.is_empty() { o.window.max(calendar.start_of(day)) } else { calendar.start_of(day) };
                let until = Moment(ends_day.0 - 1).min(o.ends);
                let to = until.min(self.options.now);
                let begun = start <= self.options.now;
                let met = if begun { self.look(o, window_from, to) } else { Met::default() };
                slots.push(step(o, start, calendar.end_of(day), (window_from, until), met));
                if beyond {
                    break;
                }
            }
            day = tomorrow;
        }
        slots
    }

    fn months(&self, o: &Occasion) -> Vec<Step> {
        let calendar = self.facts.reckoning();
        let mut slots = Vec::new();
        let mut day = calendar.date(o.arises).first_of_month();
        let last = self.options.horizon.max(self.options.now);
        while slots.len() < MOST {
            let start = calendar.start_of(day).max(o.arises);
            if start >= o.ends {
                break;
            }
            let Ok(next) = day.last_of_month().tomorrow() else { break };
            let until = Moment(calendar.start_of(next).0 - 1).min(o.ends);
            let to = until.min(self.options.now);
            let begun = start <= self.options.now;
            let from = if slots.is_empty() { o.window.max(calendar.start_of(day)) } else { calendar.start_of(day) };
            let met = if begun { self.look(o, from, to) } else { Met::default() };
            slots.push(step(o, start, calendar.end_of(day.last_of_month()), (from, until), met));
            if start > last {
                break;
            }
            day = next;
        }
        slots
    }
}
