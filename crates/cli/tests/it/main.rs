//! The command line, driven as its user would: the built program, its output and its exit status.

mod bad_input;
mod cases;
mod composition;
mod duties;
mod rulebook;
mod run;
