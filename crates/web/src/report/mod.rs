//! Reporting a child missing.

mod back;
mod finish;
mod read_out;
mod start;
mod step;

pub use back::back;
pub use read_out::{read_out, told};
pub use start::{begin, find, resume, start};
pub use step::{save, show};
