//! What is found by going on from what was found before is what asking every rule finds; and far fewer rules are asked for it.

use crate::LIBRARY;
use casebook::case_file::read_bytes;
use casebook::chance::Chance;
use casebook::metamorphic::{Subject, Walked, subjects, walk};
use casebook::scenario::read_all;
use engine::evaluate::Evaluator;

/// Every scenario, asked of its rulebook, and every example, asked of all.
fn all() -> Vec<Subject> {
    let files = testkit::example_files().into_iter().filter(|file| file.path.ends_with(".json"));
    let examples = files.filter_map(|file| {
        let case = read_bytes(&file.path, file.text.as_bytes(), &LIBRARY.vocabulary, None).case?;
        Some((file.path, case))
    });
    subjects(&LIBRARY, read_all(&LIBRARY).0, examples.collect())
}

/// `AGAIN=20` goes through every scenario and example twenty times, each time in another way; without it, through every sixth, once.
#[test]
fn what_is_gone_on_from_is_what_is_found_as_a_whole() {
    let often: Option<u64> = std::env::var("AGAIN").ok().and_then(|often| often.parse().ok());
    let all = all();
    let chosen: Vec<&Subject> = all.iter().step_by(if often.is_some() { 1 } else { 6 }).collect();
    let evaluators: Vec<Evaluator<'_>> =
        LIBRARY.rulebooks.iter().map(|book| Evaluator::new(&LIBRARY.vocabulary, [book])).collect();
    let mut sum = Walked::default();
    for time in 0..often.unwrap_or(1) {
        for (number, subject) in chosen.iter().enumerate() {
            let mut chance = Chance::of(time + 1, "again", number as u64);
            let walked = match subject.books[..] {
                [book] => walk(&evaluators[book], &subject.case, &mut chance),
                _ => walk(&crate::EVALUATOR, &subject.case, &mut chance),
            };
            assert!(walked.differences.is_empty(), "{}, time {time}: {:#?}", subject.name, walked.differences);
            sum.steps += walked.steps;
            sum.asked += walked.asked;
            sum.rules += walked.rules;
        }
    }
    println!("{} times gone on, of {} rules {} were asked", sum.steps, sum.rules, sum.asked);
    assert!(sum.asked * 2 < sum.rules, "{sum:?}");
}
