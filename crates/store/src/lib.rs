//! The record of each child as an append-only hash chain, with the read models that lists are drawn from.

mod error;
mod model;

pub use error::{Result, StoreError};
pub use model::*;
