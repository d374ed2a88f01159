//! Tests of the repository as a whole.

#![expect(clippy::unwrap_used, reason = "a test says enough by failing")]

mod guide;
mod house;
mod promises;
