//! The pages of a long list: which one is wanted, and the way to the others.

use crate::back;
use crate::components::Pagination;
use serde::Deserialize;

/// What an address asks for of a long list.
#[derive(Deserialize, Default)]
pub struct Wanted {
    #[serde(default)]
    page: String,
    #[serde(default)]
    after: String,
    /// A part of the list; may be empty.
    #[serde(default)]
    pub part: String,
    /// An entry that is looked for; may be empty.
    #[serde(default)]
    pub entry: String,
}

impl Wanted {
    /// From the so-manieth line of a list on that is not read whole; 0 from the start.
    pub fn after(&self) -> i64 {
        self.after.parse().unwrap_or(0)
    }

    /// The page, from 1. What is no number is the first.
    pub fn page(&self) -> usize {
        self.page.parse().unwrap_or(1).max(1)
    }
}

/// The way to the other pages of a list; none where there is only one.
pub fn pages(page: usize, pages: usize, address: &str, pairs: &[(&str, &str)]) -> Option<Pagination> {
    let href = |number: usize| {
        let number = number.to_string();
        let mut all = pairs.to_vec();
        all.push(("page", &number));
        back::with(address, &all, "", "")
    };
    (pages > 1).then(|| Pagination::new(page, pages, href))
}
