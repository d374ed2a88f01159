//! A server on a disk that tells what it does, and that can fail (`tests/disk/disk.c`): the trace of a run, and what a power loss leaves of it.

use crate::builders::{add, derived, entry, populate, row};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Promised, RowKind, Store, StoreError};
use tempfile::TempDir;
use testkit::disk::library;

pub const CHILDREN: usize = 5;
/// The file in which the server notes what it acknowledged, before anybody else hears of it.
const NOTED: &str = "acknowledged";
/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

/// A database with a few children, in a folder of its own.
pub fn filled() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let url = url(folder.path());
    runtime().block_on(async {
        let store = Store::open(&url).await.unwrap();
        populate(&store).await;
        for n in 0..CHILDREN {
            add(&store, &derived(&format!("c{n}"))).await;
        }
        store.close().await;
    });
    folder
}

pub fn url(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("store.db").display())
}

pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap()
}

/// How a server is run.
#[derive(Clone, Copy, Default)]
pub struct Run {
    pub rounds: usize,
    pub writers: usize,
    pub each: usize,
    /// From this operation of the disk on, so many fail, with this error.
    pub fails: Option<(u64, u64, i32)>,
}

/// Runs a server on the disk in a folder until it has done its work. Gives the trace, and whether it ended well.
pub fn run(folder: &Path, how: Run) -> (Vec<Op>, bool) {
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut server = Command::new(std::env::current_exe().unwrap());
    server
        .args(["--exact", "disk::the_server_on_the_disk", "--ignored", "--nocapture", "--test-threads=1"])
        .env("LD_PRELOAD", library())
        .env("DISK_UNDER", folder)
        .env("DISK_LOG", log.path())
        .env("DISK_RUN", format!("{} {} {}", how.rounds, how.writers, how.each))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Some((at, times, error)) = how.fails {
        server.env("DISK_FAIL_AT", at.to_string()).env("DISK_FAIL_TIMES", times.to_string());
        server.env("DISK_ERRNO", error.to_string());
    }
    let ended = server.status().unwrap();
    (ops(&std::fs::read(log.path()).unwrap()), ended.success())
}

#[test]
#[ignore = "the server that tests run on the disk"]
fn the_server_on_the_disk() {
    let (Ok(folder), Ok(run)) = (std::env::var("DISK_UNDER"), std::env::var("DISK_RUN")) else { return };
    let numbers: Vec<usize> = run.split(' ').map(|n| n.parse().unwrap()).collect();
    let [rounds, writers, each] = numbers[..] else { panic!("{run}") };
    let noted = std::fs::OpenOptions::new().create(true).append(true).open(Path::new(&folder).join(NOTED)).unwrap();
    let noted = Arc::new(noted);
    runtime().block_on(async {
        let begun = Instant::now();
        let store = loop {
            match Store::open(&url(Path::new(&folder))).await {
                Ok(store) => break store,
                Err(error) => assert!(begun.elapsed() < PATIENCE, "{error}"),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        for round in 0..rounds {
            let tasks: Vec<_> = (0..writers)
                .map(|writer| {
                    let (store, noted) = (store.clone(), noted.clone());
                    tokio::spawn(async move {
                        for n in 0..each {
                            let child = format!("c{}", writer % CHILDREN);
                            save(&store, &noted, &child, &format!("{child}/{round}-{writer}-{n}"), None).await;
                        }
                    })
                })
                .collect();
            for task in tasks {
                task.await.unwrap();
            }
            save(&store, &noted, "c0", &format!("c0/{round}-erasure"), Some(round as i64 + 2)).await;
        }
    });
    // As a server that loses its power: nothing is closed.
    std::process::exit(0);
}

/// So long trouble may last.
const PATIENCE: Duration = Duration::from_secs(10);

/// Saves until it is acknowledged, and notes it. A second try brings the same key.
async fn save(store: &Store, noted: &std::fs::File, child: &str, key: &str, erases: Option<i64>) {
    use std::io::Write as _;
    let begun = Instant::now();
    let mut version = None;
    loop {
        let tried = async {
            let at = match version {
                Some(version) => version,
                None => store.record(child).await?.version,
            };
            match erases {
                None => store.append(child, at, &[entry(key)], &derived(child), key).await,
                Some(seq) => {
                    let erasure = row(RowKind::Erasure, format!("{{\"erases\":[{seq}]}}"));
                    store.erase(child, at, &erasure, &derived(child), key).await
                }
            }
        };
        match tried.await {
            Ok(answer) => {
                let line = format!("{key} {child} {}\n", answer.version);
                let mut noted = noted;
                return noted.write_all(line.as_bytes()).unwrap();
            }
            Err(StoreError::Stale { current_version }) => version = Some(current_version),
            Err(error) => {
                assert!(begun.elapsed() < PATIENCE, "{key}: {error}");
                version = None;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
}

/// One operation of the disk.
#[derive(Clone, Debug)]
pub struct Op {
    file: Arc<str>,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Create,
    Write { at: usize, data: Arc<[u8]> },
    Length(usize),
    Sync,
    Unlink,
}

/// The operations of a log. The server ends without closing anything, so the last record may be cut: what it tells of had not been told when the
/// server was gone, and the trace ends before it.
fn ops(mut log: &[u8]) -> Vec<Op> {
    let mut names: HashMap<Vec<u8>, Arc<str>> = HashMap::new();
    let mut found = Vec::new();
    while let Some((name, what, rest)) = op(log) {
        let file = names.entry(name.to_vec()).or_insert_with(|| String::from_utf8_lossy(name).into());
        found.push(Op { file: file.clone(), what });
        log = rest;
    }
    found
}

/// The first operation of a log: its file, what it was, and the rest of the log. Nothing if its record is not whole.
fn op(log: &[u8]) -> Option<(&[u8], What, &[u8])> {
    let (&[op, named], rest) = log.split_first_chunk()?;
    let (name, rest) = rest.split_at_checked(usize::from(named))?;
    let (at, rest) = rest.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let (at, length) = (u64::from_le_bytes(*at) as usize, u64::from_le_bytes(*length) as usize);
    Some(match op {
        b'c' => (name, What::Create, rest),
        b't' => (name, What::Length(at), rest),
        b's' => (name, What::Sync, rest),
        b'u' => (name, What::Unlink, rest),
        b'w' => {
            let (data, rest) = rest.split_at_checked(length)?;
            (name, What::Write { at, data: data.into() }, rest)
        }
        op => panic!("{op} is no operation of the disk"),
    })
}

#[test]
fn a_log_that_was_cut_tells_of_what_it_tells_whole() {
    let record = |op: u8, at: u64, data: &[u8]| {
        let length = data.len() as u64;
        [&[op, 1, b'f'][..], &at.to_le_bytes(), &length.to_le_bytes(), data].concat()
    };
    let (first, last) = (record(b'c', 0, b""), record(b'w', 3, b"four"));
    let log = [&first[..], &last].concat();
    for cut in 0..=log.len() {
        let whole = usize::from(cut >= first.len()) + usize::from(cut == log.len());
        assert_eq!(ops(&log[..cut]).len(), whole, "{cut}");
    }
}

/// The same run on a disk that says that it has synced, and has not.
pub fn lying(ops: &[Op]) -> Vec<Op> {
    ops.iter().filter(|op| !matches!(op.what, What::Sync)).cloned().collect()
}

/// The disk at a moment of a run: what is certain of each file, and what was asked since and may be there, in part, in whole or not.
#[derive(Clone, Default)]
pub struct Disk {
    certain: BTreeMap<Arc<str>, Vec<u8>>,
    asked: BTreeMap<Arc<str>, Vec<What>>,
    /// What the server had noted.
    noted: Vec<u8>,
}

impl Disk {
    /// A disk on which the files of a folder are certain.
    pub fn of(folder: &Path) -> Disk {
        let mut disk = Disk::default();
        for file in std::fs::read_dir(folder).unwrap().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if name != NOTED && !name.ends_with("-shm") {
                disk.certain.insert(name.as_str().into(), std::fs::read(file.path()).unwrap());
            }
        }
        disk
    }

    /// One operation on.
    pub fn take(&mut self, op: &Op) {
        if &*op.file == NOTED {
            if let What::Write { data, .. } = &op.what {
                self.noted.extend_from_slice(data);
            }
            return;
        }
        match &op.what {
            // A file that is synced is there with all that was asked of it; so is what was asked of a folder that is.
            What::Sync => {
                for what in self.asked.remove(&op.file).unwrap_or_default() {
                    apply(&mut self.certain, &op.file, &what);
                }
            }
            what => self.asked.entry(op.file.clone()).or_default().push(what.clone()),
        }
    }

    /// What was acknowledged: the key, the child and the version of each.
    pub fn acknowledged(&self) -> Vec<(String, String, i64)> {
        let text = String::from_utf8_lossy(&self.noted);
        let line = |line: &str| {
            let mut words = line.split(' ');
            Some((words.next()?.to_owned(), words.next()?.to_owned(), words.next()?.parse().ok()?))
        };
        text.lines().filter_map(line).collect()
    }

    /// Writes into a folder what a kill leaves: all that was asked.
    pub fn is_killed(&self, folder: &Path) {
        let mut left = self.certain.clone();
        for (file, asked) in &self.asked {
            asked.iter().for_each(|what| apply(&mut left, file, what));
        }
        for (file, bytes) in left {
            std::fs::write(folder.join(&*file), bytes).unwrap();
        }
    }

    /// Writes into a folder what a power loss leaves.
    pub fn lose_power(&self, chance: &mut Chance, folder: &Path) {
        let mut left = self.certain.clone();
        // All is lost, nearly all is there, or anything between.
        let kept_of_100 = [0, 15, 50, 85, 98][chance.below(5)];
        for (file, asked) in &self.asked {
            let mut asked: Vec<&What> = asked.iter().filter(|_| chance.below(100) < kept_of_100).collect();
            if chance.below(2) == 0 {
                for last in (1..asked.len()).rev() {
                    asked.swap(last, chance.below(last + 1));
                }
            }
            for what in asked {
                match what {
                    What::Write { at, data } if chance.below(4) == 0 => torn(&mut left, file, *at, data, chance),
                    what => apply(&mut left, file, what),
                }
            }
        }
        for (file, bytes) in left {
            std::fs::write(folder.join(&*file), bytes).unwrap();
        }
    }
}

/// Of a write that was torn, only some sectors are there.
fn torn(files: &mut BTreeMap<Arc<str>, Vec<u8>>, file: &Arc<str>, at: usize, data: &[u8], chance: &mut Chance) {
    let mut from = 0;
    while from < data.len() {
        let until = ((at + from) / SECTOR * SECTOR + SECTOR - at).min(data.len());
        if chance.below(2) == 0 {
            let part = What::Write { at: at + from, data: data[from..until].into() };
            apply(files, file, &part);
        }
        from = until;
    }
}

fn apply(files: &mut BTreeMap<Arc<str>, Vec<u8>>, file: &Arc<str>, what: &What) {
    match what {
        What::Unlink => drop(files.remove(file)),
        What::Create => drop(files.entry(file.clone()).or_default()),
        What::Length(length) => files.entry(file.clone()).or_default().resize(*length, 0),
        What::Write { at, data } => {
            let bytes = files.entry(file.clone()).or_default();
            if bytes.len() < at + data.len() {
                bytes.resize(at + data.len(), 0);
            }
            bytes[*at..at + data.len()].copy_from_slice(data);
        }
        What::Sync => {}
    }
}

/// Numbers that follow from a seed.
pub struct Chance(u64);

impl Chance {
    pub fn of(seed: u64) -> Chance {
        Chance(seed)
    }

    /// A number below another.
    pub fn below(&mut self, most: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % most.max(1) as u64) as usize
    }
}

/// What is wrong with what was left: it does not open, a chain is broken, or something that was acknowledged is gone. None if all is there.
pub async fn wrong(folder: &Path, acknowledged: &[(String, String, i64)]) -> Option<String> {
    let store = match Store::open(&url(folder)).await {
        Ok(store) => store,
        Err(error) => return Some(format!("it does not open: {error}")),
    };
    let audit = store.audit(&Arc::new(Promised::default()), 1).await;
    let mut fault = match audit {
        Ok(audit) => audit.fault,
        Err(error) => Some(format!("it cannot be read: {error}")),
    };
    for (key, child, version) in acknowledged {
        if fault.is_some() {
            break;
        }
        let stands = store.outcome_of(key).await.ok().flatten().map(|at| (at.child, at.version));
        if stands.as_ref() != Some(&(child.clone(), *version)) {
            fault = Some(format!("{key} was acknowledged as row {version} of {child}, and is {stands:?}"));
        }
    }
    store.close().await;
    fault
}
