//! `make bench`: how long one child takes, how much it allocates, and how that compares with a general rules engine.
//! Figures are medians over many runs of one process; quote ratios, not absolute times, across machines.

mod cases;
mod counting;
mod zen;

use casebook::known::known;
use engine::case::Case;
use engine::evaluate::{Evaluator, Options};
use engine::rulebook::{Library, Rulebook};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let library = testkit::library();
    println!("entries  rulebooks  duties   median us   p99 us   allocations   bytes");
    let mut by_entries = Vec::new();
    for ids in [&["northamptonshire"][..], &["northamptonshire", "bedfordshire", "childrens-home"][..]] {
        for entries in [20, 200, 2000] {
            let median = row(&library, ids, entries);
            by_entries.push((ids.len(), entries, median));
        }
    }
    println!();
    for books in [1, 3] {
        let at = |n| by_entries.iter().find(|(b, e, _)| *b == books && *e == n).map_or(0.0, |(_, _, m)| *m);
        println!("{books} rulebook(s): 2,000 entries cost {:.1} times 200 entries; linear would be 10", at(2000) / at(200));
    }
    println!();
    zen::compare(&library);
}

fn row(library: &Library, ids: &[&str], entries: usize) -> f64 {
    let books: Vec<&Rulebook> = library.rulebooks.iter().filter(|b| ids.contains(&b.id.as_str())).collect();
    let (case, now) = case(library, entries);
    let evaluator = Evaluator::new(&library.vocabulary, books);
    let options = Options { forced: true, ..Options::at(now) };
    let runs = if entries > 500 { 300 } else { 3000 };
    let mut times: Vec<f64> = Vec::with_capacity(runs);
    let mut duties = 0;
    for _ in 0..runs {
        let start = Instant::now();
        duties = black_box(evaluator.evaluate(black_box(&case), &options)).len();
        times.push(start.elapsed().as_secs_f64() * 1e6);
    }
    times.sort_by(f64::total_cmp);
    let (allocations, bytes) = counting::during(|| {
        black_box(evaluator.evaluate(&case, &options));
    });
    let (median, p99) = (times[runs / 2], times[runs * 99 / 100]);
    println!("{entries:>7}  {:>9}  {duties:>6}  {median:>10.1}  {p99:>7.1}  {allocations:>12}  {bytes:>6}", ids.len());
    median
}

fn case(library: &Library, entries: usize) -> (Case, engine::time::Moment) {
    let file = cases::file(library, entries);
    let (case, _) = known(&file, &library.vocabulary, &library.rulebooks, None);
    let now = case.entries.iter().map(|e| e.occurred).max().map_or(engine::time::Moment(0), |m| m.plus_minutes(60));
    (case, now)
}
