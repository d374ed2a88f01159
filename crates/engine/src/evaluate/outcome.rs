//! What a rule comes to: under which exceptions, by when, whose, how strongly.

use super::exceptions::{Path, Resolved, along, limit_of};
use super::facts::Point;
use super::inquiry::Inquiry;
use super::limit::Due;
use super::occasion::Occasion;
use crate::condition::Condition;
use crate::rulebook::{Limit, Modality, Recipient, TableAt};
use crate::time::Moment;
use crate::value::Truth;
use crate::words::Sym;
use smallvec::{SmallVec, smallvec};

/// What a rule asks under one outcome of its exceptions and of the table that gives its limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    pub resolved: Resolved,
    pub due: Due,
    pub owner: Option<Sym>,
    pub modality: Modality,
    pub not_required: bool,
    pub tightened: Option<Moment>,
}

/// The outcomes that are possible; one, where everything needed is known.
pub(crate) type Outcomes = SmallVec<[Outcome; 2]>;

impl Outcome {
    /// Is a moment past the limit?
    pub fn is_past(&self, at: Moment) -> bool {
        matches!(self.due, Due::At(due) if at.minute() > due.minute()) && !self.not_required
    }
}

/// Do all outcomes come to the same?
pub(crate) fn agree(outcomes: &[Outcome]) -> bool {
    let same = |a: &Outcome, b: &Outcome| {
        a.due == b.due && a.owner == b.owner && a.modality == b.modality && a.not_required == b.not_required
    };
    outcomes.iter().all(|x| same(x, &outcomes[0]))
}

/// The limits of the outcomes that ask something.
fn limits(outcomes: &[Outcome]) -> impl Iterator<Item = Moment> {
    outcomes.iter().filter(|x| !x.not_required).filter_map(|x| if let Due::At(at) = x.due { Some(at) } else { None })
}

/// The earliest limit that could apply.
pub(crate) fn strictest(outcomes: &[Outcome]) -> Option<Moment> {
    limits(outcomes).min()
}

/// The latest limit that could apply.
pub(crate) fn widest(outcomes: &[Outcome]) -> Option<Moment> {
    limits(outcomes).max()
}

impl Inquiry<'_> {
    /// What the rule comes to at a point, under each outcome of its exceptions that is possible.
    /// `fixed`: the limit of a step of a repeated rule.
    pub fn outcomes(&self, o: &Occasion, point: Point, fixed: Option<Moment>) -> Outcomes {
        if self.rule.exceptions.is_empty() && !matches!(self.rule.due, Some(Limit::Table(..))) {
            return smallvec![self.outcome(o, Resolved::default(), point, fixed)];
        }
        let mut found = SmallVec::new();
        for resolved in self.resolve(o, point) {
            let outcome = self.outcome(o, resolved, point, fixed);
            let unknown = outcome.due == Due::Unknown;
            let limit = if unknown { limit_of(self.rule, &along(self.rule, resolved.path)) } else { None };
            let possible = limit.map_or_else(SmallVec::new, |limit| self.facts.possible(limit, o, point));
            if possible.is_empty() {
                found.push(outcome);
            }
            found.extend(possible.into_iter().map(|due| Outcome { due: Due::At(due.max(o.arises)), ..outcome }));
        }
        found
    }

    fn outcome(&self, o: &Occasion, resolved: Resolved, point: Point, fixed: Option<Moment>) -> Outcome {
        let chain = along(self.rule, resolved.path);
        let limit = limit_of(self.rule, &chain);
        let modality = chain.iter().rev().find_map(|e| e.modality).unwrap_or(self.rule.modality);
        let mut due = fixed.map_or_else(|| self.facts.due(limit, o, point.at), Due::At);
        let mut tightened = None;
        if let (Due::At(at), None) = (due, fixed) {
            // Nothing is late before it is asked: a limit counted from an earlier moment is then due at once.
            let at = at.max(o.arises);
            // And a limit that tightens because a fact changed is never earlier than that change.
            tightened = self.tightened(o, resolved, limit, point, at);
            due = Due::At(tightened.unwrap_or(at));
        }
        let at = if let Due::At(at) = due { Some(at) } else { None };
        let owner = self.owner(&chain, o, point, at);
        Outcome { resolved, due, owner, modality, not_required: chain.iter().any(|e| e.not_required), tightened }
    }

    /// Since when a limit holds that was past already when what gives it came about.
    fn tightened(
        &self,
        o: &Occasion,
        resolved: Resolved,
        limit: Option<&Limit>,
        point: Point,
        due: Moment,
    ) -> Option<Moment> {
        // Where the cause cannot be told it has no moment; its limit then stands as it is.
        if due >= point.at {
            return None;
        }
        let chain = along(self.rule, resolved.path);
        // An exception holds since it and all those around it do.
        let depth = chain.iter().rposition(|e| e.due.is_some()).map_or(0, |index| index + 1);
        let exceptions = chain[..depth].iter().filter(|e| !e.at_arising).map(|e| &e.when);
        let row = limit.and_then(|l| self.row_of(l, o, point)).filter(|_| !self.is_settled(limit));
        let causes = exceptions.chain(row).chain(Some(&self.rule.when)).filter(|cause| !cause.is_always());
        let since = |cause: &Condition| {
            let certain = self.facts.truth(cause, point) == Truth::True;
            if certain { self.facts.true_since(cause, point, o.arises) } else { o.arises }
        };
        causes.map(since).max().filter(|since| *since > o.arises && due < *since)
    }

    /// Is the limit a table's that is judged when the duty arises?
    fn is_settled(&self, limit: Option<&Limit>) -> bool {
        matches!(limit, Some(Limit::Table(index, _)) if self.prepared.book.tables[*index].at == TableAt::Arises)
    }

    /// The condition of the row that gives a limit its length, if a table does.
    pub fn row_of(&self, limit: &Limit, o: &Occasion, point: Point) -> Option<&Condition> {
        let Limit::Table(index, _) = limit else { return None };
        let (facts, point) = self.facts.in_table(*index, o, point);
        let rows = &self.prepared.book.tables[*index].rows;
        rows.iter().map(|r| &r.when).find(|when| facts.truth(when, point) == Truth::True)
    }

    /// The recipients that exceptions add at a point. Whoever has to be told only by an exception that may hold counts as well: while it
    /// cannot be told, nothing is done without them.
    pub fn extra(&self, o: &Occasion, point: Point) -> Vec<&Recipient> {
        self.perhaps(o, point).into_iter().map(|(recipient, _)| recipient).collect()
    }

    /// The recipients that exceptions add at a point, and whether it is certain that they do.
    pub fn perhaps(&self, o: &Occasion, point: Point) -> Vec<(&Recipient, bool)> {
        let mut found: Vec<(&Recipient, bool)> = Vec::new();
        if !self.prepared.widens[self.index] {
            return found;
        }
        let all = self.resolve(o, point);
        for (n, resolved) in all.iter().enumerate() {
            for recipient in self.extra_recipients(resolved.path) {
                let known = found.iter().any(|(one, _)| one.who == recipient.who);
                if n == 0 || !known && !self.rule.recipients.iter().any(|own| own.who == recipient.who) {
                    found.push((recipient, n == 0));
                }
            }
        }
        found
    }

    pub fn extra_recipients(&self, path: Path) -> Vec<&Recipient> {
        along(self.rule, path).into_iter().flat_map(|e| &e.recipients).collect()
    }
}
