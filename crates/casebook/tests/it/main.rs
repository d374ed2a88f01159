//! What the casebook does as a whole, with the vocabulary and rulebooks of this repository.

#![expect(clippy::unwrap_used, reason = "a test says enough by failing")]

mod again;
mod answers;
mod checklist;
mod codes;
mod episodes;
mod examples;
mod facts;
mod knowledge;
mod late;
mod mangled;
mod meetings;
mod metamorphic;
mod records;
mod scenarios;
mod told;

use casebook::case_file::{Reading, read};
use casebook::known::check;
use engine::case::Case;
use engine::evaluate::Evaluator;
use engine::rulebook::Library;
use engine::source::SourceFile;
use engine::time::Moment;
use std::sync::LazyLock;

/// The library, read once for all tests.
static LIBRARY: LazyLock<Library> = LazyLock::new(testkit::library);

/// Every rulebook of it, ready to be asked.
static EVALUATOR: LazyLock<Evaluator<'static>> =
    LazyLock::new(|| Evaluator::new(&LIBRARY.vocabulary, &LIBRARY.rulebooks));

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

/// A case file of this chronology and nothing else.
fn chronology(entries: &str) -> String {
    format!("{{ \"case\": \"t\", \"chronology\": [\n{entries}\n] }}")
}

/// Every finding as `line:column code message | help`.
fn findings(text: &str) -> Vec<String> {
    let found = check(&SourceFile::new("t.json", text), &EVALUATOR, None);
    found.iter().map(|d| format!("{}:{} {} {} | {}", d.place.line, d.place.column, d.code, d.message, d.help)).collect()
}

/// The case as known at a moment, and its flags as `code entry`.
fn known(text: &str, known_at: Option<&str>) -> (Case, Vec<String>) {
    let Reading { case, problems } = read(&SourceFile::new("t.json", text), &LIBRARY.vocabulary, None);
    let file = case.unwrap_or_else(|| panic!("{problems:#?}"));
    let (case, flags) = casebook::known::known(&file, &EVALUATOR, known_at.map(at));
    (case, flags.iter().map(|f| format!("{} {}", f.says.code, f.entry.as_deref().unwrap_or("-"))).collect())
}
