//! Tests of the pages by HTTP, and of the components against the fixtures of the design system.

#![expect(clippy::unwrap_used, reason = "a test says enough by failing")]

mod alert;
mod assets;
mod at_hand;
mod away;
mod board;
mod board_open;
mod body;
mod bounds;
mod child;
mod contrast;
mod csrf;
mod drawn;
mod entry;
mod episode;
mod facts;
mod facts_each;
mod fixtures;
mod forms;
mod forms_of_whom;
mod headers;
mod health;
mod home;
mod house;
mod living;
mod meetings;
mod nothing_left;
mod people;
mod philomena;
mod photograph;
mod protocol;
mod refused;
mod report;
mod sign_in;
mod styleguide;
mod trouble;
mod trouble_records;
mod trouble_times;

use testkit::{databases, html};
