//! Which exceptions hold: the deepest true one wins; where a condition cannot be told, every outcome that is possible.

use super::Path;
use super::facts::{Context, Point};
use crate::rulebook::{Exception, Limit, Outcome, Owner, Rule};
use crate::value::Truth;
use crate::words::Sym;
use smallvec::SmallVec;

/// What a rule comes to at a point.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Resolved {
    /// The exceptions that hold.
    pub path: Path,
    /// Two siblings hold at once.
    pub contradictory: bool,
}

impl Context<'_> {
    /// The outcomes that are possible at a point; one, where everything needed is known.
    pub fn resolve(&self, rule: &Rule, point: Point) -> SmallVec<[Resolved; 2]> {
        let mut found = SmallVec::new();
        self.resolve_in(&rule.exceptions, point, Path::default(), false, &mut found);
        found
    }

    fn resolve_in(
        &self,
        exceptions: &[Exception],
        point: Point,
        path: Path,
        contradictory: bool,
        found: &mut SmallVec<[Resolved; 2]>,
    ) {
        let mut true_ones: SmallVec<[usize; 4]> = SmallVec::new();
        let mut unknown: SmallVec<[usize; 4]> = SmallVec::new();
        for (index, exception) in exceptions.iter().enumerate() {
            match self.truth(&exception.when, point) {
                Truth::True => true_ones.push(index),
                Truth::Unknown => unknown.push(index),
                Truth::False => {}
            }
        }
        if let Some(first) = true_ones.first() {
            // Siblings that hold together are kept out by the checker unless they say the same; then the first will do.
            let contradictory =
                contradictory || true_ones.iter().skip(1).any(|other| differ(&exceptions[*first], &exceptions[*other]));
            return self.resolve_in(&exceptions[*first].exceptions, point, path.push(*first), contradictory, found);
        }
        found.push(Resolved { path, contradictory });
        for index in unknown {
            self.resolve_in(&exceptions[index].exceptions, point, path.push(index), contradictory, found);
        }
    }

    /// The role of an owner at a point; `None` when it cannot be told.
    pub fn owner(&self, owner: Owner, point: Point) -> Option<Sym> {
        match owner {
            Owner::Role(role) => Some(role),
            Owner::Setting(index) => match self.settings.get(index) {
                Some(crate::rulebook::SettingValue::Choice(role)) => Some(*role),
                _ => None,
            },
            Owner::Table(index) => match self.table(index, point) {
                Some(Outcome::Role(role)) => Some(role),
                _ => None,
            },
        }
    }

    /// What a decision table gives at a point. Where a row cannot be told the table cannot, unless another row is true.
    pub fn table(&self, index: usize, point: Point) -> Option<Outcome> {
        let table = &self.book?.tables[index];
        table.rows.iter().find(|row| self.truth(&row.when, point) == Truth::True).map(|row| row.then)
    }
}

/// Do two exceptions change the same thing to different outcomes?
pub(crate) fn differ(a: &Exception, b: &Exception) -> bool {
    fn clash<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
        a.is_some() && b.is_some() && a != b || a.is_some() != b.is_some()
    }
    clash(a.due.as_ref(), b.due.as_ref())
        || clash(a.owner.as_ref(), b.owner.as_ref())
        || clash(a.modality.as_ref(), b.modality.as_ref())
        || a.not_required != b.not_required
}

/// The exceptions along a path, outermost first.
pub(crate) fn along(rule: &Rule, path: Path) -> Vec<&Exception> {
    let mut level = &rule.exceptions;
    let mut found = Vec::with_capacity(path.steps().len());
    for step in path.steps() {
        let exception = &level[*step as usize];
        found.push(exception);
        level = &exception.exceptions;
    }
    found
}

/// The limit under the exceptions of a chain: the innermost that gives one, else the rule's own.
pub(crate) fn limit_of<'a>(rule: &'a Rule, chain: &[&'a Exception]) -> Option<&'a Limit> {
    chain.iter().rev().find_map(|e| e.due.as_ref()).or(rule.due.as_ref())
}

/// The owner under the exceptions of a chain.
pub(crate) fn owner_of(rule: &Rule, chain: &[&Exception]) -> Owner {
    chain.iter().rev().find_map(|e| e.owner).unwrap_or(rule.owner)
}
