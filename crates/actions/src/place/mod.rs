//! Places of a child: where the child goes, and was found. Each is a row of the record; what changes is a later row of the same id, and its page
//! has the history. They are of the class of whereabouts: whoever may not see that, or whom the child does not want to know it, sees none.
//!
//! When the child was found there is not kept: the entries say it, by the name that the place has or had.

mod answer;
mod form;
mod found;
mod save;
mod show;

pub use form::form;
pub use found::called;
pub(crate) use found::named;
pub use save::save;
pub use show::{one, show};

use crate::case::Kept;
pub use crate::kept::About;
use store::RowKind;

/// The texts of a place: the key of the row, the field of the form, the label, the hint.
const TEXTS: [(&str, &str, &str, &str); 3] = [
    ("address", "address", "Address", "With its postcode, where it has one."),
    ("details.why", "why", "Why does the child go there?", ""),
    ("details.risk", "risk", "What is the risk there?", "What happened there, and what may happen."),
];
/// Whether somebody should go there alone.
const ALONE: (&str, &str) = ("not_alone", "Should nobody go there alone?");
/// Who goes there: ids of people around the child.
const WHO: (&str, &str) = ("who", "Who goes there, of the people around the child?");

/// The ids of all places, each once, in the order of the record.
fn ids(kept: &[Kept]) -> Vec<&str> {
    crate::kept::ids(kept, is_place)
}

fn is_place(row: &Kept) -> bool {
    row.kind == RowKind::Place
}

/// The places that are kept of a child, by name and address.
pub(crate) fn places(kept: &[Kept]) -> Vec<String> {
    let stand = ids(kept).into_iter().filter_map(|id| last(kept, id));
    stand
        .map(|row| {
            let said = [row.text("name"), row.text("address")].into_iter().filter(|text| !text.is_empty());
            said.collect::<Vec<_>>().join(", ")
        })
        .collect()
}

/// The rows of one place, the first first.
fn rows<'a>(kept: &'a [Kept], id: &str) -> Vec<&'a Kept> {
    kept.iter().filter(|row| is_place(row) && row.id == id).collect()
}

/// The last row of a place, unless it says that it was entered by mistake.
fn last<'a>(kept: &'a [Kept], id: &str) -> Option<&'a Kept> {
    crate::kept::last(kept, id, is_place)
}
