//! For `make semantic-mutants`: runs the campaign over the rulebooks and examples of this repository, and prints how many answers broke by
//! property. The program does the same and says more; this is built of the engine and the casebook alone, so that a broken rule is
//! tried in seconds.
//!
//! `cargo run -p whereabouts-casebook --example broken -- 60`, where 60 is how many cases are changed for each property; `-- 60 away` for one
//! property alone.
#![expect(clippy::disallowed_macros, reason = "what it found is its output")]

use casebook::case_file::{self, CaseFile};
use casebook::metamorphic::{PROPERTIES, Wanted, run_all, subjects};
use casebook::scenario;
use engine::rulebook::Library;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(cases) = std::env::args().nth(1).and_then(|word| word.parse().ok()) else {
        println!("say how many cases are to be changed for each property");
        return ExitCode::from(2);
    };
    let library = testkit::library();
    let (scenarios, _) = scenario::read_all(&library);
    let all = subjects(&library, scenarios, examples(&library));
    let only = std::env::args().nth(2);
    let properties: Vec<_> = PROPERTIES.iter().filter(|p| only.as_deref().is_none_or(|only| only == p.name)).collect();
    for report in run_all(&library, &all, &properties, Wanted { cases, seed: 1 }) {
        println!("{} {} {}", report.property, report.cases, report.broken_answers);
        for ((book, rule), one) in &report.broken {
            println!(
                "{book} {rule}: {}: {}: {} and not {}",
                one.subject, one.change, one.example.got, one.example.expected
            );
        }
    }
    ExitCode::SUCCESS
}

fn examples(library: &Library) -> Vec<(String, CaseFile)> {
    let files = testkit::example_files().into_iter().filter(|file| file.path.ends_with(".json"));
    files.filter_map(|file| case(library, &file.path, file.text.as_bytes())).collect()
}

fn case(library: &Library, name: &str, bytes: &[u8]) -> Option<(String, CaseFile)> {
    case_file::read_bytes(name, bytes, &library.vocabulary, None).case.map(|case| (name.to_owned(), case))
}
