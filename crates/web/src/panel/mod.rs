//! Panels: who meets on whom, their meetings, what they agree.

mod doing;
mod raise;
mod show;

pub use doing::{begin, begin_on, save, save_on};
pub use raise::{ask, raise};
pub use show::{meeting, show};
