//! The cases of the campaign: every scenario of every rulebook, asked of its own edition, and every example, asked of all of them.

use crate::case_file::CaseFile;
use crate::chance::Chance;
use crate::scenario::Scenario;
use engine::rulebook::Library;
use engine::time::Moment;

/// A case that is changed.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Where it comes from.
    pub name: String,
    /// The case.
    pub case: CaseFile,
    /// The rulebooks asked, by index in the library.
    pub books: Vec<usize>,
    /// Moments worth asking about, in order.
    pub moments: Vec<Moment>,
}

/// So long after the last entry there is still something to ask, in minutes.
const AFTERWARDS: [i64; 4] = [1, 1500, 6000, 30_000];

/// The subjects: of scenarios and of examples, the latter by name.
pub fn subjects(library: &Library, scenarios: Vec<Scenario>, examples: Vec<(String, CaseFile)>) -> Vec<Subject> {
    let mut found = Vec::with_capacity(scenarios.len() + examples.len());
    for scenario in scenarios {
        let own = |b: &engine::rulebook::Rulebook| b.id == scenario.rulebook && b.edition == scenario.edition;
        let Some(book) = library.rulebooks.iter().position(own) else { continue };
        let name = format!("{}/{} {}", scenario.rulebook, scenario.edition, scenario.id);
        let asked = scenario.expectations.iter().map(|e| e.at).collect();
        found.push(subject(name, scenario.case, vec![book], asked));
    }
    for (name, case) in examples {
        found.push(subject(name, case, (0..library.rulebooks.len()).collect(), Vec::new()));
    }
    found.retain(|s| !s.moments.is_empty());
    found
}

fn subject(name: String, case: CaseFile, books: Vec<usize>, mut moments: Vec<Moment>) -> Subject {
    let last = case.chronology.iter().map(|e| e.occurred.max(e.recorded)).max();
    moments.extend(last.iter().flat_map(|last| AFTERWARDS.map(|minutes| last.plus_minutes(minutes))));
    moments.sort_unstable();
    moments.dedup();
    Subject { name, case, books, moments }
}

impl Subject {
    /// A few of its moments of which something holds; always the last of them.
    pub(super) fn some_moments(&self, chance: &mut Chance, holds: impl Fn(Moment) -> bool) -> Vec<Moment> {
        const FEW: usize = 3;
        let mut fitting: Vec<Moment> = self.moments.iter().copied().filter(|m| holds(*m)).collect();
        let Some(last) = fitting.pop() else { return Vec::new() };
        chance.shuffle(&mut fitting);
        fitting.truncate(FEW - 1);
        fitting.push(last);
        fitting.sort_unstable();
        fitting
    }

    /// The last moment asked about.
    pub(super) fn last(&self) -> Moment {
        self.moments.last().copied().unwrap_or(Moment::EVER)
    }
}
