//! What came of a property: how many cases were changed, how many answers compared, what broke, by rule.

use super::ask::World;
use super::compare::Difference;
use super::{Change, Property, Subject};
use crate::case_file::written;
use engine::time::Moment;
use std::collections::BTreeMap;

/// What came of a property.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its name.
    pub property: &'static str,
    /// What must hold.
    pub says: &'static str,
    /// So many changed cases.
    pub cases: usize,
    /// So many answers were compared.
    pub answers: usize,
    /// So many changed cases broke it.
    pub broken_cases: usize,
    /// So many answers broke it.
    pub broken_answers: usize,
    /// Cases that were not changed, by reason.
    pub aside: BTreeMap<&'static str, usize>,
    /// What broke, by rulebook and rule.
    pub broken: BTreeMap<(String, String), Broken>,
}

/// What broke of one rule: how often, and the first example.
#[derive(Clone, Debug)]
pub struct Broken {
    /// So many answers.
    pub times: usize,
    /// The first of them.
    pub example: Difference,
    /// The case that was changed.
    pub subject: String,
    /// How.
    pub change: String,
    /// The moment asked about.
    pub at: Moment,
    /// The changed case, as a case file.
    pub case: String,
    /// The case that it is compared with.
    pub before: String,
}

impl Report {
    pub(super) fn new(property: &Property) -> Report {
        Report {
            property: property.name,
            says: property.says,
            cases: 0,
            answers: 0,
            broken_cases: 0,
            broken_answers: 0,
            aside: BTreeMap::new(),
            broken: BTreeMap::new(),
        }
    }

    pub(super) fn set_aside(&mut self, reasons: &[&'static str]) {
        for why in reasons {
            *self.aside.entry(why).or_default() += 1;
        }
    }

    pub(super) fn broke(
        &mut self,
        world: &World<'_>,
        subject: &Subject,
        change: &Change,
        at: Moment,
        found: Vec<Difference>,
        first: bool,
    ) {
        self.broken_cases += usize::from(first);
        self.broken_answers += found.len();
        let text = |case| written(case, world.vocabulary());
        for difference in found {
            let key = (difference.book.clone(), difference.rule.clone());
            let broken = self.broken.entry(key).or_insert_with(|| Broken {
                times: 0,
                example: difference,
                subject: subject.name.clone(),
                change: change.words.clone(),
                at,
                case: text(&change.after),
                before: text(change.before.as_ref().unwrap_or(&subject.case)),
            });
            broken.times += 1;
        }
    }
}
