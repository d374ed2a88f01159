//! Properties, on random input: conditions against brute force, the calendar, evaluation of small random cases, random text.

mod calendar;
mod cases;
mod conditions;
mod formula;
mod texts;

use proptest::test_runner::Config;

/// A quarter of the cases, for properties of which each case is a whole rulebook; `PROPTEST_CASES` says how many.
fn some() -> Config {
    let all = Config::default();
    Config { cases: all.cases.div_ceil(4), ..all }
}
