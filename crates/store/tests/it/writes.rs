//! Writing: keys, versions, two people at once, and what is refused.

use crate::builders::{add, append, derived, duty, entry, episode, key, populate, row};
use crate::databases::{Database, on_both};
use std::time::Duration;
use store::{ChildSummary, Derived, Draft, NewChild, RowKind, StoreError, trying};

#[test]
fn a_record_is_kept_as_it_was_written() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let nasty =
            r#"{"note":"Zoë \"O'Neill\" \\u0000 \u0007 line\n🙂 $1 ?1 ' ; drop table chain; --", "b" : 1.50,"a":null}"#;
        let rows = [row(RowKind::Fact, nasty.to_owned()), row(RowKind::Setting, "{}".into()), entry("third")];
        let child = NewChild { id: "c1".into(), created_us: 5 };
        let added = store.add_child(&child, &rows, &derived("c1"), &key()).await.unwrap();
        assert_eq!((added.version, added.first_seq, added.repeated), (3, 1, false));
        let appended = append(&store, "c1", 3, "fourth").await.unwrap();
        assert_eq!((appended.version, appended.first_seq), (4, 4));

        let record = store.record("c1").await.unwrap();
        assert_eq!(record.version, 4);
        assert_eq!(record.rows[0].payload.as_deref(), Some(nasty));
        let kinds: Vec<_> = record.rows.iter().map(|r| (r.seq, r.kind)).collect();
        assert_eq!(kinds, [(1, RowKind::Fact), (2, RowKind::Setting), (3, RowKind::Entry), (4, RowKind::Entry)]);
        assert_eq!(record.rows[3].occurred_us, entry("").occurred_us);
        assert_eq!(record.rows[3].recorded_us, entry("").recorded_us);
        assert_eq!(record.rows[3].actor, "dana");
        store.close().await;

        // And so it is after a restart.
        assert_eq!(database.open().await.record("c1").await.unwrap(), record);
    });
}

#[test]
fn the_same_key_writes_once() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let (child, again) = (NewChild { id: "c1".into(), created_us: 1 }, NewChild { id: "c2".into(), created_us: 2 });
        let first = store.add_child(&child, &[entry("opened")], &derived("c1"), "k1").await.unwrap();
        let second = store.add_child(&again, &[entry("opened")], &derived("c2"), "k1").await.unwrap();
        assert_eq!((second.child.as_str(), second.version, second.repeated), ("c1", first.version, true));
        assert!(store.child_row("c2").await.unwrap().is_none());

        let first = store.append("c1", 1, &[entry("a"), entry("b")], &derived("c1"), "k2").await.unwrap();
        append(&store, "c1", 3, "by somebody else").await.unwrap();
        // The form is sent again: with the old version, or the new one.
        for version in [1, 4] {
            let again = store.append("c1", version, &[entry("a"), entry("b")], &derived("c1"), "k2").await.unwrap();
            assert_eq!((again.version, again.first_seq, again.repeated), (first.version, first.first_seq, true));
        }
        assert_eq!(store.record("c1").await.unwrap().version, 4);
        assert_eq!(store.outcome_of("k2").await.unwrap().map(|a| (a.child, a.version)), Some(("c1".into(), 3)));
        assert_eq!(store.outcome_of("k3").await.unwrap(), None);

        add(&store, &derived("c3")).await;
        let other = store.append("c3", 1, &[entry("x")], &derived("c3"), "k2").await;
        assert!(matches!(other, Err(StoreError::KeyReused(key)) if key == "k2"));
    });
}

#[test]
fn the_same_key_at_the_same_moment_writes_once() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let tries = (0..10).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.append("c1", 1, &[entry("once")], &derived("c1"), "k").await.unwrap() })
        });
        let mut fresh = 0;
        for answer in tries.collect::<Vec<_>>() {
            let answer = answer.await.unwrap();
            assert_eq!(answer.version, 2);
            fresh += i32::from(!answer.repeated);
        }
        assert_eq!(fresh, 1);
        assert_eq!(store.record("c1").await.unwrap().version, 2);
    });
}

#[test]
fn a_stale_version_writes_nothing() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        append(&store, "c1", 1, "newer").await.unwrap();
        let changed = Derived { duties: vec![duty("d")], episodes: vec![episode("e")], ..derived("c1") };
        for version in [0, 1, 3] {
            let stale = store.append("c1", version, &[entry("stale")], &changed, "stale").await;
            assert!(matches!(stale, Err(StoreError::Stale { current_version: 2 })), "{stale:?}");
        }
        assert_eq!(store.record("c1").await.unwrap().version, 2);
        assert!(store.duties_of_child("c1").await.unwrap().is_empty());
        // Its key is free: the form is sent again after the newer facts were read.
        assert_eq!(store.outcome_of("stale").await.unwrap(), None);
        let fresh = store.append("c1", 2, &[entry("read")], &changed, "stale").await.unwrap();
        assert!(!fresh.repeated);
        assert_eq!(store.duties_of_child("c1").await.unwrap().len(), 1);

        assert!(!store.refresh("c1", 2, &derived("c1")).await.unwrap());
        assert_eq!(store.duties_of_child("c1").await.unwrap().len(), 1);
        assert!(store.refresh("c1", 3, &derived("c1")).await.unwrap());
        assert!(store.duties_of_child("c1").await.unwrap().is_empty());
    });
}

#[test]
fn of_two_writers_on_one_child_one_is_told_and_nothing_is_lost() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        // Another server, on the same database.
        let other = database.open().await;
        let writers = [store.clone(), other].map(|store| {
            tokio::spawn(async move {
                let mut stale = 0;
                let mut version = 1;
                for n in 0..25 {
                    loop {
                        match append(&store, "c1", version, &format!("entry {n}")).await {
                            Ok(answer) => break version = answer.version,
                            Err(StoreError::Stale { current_version }) => {
                                stale += 1;
                                version = current_version;
                            }
                            Err(error) => panic!("{error}"),
                        }
                    }
                }
                stale
            })
        });
        let mut stale = 0;
        for writer in writers {
            stale += writer.await.unwrap();
        }
        assert!(stale > 0, "the two never met");
        assert_eq!(store.record("c1").await.unwrap().rows.len(), 51);
        assert!(store.verify("c1").await.unwrap().is_whole());
    });
}

#[test]
fn what_cannot_be_kept_is_refused_and_changes_nothing() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let refused = async |row, derived: Derived, key: &str| {
            let answer = store.append("c1", 1, &[entry("fine"), row], &derived, key).await;
            assert!(matches!(answer, Err(StoreError::Refused(_))), "{:?}: {answer:?}", derived.child);
        };
        for payload in ["", "[]", "{", "{} {}", "null"] {
            refused(row(RowKind::Fact, payload.into()), derived("c1"), "k").await;
        }
        refused(row(RowKind::Fact, format!(r#"{{"a":"{}"}}"#, "x".repeat(1024 * 1024))), derived("c1"), "k").await;
        refused(store::NewRow { salt: "short".into(), ..entry("") }, derived("c1"), "k").await;
        refused(store::NewRow { actor: "two\nlines".into(), ..entry("") }, derived("c1"), "k").await;
        refused(entry(""), derived("another"), "k").await;
        refused(entry(""), derived("c1"), "").await;
        let twice = Derived { duties: vec![duty("d"), duty("d")], ..derived("c1") };
        refused(entry(""), twice, "k").await;
        let stranger = ChildSummary { agencies: vec!["nowhere".into()], ..derived("c1").child };
        refused(entry(""), Derived { child: stranger, ..derived("c1") }, "k").await;
        let nul = ChildSummary { name: "a\0b".into(), ..derived("c1").child };
        refused(entry(""), Derived { child: nul, ..derived("c1") }, "k").await;

        assert!(matches!(store.append("c1", 1, &[], &derived("c1"), "k").await, Err(StoreError::Refused(_))));
        assert!(matches!(append(&store, "nobody", 0, "x").await, Err(StoreError::NoSuchChild(c)) if c == "nobody"));
        assert!(matches!(store.record("nobody").await, Err(StoreError::NoSuchChild(_))));
        let again = NewChild { id: "c1".into(), created_us: 1 };
        let taken = store.add_child(&again, &[entry("x")], &derived("c1"), "k").await;
        assert!(matches!(taken, Err(StoreError::Taken(_))), "{taken:?}");

        assert_eq!(store.outcome_of("k").await.unwrap(), None);
        assert_eq!(store.record("c1").await.unwrap().version, 1);
        // A refusal takes nothing from what others write at the same time.
        append(&store, "c1", 1, "after").await.unwrap();
    });
}

#[test]
fn writes_of_many_at_once_all_stand() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let children = (0..60).map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                let id = format!("c{n}");
                // Every third one fails, in the midst of the others.
                if n % 3 == 0 {
                    assert!(matches!(append(&store, &id, 0, "x").await, Err(StoreError::NoSuchChild(_))));
                }
                add(&store, &derived(&id)).await;
                for version in 1..4 {
                    append(&store, &id, version, "more").await.unwrap();
                }
            })
        });
        for child in children.collect::<Vec<_>>() {
            child.await.unwrap();
        }
        for n in 0..60 {
            let verified = store.verify(&format!("c{n}")).await.unwrap();
            assert!(verified.is_whole() && verified.rows == 4);
        }
    });
}

#[test]
fn a_caller_that_goes_away_leaves_all_or_nothing() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let mut version = 1;
        for n in 0..40 {
            let k = format!("k{n}");
            let write = {
                let (store, k) = (store.clone(), k.clone());
                tokio::spawn(
                    async move { store.append("c1", version, &[entry("a"), entry("b")], &derived("c1"), &k).await },
                )
            };
            // The browser hangs up: somewhere on the way, a little later each time.
            tokio::time::sleep(Duration::from_micros(n * 150)).await;
            write.abort();
            let _ = write.await;
            // And sends the form again.
            let answer = store.append("c1", version, &[entry("a"), entry("b")], &derived("c1"), &k).await.unwrap();
            assert_eq!((answer.version, answer.first_seq), (version + 2, version + 1));
            version += 2;
        }
        assert_eq!(store.record("c1").await.unwrap().rows.len() as i64, version);
        assert!(store.verify("c1").await.unwrap().is_whole());
    });
}

#[test]
fn a_connection_that_is_cut_leaves_the_key_to_tell() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let database = Database::postgres().await;
        let store = database.open().await;
        populate(&store).await;
        for writer in 0..4 {
            add(&store, &derived(&format!("c{writer}"))).await;
        }
        let writers = (0..4).map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                let child = format!("c{writer}");
                let mut cuts = 0;
                for n in 0..50 {
                    let key = format!("{child}-{n}");
                    // Whatever went wrong, the same key is sent until it is answered.
                    while let Err(error) = store.append(&child, n + 1, &[entry(&key)], &derived(&child), &key).await {
                        assert!(matches!(error, StoreError::Unavailable(_) | StoreError::Database(_)), "{error}");
                        cuts += 1;
                    }
                }
                cuts
            })
        });
        let writers: Vec<_> = writers.collect();
        let cut = "select pg_terminate_backend(pid) from pg_stat_activity \
                   where datname = current_database() and application_name = 'whereabouts' and state <> 'idle'";
        while !writers.iter().all(tokio::task::JoinHandle::is_finished) {
            tokio::time::sleep(Duration::from_millis(15)).await;
            database.tamper(cut).await;
        }
        let mut cuts = 0;
        for writer in writers {
            cuts += writer.await.unwrap();
        }
        for writer in 0..4 {
            let verified = store.verify(&format!("c{writer}")).await.unwrap();
            assert!(verified.is_whole() && verified.rows == 51, "{verified:?}");
        }
        assert!(cuts > 0, "no connection was cut in the midst of a write");
    });
}

/// Whoever moves the file of a running database away, or puts another in its place, loses nothing that was acknowledged: nothing is, until
/// the program is started again.
#[tokio::test]
async fn a_file_that_was_moved_away_takes_no_more_writes() {
    let database = Database::sqlite();
    let path = database.url().strip_prefix("sqlite:").unwrap().to_owned();
    let store = database.open().await;
    populate(&store).await;
    add(&store, &derived("c1")).await;
    assert!(append(&store, "c1", 1, "before").await.is_ok() && !store.moved());
    std::fs::rename(&path, format!("{path}.elsewhere")).unwrap();
    assert!(store.moved());
    let refused = append(&store, "c1", 2, "after").await.unwrap_err();
    assert!(matches!(&refused, StoreError::Open(says) if says.contains("was moved or replaced")), "{refused:?}");
    std::fs::copy(format!("{path}.elsewhere"), &path).unwrap();
    assert!(append(&store, "c1", 2, "into another file").await.is_err());
    std::fs::rename(format!("{path}.elsewhere"), &path).unwrap();
    assert!(append(&store, "c1", 2, "back").await.is_ok());
}

#[test]
fn what_is_only_tried_is_undone_and_told() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let added = add(&store, &derived("c1")).await;
        let rows = [entry("x")];
        let before = store.record("c1").await.unwrap();
        // Twice: what is known of the record in memory is as it was, too.
        for _ in 0..2 {
            let tried = trying(store.append("c1", added.version, &rows, &derived("c1"), "k")).await;
            assert!(matches!(tried, Err(StoreError::Tried)), "{tried:?}");
        }
        assert_eq!(store.record("c1").await.unwrap().version, before.version);
        assert_eq!(store.outcome_of("k").await.unwrap(), None);
        // What is wrong is told as always.
        let stale = trying(store.append("c1", added.version - 1, &rows, &derived("c1"), "k")).await;
        assert!(matches!(stale, Err(StoreError::Stale { .. })), "{stale:?}");
        // A draft on the way decides nothing: whoever saves it goes on, and it is not kept.
        let draft = Draft { id: "d".into(), body: "{}".into(), ..Draft::default() };
        trying(store.draft_put("dana", &draft)).await.unwrap();
        assert!(store.draft_get("dana", "d").await.unwrap().is_none());
        // Meant, it is written as if nothing had been tried.
        let written = store.append("c1", added.version, &rows, &derived("c1"), "k").await.unwrap();
        assert_eq!(written.version, before.version + 1);
    });
}
