//! `make bench-growth`: one child's record of 10 to 10,000 entries on SQLite; how long a save, the child's page, the episode's page,
//! merging and viewing its duties take, and the exponent: 1 is linear, 2 quadratic. Medians of a few runs.

mod record;

use actions::{Actor, Answers, entry, queries};
use casebook::case_file;
use casebook::known::known;
use engine::case::Case;
use engine::evaluate::{Options, merge};
use engine::source::SourceFile;
use engine::time::Moment;
use std::hint::black_box;
use std::time::Instant;
use testkit::databases::Database;
use testkit::world::{World, rules};

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];
const KINDS: [&str; 5] = ["save", "child page", "episode page", "merge", "view"];
/// Each is done so often.
const RUNS: usize = 5;
/// Nothing is done again for longer than this.
const LONG_MS: f64 = 2_000.0;
const CHILD: &str = "bench";

/// As the product has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads");
    for (shape, per_episode) in [("episodes of 20 entries", 20), ("one episode", usize::MAX)] {
        let times: Vec<([f64; 5], usize)> =
            SIZES.iter().map(|entries| runtime.block_on(measure(*entries, per_episode))).collect();
        println!("{shape}: milliseconds");
        println!("{:<14}{:>10}{:>10}{:>10}{:>10}{:>11}{:>11}", "", "10", "100", "1,000", "10,000", "exponent", "the last");
        for (kind, name) in KINDS.iter().enumerate() {
            let of: Vec<f64> = times.iter().map(|(all, _)| all[kind]).collect();
            let figures: String = of.iter().map(|ms| format!("{ms:>10.2}")).collect();
            // From a hundred on: before, what does not grow counts for more. And of the last step alone.
            println!("{name:<14}{figures}{:>11.2}{:>11.2}", (of[3] / of[1]).log10() / 2.0, (of[3] / of[2]).log10());
        }
        let duties: String = times.iter().map(|(_, found)| format!("{found:>10}")).collect();
        println!("{:<14}{duties}", "of duties");
        println!();
    }
}

async fn measure(entries: usize, per_episode: usize) -> ([f64; 5], usize) {
    let world = World::new(Database::sqlite()).await;
    let (case, now) = record::record(CHILD, entries, per_episode);
    world.child(CHILD, "Riley Marsh", &case, &["larkfield", "team", "missing", "police"]).await;
    world.set(&now.to_string());
    let dana = world.actor("dana").await;
    let page = queries::child(&world.app, &dana, CHILD).await.expect("the child's page");
    let open = page.open.expect("an open episode").episode;
    let mut times = [const { Vec::new() }; 5];
    for _ in 0..RUNS {
        world.pass(1);
        times[0].push(save(&world, &dana).await);
        let start = Instant::now();
        black_box(queries::child(&world.app, &dana, CHILD).await.expect("the child's page"));
        times[1].push(ms(start));
        let start = Instant::now();
        black_box(queries::episode(&world.app, &dana, CHILD, &open).await.expect("the episode's page"));
        times[2].push(ms(start));
    }
    let (merging, viewing, found) = duties(&case, now);
    times[3] = merging;
    times[4] = viewing;
    (times.map(median), found)
}

async fn save(world: &World, actor: &Actor) -> f64 {
    let version = world.version(CHILD).await;
    let mut answers = Answers::default();
    answers.set("occurred", world.app.now().to_string());
    answers.set("f-where", format!("the station, for the {version}th time"));
    let form = entry::EntryForm { event: "search.made".into(), answers, ..entry::EntryForm::default() };
    let key = world.app.new_key();
    let start = Instant::now();
    entry::record(&world.app, actor, CHILD, version, &form, &key).await.expect("a save");
    ms(start)
}

/// Merging and viewing every duty there ever was.
fn duties(case: &serde_json::Value, now: Moment) -> (Vec<f64>, Vec<f64>, usize) {
    let rules = rules();
    let source = SourceFile::new(CHILD, case.to_string());
    let file = case_file::read(&source, rules.vocabulary(), None).case.expect("a case file");
    let (case, _): (Case, _) = known(&file, &rules.evaluator, None);
    let options = Options::at(now);
    let found = rules.evaluator.evaluate(&case, &options);
    // A run that takes long is not done again.
    let timed = |work: &dyn Fn()| {
        let (begun, mut times) = (Instant::now(), Vec::new());
        while times.len() < RUNS && (times.is_empty() || ms(begun) < LONG_MS) {
            let start = Instant::now();
            work();
            times.push(ms(start));
        }
        times
    };
    let merging = timed(&|| _ = black_box(merge(&rules.evaluator, &found)));
    let viewing = timed(&|| found.iter().for_each(|duty| _ = black_box(rules.evaluator.view(&case, &options, duty))));
    (merging, viewing, found.len())
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
