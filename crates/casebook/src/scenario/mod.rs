//! Scenarios: a rulebook's own worked cases, with the answers expected. `source` reads them, `run` asks the engine,
//! `mutants` finds out whether they would notice if a part of the rulebook went missing.

mod answer;
mod expect;
mod mutants;
mod run;
mod source;

pub use mutants::{Mutant, mutants};
pub use run::{Failure, Outcome, Ready, run};
pub use source::read;

use crate::case_file::CaseFile;
use engine::diagnostic::{Diagnostic, Place};
use engine::evaluate::State;
use engine::rulebook::Library;
use engine::time::Moment;

/// A worked case.
#[derive(Clone, PartialEq, Debug)]
pub struct Scenario {
    /// The rulebook it belongs to.
    pub rulebook: String,
    /// The edition.
    pub edition: String,
    /// Unique among the scenarios of the edition.
    pub id: String,
    /// What it shows.
    pub says: String,
    /// The provisions that it shows at work.
    pub provisions: Vec<String>,
    /// Where relative times count from.
    pub start: Moment,
    /// The case.
    pub case: CaseFile,
    /// The answers expected.
    pub expectations: Vec<Expectation>,
    /// Where it is written.
    pub place: Place,
}

/// An answer expected.
#[derive(Clone, PartialEq, Debug)]
pub struct Expectation {
    /// The moment asked about; for a boundary, its limit.
    pub at: Moment,
    /// What was known then; none: everything in the scenario.
    pub known_at: Option<Moment>,
    /// The answer.
    pub wanted: Wanted,
    /// Where it is written.
    pub place: Place,
}

/// What is expected.
#[derive(Clone, PartialEq, Debug)]
pub enum Wanted {
    /// Of a duty.
    Duty(DutyWanted),
    /// A minute before its limit and at it the duty is due, a minute after overdue.
    Boundary {
        /// The rule.
        rule: String,
        /// Which one of several, from 1.
        n: Option<usize>,
    },
    /// A refusal, warning or conflict.
    Flag {
        /// Its id.
        rule: String,
        /// The entry it is about.
        entry: Option<String>,
        /// It is there; false: it is not.
        raised: bool,
    },
    /// No flood: so many open duties at most.
    OpenAtMost {
        /// Whose.
        role: String,
        /// How many.
        duties: usize,
    },
}

/// An answer that may be that there is nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Expected<T> {
    /// It is not looked at.
    #[default]
    Anything,
    /// There is none.
    None,
    /// It is this.
    Is(T),
}

/// What is expected of a duty; what is left out or empty is not looked at.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DutyWanted {
    /// The rule.
    pub rule: String,
    /// Which one of several in order of arising, from 1.
    pub n: Option<usize>,
    /// Its state; none: there is no such duty.
    pub state: Expected<State>,
    /// Its limit; none: the protocol gives none.
    pub due: Expected<Moment>,
    /// Whose it is.
    pub owner: Option<String>,
    /// Each is among the reasons given: an event, `fact = value`, or a yes-no fact with or without `not`.
    pub because: Vec<String>,
    /// Each is among those to be told.
    pub told: Vec<String>,
    /// Each is among the facts for want of which it cannot be told.
    pub missing: Vec<String>,
}

/// All scenarios of a library, and everything wrong with their files.
pub fn read_all(library: &Library) -> (Vec<Scenario>, Vec<Diagnostic>) {
    let mut scenarios: Vec<Scenario> = Vec::new();
    let mut problems = Vec::new();
    for (area, edition, file) in &library.scenarios {
        let Some(book) = library.rulebooks.iter().find(|b| b.id == *area && b.edition == *edition) else { continue };
        let (found, wrong) = read(file, &library.vocabulary, book);
        problems.extend(wrong);
        for scenario in found {
            let same =
                |s: &&Scenario| s.id == scenario.id && s.rulebook == scenario.rulebook && s.edition == scenario.edition;
            if let Some(first) = scenarios.iter().find(same) {
                let message = format!("the scenario `{}` is there twice, first at {}", scenario.id, first.place);
                problems.push(Diagnostic::error("C05", scenario.place.clone(), message, "rename one"));
            }
            scenarios.push(scenario);
        }
    }
    (scenarios, problems)
}
