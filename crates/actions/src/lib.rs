//! Actions: one file for each thing a user can do. Each authorises, loads, decides, appends; every read is recorded.
//!
//! `queries` are the pages, as plain structs of `views`. What a person may do is decided in `authorise`, and nowhere else.

pub mod account;
pub mod agency;
pub mod alert;
pub mod allocation;
mod app;
pub mod area;
pub mod around;
mod authorise;
mod case;
pub mod child;
pub mod coming;
pub mod cover;
pub mod door;
pub mod entry;
pub mod fact;
pub mod form;
pub mod keeping;
mod lens;
pub mod live;
pub mod living;
pub mod looks;
pub mod oidc;
pub mod panel;
pub mod particulars;
pub mod passkey;
pub mod password;
pub mod person;
mod phone;
pub mod photograph;
pub mod post;
pub mod proposal;
pub mod queries;
mod real;
mod refused;
pub mod register;
pub mod relation;
pub mod report;
pub mod same;
pub mod session;
pub mod setting;
pub mod sign_in;
mod throttle;
pub mod totp;
pub mod upkeep;
pub mod worker;

pub use app::{App, Chance, Clock, Doors};
pub use authorise::Actor;
pub use casebook::command::{Answers, FieldProblem};
pub use casebook::rules::Rules;
pub use refused::{NO_SUCH_CHILD, Objection, Refused, Result};
pub use views;
