//! The people around a child. Those who sign in are in `person`.

mod change;
mod one;
mod same;
mod show;

pub use change::{begin, begin_on, save, save_on};
pub use one::{one, part};
pub use same::{same, say};
pub use show::show;
