//! Entries of the chronology: recorded, corrected, withdrawn. Nothing is ever overwritten.

mod correct;
mod judge;
mod outcome;
mod record;
mod withdraw;
mod write;

pub use correct::correct;
pub use outcome::Recorded;
pub use record::record;
pub use withdraw::withdraw;

pub(crate) use outcome::again;
pub(crate) use write::{row, write};

use casebook::command::Answers;

/// A form that somebody sent.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct EntryForm {
    /// The event; of a correction, that of the entry it corrects.
    pub event: String,
    /// The episode it is for; none where time tells.
    pub episode: Option<String>,
    /// The key of the duty that the form was opened from.
    pub duty: Option<String>,
    /// What was typed.
    pub answers: Answers,
}
