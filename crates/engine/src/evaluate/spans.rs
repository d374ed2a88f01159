//! When a condition holds: the spans of time during which it is true, or cannot be told.

use super::facts::{Context, Point};
use crate::condition::{Condition, Order, Subject, Test};
use crate::time::Moment;
use crate::value::{Truth, Value};
use crate::vocabulary::{Derived, FactId, Scope};
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;

/// From `from` up to, but not at, `to`, the condition is not false. `to` is `NEVER` while no end is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Span {
    pub from: Moment,
    pub to: Moment,
}

/// The spans of a few states, shared by many rules: by the state's number and the episode.
pub(crate) type Cache = RefCell<HashMap<(u32, Option<u32>), Rc<[Span]>, BuildHasherDefault<Mixer>>>;

/// Mixes two small numbers; a stronger hash would cost more than it saves.
#[derive(Default)]
pub(crate) struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.write_u64(u64::from(*b)));
    }
    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }
    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Context<'_> {
    /// As [`Context::spans`] of the state with a number, worked out once.
    pub fn spans_of(&self, number: u32, state: &Condition, episode: Option<u32>, from: Moment) -> Rc<[Span]> {
        let key = (number, episode);
        if let Some(known) = self.spans.borrow().get(&key) {
            return Rc::clone(known);
        }
        let found: Rc<[Span]> = self.spans(state, episode, from).into();
        self.spans.borrow_mut().insert(key, Rc::clone(&found));
        found
    }

    /// The spans in which a condition is true or cannot be told, from a moment on, as far as can be known now.
    pub fn spans(&self, condition: &Condition, episode: Option<u32>, from: Moment) -> Vec<Span> {
        let points = self.points(condition, episode, from);
        let mut spans: Vec<Span> = Vec::new();
        let mut open = false;
        for at in points {
            let holds = self.truth(condition, Point { episode, entry: None, at }) != Truth::False;
            match (holds, open) {
                (true, false) => spans.push(Span { from: at, to: Moment::NEVER }),
                (false, true) => {
                    if let Some(last) = spans.last_mut() {
                        last.to = at;
                    }
                }
                _ => {}
            }
            open = holds;
        }
        spans
    }

    /// Since when, before a point, the condition has been true without a break.
    pub fn true_since(&self, condition: &Condition, point: Point, from: Moment) -> Moment {
        let mut points = self.points(condition, point.episode, from);
        points.retain(|p| *p <= point.at);
        let mut since = point.at;
        for at in points.into_iter().rev() {
            if self.truth(condition, Point { at, ..point }) != Truth::True {
                break;
            }
            since = at;
        }
        since
    }

    /// A moment, and in order every later one at which the condition's truth could change, as far as can be known now.
    pub fn points(&self, condition: &Condition, episode: Option<u32>, from: Moment) -> Vec<Moment> {
        let mut points = vec![from];
        self.change_points(condition, episode, from, &mut points);
        points.sort_unstable();
        points.dedup();
        points
    }

    /// In order, the moments from `from` on at which a fact could change.
    pub fn points_of(&self, fact: FactId, episode: Option<u32>, from: Moment) -> Vec<Moment> {
        let mut points = vec![from];
        self.fact_points(fact, &Test::Recorded, episode, from, &mut points);
        points.sort_unstable();
        points.dedup();
        points
    }

    /// Every moment after `from` at which the condition's truth could change, as far as can be known now.
    fn change_points(&self, condition: &Condition, episode: Option<u32>, from: Moment, points: &mut Vec<Moment>) {
        condition.expr.visit(&mut |subject, test| {
            if let Subject::Fact(fact) = subject {
                self.fact_points(fact, test, episode, from, points);
            }
        });
    }

    fn fact_points(&self, id: FactId, test: &Test, episode: Option<u32>, from: Moment, points: &mut Vec<Moment>) {
        let fact = self.vocabulary.fact_at(id);
        let recorded = match fact.derived {
            None => id,
            Some(Derived::Age) => {
                match test {
                    Test::Number(_, age) => self.birthdays(&[*age], from, points),
                    Test::OneOf(values) => {
                        let ages: Vec<i64> = values
                            .iter()
                            .filter_map(|v| if let Value::Number(n) = v { Some(*n) } else { None })
                            .collect();
                        self.birthdays(&ages, from, points);
                    }
                    Test::Since(..) | Test::Recorded => {}
                }
                return;
            }
            Some(
                Derived::MissingSince
                | Derived::WasMissing
                | Derived::WasAway
                | Derived::WasAbsent
                | Derived::MissingBefore,
            ) => self.vocabulary.known.status,
            Some(_) => id,
        };
        let mut note = |at: Moment| {
            if at > from {
                points.push(at);
            }
        };
        let episodes = match (fact.scope, episode) {
            (Scope::Episode, Some(one)) => &self.case.episodes[one as usize..=one as usize],
            (Scope::Episode, None) => &self.case.episodes[..],
            _ => &[],
        };
        for e in episodes {
            if e.start <= self.now {
                note(e.start);
            }
            if let Some(end) = e.end.filter(|end| *end <= self.now) {
                note(end);
            }
            e.facts.changes(recorded).iter().filter(|c| c.at <= self.now).for_each(|c| note(c.at));
        }
        if fact.scope != Scope::Episode {
            self.case.facts.changes(recorded).iter().filter(|c| c.at <= self.now).for_each(|c| note(c.at));
        }
        if let Test::Since(order, length) = test {
            self.since_points(id, episode, from, *order, |m| self.vocabulary.calendar.add(m, *length), points);
        }
    }

    /// A test of "how long since" changes when the length has run from each moment the fact has had.
    fn since_points(
        &self,
        id: FactId,
        episode: Option<u32>,
        from: Moment,
        order: Order,
        add: impl Fn(Moment) -> Moment,
        points: &mut Vec<Moment>,
    ) {
        let known: Vec<Moment> = points.clone();
        for at in known.into_iter().chain([from, self.now]) {
            let Some(since) = self.value(id, Point { episode, entry: None, at }).and_then(Value::moment) else {
                continue;
            };
            let turn = add(since);
            // "More than" and "at most" turn a minute later than "at least" and "less than".
            let turn = if matches!(order, Order::More | Order::AtMost) { turn.plus_minutes(1) } else { turn };
            if turn > from && !points.contains(&turn) {
                points.push(turn);
            }
        }
    }
}
