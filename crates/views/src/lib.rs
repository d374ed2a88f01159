//! What pages, documents and interfaces show of a case: plain structs, with the words ready to print. Nothing here decides anything.
//!
//! Pure: no clock, chance, file, network or database; what comes in is loaded and redacted already.
//!
//! Every text is in the area's own words and in the user's language. Every time is a [`When`]; every limit a [`Limit`].
//! A *key* is safe in a path or a query as it stands (letters, digits, `-._~`).

mod alert;
mod board;
mod child;
mod duty;
mod episode;
mod form;
mod home;
mod meeting;
mod report;
mod search;
mod viewer;
mod when;
mod why;
pub mod words;

pub use alert::{AlertLine, Alerts};
pub use board::{Board, BoardLine};
pub use child::{
    CalendarDay, ChildHead, ChildPage, EarlierEpisode, FactLine, HourCount, PersonLine, PhotographForm, PhotographLine,
    PhotographPage, PlacementLine,
};
pub use duty::{Doing, DutyGroup, DutyLine, Source};
pub use episode::{
    Coming, EpisodePage, EventGroup, EventLink, FieldLine, PhotographOf, Strip, TimelineItem, Version, Warning,
};
pub use form::{ChoiceOption, EventForm, FieldKind, FormField, Guidance, OptionGroup};
pub use home::{Home, HomeSection};
pub use meeting::{Meeting, MeetingFact, MeetingPart};
pub use report::{
    ReadOut, ReadOutLine, ReadOutSection, ReportDraft, ReportStart, ReportStep, StepState, SummaryRow, ToRing,
};
pub use search::{SearchPage, SearchRow};
pub use viewer::Viewer;
pub use when::{Limit, Tag, Urgency, When};
pub use why::{Override, ProvisionLine, Reason, Toward, Why, WhySource};
