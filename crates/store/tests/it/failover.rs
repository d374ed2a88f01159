//! PostgreSQL with a synchronous standby: the primary is stopped at once while ten write, the standby is promoted, and what they write goes on over
//! the same address, as a name that moves. Nothing acknowledged is lost and nothing stands twice. `make failover`, since each takes some seconds.

use crate::builders::{add, derived, entry, populate};
use crate::disk::runtime;
use std::collections::BTreeMap;
use std::net::TcpListener as Free;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use store::{Store, StoreError};
use testkit::databases::postgres_program;
use tokio::net::{TcpListener, TcpStream};

const WRITERS: usize = 10;

/// A machine with PostgreSQL.
struct Machine {
    data: PathBuf,
    port: u16,
}

fn done(name: &str, args: &[&str]) {
    let ran = postgres_program(name).args(args).output().unwrap();
    assert!(ran.status.success(), "{name} {args:?}: {}{}", text(&ran.stdout), text(&ran.stderr));
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn free_port() -> u16 {
    Free::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

impl Machine {
    fn at(folder: &Path, number: usize) -> Machine {
        Machine { data: folder.join(format!("machine{number}")), port: free_port() }
    }

    fn data(&self) -> &str {
        self.data.to_str().unwrap()
    }

    fn first(self) -> Machine {
        done("initdb", &["--auth=trust", "--username=postgres", "--data-checksums", "--pgdata", self.data()]);
        self.start();
        self
    }

    fn start(&self) {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c wal_keep_size=256MB",
            self.port
        );
        let log = format!("{}.log", self.data());
        done("pg_ctl", &["start", "-w", "-D", self.data(), "-l", &log, "-o", &options]);
    }

    /// A standby of another, which confirms each of its commits from now on.
    fn standby_of(self, primary: &Machine) -> Machine {
        let port = primary.port.to_string();
        done(
            "pg_basebackup",
            &["-D", self.data(), "-h", "127.0.0.1", "-p", &port, "-U", "postgres", "-R", "-c", "fast"],
        );
        self.start();
        primary.set("alter system set synchronous_standby_names = '*'");
        let begun = Instant::now();
        while primary.asked("select count(*) from pg_stat_replication where sync_state in ('sync', 'quorum')") != "1" {
            assert!(begun.elapsed() < Duration::from_secs(30), "the standby does not follow");
            std::thread::sleep(Duration::from_millis(50));
        }
        self
    }

    fn asked(&self, statement: &str) -> String {
        let port = self.port.to_string();
        let args = ["-h", "127.0.0.1", "-p", &port, "-U", "postgres", "-d", "postgres", "-Atc", statement];
        text(&postgres_program("psql").args(args).output().unwrap().stdout).trim().to_owned()
    }

    fn set(&self, statement: &str) {
        self.asked(statement);
        self.asked("select pg_reload_conf()");
    }

    /// As its power goes: nothing is finished.
    fn dies(&self) {
        done("pg_ctl", &["stop", "-m", "immediate", "-D", self.data()]);
    }

    /// What an operator types.
    fn is_promoted(&self) {
        done("pg_ctl", &["promote", "-w", "-D", self.data()]);
        self.set("alter system reset synchronous_standby_names");
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = postgres_program("pg_ctl").args(["stop", "-m", "immediate", "-D", self.data()]).output();
    }
}

/// A name that moves: whoever connects reaches the machine that is the primary.
async fn name_that_moves(primary: Arc<AtomicU16>) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut here, _)) = listener.accept().await {
            let to = primary.load(Ordering::Relaxed);
            tokio::spawn(async move {
                if let Ok(mut there) = TcpStream::connect(("127.0.0.1", to)).await {
                    let _ = tokio::io::copy_bidirectional(&mut here, &mut there).await;
                }
            });
        }
    });
    port
}

/// What was acknowledged, by key.
type Acknowledged = Arc<Mutex<BTreeMap<String, (String, i64)>>>;

async fn write(store: Store, writer: usize, stop: Arc<AtomicBool>, acknowledged: Acknowledged) {
    let child = format!("c{writer}");
    let mut version = 1;
    for n in 0.. {
        let key = format!("{child}-{n}");
        loop {
            match store.append(&child, version, &[entry(&key)], &derived(&child), &key).await {
                Ok(answer) => {
                    version = answer.version;
                    acknowledged.lock().unwrap().insert(key, (child.clone(), version));
                    break;
                }
                Err(StoreError::Stale { current_version }) => version = current_version,
                // The same is sent again: with its key it stands once.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
        if stop.load(Ordering::Relaxed) {
            return;
        }
    }
}

#[test]
#[ignore = "each takes some seconds: make failover"]
fn nothing_acknowledged_is_lost_when_the_primary_dies_and_the_standby_is_promoted() {
    let failovers: usize = std::env::var("FAILOVERS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    // The user of PostgreSQL writes here.
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o777)).unwrap();
    runtime().block_on(async {
        let mut primary = Machine::at(folder.path(), 0).first();
        primary.set("alter system set synchronous_commit = on");
        let mut standby = Machine::at(folder.path(), 1).standby_of(&primary);
        let name = Arc::new(AtomicU16::new(primary.port));
        let port = name_that_moves(name.clone()).await;
        let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        let store = Store::open(&url).await.unwrap();
        populate(&store).await;
        for writer in 0..WRITERS {
            add(&store, &derived(&format!("c{writer}"))).await;
        }
        let (stop, acknowledged) = (Arc::new(AtomicBool::new(false)), Acknowledged::default());
        let writers: Vec<_> = (0..WRITERS)
            .map(|n| tokio::spawn(write(store.clone(), n, stop.clone(), acknowledged.clone())))
            .collect();
        let mut longest = Duration::ZERO;
        for failover in 0..failovers {
            tokio::time::sleep(Duration::from_millis(700 + failover as u64 * 37 % 400)).await;
            let begun = Instant::now();
            let before = acknowledged.lock().unwrap().len();
            primary.dies();
            let known = acknowledged.lock().unwrap().len();
            assert!(before > 0 && known >= before);
            standby.is_promoted();
            name.store(standby.port, Ordering::Relaxed);
            while acknowledged.lock().unwrap().len() < known + WRITERS {
                assert!(begun.elapsed() < Duration::from_secs(40), "failover {failover}: nobody can write");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            longest = longest.max(begun.elapsed());
            // The machine that died is made anew from the other.
            let _ = std::fs::remove_dir_all(&primary.data);
            let fresh = Machine::at(folder.path(), failover + 2).standby_of(&standby);
            primary = std::mem::replace(&mut standby, fresh);
        }
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.await.unwrap();
        }
        let acknowledged = std::mem::take(&mut *acknowledged.lock().unwrap());
        for (key, stands) in &acknowledged {
            let found = store.outcome_of(key).await.unwrap().map(|answer| (answer.child, answer.version));
            assert_eq!(found.as_ref(), Some(stands), "{key}");
        }
        let mut rows = 0;
        for writer in 0..WRITERS {
            let child = format!("c{writer}");
            assert!(store.verify(&child).await.unwrap().is_whole());
            rows += store.record(&child).await.unwrap().rows.len() - 1;
        }
        assert_eq!(rows, acknowledged.len(), "each key stands once");
        store.close().await;
        println!(
            "postgres: {failovers} failovers while {WRITERS} wrote, {rows} acknowledged, 0 lost, 0 twice; the longest took {:.1} s from the death of the \
             primary until ten saves were acknowledged again",
            longest.as_secs_f64()
        );
    });
}
