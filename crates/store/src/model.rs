//! The plain types that go in and out of the store. Times are UTC microseconds since 1970; ids are lower-case text.

mod alert;
mod chain;
mod lists;
mod person;
mod photograph;

pub use alert::{Alert, AlertKind, Change, ChangeKind};
pub use chain::{Appended, Fault, NewChild, NewRow, Record, Row, RowKind, Verified};
pub(crate) use lists::minute;
pub use lists::{BoardRow, ChildRow, ChildSummary, Derived, DutyRow, EpisodeRow, Scope};
pub use person::{Access, Agency, Draft, Person, Session};
pub use photograph::{Photograph, Picture};
