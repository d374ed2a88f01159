//! Actions: one file for each thing a user can do. Each authorises, loads, decides, appends; every read is recorded.
//!
//! `queries` are the pages, as plain structs of `views`. What a person may do is decided in `authorise`, and nowhere else.

pub mod alert;
mod app;
mod authorise;
mod case;
pub mod child;
pub mod entry;
mod lens;
pub mod live;
pub mod photograph;
mod policy;
pub mod queries;
mod real;
mod refused;
pub mod report;
pub mod sign_in;
pub mod worker;

pub use app::{App, Chance, Clock};
pub use authorise::Actor;
pub use casebook::command::{Answers, FieldProblem};
pub use casebook::rules::Rules;
pub use refused::{Objection, Refused, Result};
pub use views;
