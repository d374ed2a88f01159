//! A server that is killed at any moment has lost nothing that it acknowledged, and the same key sent again writes nothing twice.
//! `KILLS=100 cargo test -p whereabouts-store killed` is the campaign.

use crate::builders::{add, derived, entry, populate};
use crate::databases::on_both;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;
use store::{Store, StoreError};

const WRITERS: usize = 10;
const CHILDREN: usize = 5;

#[test]
fn no_acknowledged_entry_is_lost() {
    let kills: usize = std::env::var("KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(5);
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        for n in 0..CHILDREN {
            add(&store, &derived(&format!("c{n}"))).await;
        }
        let mut known = rows(&store).await;
        store.close().await;
        let mut total = 0;
        for kill in 0..kills {
            let (acknowledged, sent) = run_and_kill(database.url(), kill);
            assert!(!acknowledged.is_empty(), "nothing was written in run {kill}");
            total += acknowledged.len();

            database.forget_the_dead().await;
            let store = database.open().await;
            let payloads = rows(&store).await;
            let mut kept = 0;
            for key in &sent {
                let outcome = store.outcome_of(key).await.unwrap().map(|a| (a.child, a.version));
                kept += usize::from(outcome.is_some());
                if let Some(answer) = acknowledged.get(key) {
                    assert_eq!(outcome.as_ref(), Some(answer), "{key} was acknowledged");
                    let payload = payloads.get(answer).unwrap();
                    assert!(payload.contains(key), "{key} is not what row {} says", answer.1);
                }
            }
            // Each row has a key and each key a row: nothing was written by half or twice.
            assert_eq!(kept, payloads.len() - known.len(), "keys and rows differ");
            send_again(&store, &sent, &acknowledged).await;
            known = rows(&store).await;
            assert_eq!(known.len() - payloads.len(), sent.len() - kept);
            store.close().await;
        }
        let kind = database.url().split(':').next().unwrap();
        println!("{kind}: {kills} kills during {WRITERS} writers, {total} entries acknowledged before them, all kept");
    });
}

/// The payload of every row, by child and `seq`, of chains that are whole.
async fn rows(store: &Store) -> BTreeMap<(String, i64), String> {
    let mut found = BTreeMap::new();
    for n in 0..CHILDREN {
        let child = format!("c{n}");
        let verified = store.verify(&child).await.unwrap();
        assert!(verified.is_whole(), "{verified:?}");
        for row in store.record(&child).await.unwrap().rows {
            found.insert((child.clone(), row.seq), row.payload.unwrap());
        }
    }
    found
}

/// What was sent and never answered is sent again: what had been written is not written twice.
async fn send_again(store: &Store, sent: &[String], acknowledged: &BTreeMap<String, (String, i64)>) {
    for key in sent.iter().filter(|key| !acknowledged.contains_key(*key)) {
        let child = key.split('/').next().unwrap();
        let before = store.outcome_of(key).await.unwrap();
        let version = store.record(child).await.unwrap().version;
        let answer = store.append(child, version, &[entry(key)], &derived(child), key).await.unwrap();
        assert_eq!(answer.repeated, before.is_some());
        assert_eq!(answer.version, before.map_or(version + 1, |b| b.version));
    }
}

/// Starts a server with ten writers, kills it, and returns what it had acknowledged and what it had begun to write.
fn run_and_kill(url: &str, run: usize) -> (BTreeMap<String, (String, i64)>, Vec<String>) {
    let mut server = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::the_server_that_is_killed", "--ignored", "--nocapture", "--test-threads=1"])
        .env("STORE_URL", url)
        .env("STORE_RUN", run.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let (mut acknowledged, mut sent) = (BTreeMap::new(), Vec::new());
    let mut killed = false;
    for line in lines.map_while(Result::ok) {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["sent", key] => sent.push(key.to_owned()),
            ["written", key, child, version] => {
                acknowledged.insert(key.to_owned(), (child.to_owned(), version.parse().unwrap()));
            }
            _ => {}
        }
        // Not at a round moment: after some writes, and a few milliseconds that differ from run to run.
        if !killed && acknowledged.len() > 20 + run % 7 * 10 {
            std::thread::sleep(Duration::from_micros(run as u64 * 733 % 9_000));
            server.kill().unwrap();
            killed = true;
        }
    }
    server.wait().unwrap();
    assert!(killed, "the server ended by itself: {sent:?}");
    (acknowledged, sent)
}

#[test]
#[ignore = "the server that the test above kills"]
fn the_server_that_is_killed() {
    let (Ok(url), Ok(run)) = (std::env::var("STORE_URL"), std::env::var("STORE_RUN")) else { return };
    // The test harness has begun a line.
    println!();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&url).await.unwrap();
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (store, run) = (store.clone(), run.clone());
                tokio::spawn(async move { write_for_ever(&store, &run, writer).await })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
    });
}

async fn write_for_ever(store: &Store, run: &str, writer: usize) {
    let child = format!("c{}", writer % CHILDREN);
    let mut version = store.record(&child).await.unwrap().version;
    for n in 0.. {
        let key = format!("{child}/{run}-{writer}-{n}");
        println!("sent {key}");
        loop {
            match store.append(&child, version, &[entry(&key)], &derived(&child), &key).await {
                Ok(answer) => {
                    println!("written {key} {child} {}", answer.version);
                    break version = answer.version;
                }
                Err(StoreError::Stale { current_version }) => version = current_version,
                Err(error) => panic!("{error}"),
            }
        }
    }
}
