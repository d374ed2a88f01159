//! Evaluation, construct by construct of `docs/rulebook-language.md`, on the rulebooks in `fixtures/evaluate`. Each module
//! goes with the file of its name there. The story starts on Monday 5 January 2026 at 18:00, unless it says.

mod again;
mod clocks;
mod due;
mod editions;
mod exceptions;
mod guards;
mod holding;
mod merging;
mod met;
mod on;
mod states;
mod tables;
mod telling;
mod verdicts;
mod waived;

/// The child is missing from the start of the story.
const MISSING: &str = r#"{ id = "gone", at = "+0h", event = "absence.noticed", status = "missing" }"#;

/// Entries of a missing child, in the language of scenarios.
fn missing(more: &str) -> String {
    format!("entries = [\n  {MISSING},\n{more}\n]")
}
