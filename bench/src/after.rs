//! What is asked after one new entry, going on from what was asked before it, beside what is asked from nothing.

use crate::BOOKS;
use crate::cases::{self, County};
use casebook::case_file::{CaseFile, EntryLine};
use casebook::known::known;
use engine::case::Case;
use engine::evaluate::{Evaluator, Options, Settled};
use engine::ids::LineNo;
use engine::rulebook::{Library, Rulebook};
use engine::time::Moment;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

const RUNS: usize = 1000;
/// So long after what was asked before, in minutes, the new entry comes and is asked about.
const LATER: i64 = 20;

pub fn print(library: &'static Library, county: &County) {
    println!("after one new entry: an entry of each kind that the record has, one at a time, {LATER} minutes after what was asked before.");
    println!("record     entries  rulebooks  kinds   from nothing us   kept for it us   after one us: median   slowest    rules asked");
    for books in [1, 3] {
        for entries in [20, 200, 2000] {
            let (file, now) = county.nearest(library, entries);
            row("kept", library, books, &file, now);
            let file = cases::neglected(library, entries);
            let last = file.chronology.iter().map(|line| line.occurred).max().unwrap_or(Moment(0));
            row("neglected", library, books, &file, last.plus_minutes(60));
        }
    }
}

fn row(record: &str, library: &Library, books: usize, file: &CaseFile, before: Moment) {
    let chosen: Vec<&Rulebook> = library.rulebooks.iter().filter(|b| BOOKS[..books].contains(&b.id.as_str())).collect();
    let evaluator = Evaluator::new(&library.vocabulary, chosen);
    let case = Arc::new(known(file, &evaluator, None).0);
    let now = before.plus_minutes(LATER);
    let asked = |case: &Case, now| {
        let settled = case.episode_at(now).map_or(Settled::None, Settled::Of);
        Options { forced: true, settled, ..Options::asking(now) }
    };
    let nothing = timed(|| _ = black_box(evaluator.evaluate(&case, &asked(&case, before))));
    let keeping = timed(|| _ = black_box(evaluator.keep(&case, &asked(&case, before))));
    let kept = evaluator.keep(&case, &asked(&case, before));
    let kinds: BTreeMap<u16, &Arc<EntryLine>> = file.chronology.iter().map(|line| (line.event.0, line)).collect();
    let mut times: Vec<(f64, usize, String)> = Vec::new();
    for line in kinds.values() {
        let more = Arc::new(known(&with(file, line, now), &evaluator, None).0);
        let options = asked(&more, now);
        let asked = evaluator.again(&kept, &more, &options).asked();
        assert_eq!(evaluator.again(&kept, &more, &options).duties(), evaluator.evaluate(&more, &options));
        let time = timed(|| _ = black_box(evaluator.again(&kept, &more, &options)));
        times.push((time, asked, library.vocabulary.event_at(line.event).id.clone()));
    }
    times.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (Some(middle), Some(slowest)) = (times.get(times.len() / 2), times.last()) else { return };
    println!(
        "{record:<9}  {:>7}  {books:>9}  {:>5}   {nothing:>15.1}   {keeping:>14.1}   {:>20.1}   {:>7.1}    {} of {}; {} of {}",
        case.entries.len(),
        times.len(),
        middle.0,
        slowest.0,
        middle.1,
        kept.asked(),
        slowest.1,
        slowest.2,
    );
}

/// With an entry like one of its own, recorded as it happens.
fn with(file: &CaseFile, like: &EntryLine, now: Moment) -> CaseFile {
    let mut file = file.clone();
    let mut line = like.clone();
    line.id = "one-more".into();
    (line.occurred, line.recorded) = (now, now);
    (line.episode, line.corrects, line.root) = (None, None, LineNo::at(file.chronology.len()));
    file.chronology.push(Arc::new(line));
    file
}

fn timed(work: impl Fn()) -> f64 {
    let once = || {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1e6
    };
    let mut times: Vec<f64> = (0..RUNS).map(|_| once()).collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}
