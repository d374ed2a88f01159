//! The power goes at any moment: of what was written and not yet synced anything may be there, in any order, in part or not at all. What was
//! acknowledged is there, and every chain is whole. `LOSSES=10000 SEED=1` in the environment for the campaign (`make torture`). SQLite: what
//! PostgreSQL makes of a loss is its own to promise, with the settings that `doctor` looks at.

use crate::disk::{Chance, Disk, Op, Run, filled, lying, run, runtime, wrong};
use std::path::Path;

fn asked(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Loses power at a moment that a seed chooses, and says what is then wrong.
async fn lose(before: &Disk, ops: &[Op], seeds: std::ops::Range<u64>) -> Vec<String> {
    let mut moments: Vec<(usize, u64)> = seeds.map(|seed| (Chance::of(seed).below(ops.len() + 1), seed)).collect();
    moments.sort_unstable();
    let (mut disk, mut at, mut found) = (before.clone(), 0, Vec::new());
    for (moment, seed) in moments {
        while at < moment {
            disk.take(&ops[at]);
            at += 1;
        }
        let folder = tempfile::tempdir().unwrap();
        disk.lose_power(&mut Chance::of(seed ^ 0x5eed), folder.path());
        if let Some(says) = wrong(folder.path(), &disk.acknowledged()).await {
            found.push(format!("seed {seed}, after {moment} of {} operations: {says}", ops.len()));
        }
    }
    found
}

fn trace(folder: &Path) -> (Disk, Vec<Op>) {
    let before = Disk::of(folder);
    let (ops, well) = run(folder, Run { rounds: 3, writers: 10, each: 20, fails: None });
    assert!(well);
    let mut after = before.clone();
    ops.iter().for_each(|op| after.take(op));
    assert_eq!(after.acknowledged().len(), 3 * (10 * 20 + 1));
    (before, ops)
}

#[test]
fn nothing_acknowledged_is_lost_when_the_power_goes() {
    let folder = filled();
    let (before, ops) = trace(folder.path());
    let (losses, seed) = (asked("LOSSES", 60), asked("SEED", 1));
    let found = runtime().block_on(lose(&before, &ops, seed..seed + losses));
    assert!(found.is_empty(), "{} of {losses}: {}", found.len(), found[0]);
    println!(
        "sqlite: {losses} power losses from seed {seed} on, in {} operations of the disk, nothing lost",
        ops.len()
    );
    // A disk that says it has synced and has not loses something: what is looked at here would be seen.
    let ops = lying(&ops);
    let found = runtime().block_on(lose(&before, &ops, seed..seed + 20));
    assert!(found.len() > 5, "{} of 20 losses on a disk that lies were noticed", found.len());
}
