//! Tests of the pages by HTTP, and of the components against the fixtures of the design system.

mod alert;
mod board;
mod child;
mod entry;
mod episode;
mod fixtures;
mod home;
mod house;
mod report;
