//! One child, one record: who may be the same child as this one, that two are not, that two are, and that they were not after all.
//!
//! What is compared is what the person may see of each record, as the one place that loads records shows it; so nobody learns of a child, a
//! home or a number that is hidden from them, whatever they type.

mod offer;
mod settle;

pub use offer::{Offer, Pages, onward, pages};
pub(crate) use offer::{alike, offered};
pub use settle::{Pair, apart, compared, merge, part, perhaps};
