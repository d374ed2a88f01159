//! The casebook: what a case is. It takes in a case file, says everything that is wrong with it, works out what was known
//! at a moment, and hands the engine a [`engine::case::Case`]. It also reads and runs a rulebook's worked scenarios.
//!
//! Pure: no clock, chance, file or network. Texts come in as [`engine::source::SourceFile`], time as a parameter.

pub mod case_file;
pub mod chance;
pub mod command;
pub mod known;
pub mod likeness;
mod lines;
pub mod metamorphic;
mod moment;
mod node;
pub mod particulars;
pub mod placement_codes;
pub mod postcodes;
mod problems;
mod reader;
pub mod retention;
pub mod rules;
pub mod scenario;
pub mod schema;
