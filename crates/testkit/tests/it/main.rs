//! Tests of the repository as a whole.

mod guide;
mod house;
