//! A series of steps, such as day 7, day 10, then fortnightly: when each is due, and what met it.

use super::inquiry::Inquiry;
use super::occasion::Occasion;
use super::step::{MOST, Met, Step, step};
use crate::calendar::Length;
use crate::rulebook::{Anchor, Step as Stage};
use crate::time::Moment;

impl Inquiry<'_> {
    pub(super) fn series(&self, o: &Occasion, steps: &[Stage], from: Anchor, opens: Option<Length>) -> Vec<Step> {
        let point = Self::point(o, o.arises);
        let anchor = self.facts.anchor(from, o, point).unwrap_or(o.arises);
        let limits = self.limits(steps, anchor, self.options.horizon.max(self.options.now));
        let first_opens = opens.map_or(o.arises, |length| self.facts.reckoning().add(anchor, length).max(o.arises));
        let mut opened = first_opens;
        let mut slots: Vec<Step> = Vec::with_capacity(limits.len());
        for due in limits {
            // A step that opens only after the state has ended never arises.
            if opened >= o.ends
                || (opened > self.options.horizon.max(self.options.now)
                    && slots.last().is_some_and(|s| s.occasion.arises > self.options.now))
            {
                break;
            }
            slots.push(step(o, opened, due, (first_opens, o.ends), Met::default()));
            opened = due;
        }
        self.assign(o, first_opens, &mut slots);
        slots
    }

    /// The limits of a series up to a moment, and the next one after it.
    fn limits(&self, steps: &[Stage], anchor: Moment, upto: Moment) -> Vec<Moment> {
        let calendar = self.facts.reckoning();
        let mut found: Vec<Moment> = Vec::new();
        // Two limits past the last moment are enough: the step that is open then, and the one to come.
        let enough = |found: &[Moment]| found.iter().rev().nth(1).is_some_and(|m| *m > upto);
        for step in steps {
            match *step {
                Stage::At(length) => found.push(calendar.add(anchor, length)),
                Stage::Every(length, times) => {
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
    fn assign(&self, o: &Occasion, first_opens: Moment, slots: &mut [Step]) {
        let last = o.ends.min(self.options.now);
        let mut from = first_opens;
        loop {
            let found = self.look(o, from, last);
            let Some((at, _)) = found.first() else { break };
            let mut met = false;
            for slot in slots.iter_mut().filter(|s| s.done == Some(None) && s.waived.is_none()) {
                let past = slot.due.is_some_and(|due| due.minute() < at.minute());
                if past || (!met && slot.occasion.arises <= at) {
                    (slot.done, slot.waived) = (Some(found.done), found.waived);
                    slot.within.0 = from;
                    met = true;
                    if !past {
                        break;
                    }
                }
            }
            from = Moment(at.0 + 1);
        }
        // What is left open may have been met by whatever came after it opened.
        for slot in slots.iter_mut().filter(|s| s.done == Some(None) && s.waived.is_none()) {
            slot.doubt = self.look(o, slot.occasion.arises, last).doubt;
            slot.within.0 = from;
        }
    }
}
