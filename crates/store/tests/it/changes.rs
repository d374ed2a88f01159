//! Changes for live pages: every one is seen once, in whatever order transactions end.

use crate::builders::{MINUTE, NOW, add, append, derived, duty, populate};
use crate::databases::on_both;
use std::collections::BTreeMap;
use std::time::Duration;
use store::{ChangeKind, Derived};

/// PostgreSQL tells a change only when every older transaction of the cluster has ended, and other tests run beside this one.
const PATIENCE: usize = 3000;

#[test]
fn each_kind_of_change_is_told() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let start = store.last_change().await.unwrap();
        add(&store, &Derived { duties: vec![duty("d")], ..derived("c1") }).await;
        assert!(store.refresh("c1", 1, &Derived { duties: vec![duty("d")], ..derived("c1") }).await.unwrap());
        let renamed = Derived { duties: vec![duty("e")], ..derived("c1") };
        assert!(store.refresh("c1", 1, &renamed).await.unwrap());
        let alert = store.raise_alerts(NOW + MINUTE, 0, 9).await.unwrap().remove(0).id;
        assert!(store.acknowledge(alert, "dana", NOW).await.unwrap());
        // The first refresh changed nothing, and says nothing.
        let expected = [ChangeKind::Record, ChangeKind::Derived, ChangeKind::Alert, ChangeKind::Alert];
        let mut kinds = Vec::new();
        for _ in 0..PATIENCE {
            kinds = store.changes_since(start).await.unwrap().into_iter().map(|c| c.kind).collect();
            if kinds.len() >= expected.len() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(kinds, expected);
        assert!(store.changes_since(store.last_change().await.unwrap()).await.unwrap().is_empty());
    });
}

#[test]
fn a_reader_that_goes_on_misses_nothing() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let mut seq = store.last_change().await.unwrap();
        for n in 0..10 {
            add(&store, &derived(&format!("c{n}"))).await;
        }
        let writers: Vec<_> = (0..10)
            .map(|n| {
                let store = store.clone();
                tokio::spawn(async move {
                    for version in 1..21 {
                        append(&store, &format!("c{n}"), version, "x").await.unwrap();
                    }
                })
            })
            .collect();
        let mut seen: BTreeMap<String, i32> = BTreeMap::new();
        for _ in 0..PATIENCE {
            for change in store.changes_since(seq).await.unwrap() {
                seq = seq.max(change.seq);
                *seen.entry(change.child_id).or_default() += 1;
            }
            if seen.values().sum::<i32>() >= 210 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(seen.len(), 10);
        assert!(seen.values().all(|n| *n == 21), "{seen:?}");
    });
}
