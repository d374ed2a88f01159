//! The home page, and the lists that it begins.

mod show;
mod todo;

pub use show::show;
pub use todo::todo;
