//! The made-up county as a whole, with the vocabulary and rulebooks of this repository.

#![expect(clippy::unwrap_used, reason = "a test says enough by failing")]

mod county;

use engine::rulebook::Library;
use engine::time::Moment;
use std::sync::LazyLock;

/// The library, read once for all tests.
static LIBRARY: LazyLock<Library> = LazyLock::new(testkit::library);

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}
