//! Which exceptions hold: the deepest true one wins; where a condition cannot be told, every outcome that is possible.

use super::facts::{Facts, Point};
use super::inquiry::Inquiry;
use super::occasion::Occasion;
use crate::rulebook::{Exception, Limit, Owner, Rule};
use crate::value::Truth;
use smallvec::SmallVec;

/// The exceptions that hold, outermost first, as indices into the rule's tree. At most four deep.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Path {
    len: u8,
    steps: [u8; Path::DEEPEST],
}

impl Path {
    /// So many levels of exceptions are followed; the loader refuses more.
    pub(crate) const DEEPEST: usize = 4;

    fn push(mut self, step: usize) -> Path {
        if (self.len as usize) < self.steps.len() {
            self.steps[self.len as usize] = step as u8;
            self.len += 1;
        }
        self
    }
    fn steps(&self) -> &[u8] {
        &self.steps[..self.len as usize]
    }
}

/// What a rule comes to at a point.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Resolved {
    /// The exceptions that hold.
    pub path: Path,
    /// Two siblings hold at once.
    pub contradictory: bool,
}

impl Inquiry<'_> {
    /// The outcomes that are possible at a point; one, where everything needed is known.
    pub fn resolve(&self, o: &Occasion, point: Point) -> SmallVec<[Resolved; 2]> {
        let mut found = SmallVec::new();
        self.resolve_in(&self.rule.exceptions, o, point, Path::default(), false, &mut found);
        found
    }

    /// Does an exception hold? One that says so is judged when the duty arises.
    pub fn holds(&self, exception: &Exception, o: &Occasion, point: Point) -> Truth {
        if exception.at_arising {
            return self.facts.settled().truth(&exception.when, Point { at: o.arises, ..point });
        }
        self.facts.truth(&exception.when, point)
    }

    fn resolve_in(
        &self,
        exceptions: &[Exception],
        o: &Occasion,
        point: Point,
        path: Path,
        contradictory: bool,
        found: &mut SmallVec<[Resolved; 2]>,
    ) {
        let mut true_ones: SmallVec<[usize; 4]> = SmallVec::new();
        let mut unknown: SmallVec<[usize; 4]> = SmallVec::new();
        for (index, exception) in exceptions.iter().enumerate() {
            match self.holds(exception, o, point) {
                Truth::True => true_ones.push(index),
                Truth::Unknown => unknown.push(index),
                Truth::False => {}
            }
        }
        if let Some(first) = true_ones.first() {
            // Siblings that hold together are kept out by the checker unless they say the same; then the first will do.
            let contradictory =
                contradictory || true_ones.iter().skip(1).any(|other| differ(&exceptions[*first], &exceptions[*other]));
            return self.resolve_in(&exceptions[*first].exceptions, o, point, path.push(*first), contradictory, found);
        }
        found.push(Resolved { path, contradictory });
        for index in unknown {
            self.resolve_in(&exceptions[index].exceptions, o, point, path.push(index), contradictory, found);
        }
    }
}

impl Facts<'_> {
    /// The point at which the rows of a decision table are judged, and the facts as they count there.
    pub fn in_table(&self, index: usize, o: &Occasion, point: Point) -> (Facts<'_>, Point) {
        let at_arising = self.book.is_some_and(|b| b.tables[index].at == crate::rulebook::TableAt::Arises);
        if at_arising { (self.settled(), Point { at: o.arises, ..point }) } else { (*self, point) }
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
pub(crate) fn along(rule: &Rule, path: Path) -> SmallVec<[&Exception; 4]> {
    let mut level = &rule.exceptions;
    let mut found = SmallVec::new();
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
