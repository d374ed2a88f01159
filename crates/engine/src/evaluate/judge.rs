//! One duty at one moment: what it comes to, given what brought it about and what has been done.

use super::facts::{Context, Point};
use super::limit::Due;
use super::met::{Meeting, Window};
use super::resolve::{Resolved, along};
use super::trigger::Occurrence;
use super::{Duty, Options, Path, Prepared, State};
use crate::condition::Condition;
use crate::rulebook::{Limit, Modality, Owner, Recipient, Rule};
use crate::time::Moment;
use crate::value::Truth;
use crate::words::Sym;

/// A duty to be judged: one occasion, or one step of a repeated rule.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub occurrence: Occurrence,
    /// The limit, for a step of a repeated rule.
    pub due: Option<Moment>,
    /// What met it, for a step of a repeated rule.
    pub done: Option<Option<Meeting>>,
}

/// What a rule asks under one outcome of its exceptions.
struct Outcome {
    resolved: Resolved,
    due: Due,
    owner: Option<Sym>,
    modality: Modality,
    not_required: bool,
    tightened: Option<Moment>,
}

impl Context<'_> {
    pub fn judge(
        &self,
        prepared: &Prepared<'_>,
        book: u16,
        rule: usize,
        slot: &Slot,
        options: &Options,
    ) -> Option<Duty> {
        let definition = &prepared.book.rules[rule];
        let o = slot.occurrence;
        let upto = o.ends.min(options.now);
        let window = Window {
            from: o.window,
            to: upto,
            episode: Self::scope_of(definition, o.episode),
            entry: o.entry,
            arises: o.arises,
            spent: o.spent,
        };
        let first = self.resolve(definition, Point { episode: o.episode, entry: o.entry, at: upto.max(o.arises) });
        let extra = extra_recipients(definition, first.first().map_or(Path::default(), |r| r.path));
        let done = slot.done.unwrap_or_else(|| self.done(prepared, rule, window, &extra));
        let waived = if done.is_some() { None } else { self.waived(prepared, rule, window) };
        let ended = o.ends <= options.now;
        let judged = done.or(waived).map_or(upto, |(at, _)| at.min(upto)).max(o.arises);
        let point = Point { episode: o.episode, entry: o.entry, at: judged };

        let applies = self.truth(&definition.when, point);
        let outcomes: Vec<Outcome> = self
            .resolve(definition, point)
            .into_iter()
            .map(|r| self.outcome(definition, &o, r, point, slot.due))
            .collect();
        let main = outcomes.first()?;
        let owed = applies != Truth::False && !outcomes.iter().all(|x| x.not_required);
        if !owed {
            return self.no_longer_owed(definition, book, rule, slot, main, point, options);
        }
        let trigger = self.trigger_truth(definition, &o, point);
        let applies = applies.and(self.in_force);
        let sure = applies == Truth::True && trigger == Truth::True && outcomes.iter().all(|x| same(x, main));
        let due = strictest(&outcomes);
        let mut duty = Duty {
            book,
            rule: rule as u32,
            episode: o.episode,
            entry: o.entry,
            n: 0,
            arises: o.arises,
            due,
            state: State::Due,
            done,
            lapsed: None,
            owner: main.owner,
            modality: main.modality,
            path: main.resolved.path,
            judged,
            window: o.window,
            tightened: main.tightened,
            breached: false,
            contradictory: main.resolved.contradictory,
        };
        let late = |at: Moment| due.is_some_and(|d| at.minute() > d.minute());
        duty.state = if let Some((at, _)) = done {
            if late(at) { State::DoneLate } else { State::Done }
        } else if let Some((at, entry)) = waived {
            duty.done = Some((at, entry));
            State::Waived
        } else if ended && options.now >= o.arises {
            duty.lapsed = Some(o.ends.max(o.arises));
            State::Lapsed
        } else if options.now < o.arises {
            State::Upcoming
        } else {
            Self::open_state(&outcomes, sure, applies.and(trigger), options.now)
        };
        duty.breached = match duty.state {
            State::Overdue | State::DoneLate => true,
            State::Lapsed => late(duty.lapsed.unwrap_or(options.now)),
            State::Waived => duty.done.is_some_and(|(at, _)| late(at)),
            _ => false,
        };
        Some(duty)
    }

    fn open_state(outcomes: &[Outcome], sure: bool, applies: Truth, now: Moment) -> State {
        let overdue = |x: &Outcome| {
            matches!(x.due, Due::At(due) if now.minute() > due.minute()) && x.modality != Modality::Prompt
        };
        let unknown = outcomes.iter().any(|x| x.due == Due::Unknown);
        // Past every limit that could apply, the missing fact no longer matters.
        let all_overdue = outcomes.iter().all(|x| overdue(x) && !x.not_required);
        match (applies == Truth::True && all_overdue, sure && !unknown) {
            (true, _) => State::Overdue,
            (false, true) => State::Due,
            (false, false) => State::CannotTell,
        }
    }

    /// A duty whose guard is false now: nothing, if it never was owed; lapsed, if it was when it arose.
    #[expect(clippy::too_many_arguments, reason = "what `judge` has worked out so far")]
    fn no_longer_owed(
        &self,
        definition: &Rule,
        book: u16,
        rule: usize,
        slot: &Slot,
        main: &Outcome,
        point: Point,
        options: &Options,
    ) -> Option<Duty> {
        let o = slot.occurrence;
        if options.now < o.arises {
            return None;
        }
        let then = Point { at: o.arises, ..point };
        let was = self.truth(&definition.when, then) == Truth::True
            && !self.resolve(definition, then).iter().any(|r| along(definition, r.path).iter().any(|e| e.not_required));
        if !was {
            return None;
        }
        let due = if let Due::At(at) = main.due { Some(at) } else { None };
        Some(Duty {
            book,
            rule: rule as u32,
            episode: o.episode,
            entry: o.entry,
            n: 0,
            arises: o.arises,
            due,
            state: State::Lapsed,
            done: None,
            lapsed: Some(point.at),
            owner: main.owner,
            modality: main.modality,
            path: main.resolved.path,
            judged: point.at,
            window: o.window,
            tightened: None,
            breached: false,
            contradictory: false,
        })
    }

    /// Was the trigger itself certain? Spans and filters let through what cannot be told.
    pub fn trigger_truth(&self, rule: &Rule, o: &Occurrence, point: Point) -> Truth {
        use crate::rulebook::Trigger;
        let arose = Point { at: o.arises, ..point };
        let filter = self.truth(&rule.filter, arose);
        let cause = match &rule.trigger {
            Trigger::While { state, stands, .. } => {
                let at = if *stands { o.begins.max(self.begin) } else { point.at.min(last_moment(o)).max(o.begins) };
                self.truth(state, Point { entry: None, at, ..point })
            }
            Trigger::On { events, .. } => {
                let event = o.entry.map(|e| self.case.entry(e).event);
                let own = events.iter().find(|m| Some(m.event) == event);
                own.map_or(Truth::True, |m| self.truth(&m.when, arose))
            }
        };
        // A state that has ended was what it was; its end is not a reason to doubt it.
        filter.and(if cause == Truth::False { Truth::True } else { cause })
    }

    fn outcome(&self, rule: &Rule, o: &Occurrence, resolved: Resolved, point: Point, fixed: Option<Moment>) -> Outcome {
        let chain = along(rule, resolved.path);
        let limit: Option<&Limit> = chain.iter().rev().find_map(|e| e.due.as_ref()).or(rule.due.as_ref());
        let owner: Owner = chain.iter().rev().find_map(|e| e.owner).unwrap_or(rule.owner);
        let modality = chain.iter().rev().find_map(|e| e.modality).unwrap_or(rule.modality);
        let mut due = fixed.map_or_else(|| self.due(limit, o, point.at), Due::At);
        let mut tightened = None;
        // A limit that tightens because a fact changed is never earlier than that change.
        let exception = chain.iter().rev().find(|e| e.due.is_some()).map(|e| &e.when);
        let causes = [exception, limit.and_then(|l| self.row_of(l, point))];
        for cause in causes.into_iter().flatten() {
            let Due::At(at) = due else { break };
            // Where the cause cannot be told it has no moment; its limit then stands as it is.
            let certain = at < point.at && self.truth(cause, point) == Truth::True;
            let since = if certain { self.true_since(cause, point, o.arises) } else { o.arises };
            if since > o.arises && at < since {
                due = Due::At(since);
                tightened = Some(since);
            }
        }
        let judged_at = match (self.book_table_at_due(owner), due) {
            (true, Due::At(at)) => at,
            _ => point.at,
        };
        let owner = self.owner(owner, Point { at: judged_at, ..point });
        Outcome { resolved, due, owner, modality, not_required: chain.iter().any(|e| e.not_required), tightened }
    }

    /// The condition of the row that gives a limit its length, if a table does.
    pub fn row_of(&self, limit: &Limit, point: Point) -> Option<&Condition> {
        let Limit::Table(index, _) = limit else { return None };
        let rows = &self.book?.tables[*index].rows;
        rows.iter().map(|r| &r.when).find(|when| self.truth(when, point) == Truth::True)
    }

    pub fn book_table_at_due(&self, owner: Owner) -> bool {
        match (owner, self.book) {
            (Owner::Table(index), Some(book)) => book.tables[index].at_due,
            _ => false,
        }
    }
}

fn last_moment(o: &Occurrence) -> Moment {
    Moment(o.ends.0 - 1)
}

/// Recipients that exceptions add.
pub(crate) fn extra_recipients(rule: &Rule, path: Path) -> Vec<Recipient> {
    along(rule, path).iter().flat_map(|e| e.recipients.iter().cloned()).collect()
}

fn same(a: &Outcome, b: &Outcome) -> bool {
    a.due == b.due && a.owner == b.owner && a.modality == b.modality && a.not_required == b.not_required
}

/// The earliest limit that could apply.
fn strictest(outcomes: &[Outcome]) -> Option<Moment> {
    let limits = outcomes
        .iter()
        .filter(|x| !x.not_required)
        .filter_map(|x| if let Due::At(at) = x.due { Some(at) } else { None });
    limits.min()
}
