//! The pages. Every read and write goes through `actions`; there is no SQL here and nobody's role is compared.
//!
//! The way of a request: `router` (every address) -> `headers` -> `around` (who is asking; `guard` reads and checks what is posted)
//! -> the page, a file named after its noun, or a folder of it with a file for each verb -> its template in `templates/`, which
//! extends `frame.html` and is made of `components`. What keeps a page from being shown is a `Trouble`, returned with `?`.
//!
//! To add a page: a file here with a handler and a template struct with a field `frame`; a template; a line in `router`.
//! Style sheets are in `styles/`, scripts in `scripts/`; `make assets` builds both. `/styleguide` (`--dev`) shows every component.

mod account;
mod agency;
mod alert;
mod allocation;
mod area;
mod around;
mod assets;
mod away;
mod back;
mod board;
mod chance;
mod changes;
mod checkpoints;
mod child;
mod coming;
pub mod components;
mod connections;
mod cookies;
mod cover;
mod csrf;
mod duty;
mod entry;
mod episode;
mod facts;
mod field;
mod flash;
mod form;
mod forms;
mod frame;
mod guard;
mod headers;
mod health;
mod help;
mod home;
mod interview;
mod kept;
mod living;
mod look;
mod metrics;
mod multipart;
mod pages;
mod panel;
mod particulars;
mod people;
mod person;
mod photograph;
mod place;
mod posted;
mod proposal;
mod protocol;
mod refill;
mod refused;
mod register;
mod relation;
mod report;
mod retention;
mod router;
mod same;
mod search;
mod server;
mod setting;
mod show;
mod sign_in;
mod state;
mod styleguide;
mod team;
mod trouble;
mod trouble_page;
mod visit;
mod welcome;

pub use connections::Bounds;
pub use guard::LARGEST_FORM;
pub use metrics::metrics;
pub use router::router;
pub use server::{serve, serve_metrics};
pub use state::{Checkpoints, DemoPerson, Options, Site};
