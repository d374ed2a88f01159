//! The engine: the rulebook language, its static checks, evaluation and explanation.
//!
//! `duties = evaluate(rulebooks in force, case, moment)` is a pure function. Nothing here reads a clock, a file or chance:
//! files come in as [`source::SourceFile`], time as [`time::Moment`], and the record of a child as [`case::Case`].

pub mod calendar;
pub mod case;
pub mod check;
pub mod condition;
pub mod coverage;
pub mod diagnostic;
pub mod drawn;
pub mod evaluate;
pub mod ids;
mod plain;
pub mod rulebook;
pub mod source;
pub mod time;
pub mod value;
pub mod vocabulary;
pub mod words;
