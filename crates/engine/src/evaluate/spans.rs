//! When a condition holds: the spans of time during which it is true, or cannot be told.

use super::facts::{Facts, Point, all_of, any_of};
use super::reads::Reads;
use super::seen::Seen;
use crate::condition::{Condition, Expr, Order, Subject, Test};
use crate::ids::EpisodeNo;
use crate::rulebook::Course;
use crate::time::Moment;
use crate::value::{Truth, Value};
use crate::vocabulary::{Derived, FactId, Scope};
use smallvec::{SmallVec, smallvec};
use std::cell::{OnceCell, RefCell};
use std::num::NonZeroU32;

/// From `from` up to, but not at, `to`, the condition is not false. `to` is `NEVER` while no end is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Span {
    pub from: Moment,
    pub to: Moment,
    /// It is true all along.
    pub certain: bool,
}

impl Span {
    /// Never.
    pub const NONE: Span = Span { from: Moment::NEVER, to: Moment::NEVER, certain: false };

    /// Is a moment in it?
    pub fn covers(self, at: Moment) -> bool {
        self.from <= at && at < self.to
    }
}

/// Moments at which something may change.
pub(crate) type Points = SmallVec<[Moment; 16]>;

/// Seldom are there more in an episode.
pub(crate) type Spans = SmallVec<[Span; 2]>;

/// What was worked out of the states that rules of a rulebook share: for each state and episode, and for each state outside any. Beside it
/// stands what was read for it, where that is noted: every rule that uses it hangs on that.
pub(crate) struct Cache {
    /// Beside each other: outside any episode, then the episodes.
    width: usize,
    states: usize,
    /// For each of them the place of its spans in the list, from 1. Made when the first is worked out: the words of one duty need none, or few.
    known: RefCell<Vec<Option<NonZeroU32>>>,
    spans: RefCell<Vec<Spans>>,
    /// What was read for each of them; empty where nobody notes it.
    reads: RefCell<Vec<Reads>>,
    /// For each episode, whether it is one of this edition.
    current: OnceCell<SmallVec<[bool; 16]>>,
    /// For each state, the episodes in which it is not over.
    open: RefCell<Vec<Option<Open>>>,
}

/// The episodes in which a state is not over, and what was read to find them, where somebody notes it.
type Open = (Episodes, Option<Reads>);

/// Some episodes; few of a record are open.
pub(crate) type Episodes = SmallVec<[EpisodeNo; 4]>;

impl Cache {
    pub fn new(states: usize, episodes: usize) -> Cache {
        let width = episodes + 1;
        let (known, spans, reads, open) = Default::default();
        Cache { width, states, known, spans, reads, current: OnceCell::new(), open }
    }

    /// For each episode, whether it is one of the edition at hand; worked out once.
    pub fn current(&self, work_out: impl FnOnce() -> SmallVec<[bool; 16]>) -> &[bool] {
        self.current.get_or_init(work_out)
    }

    /// The episodes in which a state is not over; worked out once.
    pub fn open(&self, case: Seen<'_>, state: u32, work_out: impl FnOnce() -> Episodes) -> Episodes {
        let place = state as usize;
        if let Some(Some((known, reads))) = self.open.borrow().get(place) {
            case.also(reads.as_ref());
            return known.clone();
        }
        let (found, reads) = case.apart(work_out);
        let mut open = self.open.borrow_mut();
        if open.is_empty() {
            open.resize(self.states, None);
        }
        open[place] = Some((found.clone(), reads));
        found
    }

    fn place(&self, state: u32, episode: Option<EpisodeNo>) -> usize {
        state as usize * self.width + episode.map_or(0, |e| e.place() + 1)
    }

    fn spans(&self, case: Seen<'_>, state: u32, episode: Option<EpisodeNo>) -> Option<Spans> {
        let number = self.known.borrow().get(self.place(state, episode)).copied().flatten()?;
        let place = number.get() as usize - 1;
        case.also(self.reads.borrow().get(place));
        Some(Spans::from_slice(&self.spans.borrow()[place]))
    }

    fn keep(&self, state: u32, episode: Option<EpisodeNo>, (found, reads): (Spans, Option<Reads>)) {
        self.reads.borrow_mut().extend(reads);
        let mut spans = self.spans.borrow_mut();
        spans.push(found);
        let mut known = self.known.borrow_mut();
        if known.is_empty() {
            known.resize(self.width * self.states, None);
        }
        known[self.place(state, episode)] = NonZeroU32::new(spans.len() as u32);
    }
}

impl Facts<'_> {
    /// As [`Facts::spans`] of the state with a number, worked out once.
    pub fn spans_of(&self, number: u32, state: &Condition, episode: Option<EpisodeNo>, from: Moment) -> Spans {
        if let Some(known) = self.cache.spans(self.case, number, episode) {
            return known;
        }
        let (found, reads) = self.case.apart(|| self.spans(state, episode, from));
        self.cache.keep(number, episode, (found.clone(), reads));
        found
    }

    /// The first time over which the state with a number is certain, outside any episode.
    pub fn certain_span(&self, number: u32, state: &Condition) -> Option<Span> {
        self.spans_of(number, state, None, self.begin).iter().find(|span| span.certain).copied()
    }

    /// Does a state hold no more, whatever time brings, unless something is recorded?
    pub fn is_over(&self, state: &Condition, episode: Option<EpisodeNo>) -> bool {
        let point = Point { episode, entry: None, at: self.now };
        self.hereafter(&state.expr, &point) == Truth::False
    }

    /// The truth from now on, if nothing is recorded: what hangs on the time cannot be told.
    fn hereafter(&self, expr: &Expr, point: &Point) -> Truth {
        match expr {
            Expr::Always => Truth::True,
            Expr::Test(_, Test::Since(..)) => Truth::Unknown,
            Expr::Test(Subject::Fact(fact), _) if self.turns(*fact) => Truth::Unknown,
            Expr::Test(subject, test) => self.test(*subject, test, point),
            Expr::Not(inner) => !self.hereafter(inner, point),
            Expr::All(parts) => all_of(parts, |part| self.hereafter(part, point)),
            Expr::Any(parts) => any_of(parts, |part| self.hereafter(part, point)),
        }
    }

    /// Does time alone change the fact?
    fn turns(&self, fact: FactId) -> bool {
        let fact = self.vocabulary.fact_at(fact);
        fact.scope == Scope::Clock || fact.derived == Some(Derived::Age)
    }

    /// The spans in which a condition is true or cannot be told, from a moment on, as far as can be known now.
    pub fn spans(&self, condition: &Condition, episode: Option<EpisodeNo>, from: Moment) -> Spans {
        let points = self.points(condition, episode, from);
        let mut spans = Spans::new();
        let mut open = false;
        for at in points {
            let truth = self.truth(condition, Point { episode, entry: None, at });
            match (truth, open, spans.last_mut()) {
                (Truth::False, true, Some(last)) => last.to = at,
                (Truth::Unknown, true, Some(last)) => last.certain = false,
                (Truth::True | Truth::Unknown, false, _) => {
                    spans.push(Span { from: at, to: Moment::NEVER, certain: truth == Truth::True });
                }
                _ => {}
            }
            open = truth != Truth::False;
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

    /// Since when, before a point, it could be told without a break whether the condition is true.
    pub fn told_since(&self, condition: &Condition, point: Point, from: Moment) -> Moment {
        let mut points = self.points(condition, point.episode, from);
        points.retain(|p| *p <= point.at);
        let told = |at: &Moment| self.truth(condition, Point { at: *at, ..point }) != Truth::Unknown;
        points.into_iter().rev().take_while(told).last().unwrap_or(point.at)
    }

    /// A moment, and in order every later one at which the condition's truth could change, as far as can be known now.
    pub fn points(&self, condition: &Condition, episode: Option<EpisodeNo>, from: Moment) -> Points {
        let mut points: Points = smallvec![from];
        self.change_points(condition, episode, from, &mut points);
        points.sort_unstable();
        points.dedup();
        points
    }

    /// In order, the moments from `from` on at which a fact could change.
    pub fn points_of(&self, fact: FactId, episode: Option<EpisodeNo>, from: Moment) -> Points {
        let mut points: Points = smallvec![from];
        self.fact_points(fact, &Test::Recorded, episode, from, &mut points);
        points.sort_unstable();
        points.dedup();
        points
    }

    /// Every moment after `from` at which the condition's truth could change, as far as can be known now.
    fn change_points(&self, condition: &Condition, episode: Option<EpisodeNo>, from: Moment, points: &mut Points) {
        for (subject, test) in &condition.watched {
            match subject {
                Subject::Fact(fact) => self.fact_points(*fact, test, episode, from, points),
                Subject::Setting(index) => {
                    let changes = self.settings.get(index.place()).into_iter().flat_map(Course::changes);
                    points.extend(changes.filter(|at| *at > from && *at <= self.now));
                }
                Subject::Field(_) => {}
            }
        }
    }

    fn fact_points(&self, id: FactId, test: &Test, episode: Option<EpisodeNo>, from: Moment, points: &mut Points) {
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
                    Test::Since(..) | Test::Recorded | Test::Day(..) => {}
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
            Some(Derived::PlacedOutOfArea) => {
                let areas = self.vocabulary.known.areas.iter().flat_map(crate::vocabulary::Areas::all);
                let changes = areas.flat_map(|fact| self.case.changes(fact)).map(|c| c.at);
                points.extend(changes.filter(|at| *at > from && *at <= self.now));
                return;
            }
            Some(_) => id,
        };
        let mut note = |at: Moment| {
            if at > from {
                points.push(at);
            }
        };
        let episodes = match (fact.scope, episode) {
            (Scope::Episode, Some(one)) => one.place()..one.place() + 1,
            (Scope::Episode, None) => 0..self.case.episode_count(),
            _ => 0..0,
        };
        for number in episodes.map(EpisodeNo::at) {
            let e = self.case.episode(number);
            if e.start <= self.now {
                note(e.start);
            }
            if let Some(end) = e.end.filter(|end| *end <= self.now) {
                note(end);
            }
            self.case.changes_in(number, recorded).iter().filter(|c| c.at <= self.now).for_each(|c| note(c.at));
        }
        if fact.scope != Scope::Episode {
            self.case.changes(recorded).iter().filter(|c| c.at <= self.now).for_each(|c| note(c.at));
        }
        if let Test::Since(order, length) = test {
            self.since_points(id, episode, from, *order, |m| self.reckoning().add(m, *length), points);
        }
    }

    /// A test of "how long since" changes when the length has run from each moment the fact has had.
    fn since_points(
        &self,
        id: FactId,
        episode: Option<EpisodeNo>,
        from: Moment,
        order: Order,
        add: impl Fn(Moment) -> Moment,
        points: &mut Points,
    ) {
        let known = points.clone();
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
