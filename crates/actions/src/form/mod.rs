//! The forms of the rulebooks: filled in bit by bit, kept as drafts of whoever fills them in, completed as an entry of the record.
//!
//! `fill` is the page, `draft` what is kept of a half filled form, `save` saves it, `complete` records it with everything that it writes back,
//! `list` and `show` are what a child has. Whether an entry is recorded by a form is asked of `leads_to`.

mod complete;
mod draft;
mod fill;
mod list;
mod save;
mod show;
mod write_back;

pub use complete::complete;
pub use fill::{Resumed, again, begin, begun, resume};
pub(crate) use list::{half_filled, unfinished};
pub use list::{leads_to, list};
pub use save::{Kept, discard, save, settle};
pub use show::show;

use casebook::command::Answers;
use views::DutyKey;

/// A form as it was sent from its page.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sent {
    /// The rulebook.
    pub rulebook: String,
    /// The edition that the page was made of.
    pub edition: String,
    /// The form, in the vocabulary's word.
    pub form: String,
    /// The draft's id; the page gave it one before it was ever saved.
    pub draft: String,
    /// How often the draft had been saved when the page was made.
    pub draft_version: i64,
    /// The page, apart from every other that may have the same draft open.
    pub place: String,
    /// Whoever sends it was shown what was saved in another place, and goes on with what stands here.
    pub shown: bool,
    /// The event that completing it records, where that is not the form's own: that it was looked through.
    pub event: String,
    /// The completed form that it was begun from; may be empty.
    pub from: String,
    /// The episode it is for.
    pub episode: Option<String>,
    /// The duty that it was opened from.
    pub duty: Option<DutyKey>,
    /// The act it was opened for, where no duty asks for it.
    pub act: Option<String>,
    /// What was typed.
    pub answers: Answers,
}

/// How a form is opened.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Opening {
    /// The rulebook.
    pub rulebook: String,
    /// The edition, where another than that in force is meant.
    pub edition: String,
    /// The form.
    pub form: String,
    /// The event that completing it records, where that is not the form's own.
    pub event: String,
    /// The episode.
    pub episode: Option<String>,
    /// The duty.
    pub duty: Option<DutyKey>,
    /// The act.
    pub act: Option<String>,
    /// The completed form whose answers are taken over, each to be examined.
    pub from: String,
    /// The draft, of an older edition, whose answers are carried over.
    pub over: String,
}
