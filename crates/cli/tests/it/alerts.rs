//! Alerts by real processes: within five seconds of their moment, once, also with two servers and after one of them was killed.

use crate::databases::{Database, on_both};
use crate::site::{Server, sealing_key};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use store::{Alert, AlertKind, DutyRow, Scope, Store};

/// The demonstration begins here, and the limits that its children are under come after.
const NIGHT: &str = "2026-01-06T03:12+00:00";
/// An alert comes so many seconds after its moment, at most.
const SECONDS: i64 = 5;

fn present() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64
}

/// Sets the clock of every server that looks at the file.
fn set_clock(file: &Path, seconds: i64) {
    let beside = file.with_extension("new");
    std::fs::write(&beside, (seconds - present()).to_string()).unwrap();
    // At once, so that nobody reads half a number.
    std::fs::rename(&beside, file).unwrap();
}

fn everybody() -> (Scope, Vec<String>) {
    let roles = testkit::library().vocabulary.roles.iter().map(|r| r.id.clone()).collect();
    (Scope { relation_to_all: true, ..Scope::default() }, roles)
}

async fn alerts(store: &Store) -> Vec<Alert> {
    let (scope, roles) = everybody();
    store.alerts_for(&scope, &roles, 10_000).await.unwrap()
}

/// The open limits after a moment, the first one first.
async fn limits(store: &Store, after: i64) -> Vec<DutyRow> {
    let mut found = Vec::new();
    for child in store.children_after("", 1000).await.unwrap() {
        found.extend(store.duties_of_child(&child).await.unwrap());
    }
    found.retain(|d| {
        d.is_open() && !d.silent && d.owner.is_some() && d.due_us.is_some_and(|due| due > after * 1_000_000)
    });
    found.sort_by_key(|d| d.due_us);
    found
}

/// Sets the clock two seconds before a limit's minute is over, and waits for the alert. It must come in time.
async fn overdue_in_time(store: &Store, clock: &Path, duty: &DutyRow) {
    let moment = duty.due_us.unwrap() / 60_000_000 * 60 + 60;
    set_clock(clock, moment - 2);
    let started = present();
    loop {
        let raised = alerts(store).await.into_iter().find(|a| {
            (&a.child_id, &a.duty_key, a.kind, Some(a.due_us))
                == (&duty.child_id, &duty.key, AlertKind::Overdue, duty.due_us)
        });
        if let Some(alert) = raised {
            let late = alert.raised_us / 1_000_000 - moment;
            assert!((0..=SECONDS).contains(&late), "{}: {late} s after its moment", duty.label);
            return;
        }
        assert!(present() - started <= 2 + SECONDS, "{}: no alert within {SECONDS} s", duty.label);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// How many alerts servers say in their logs that they raised.
fn raised(logs: &[String]) -> usize {
    let counts = logs.iter().flat_map(|log| log.lines()).filter_map(|line| line.split("raised alerts=").nth(1));
    counts.map(|count| count.split_whitespace().next().unwrap().parse::<usize>().unwrap()).sum()
}

async fn story(database: &Database) {
    let url = database.url();
    let folder = tempfile::tempdir().unwrap();
    let clock = folder.path().join("clock");
    // Its own worker may have raised what was past by then.
    let (key, mut made) = (sealing_key(), vec!["--children", "12", "--now", NIGHT, "--database-url", url]);
    // Whoever serves it after the demonstration has the same key.
    if url.starts_with("postgres") {
        made.extend(["--sealing-key", &key]);
    }
    Server::demo(&made).stop();
    let store = database.open().await;
    let night = engine::time::Moment::parse(NIGHT).unwrap().0;
    let before = alerts(&store).await.len();
    set_clock(&clock, night + 60);
    let args = ["--worker", "--clock-file", clock.to_str().unwrap()];
    let one = Server::serve("127.0.0.1:0", url, &args);
    let two = Server::serve("127.0.0.1:0", url, &args);
    let first = limits(&store, night + 600).await.remove(0);
    overdue_in_time(&store, &clock, &first).await;

    // One of them is killed, once it has said what it raised: the other goes on alone.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut logs = vec![two.log()];
    two.kill();
    let second = limits(&store, first.due_us.unwrap() / 1_000_000 + 120).await.remove(0);
    overdue_in_time(&store, &clock, &second).await;
    // A server that comes back raises nothing that was raised.
    let known = alerts(&store).await.len();
    let back = Server::serve("127.0.0.1:0", url, &args);
    tokio::time::sleep(Duration::from_secs(3)).await;
    logs.extend([one.log(), back.log()]);
    let all = alerts(&store).await;
    assert_eq!(all.len(), known);
    assert_eq!(raised(&logs[2..]), 0, "{logs:?}");
    assert_eq!(before + raised(&logs), all.len(), "each was raised by one of them, once");
    let once: BTreeSet<_> = all.iter().map(|a| (&a.child_id, &a.duty_key, a.kind.word(), a.due_us)).collect();
    assert_eq!(once.len(), all.len());
    store.close().await;
}

#[test]
fn an_alert_comes_in_time_and_once_with_two_servers_one_of_which_is_killed() {
    on_both(|database| async move { story(&database).await });
}
