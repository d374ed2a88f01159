//! Rulebooks: a local protocol as data. `source` is the shape of the files, `model` what is run, the rest turns one into the other.

mod blocks;
mod compile;
mod compile_doing;
mod compile_limit;
mod compile_rule;
mod conditions;
mod contact;
mod course;
mod data;
mod form;
mod form_data;
mod hours;
mod kept;
mod library;
mod loose;
mod model;
mod provisions;
mod readings;
mod source;
mod source_data;
mod terms;

pub(crate) use conditions::each_exception;
pub use course::Course;
pub use data::*;
pub use form_data::*;
pub use hours::{HOURS, OFFICE_HOURS, OfficeHours};
pub use library::{Library, load_library};
pub use model::*;
