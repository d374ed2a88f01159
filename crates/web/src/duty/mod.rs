//! A duty.

mod why;

pub use why::why;
