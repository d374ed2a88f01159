//! What people do, on SQLite and on PostgreSQL: every test runs on both.

#![expect(clippy::unwrap_used, reason = "a test says enough by failing")]

mod alerts;
mod attacks;
mod campaign;
mod children;
mod clocks;
mod corrections;
mod county;
mod glass;
mod journey;
mod lists;
mod matrix;
mod meetings;
mod pages;
mod people;
mod permission;
mod recording;
mod signing_in;
mod staff;
mod stale;
mod trouble;
mod upkeep;

use testkit::{databases, world};
