//! What is known of a child: several facts changed in one save, and a line put right or taken back. Nothing is ever overwritten.

mod change;
mod check;
mod correct;
mod known_from;
mod row;

pub use change::change;
pub(crate) use check::is_area;
pub use correct::{correct, take_back};
pub(crate) use known_from::{at_opening, at_report};

/// Facts were recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// The version of the record now.
    pub version: i64,
    /// `Recorded: legal status; looked after`.
    pub words: String,
}
