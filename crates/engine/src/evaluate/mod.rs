//! Evaluation: from rulebooks, a case and a moment to duties. Pure; a rulebook is prepared once and asked many times.
//!
//! One rule asked of one record is an `inquiry::Inquiry`. It goes through these stages, each a file:
//!
//! | Stage | File | Gives |
//! |---|---|---|
//! | what brings it about | `occasion`, `spell` | occasions, on which the rulebook applies (`reach`) in an edition in force (`editions`) |
//! | which step of what is done again and again | `step`, `series` | steps, each with its limit |
//! | what carried it out | `carried_out`, `told`, `doer` | the entry that counts, by somebody who may |
//! | which exceptions and limit hold | `exceptions`, `outcome`, `limit`, `owner` | the outcomes that are possible |
//! | the state | `judge`, `learned`, `known_late` | a [`Duty`] with the evidence that it was judged by |
//!
//! What is known at a point is in `facts`, when a condition holds in `spans`. The record is read by `seen` and the calendar by `reckoning`
//! alone, which note what is read (`reads`), so that what was found can be gone on from (`kept`). `view` and `because` put the evidence into words,
//! in the shapes of `shown`; `merge` makes one line an act; `verdict` is what rulebooks object to, `followed` which of two that contradict
//! each other an entry says was followed.

mod because;
mod carried_out;
mod doer;
mod duty;
mod editions;
mod evaluator;
mod exceptions;
mod facts;
mod followed;
mod holding;
mod inquiry;
mod judge;
mod kept;
mod known_late;
mod learned;
mod limit;
mod merge;
mod occasion;
mod options;
mod outcome;
mod owner;
mod prepared;
mod reach;
mod reads;
mod reckoning;
mod seen;
mod series;
mod shown;
mod spans;
mod spell;
mod step;
mod stricter;
mod told;
mod verdict;
mod view;

pub use duty::{Duty, State};
pub use evaluator::{Evaluator, is_of_area, is_repeated};
pub use exceptions::Path;
pub(crate) use exceptions::differ;
pub use facts::entry_matches;
pub use holding::hold;
pub use kept::Kept;
pub use merge::{Line, merge};
pub use options::{Options, Settled};
pub use shown::{Because, ChecklistView, Counted, DutyView, Missing, Overridden, PartyView, RecipientView, Words};
pub use verdict::{Flag, first_refused, flags};
