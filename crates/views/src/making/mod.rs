//! Makes what is shown of a loaded and redacted record. Nothing here reads a database, knows who may, or changes anything.

pub mod at_hand;
mod board;
mod checklist;
mod child;
mod child_years;
mod duty_line;
mod episode;
mod event_form;
mod field;
mod head;
mod meetings;
mod menu;
mod photograph;
pub mod protocol;
mod row;
mod strip;
mod summary;
mod timeline;
mod told;
mod warnings;
mod why;

pub use board::line as board_line;
pub use child::{child, places, summary_facts, vulnerabilities};
pub use duty_line::{Of, groups, line as duty_line, pressing};
pub use episode::episode;
pub use event_form::{Asked, Opened, correct_form, event_form, guidance, is_usual_doer};
pub use field::{FieldMaker, now, role_groups};
pub use head::{age_and_birthday, head};
pub use photograph::{photograph, photograph_form, shown as photograph_shown};
pub use row::{DutyOfList, lines as duty_lines};
pub use summary::{EpisodeSummary, summaries};
pub use timeline::newer;
pub use told::{TOLD, told};
pub use warnings::{Plain, objections, plain, warning};
pub use why::why;
