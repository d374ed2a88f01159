//! A child.

mod calendar;
mod hours;
mod new;
mod part;
mod show;

pub use new::{create, new};
pub use part::{due, episodes, outside, unknown};
pub use show::show;
