//! The command line, driven as its user would: the built program, its output and its exit status.

#![expect(clippy::unwrap_used, reason = "a test says enough by failing")]

mod alerts;
mod bad_input;
mod cases;
mod composition;
mod configured;
mod demo;
mod disk;
mod documents;
mod duties;
mod follower;
mod killed;
mod people;
mod rulebook;
mod run;
mod safety;
mod site;

use testkit::databases;
