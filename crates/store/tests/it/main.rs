//! What the store does, on SQLite and on PostgreSQL: every test runs on both.

#![expect(clippy::unwrap_used, reason = "a test says enough by failing")]

mod alerts;
mod builders;
mod chain;
mod changes;
mod directory;
mod disk;
mod failover;
mod faults;
mod follower;
mod form_drafts;
mod given_up;
mod killed;
mod lists;
mod looks;
mod migrations;
mod people;
mod photographs;
mod power;
mod relations;
mod retries;
mod upgrades;
mod writes;

use testkit::databases;
