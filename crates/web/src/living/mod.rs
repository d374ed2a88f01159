//! Where a child lives.

mod change;
mod show;

pub use change::{begin, begin_on, save, save_on};
pub use show::show;
