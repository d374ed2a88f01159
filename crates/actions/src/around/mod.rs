//! People around a child: family, carers, friends, associates, those who work with the child, and those who pose a risk. Each is a row of the
//! record; what changes is a later row of the same id, and the page has the history.
//!
//! Addresses are of the class of whereabouts: whoever may not see them neither sees nor changes them.
//!
//! Somebody may be around several children (`across`): whoever sees both records says so (`join`), and finds the one from the other. To everybody else
//! nothing tells that there is another.

mod across;
mod answer;
mod danger;
mod form;
mod join;
mod person;
mod same;
mod save;
mod show;

pub(crate) use danger::dangers;
pub use form::form;
pub use join::{join, part};
pub use person::{Take, person, taking};
pub use same::{SoughtPerson, same};
pub use save::save;
pub use show::show;

use crate::case::Kept;
pub use crate::kept::About;
use store::RowKind;

/// The texts of a person: the key of the row, the field of the form, the label, the hint.
const TEXTS: [(&str, &str, &str, &str); 11] = [
    (
        "details.relation",
        "relation",
        "What are they to the child?",
        "In your words, such as: mother, brother's friend, football coach.",
    ),
    ("details.age", "age", "Age, or about how old", ""),
    ("phone", "phone", "Telephone", ""),
    ("details.phone_what", "phone_what", "Whose number, and when to ring it", "Such as: mobile; at work, until five."),
    ("details.phone2", "phone2", "Second telephone", ""),
    ("details.phone2_what", "phone2_what", "Whose second number, and when to ring it", ""),
    ("details.phone3", "phone3", "Third telephone", ""),
    ("details.phone3_what", "phone3_what", "Whose third number, and when to ring it", ""),
    ("email", "email", "E-mail", ""),
    ("details.accounts", "accounts", "Accounts on the net", "The name of each, and on which service."),
    (
        "details.told",
        "told",
        "What may they be told?",
        "Such as: that the child is missing, and not where the child lives.",
    ),
];
/// The telephone numbers of somebody: the key of the row, and the field.
const PHONES: [(&str, &str); 3] = [("phone", "phone"), ("details.phone2", "phone2"), ("details.phone3", "phone3")];
/// The date of birth, which is kept among the details.
const BORN: (&str, &str) = ("born", "Date of birth");
/// The addresses.
const ADDRESSES: [(&str, &str, &str); 2] =
    [("address", "address", "Address"), ("details.other_address", "other_address", "Another address")];

/// The rows of everybody but the child, each id once, in the order of the record.
fn ids(kept: &[Kept]) -> Vec<&str> {
    crate::kept::ids(kept, is_around)
}

/// Everybody who is around the child, and no mistake.
pub(crate) fn people(kept: &[Kept]) -> Vec<&Kept> {
    ids(kept).into_iter().filter_map(|id| last(kept, id)).collect()
}

/// Is it about somebody around the child, and not about the child?
fn is_around(row: &Kept) -> bool {
    row.kind == RowKind::Person && row.text("role") != "child" && !row.id.is_empty()
}

/// The last row of somebody, unless it says that they were entered by mistake.
fn last<'a>(kept: &'a [Kept], id: &str) -> Option<&'a Kept> {
    crate::kept::last(kept, id, is_around)
}
