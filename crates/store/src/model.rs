//! The plain types that go in and out of the store. Times are UTC microseconds since 1970; ids are lower-case text.

mod alert;
mod area;
mod audit;
mod chain;
mod directory;
mod door;
mod form_draft;
mod keeping;
mod lists;
mod look;
mod person;
mod photograph;
mod post;
mod relation;
mod silence;

pub use alert::{Alert, AlertKind, Change, ChangeKind};
pub use area::{AreaRow, Late};
pub use audit::{Audit, Counts, ListedDuty, ListedEpisode, OnLists, Promised, Standing, Tip, root};
pub(crate) use audit::{DEEDS, LOOKS, Part};
pub use chain::{Appended, Fault, Joined, NewChild, NewRow, Record, Row, RowKind, Stands, Verified};
pub use directory::{Brought, Listed};
pub use door::{Ceremony, Door, Kept, Passkey, Provider, Sealed, Totp};
pub use form_draft::{DraftSaved, FormDraft};
pub use keeping::{Ending, KEPT_UNTIL, Keeping, LetGone};
pub(crate) use lists::minute;
pub use lists::{BoardRow, ChildRow, ChildSummary, Derived, DutyRow, EpisodeRow, InterviewRow, Scope, Sought, Stretch};
pub use look::{Look, LookSum, NewLook};
pub(crate) use person::HoldingRow;
pub use person::{Agency, Draft, Holding, Person, Session};
pub use photograph::{Photograph, Picture};
pub use post::{Allocation, Handover, HeldPost, NewNotice, Notice, Post, Proposal, Team};
pub use relation::{RegardRow, Relation, Request, TieOf, TieRow, Withheld};
pub use silence::{Silence, Silent};
