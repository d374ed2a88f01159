//! A child.

mod calendar;
mod hours;
mod new;
mod show;

pub use new::{create, new};
pub use show::show;
