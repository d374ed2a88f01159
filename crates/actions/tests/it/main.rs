//! What people do, on SQLite and on PostgreSQL: every test runs on both.

#![expect(clippy::unwrap_used, reason = "a test says enough by failing")]

mod across;
mod alerts;
mod around;
mod attacks;
mod attempts;
mod boards;
mod campaign;
mod canary;
mod children;
mod clocks;
mod coming;
mod corrections;
mod county;
mod county_year;
mod facts;
mod followed;
mod glass;
mod interviews;
mod journey;
mod left;
mod lists;
mod living;
mod matrix;
mod meetings;
mod pages;
mod panels;
mod particulars;
mod people;
mod permission;
mod places;
mod providers;
mod recording;
mod remembered;
mod retention;
mod same;
mod sealed;
mod signing_in;
mod silence;
mod staff;
mod stale;
mod still;
mod told;
mod trouble;
mod upkeep;

use testkit::{databases, world};
