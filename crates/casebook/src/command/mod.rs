//! What a person wants to record: from the answers of a form to an entry of the case file, or what is wrong with them in the
//! user's own words. Pure. Whether the person may, and whether the rulebooks object, is decided in `actions`.

mod answers;
mod checklist;
mod clock;
mod doing;
mod entry;
mod fact;
mod field;
mod filling;
pub mod labels;
mod outcomes;
mod reason;
pub mod time;

pub use crate::reader::is_fingerprint;
pub use answers::{Answers, FieldProblem, Offer};
pub use checklist::{CHECKS, check_key, checked, why_of};
pub use doing::{
    Doing, acting, also_doers, doers, doing, event_of, filled_for, forbids, form_asked, keeps_review, reviews,
    stands_for, whose_act,
};
pub use entry::{BY, BY_NAME, Entry, FOLLOWED, NOTE, OCCURRED, Setting, WHEN, entry, fill, lacking, left_open};
pub use fact::{ALWAYS, HOW_LONG, SINCE, SOURCE, TOLD_BY, Terms, UNTIL, fact_field, fact_value, terms, why};
pub use field::name;
pub use filling::{
    FactTold, Filling, MOST_LINES, answers_of, asked_as, class_of, copied_of, copy_forward, form_in, form_of,
    is_unexamined, line_of, lines_in, print_of, put, refill, since_of, still_of, what_of,
};
pub use outcomes::outcomes;
pub use reason::{PUT_RIGHT, REASON, Reasons, WHY, WITHDRAWN};
