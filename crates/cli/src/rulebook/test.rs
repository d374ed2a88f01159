//! `rulebook test` and `rulebook mutants`: do the scenarios pass, and would they notice if a part of the rulebook went missing?

use crate::args::Format;
use crate::failure::{Failure, Outcome};
use crate::print::{self, DIM, GREEN, RED, line, styled};
use crate::session::{count, named};
use casebook::scenario::{self, Mutant, Scenario};
use engine::diagnostic::Level;
use engine::rulebook::Library;
use serde_json::{Value, json};

fn scenarios(library: &Library, id: Option<&str>) -> Result<Vec<Scenario>, Failure> {
    if let Some(id) = id {
        named(library, id)?;
    }
    let (all, problems) = scenario::read_all(library);
    let mut faulty = false;
    let wanted = |file: &str| id.is_none_or(|id| file.starts_with(&format!("{}/", id.split('/').next().unwrap_or(id))));
    for problem in problems.iter().filter(|p| wanted(&p.place.file)) {
        line(problem.to_string());
        faulty |= problem.level == Level::Error;
    }
    if faulty {
        return Err(Failure::Wrong);
    }
    let mine = |s: &Scenario| id.is_none_or(|id| s.rulebook == id || format!("{}/{}", s.rulebook, s.edition) == id);
    Ok(all.into_iter().filter(mine).collect())
}

pub fn run(library: &Library, id: Option<&str>, only: Option<&str>, format: Format) -> Outcome {
    let mut wanted = scenarios(library, id)?;
    wanted.retain(|s| only.is_none_or(|text| s.id.contains(text)));
    let outcomes = scenario::run(library, &wanted);
    let failed = outcomes.iter().filter(|o| !o.failures.is_empty()).count();
    if format == Format::Json {
        let one = |o: &scenario::Outcome| {
            let failures: Vec<Value> = o
                .failures
                .iter()
                .map(
                    |f| json!({ "file": f.place.file, "line": f.place.line, "expected": f.expected, "found": f.found }),
                )
                .collect();
            json!({ "rulebook": o.rulebook, "edition": o.edition, "scenario": o.scenario, "expectations": o.expectations, "failures": failures })
        };
        print::json(&Value::Array(outcomes.iter().map(one).collect()));
    } else {
        for outcome in outcomes.iter().filter(|o| !o.failures.is_empty()) {
            line(styled(RED, &format!("failed {} ({})", outcome.scenario, outcome.place)));
            for failure in &outcome.failures {
                line(styled(DIM, &format!("  {}", failure.place)));
                line(format!("    expected {}", failure.expected));
                line(format!("    found    {}", failure.found));
            }
        }
        let asked: usize = outcomes.iter().map(|o| o.expectations).sum();
        line(format!("{} and {} expectations in all", count(outcomes.len(), "scenario"), asked));
        line(format!("{} passed, {failed} failed", outcomes.len() - failed));
    }
    if failed > 0 { Err(Failure::Wrong) } else { Ok(()) }
}

pub fn mutants(library: &Library, id: Option<&str>, format: Format) -> Outcome {
    let scenarios = scenarios(library, id)?;
    let mut all: Vec<(String, Vec<Mutant>)> = Vec::new();
    for book in library.rulebooks.iter().filter(|b| id.is_none_or(|id| crate::session::is_named(b, id))) {
        all.push((format!("{}/{}", book.id, book.edition), scenario::mutants(&library.vocabulary, book, &scenarios)));
    }
    let survived = all.iter().flat_map(|(_, m)| m).filter(|m| m.killed_by.is_none()).count();
    if format == Format::Json {
        let one = |m: &Mutant| json!({ "without": m.without, "file": m.place.file, "line": m.place.line, "killed_by": m.killed_by });
        let books =
            all.iter().map(|(book, m)| json!({ "rulebook": book, "mutants": m.iter().map(one).collect::<Vec<_>>() }));
        print::json(&Value::Array(books.collect()));
    } else {
        for (book, mutants) in &all {
            for mutant in mutants.iter().filter(|m| m.killed_by.is_none()) {
                line(format!("{} {} ({})", styled(RED, "survived"), mutant.without, mutant.place));
            }
            let killed = mutants.iter().filter(|m| m.killed_by.is_some()).count();
            line(format!(
                "{book}: {} mutants, {} killed, {} survived",
                mutants.len(),
                styled(GREEN, &killed.to_string()),
                mutants.len() - killed
            ));
        }
    }
    if survived > 0 { Err(Failure::Wrong) } else { Ok(()) }
}
