//! Entries of the chronology: recorded, corrected, withdrawn. Nothing is ever overwritten.

mod correct;
mod hold;
mod join;
mod outcome;
mod record;
mod remark;
mod statement;
mod still;
mod time_corrected;
mod wish;
mod withdraw;

pub use correct::correct;
pub use join::{join, page as join_page};
pub use outcome::Recorded;
pub use record::record;
pub(crate) use record::{ask_to_confirm, born, made, name_episode, of_before};
pub use remark::{confirm, dispute};
pub(crate) use statement::statement;
pub(crate) use time_corrected::told_of_time;
pub(crate) use withdraw::with_it;
pub use withdraw::{Why, withdraw};

pub(crate) use hold::{ONLY_ITS_AUTHOR, hold, roles_here};
pub(crate) use join::joinable;
pub(crate) use outcome::recorded;
pub(crate) use statement::ONLY_WITH_AUTHORITY;
pub(crate) use wish::{OfWish, withheld_by_wish};

pub use casebook::command::{PUT_RIGHT, REASON, WHY, WITHDRAWN};

use casebook::command::Answers;
use views::DutyKey;

/// A form that somebody sent.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct EntryForm {
    /// The event; of a correction, that of the entry it corrects.
    pub event: String,
    /// The episode it is for; none where time tells.
    pub episode: Option<String>,
    /// The key of the duty that the form was opened from.
    pub duty: Option<DutyKey>,
    /// What was typed.
    pub answers: Answers,
}
