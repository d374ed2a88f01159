//! The people around a child. Those who sign in are in `person`.

mod change;
mod show;

pub use change::{begin, begin_on, save, save_on};
pub use show::show;
