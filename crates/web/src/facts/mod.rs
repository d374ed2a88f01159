//! What is known of a child: shown, changed, put right.

mod change;
mod correct;
mod form;
mod show;

pub use change::{change, save};
pub use correct::{correct, save_correction};
pub use show::show;
