//! The places of a child: where the child goes and was found.

mod change;
mod show;

pub use change::{begin, begin_on, save, save_on};
pub use show::{one, show};
