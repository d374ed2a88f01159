//! Actions: one file for each thing a user can do. Each authorises, loads, decides, appends; every read is recorded.

pub mod views;
