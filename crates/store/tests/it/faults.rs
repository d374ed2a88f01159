//! The disk fails at the n-th write, change of length or sync, once or for a while, with an error or because it is full: nobody is told that
//! something is saved which is not, nothing is half saved, and it goes on by itself once the disk does. Every n that `FAULTS` allows is tried, from
//! `SEED` on, spread over the run.

use crate::disk::{Disk, Run, filled, run, runtime, wrong};
use std::path::Path;

/// The number of an error of input and output, and of a full disk.
const ERRORS: [(i32, u64, &str); 3] = [(5, 1, "an error"), (28, 1, "no room"), (28, 12, "no room for a while")];

fn copied(from: &Path, to: &Path) {
    for file in std::fs::read_dir(from).unwrap().flatten() {
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

#[test]
fn the_nth_operation_of_the_disk_fails_and_nothing_is_half_saved() {
    let most: u64 = std::env::var("FAULTS").ok().and_then(|text| text.parse().ok()).unwrap_or(12);
    let how = Run { rounds: 1, writers: 4, each: 4, fails: None };
    let folder = filled();
    let work = tempfile::tempdir().unwrap();
    copied(folder.path(), work.path());
    let (ops, well) = run(work.path(), how);
    assert!(well);
    let all = ops.len() as u64;
    let step = (all / most.max(1)).max(1);
    let (mut tried, mut silent) = (0, 0);
    for (error, times, says) in ERRORS {
        for at in (1..=all).step_by(step as usize) {
            let work = tempfile::tempdir().unwrap();
            copied(folder.path(), work.path());
            let before = Disk::of(work.path());
            let (ops, well) = run(work.path(), Run { fails: Some((at, times, error)), ..how });
            assert!(well, "{says} at operation {at}: it did not go on within ten seconds");
            let mut disk = before;
            ops.iter().for_each(|op| disk.take(op));
            let acknowledged = disk.acknowledged();
            assert_eq!(acknowledged.len(), 17, "{says} at operation {at}");
            let wrong = runtime().block_on(wrong(work.path(), &acknowledged));
            assert_eq!(wrong, None, "{says} at operation {at}");
            tried += 1;
            silent += usize::from(ops.len() as u64 == all);
        }
    }
    println!(
        "sqlite: {tried} faults of the disk, at {} of {all} operations, 0 half saved, it went on by itself ({silent} without further operations)",
        all / step
    );
}
