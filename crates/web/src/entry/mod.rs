//! An entry of the chronology: recording, correcting and withdrawing it.

mod correct;
mod form;
mod record;
mod withdraw;

pub use correct::{correct, save_correction};
pub(crate) use form::heading;
pub use record::{record, save};
pub use withdraw::{save_withdrawal, withdraw};

use crate::components::{Asks as _, Textarea};
use crate::form::Form;

/// The one question of a withdrawal.
pub(crate) fn reason(form: &Form) -> Textarea {
    form.textarea("reason", "Why should it not be there?")
        .rows(3)
        .hint("For example: recorded for the wrong child")
        .label_class("govuk-label--s")
}
