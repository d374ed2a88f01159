//! Coming in: children, people, placements, homes, agencies and past episodes from the files of others, and going out again in the same form.
//!
//! `mapping` says what a column means, `table` reads a file into rows of texts, `rows` makes of each row what we keep or says what is wrong with
//! it, `plan` puts the rows of one child together and finds who is here already, `bring` writes. `export` is the other way.

mod around;
mod bring;
mod cases;
mod export;
mod mapping;
mod plan;
mod rows;
mod table;
mod texts;
mod work;

/// What a row about a home says, beside which agency it is: written out and read in alike.
const HOME: [&str; 9] = [
    "registration",
    "provider",
    "manager",
    "phone_day",
    "phone_night",
    "address",
    "address_class",
    "host",
    "procedure",
];

pub use bring::{Brought, By, bring};
pub use cases::cases;
pub use export::{Exported, export};
pub use mapping::{Mapping, given};
pub use plan::{Double, Settled};
pub use rows::Fault;
pub use table::{Table, read};
pub(crate) use work::Works;
pub use work::{Standing, begin, go_on, mappings, standing};
