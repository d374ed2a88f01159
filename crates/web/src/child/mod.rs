//! A child.

mod calendar;
mod hours;
mod show;

pub use show::show;
