//! Help.

mod show;

pub use show::show;
