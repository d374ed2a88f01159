//! That nobody could have kept a limit: it had passed when what brought the duty about became known, or when a fact was written down without
//! which nobody could tell that it is asked.

use super::duty::Duty;
use super::facts::{Facts, Point, all_of, any_of};
use super::inquiry::Inquiry;
use crate::case::Source;
use crate::condition::{Condition, Expr, Subject};
use crate::rulebook::Trigger;
use crate::time::Moment;
use crate::value::Truth;
use crate::vocabulary::FactId;

/// So long there is to do what should have been done before it was known.
const TIME_MINUTES: i64 = 15;

impl Inquiry<'_> {
    /// When it became known that the duty is asked, where its limit had passed by then.
    pub fn known_too_late(&self, duty: &Duty) -> Option<Moment> {
        let due = duty.due.filter(|due| *due > Moment::EVER)?;
        let o = &duty.evidence.occasion;
        let point = |at| Point { episode: duty.episode, entry: o.entry, at };
        let state = match &self.rule.trigger {
            Trigger::While { state, .. } => Some((state, Point { entry: None, ..point(o.begins.max(o.raised)) })),
            Trigger::On { .. } => None,
        };
        // As it stood when the limit passed: what changes afterwards is no excuse.
        let then = duty.evidence.learned.min(due).max(o.arises);
        let asked = [(&self.rule.when, point(then)), (&self.rule.concerns, point(o.arises))];
        let told = asked.into_iter().chain(state).filter_map(|(one, at)| self.facts.first_told(one, at, due));
        let known = told.fold(o.known, Moment::max);
        (known.minute() > due.minute() && !self.is_needed_still(duty, known)).then_some(known)
    }

    /// Is it to be done still, of a child who is not back, and was there time for it since it became known? Then it is late like anything else,
    /// however late somebody wrote down what brought it about.
    fn is_needed_still(&self, duty: &Duty, known: Moment) -> bool {
        let Some(episode) = duty.episode.filter(|_| duty.state.is_open()) else { return false };
        let gone = self.facts.case.episode(episode).end.is_none_or(|end| end > self.facts.now);
        gone && self.facts.reckoning().came_across(known.plus_minutes(TIME_MINUTES)) <= self.facts.now
    }
}

impl Facts<'_> {
    /// When enough was written down for a condition to be true at a point, where that was not so at a moment.
    fn first_told(&self, condition: &Condition, point: Point, by: Moment) -> Option<Moment> {
        let facts = condition.watched.iter().filter_map(|(subject, _)| match subject {
            Subject::Fact(fact) => self.written(*fact, point).filter(|at| *at > by),
            Subject::Setting(_) | Subject::Field(_) => None,
        });
        let mut later: Vec<Moment> = facts.collect();
        if later.is_empty() || self.truth_by(&condition.expr, point, by) == Truth::True {
            return None;
        }
        later.sort_unstable();
        later.into_iter().find(|at| self.truth_by(&condition.expr, point, *at) == Truth::True)
    }

    /// The truth at a point by what was written down at a moment: what a fact says that was written later could not be told.
    fn truth_by(&self, expr: &Expr, point: Point, by: Moment) -> Truth {
        match expr {
            Expr::Always => Truth::True,
            Expr::Test(Subject::Fact(fact), _) if self.written(*fact, point).is_some_and(|at| at > by) => {
                Truth::Unknown
            }
            Expr::Test(subject, test) => self.test(*subject, test, &point),
            Expr::Not(inner) => !self.truth_by(inner, point, by),
            Expr::All(parts) => all_of(parts, |part| self.truth_by(part, point, by)),
            Expr::Any(parts) => any_of(parts, |part| self.truth_by(part, point, by)),
        }
    }

    /// When somebody first wrote down what holds of a fact at a point.
    fn written(&self, fact: FactId, point: Point) -> Option<Moment> {
        match self.change(fact, point)?.source {
            Source::Record(number) => self.case.written(number),
            Source::Entry(entry) => Some(self.case.entry(entry).known),
            Source::Rule(_) | Source::Derived => None,
        }
    }
}
