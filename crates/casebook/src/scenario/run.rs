//! Runs scenarios: works out the case once for each state of knowledge, asks the engine, compares.

use super::answer::answer;
use super::{Expectation, Scenario, Wanted};
use crate::known::known;
use engine::case::Case;
use engine::diagnostic::Place;
use engine::evaluate::Evaluator;
use engine::rulebook::Library;
use engine::vocabulary::Vocabulary;

/// What came of a scenario.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// The rulebook.
    pub rulebook: String,
    /// The edition.
    pub edition: String,
    /// The scenario.
    pub scenario: String,
    /// Where it is written.
    pub place: Place,
    /// How many expectations it has.
    pub expectations: usize,
    /// Those that were not met; none: it passed.
    pub failures: Vec<Failure>,
}

/// An expectation that was not met.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// Where it is written.
    pub place: Place,
    /// What was expected, in words.
    pub expected: String,
    /// What came.
    pub found: String,
}

/// A scenario with its cases worked out, to be run on a rulebook and on changed copies of it.
#[derive(Debug)]
pub struct Ready<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// One for each state of knowledge that is asked about.
    cases: Vec<Case>,
    /// For each expectation, its case.
    of: Vec<usize>,
}

impl<'a> Ready<'a> {
    /// Works out the cases. The rulebook of the evaluator reads the local settings, and says what it refuses.
    pub fn new(scenario: &'a Scenario, evaluator: &Evaluator<'_>) -> Ready<'a> {
        let mut moments = Vec::new();
        let mut of = Vec::with_capacity(scenario.expectations.len());
        for expectation in &scenario.expectations {
            let index = moments.iter().position(|m| *m == expectation.known_at).unwrap_or_else(|| {
                moments.push(expectation.known_at);
                moments.len() - 1
            });
            of.push(index);
        }
        let cases = moments.into_iter().map(|at| known(&scenario.case, evaluator, at).0).collect();
        Ready { scenario, cases, of }
    }

    /// The expectations that are not met, of those that are wanted.
    pub fn failures(
        &self,
        evaluator: &Evaluator<'_>,
        vocabulary: &Vocabulary,
        wanted: impl Fn(&Expectation) -> bool,
    ) -> Vec<Failure> {
        let expectations = self.scenario.expectations.iter().zip(&self.of).filter(|(e, _)| wanted(e));
        expectations.filter_map(|(e, case)| answer(evaluator, vocabulary, &self.cases[*case], e).err()).collect()
    }
}

/// Runs scenarios, each with the edition it belongs to. A scenario whose edition is not in the library is left out.
pub fn run(library: &Library, scenarios: &[Scenario]) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for book in &library.rulebooks {
        let evaluator = Evaluator::new(&library.vocabulary, [book]).as_if_in_force();
        for scenario in scenarios.iter().filter(|s| s.rulebook == book.id && s.edition == book.edition) {
            let failures = Ready::new(scenario, &evaluator).failures(&evaluator, &library.vocabulary, |_| true);
            outcomes.push(Outcome {
                rulebook: book.id.clone(),
                edition: book.edition.clone(),
                scenario: scenario.id.clone(),
                place: scenario.place.clone(),
                expectations: scenario.expectations.len(),
                failures,
            });
        }
    }
    outcomes
}

impl Wanted {
    /// The rule or verdict it is about; none for a count of all duties.
    pub fn about(&self) -> Option<&str> {
        match self {
            Wanted::Duty(duty) => Some(&duty.rule),
            Wanted::Boundary { rule, .. } | Wanted::Flag { rule, .. } => Some(rule),
            Wanted::OpenAtMost { .. } => None,
        }
    }
}
