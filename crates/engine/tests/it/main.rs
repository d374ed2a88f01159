//! What the engine does as a whole: its static checks on good and bad rulebooks, evaluation construct by construct on a small
//! rulebook, properties on random cases, and the rulebooks of this repository.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod asking;
mod check;
mod evaluate;
mod fixture;
mod golden;
mod loading;
mod properties;
mod real;
mod roles;
mod story;
mod words;
