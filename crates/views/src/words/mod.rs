//! How things are said: times, states, names in the area's own words, values. Nothing here reads a record.

mod initials;
mod names;
mod tag;
mod time;
mod value;

pub use initials::initials;
pub use names::{Names, short_title};
pub use tag::{duty_state, meeting_state, risk, status};
pub use time::{Clockface, span};
pub use value::value;

/// `1 child`, `2 children`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}
