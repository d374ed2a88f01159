//! `make bench`: how long one child takes, how much it allocates, and how that compares with a general rules engine.
//! Figures are medians over many runs of one process; quote ratios, not absolute times, across machines.

mod after;
mod cases;
mod counting;
mod zen;

use casebook::case_file::CaseFile;
use casebook::known::known;
use engine::case::Case;
use engine::evaluate::{Evaluator, Options};
use engine::rulebook::{Library, Rulebook};
use engine::time::Moment;
use std::hint::black_box;
use std::time::Instant;

pub const BOOKS: [&str; 3] = ["northamptonshire", "bedfordshire", "childrens-home"];

fn main() {
    let library: &'static Library = Box::leak(Box::new(testkit::library()));
    println!("asks: what is open or to come for the child, as the work lists ask. all: every duty there ever was.");
    println!("kept: a record of the made-up county, whose people do most of what is asked. neglected: they do little of it.");
    println!();
    println!("record     entries  rulebooks        duties   median us   p99 us   allocations     bytes");
    let county = cases::County::new(library);
    for books in [1, 3] {
        for entries in [20, 200, 2000] {
            let (file, now) = county.nearest(library, entries);
            rows("kept", library, books, &file, Some(now));
        }
        let medians: Vec<f64> = [20, 200, 2000]
            .map(|entries| rows("neglected", library, books, &cases::neglected(library, entries), None))
            .to_vec();
        println!("           2,000 entries cost {:.1} times 200; linear would be 10", medians[2] / medians[1]);
    }
    println!();
    after::print(library, &county);
    println!();
    zen::compare(library);
}

/// Prints the two questions of one record; gives the median time of the whole list.
fn rows(record: &str, library: &Library, books: usize, file: &CaseFile, now: Option<Moment>) -> f64 {
    let (case, _) = known(file, &Evaluator::new(&library.vocabulary, &library.rulebooks), None);
    let last = || case.entries.iter().map(|e| e.occurred).max().map_or(Moment(0), |m| m.plus_minutes(60));
    let now = now.unwrap_or_else(last);
    row(record, library, books, &case, Options { forced: true, ..Options::asking(now) }, "asks");
    row(record, library, books, &case, Options { forced: true, ..Options::at(now) }, "all")
}

fn row(record: &str, library: &Library, books: usize, case: &Case, options: Options, question: &str) -> f64 {
    let wanted = &BOOKS[..books];
    let chosen: Vec<&Rulebook> = library.rulebooks.iter().filter(|b| wanted.contains(&b.id.as_str())).collect();
    let evaluator = Evaluator::new(&library.vocabulary, chosen);
    let entries = case.entries.len();
    let runs = if entries > 500 { 500 } else { 3000 };
    let mut times: Vec<f64> = Vec::with_capacity(runs);
    let mut duties = 0;
    for _ in 0..runs {
        let start = Instant::now();
        duties = black_box(evaluator.evaluate(black_box(case), &options)).len();
        times.push(start.elapsed().as_secs_f64() * 1e6);
    }
    times.sort_by(f64::total_cmp);
    let (allocations, bytes) = counting::during(|| {
        black_box(evaluator.evaluate(case, &options));
    });
    let (median, p99) = (times[runs / 2], times[runs * 99 / 100]);
    println!(
        "{record:<9}  {entries:>7}  {books:>9}  {question:>4} {duties:>7}  {median:>10.1}  {p99:>7.1}  {allocations:>12}  {bytes:>8}"
    );
    median
}
