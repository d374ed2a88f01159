//! How long a duty stays open to what is learned, and which limit a breach leaves standing.

use super::exceptions::{along, limit_of};
use super::facts::Point;
use super::inquiry::Inquiry;
use super::limit::Due;
use super::occasion::Occasion;
use super::outcome::{Outcome, strictest, widest};
use super::spans::Points;
use crate::rulebook::{Limit, TableAt, Trigger, each_exception};
use crate::time::Moment;
use crate::value::Truth;

/// The limit of some outcomes, if it had passed at a moment.
type PassedBy<'t> = &'t dyn Fn(&[Outcome], Moment) -> Option<Moment>;

impl Inquiry<'_> {
    /// Until when what is learned counts in the condition of a duty that an entry brought about: until its limit has passed,
    /// and at least as long as its episode lasts. What has no limit, or one at the trigger itself, stays open for as long as
    /// the vocabulary says. What hangs on a state is asked for as long as the state lasts.
    pub fn closes(&self, o: &Occasion, point: Point) -> Moment {
        if self.rule.when.is_always() || matches!(self.rule.trigger, Trigger::While { .. }) {
            return Moment::NEVER;
        }
        let limit = |resolved: super::exceptions::Resolved| match self.facts.due(
            limit_of(self.rule, &along(self.rule, resolved.path)),
            o,
            point.at,
        ) {
            Due::At(at) if at > o.arises => Some(at),
            _ => None,
        };
        let learned_within = self.facts.vocabulary.learned_within;
        let while_open = self.facts.reckoning().add(o.arises, learned_within);
        let limits = self.resolve(o, point).into_iter().map(|r| limit(r).unwrap_or(while_open));
        let episode = o.episode.map(|e| self.facts.case.episode(e));
        let ended = episode.map(|e| e.end.filter(|end| *end <= self.facts.now).unwrap_or(Moment::NEVER));
        limits.chain(ended).max().unwrap_or(while_open)
    }

    /// The limit that passed undone while it held, before a moment: a grade, a birthday or a wider exception that comes
    /// afterwards does not make late what was late into what was done in time.
    pub fn stood(&self, o: &Occasion, fixed: Option<Moment>, upto: Moment) -> Option<Moment> {
        let certainly =
            |outcomes: &[Outcome], last| outcomes.iter().all(|x| x.is_past(last)).then(|| widest(outcomes)).flatten();
        self.passed(o, fixed, upto, Truth::True, &certainly)
    }

    /// As [`stood`](Self::stood), the limit that may have passed undone: where it cannot be told which it was, the strictest.
    pub fn may_have_stood(&self, o: &Occasion, fixed: Option<Moment>, upto: Moment) -> Option<Moment> {
        let perhaps = |outcomes: &[Outcome], last| {
            outcomes.iter().any(|x| x.is_past(last)).then(|| strictest(outcomes)).flatten()
        };
        self.passed(o, fixed, upto, Truth::Unknown, &perhaps)
    }

    /// The limit that passed while it held, by a test of what the rule then came to; where it was asked at least so certainly.
    fn passed(
        &self,
        o: &Occasion,
        fixed: Option<Moment>,
        upto: Moment,
        least: Truth,
        limit: PassedBy<'_>,
    ) -> Option<Moment> {
        if fixed.is_some() || !self.prepared.slides[self.index] {
            return None;
        }
        let points = self.sliding_points(o);
        let before = points.iter().zip(points.iter().skip(1)).take_while(|(_, next)| **next <= upto);
        before.into_iter().find_map(|(at, next)| {
            let point = Self::point(o, *at);
            let last = Moment(next.0 - 1);
            let asked = self.facts.truth(&self.rule.when, point);
            if asked != Truth::True && asked != least {
                return None;
            }
            limit(&self.outcomes(o, point, None), last)
        })
    }

    /// In order, the moments from an occasion on at which its limit may change.
    fn sliding_points(&self, o: &Occasion) -> Points {
        let mut points = self.facts.points(&self.rule.when, o.episode, o.arises);
        let table = |limit: Option<&Limit>, points: &mut Points| {
            if let Some(Limit::Table(index, _)) = limit
                && self.prepared.book.tables[*index].at != TableAt::Arises
            {
                for row in &self.prepared.book.tables[*index].rows {
                    points.extend(self.facts.points(&row.when, o.episode, o.arises));
                }
            }
        };
        table(self.rule.due.as_ref(), &mut points);
        each_exception(&self.rule.exceptions, &mut |e| {
            if !e.at_arising {
                points.extend(self.facts.points(&e.when, o.episode, o.arises));
            }
            table(e.due.as_ref(), &mut points);
        });
        points.sort_unstable();
        points.dedup();
        points
    }
}
