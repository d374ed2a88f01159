//! Is this the child of another record? What a child is known by, the keys under which an index keeps it, and how alike two are.
//!
//! [`Marks`] are taken from a record (or from what somebody typed), [`keys`] are what a database looks up by equality alone, and [`compare`]
//! decides about the few records that share a key. It decides nothing about people: whoever sees both records does.

mod around;
mod compare;
mod keys;
mod marks;
mod sound;

pub use around::{Around, compare_around, keys_around};
pub use compare::{Likeness, Reason, compare, name_likeness};
pub use keys::{Key, address_key, exchanged, keys, places, sought};
pub use marks::{Marks, number_or_phone};
pub use sound::{latin, sounds, words};
