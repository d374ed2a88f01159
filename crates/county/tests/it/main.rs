//! The made-up county as a whole, with the vocabulary and rulebooks of this repository.

#![expect(clippy::unwrap_used, reason = "a test says enough by failing")]

mod county;

use engine::evaluate::Evaluator;
use engine::rulebook::Library;
use engine::time::Moment;
use std::sync::LazyLock;

/// The library, read once for all tests.
static LIBRARY: LazyLock<Library> = LazyLock::new(testkit::library);

/// Every rulebook of it, ready to be asked.
static EVALUATOR: LazyLock<Evaluator<'static>> =
    LazyLock::new(|| Evaluator::new(&LIBRARY.vocabulary, &LIBRARY.rulebooks));

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}
