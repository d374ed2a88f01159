//! `make bench-store`: how many saves a second are made durable with 1, 10 and 50 writers, on both databases, beside a bare insert of the
//! same text: one row by itself and, on SQLite, many in one transaction, which is what gathering could come to. Each is measured in turns, so that
//! what else the machine does falls on all of them alike; ratios count.

mod bare;
mod saves;

use std::time::Duration;
use testkit::databases::Database;

const WRITERS: [usize; 3] = [1, 10, 50];
/// Each is measured so often, in turns, for so long.
const TURNS: usize = 5;
const SPAN: Duration = Duration::from_millis(800);

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads");
    runtime.block_on(async {
        println!("{:<12}{:>8}{:>14}{:>14}{:>14}{:>9}", "a second", "writers", "bare insert", "gathered", "saves", "ratio");
        measure("SQLite", Database::sqlite(), Database::sqlite()).await;
        measure("PostgreSQL", Database::postgres().await, Database::postgres().await).await;
    });
}

async fn measure(name: &str, for_bare: Database, for_saves: Database) {
    let bare = bare::Bare::new(&for_bare).await;
    let saves = saves::Saves::new(&for_saves, WRITERS[2]).await;
    for writers in WRITERS {
        let (mut single, mut many, mut ours) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..TURNS {
            single.push(bare.each(writers, SPAN).await);
            many.extend(bare.gathered(SPAN).await);
            ours.push(saves.each(writers, SPAN).await);
        }
        let (single, ours) = (median(single), median(ours));
        let gathered = if many.is_empty() { "-".to_owned() } else { format!("{:.0}", median(many)) };
        println!("{name:<12}{writers:>8}{single:>14.0}{gathered:>14}{ours:>14.0}{:>9.2}", ours / single);
    }
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
