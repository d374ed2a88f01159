//! The pages, as plain structs of `views`. Each query authorises, writes to the access log what is read, and changes nothing.

mod alerts;
mod board;
mod child;
mod child_years;
mod duty_line;
mod episode;
mod event_form;
mod field;
mod head;
mod home;
mod lens;
mod meetings;
mod menu;
mod photograph;
mod search;
mod strip;
mod timeline;
mod warnings;
mod why;

pub use alerts::alerts;
pub use board::board;
pub use child::child;
pub(crate) use child::{facts_of, places, summary_facts};
pub use episode::episode;
pub use event_form::{Asked, correct_form, event_form};
pub use home::home;
pub use lens::viewer;
pub(crate) use photograph::shown as photograph_shown;
pub use photograph::{photograph, photograph_form};
pub use search::search;
pub use why::why;

pub(crate) use event_form::{is_usual_doer, real};
pub(crate) use field::{FieldMaker, now, role_groups};
pub(crate) use head::{head, head_of};
pub(crate) use lens::Lens;
pub(crate) use search::rows;
pub(crate) use timeline::newer;
pub(crate) use warnings::{objections, plain_flag, warning};
