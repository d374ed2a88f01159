//! An entry of the chronology: recording, correcting and withdrawing it.

mod correct;
mod form;
mod join;
mod menu;
mod record;
mod remark;
mod withdraw;

pub use correct::{correct, save_correction};
pub(crate) use form::{Setback, heading, mend};
pub use join::{join, save_join};
pub use menu::menu;
pub(crate) use menu::records;
pub use record::{record, save};
pub use remark::{confirm, dispute, save_dispute};
pub use withdraw::{save_withdrawal, withdraw};

use crate::components::{Asks as _, Choice, Radios, Textarea};
use crate::form::Form;

/// Why an entry is withdrawn, from the list.
pub(crate) fn why(form: &Form) -> Radios {
    let choices = actions::entry::WITHDRAWN.list.iter().map(|(word, label)| Choice::new(*word, *label)).collect();
    Radios::new("why", "Why is it withdrawn?", choices)
        .value(form.value("why"))
        .error(form.problem("why"))
        .label_class("govuk-fieldset__legend--s")
}

/// Why an entry is disputed.
pub(crate) fn what_is_not_so(form: &Form) -> Textarea {
    form.textarea("reason", "What is not so, in your own words?").rows(4).label_class("govuk-label--s")
}

/// The reason of a withdrawal in words.
pub(crate) fn reason(form: &Form) -> Textarea {
    form.textarea("reason", "Why should it not be there?")
        .rows(3)
        .hint("For example: recorded for the wrong child")
        .label_class("govuk-label--s")
}
