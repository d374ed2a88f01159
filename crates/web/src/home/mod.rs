//! The home page.

mod show;

pub use show::show;
