//! Duties done again and again: from the last time, on calendar days, in a series.

use super::facts::{Context, Point};
use super::judge::Slot;
use super::met::{Meeting, Window};
use super::trigger::Occurrence;
use super::{Duty, Options, Prepared, Settled};
use crate::calendar::Length;
use crate::rulebook::{Anchor, Repeat, Step};
use crate::time::Moment;

/// What became of a step.
#[derive(Clone, Copy, Default)]
struct Met {
    done: Option<Meeting>,
    waived: Option<Meeting>,
}

impl Met {
    fn first(self) -> Option<Meeting> {
        self.done.or(self.waived)
    }
}

/// A step of a repeated rule.
fn step(o: &Occurrence, arises: Moment, due: Moment, met: Met) -> Slot {
    Slot { occurrence: Occurrence { arises, ..*o }, due: Some(due), done: Some(met.done), waived: met.waived }
}

/// No rule is worked out further than this many times in one go.
const MOST: usize = 5000;

impl Context<'_> {
    /// Judges an occurrence of a rule, once or as often as it repeats.
    pub fn run(
        &self,
        prepared: &Prepared<'_>,
        book: u16,
        rule: usize,
        o: &Occurrence,
        options: &Options,
        duties: &mut Vec<Duty>,
    ) {
        let slots = match &prepared.book.rules[rule].repeat {
            Repeat::Once => {
                let slot = Slot { occurrence: *o, due: None, done: None, waived: None };
                duties.extend(self.judge(prepared, book, rule, &slot, options));
                return;
            }
            Repeat::Every(length, at_once) => self.every(prepared, rule, o, *length, *at_once, options),
            Repeat::Days(days) => self.days(prepared, rule, o, *days, options),
            Repeat::Month => self.months(prepared, rule, o, options),
            Repeat::Series { steps, from, opens } => self.series(prepared, rule, o, steps, *from, *opens, options),
        };
        duties.extend(slots.iter().filter_map(|slot| self.judge(prepared, book, rule, slot, options)));
    }

    /// For each episode the entry that met the duty that comes before a rule, where both ask for the same act.
    pub fn spent(&self, prepared: &Prepared<'_>, book: u16, rule: usize, options: &Options) -> Vec<(Option<u32>, u32)> {
        let definition = &prepared.book.rules[rule];
        let before = definition.after.as_ref().and_then(|after| prepared.book.rule(after));
        let Some((before, _)) = before.filter(|(index, r)| r.action == definition.action && *index != rule) else {
            return Vec::new();
        };
        let mut duties = Vec::new();
        let options = &Options { settled: Settled::All, ..*options };
        let mut occurrences = Vec::new();
        self.occurrences(prepared, before, options, &mut occurrences);
        for other in occurrences {
            self.run(prepared, book, before, &other, options, &mut duties);
        }
        duties.iter().filter_map(|d| d.done.map(|(_, entry)| (d.episode, entry))).collect()
    }

    /// What met a step in a window, or waived it, whichever came first.
    fn look(&self, prepared: &Prepared<'_>, rule: usize, o: &Occurrence, from: Moment, to: Moment) -> Met {
        let definition = &prepared.book.rules[rule];
        let episode = Self::scope_of(definition, o.episode);
        let window = Window { from, to, episode, entry: o.entry, arises: o.arises, spent: o.spent };
        let at = Point { episode: o.episode, entry: o.entry, at: to.max(o.arises) };
        let extra = self.extra(prepared, rule, at);
        let done = self.done(prepared, rule, window, &extra);
        let waived = self.waived(prepared, rule, window).filter(|w| done.is_none_or(|d| w.0 < d.0));
        if waived.is_some() { Met { done: None, waived } } else { Met { done, waived } }
    }

    /// From the last time it was done; before the first time, from when it arose.
    fn every(
        &self,
        prepared: &Prepared<'_>,
        rule: usize,
        o: &Occurrence,
        length: Length,
        at_once: bool,
        options: &Options,
    ) -> Vec<Slot> {
        let add = |m: Moment| self.vocabulary.calendar.add(m, length);
        let last = o.ends.min(options.now);
        let mut slots = Vec::new();
        let mut arises = o.arises;
        let mut due = if at_once { o.arises } else { add(o.arises) };
        let mut from = o.window;
        while slots.len() < MOST {
            let met = if arises <= last { self.look(prepared, rule, o, from, last) } else { Met::default() };
            slots.push(step(o, arises, due, met));
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
        let mut next = due.max(options.now);
        while next < options.horizon && slots.len() < MOST {
            let arises = next.max(options.now.plus_minutes(1));
            if arises >= o.ends {
                break;
            }
            next = add(next);
            slots.push(step(o, arises, next, Met::default()));
        }
        slots
    }

    fn days(
        &self,
        prepared: &Prepared<'_>,
        rule: usize,
        o: &Occurrence,
        days: [bool; 7],
        options: &Options,
    ) -> Vec<Slot> {
        let calendar = &self.vocabulary.calendar;
        let mut slots = Vec::new();
        let mut day = calendar.date(o.arises);
        let last = o.ends.min(options.horizon.max(options.now));
        while slots.len() < MOST {
            let start = calendar.start_of(day).max(o.arises);
            // Past the last moment, one more: the next to arise.
            let beyond = start > last || start >= o.ends;
            if start >= o.ends {
                break;
            }
            let Ok(tomorrow) = day.tomorrow() else { break };
            if days[day.weekday().to_monday_zero_offset() as usize] {
                let ends_day = calendar.start_of(tomorrow);
                let window_from =
                    if slots.is_empty() { o.window.max(calendar.start_of(day)) } else { calendar.start_of(day) };
                let to = Moment(ends_day.0 - 1).min(o.ends).min(options.now);
                let begun = start <= options.now;
                let met = if begun { self.look(prepared, rule, o, window_from, to) } else { Met::default() };
                slots.push(step(o, start, calendar.end_of(day), met));
                if beyond {
                    break;
                }
            }
            day = tomorrow;
        }
        slots
    }

    fn months(&self, prepared: &Prepared<'_>, rule: usize, o: &Occurrence, options: &Options) -> Vec<Slot> {
        let calendar = &self.vocabulary.calendar;
        let mut slots = Vec::new();
        let mut day = calendar.date(o.arises).first_of_month();
        let last = options.horizon.max(options.now);
        while slots.len() < MOST {
            let start = calendar.start_of(day).max(o.arises);
            if start >= o.ends {
                break;
            }
            let Ok(next) = day.last_of_month().tomorrow() else { break };
            let to = Moment(calendar.start_of(next).0 - 1).min(o.ends).min(options.now);
            let begun = start <= options.now;
            let from = if slots.is_empty() { o.window.max(calendar.start_of(day)) } else { calendar.start_of(day) };
            let met = if begun { self.look(prepared, rule, o, from, to) } else { Met::default() };
            slots.push(step(o, start, calendar.end_of(day.last_of_month()), met));
            if start > last {
                break;
            }
            day = next;
        }
        slots
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a series")]
    fn series(
        &self,
        prepared: &Prepared<'_>,
        rule: usize,
        o: &Occurrence,
        steps: &[Step],
        from: Anchor,
        opens: Option<Length>,
        options: &Options,
    ) -> Vec<Slot> {
        let point = Point { episode: o.episode, entry: o.entry, at: o.arises };
        let anchor = self.anchor(from, o, point).unwrap_or(o.arises);
        let limits = self.limits(steps, anchor, options.horizon.max(options.now));
        let first_opens = opens.map_or(o.arises, |length| self.vocabulary.calendar.add(anchor, length).max(o.arises));
        let mut opened = first_opens;
        let mut slots: Vec<Slot> = Vec::with_capacity(limits.len());
        for due in limits {
            // A step that opens only after the state has ended never arises.
            if opened >= o.ends
                || (opened > options.horizon.max(options.now)
                    && slots.last().is_some_and(|s| s.occurrence.arises > options.now))
            {
                break;
            }
            slots.push(step(o, opened, due, Met::default()));
            opened = due;
        }
        self.assign(prepared, rule, o, first_opens, options, &mut slots);
        slots
    }

    /// The limits of a series up to a moment, and the next one after it.
    fn limits(&self, steps: &[Step], anchor: Moment, upto: Moment) -> Vec<Moment> {
        let calendar = &self.vocabulary.calendar;
        let mut found: Vec<Moment> = Vec::new();
        // Two limits past the last moment are enough: the step that is open then, and the one to come.
        let enough = |found: &[Moment]| found.iter().rev().nth(1).is_some_and(|m| *m > upto);
        for step in steps {
            match *step {
                Step::At(length) => found.push(calendar.add(anchor, length)),
                Step::Every(length, times) => {
                    // Counted from where the repetition began, so that a short month or a clock change moves one step only.
                    let base = found.last().copied().unwrap_or(anchor);
                    for n in 1..=times.unwrap_or(u32::MAX) {
                        found.push(calendar.add(base, length.times(n)));
                        if enough(&found) || found.len() > MOST {
                            return found;
                        }
                    }
                }
            }
        }
        found
    }

    /// Each entry that could meet several steps meets every step already past its limit, or else the next one that is open.
    fn assign(
        &self,
        prepared: &Prepared<'_>,
        rule: usize,
        o: &Occurrence,
        first_opens: Moment,
        options: &Options,
        slots: &mut [Slot],
    ) {
        let last = o.ends.min(options.now);
        let mut from = first_opens;
        loop {
            let found = self.look(prepared, rule, o, from, last);
            let Some((at, _)) = found.first() else { return };
            let mut met = false;
            for slot in slots.iter_mut().filter(|s| s.done == Some(None) && s.waived.is_none()) {
                let past = slot.due.is_some_and(|due| due.minute() < at.minute());
                if past || (!met && slot.occurrence.arises <= at) {
                    (slot.done, slot.waived) = (Some(found.done), found.waived);
                    met = true;
                    if !past {
                        break;
                    }
                }
            }
            from = Moment(at.0 + 1);
        }
    }
}
