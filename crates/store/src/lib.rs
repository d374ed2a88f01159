//! The record of each child as an append-only hash chain, with the read models that lists are drawn from, and what people need
//! to work with them: relations, sessions, drafts, alerts, the log of looks. On a SQLite file or on PostgreSQL.
//!
//! - `model/` the plain types that go in and out. Nothing here knows what a case means: `actions` works out what is derived.
//! - `store/` the functions of [`Store`], one file for each subject.
//! - `sql/` every query, written once. The folder is compiled twice, as a module of `lite` and of `postgres`, each with its own
//!   connection type; the few words that differ are macros at the head of those two files.
//! - `follow.rs` what is known of a second machine that keeps a copy of a SQLite database; `lite/follow/` how it gets its rows.
//! - `chain.rs` the hashes; `search.rs` how names are folded for the search; `vault.rs` what is kept closed, by the caller's key.
//!
//! A write is one transaction. On SQLite one task writes, and what waits while it makes a transaction durable goes into the next one
//! together. On PostgreSQL each write has its own connection.

#![expect(
    clippy::duplicate_mod,
    reason = "`sql/` is compiled once for each database, so that each query is written once"
)]

mod chain;
mod differs;
mod error;
mod known;
#[macro_use]
mod db;
mod deeds;
mod follow;
mod lite;
mod looks;
mod model;
mod open;
mod postgres;
mod prepare;
mod rights;
mod search;
mod store;
mod trying;
mod vault;

pub use chain::fingerprint;
pub use differs::DAYS_UNLOOKED;
pub use error::{Result, StoreError};
pub use follow::{Copies, FOLLOWER, WAITS, noting};
pub use lite::follow::send::{Asked, TurnedAway};
pub use lite::follow::{Copying, Taken};
pub use model::*;
pub use rights::{cannot_write_in, lies_open, private_file, private_folder};
pub use store::{Setting, Store};
pub use trying::trying;
pub use vault::Vault;
