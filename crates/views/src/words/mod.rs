//! How things are said: times, states, names in the area's own words, values. Nothing here reads a record.

mod initials;
mod names;
mod state;
mod tag;
mod time;
mod value;

pub use initials::initials;
pub use names::{Names, short_title};
pub use state::{meeting_state, modality, modality_note, state, state_of};
pub use tag::{risk, status};
pub use time::{AT_ONCE_GRACE_MINUTES, Clockface, span};
pub use value::value;

/// `1 child`, `2 children`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}
