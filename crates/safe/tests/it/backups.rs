//! Backups come back whole, on either database, and what is wrong with one is said.

use crate::databases::{Database, on_both};
use crate::filled::filled;
use safe::{copy, new_identity, restore, write};
use std::sync::Arc;
use store::{Promised, Store};

async fn whole(store: &Store) -> String {
    let audit = store.audit(&Arc::new(Promised::default()), 1).await.unwrap();
    assert_eq!(audit.fault, None);
    audit.root
}

#[test]
fn a_backup_comes_back_on_either_database_with_the_same_root() {
    on_both(|database| async move {
        let store = filled(&database).await;
        let root = whole(&store).await;
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("identity");
        let recipient = new_identity(&key).unwrap();
        let made = write(&store, folder.path(), &[recipient], "20260105T183000Z").await.unwrap();
        assert_eq!(made.root, root);
        let bytes = std::fs::read(&made.file).unwrap();
        assert!(bytes.starts_with(b"age-encryption.org/v1") && !bytes.windows(8).any(|w| w == b"Child c1"));
        for target in [Database::sqlite(), Database::postgres().await] {
            let other = target.open().await;
            let (rows, again) = restore(&other, &made.file, &key).await.unwrap();
            assert_eq!((rows, &again), (made.rows, &root));
            assert_eq!(whole(&other).await, root);
            assert_eq!(other.record("c1").await.unwrap(), store.record("c1").await.unwrap());
            // What comes afterwards goes on from there.
            crate::filled::say(&other, "c2", 5, "afterwards").await;
            crate::filled::look(&other, "c2").await;
            assert!(other.notices_put(&[], 1).await.is_ok());
            whole(&other).await;
            let full = restore(&other, &made.file, &key).await.unwrap_err();
            assert!(full.contains("the database is not empty"), "{full}");
            other.close().await;
        }
        store.close().await;
    });
}

#[test]
fn a_database_is_moved_to_the_other_kind_and_back() {
    on_both(|database| async move {
        let store = filled(&database).await;
        let root = whole(&store).await;
        let (there, back) = if database.url().starts_with("sqlite") {
            (Database::postgres().await, Database::sqlite())
        } else {
            (Database::sqlite(), Database::postgres().await)
        };
        let (there, back) = (there.open().await, back.open().await);
        assert_eq!(copy(&store, &there).await.unwrap().1, root);
        assert_eq!(copy(&there, &back).await.unwrap().1, root);
        assert_eq!(whole(&back).await, root);
        assert_eq!(back.relations_of_child("c1").await.unwrap(), store.relations_of_child("c1").await.unwrap());
        assert_eq!(back.people().await.unwrap(), store.people().await.unwrap());
        for one in [store, there, back] {
            one.close().await;
        }
    });
}

#[test]
fn what_is_wrong_with_a_backup_is_said_and_nothing_is_restored() {
    on_both(|database| async move {
        let store = filled(&database).await;
        let folder = tempfile::tempdir().unwrap();
        let (key, other) = (folder.path().join("identity"), folder.path().join("other"));
        let recipient = new_identity(&key).unwrap();
        new_identity(&other).unwrap();
        let made = write(&store, folder.path(), &[recipient], "20260105T183000Z").await.unwrap();
        let bytes = std::fs::read(&made.file).unwrap();
        let spoilt = folder.path().join("spoilt");
        let kind = database.url().starts_with("sqlite");
        let target = if kind { Database::sqlite() } else { Database::postgres().await };
        let target = target.open().await;
        let refused = restore(&target, &made.file, &other).await.unwrap_err();
        assert!(refused.contains("was not encrypted for this key"), "{refused}");
        let refused = restore(&target, &made.file, &made.file).await.unwrap_err();
        assert!(refused.contains("cannot be read") || refused.contains("is not a key that opens backups"), "{refused}");
        for at in [bytes.len() - 1, bytes.len() / 2, bytes.len() - 400] {
            std::fs::write(&spoilt, &bytes[..at]).unwrap();
            let refused = restore(&target, &spoilt, &key).await.unwrap_err();
            assert!(refused.contains("is cut") || refused.contains("beginning"), "{at}: {refused}");
            let mut changed = bytes.clone();
            changed[at - 1] ^= 1;
            std::fs::write(&spoilt, &changed).unwrap();
            assert!(restore(&target, &spoilt, &key).await.is_err(), "{at}");
        }
        std::fs::write(&spoilt, "hello").unwrap();
        let refused = restore(&target, &spoilt, &key).await.unwrap_err();
        assert!(refused.contains("is not a backup of Whereabouts"), "{refused}");
        assert!(target.agencies().await.unwrap().is_empty());
        target.close().await;
        store.close().await;
    });
}

/// Nothing is forgotten: what is not taken along is named here, and everything else is.
#[test]
fn every_table_of_the_migrations_is_in_a_backup_but_for_these() {
    on_both(|database| async move {
        let store = database.open().await;
        let taken = store.dumped_tables().await.unwrap();
        store.close().await;
        let folder = format!("{}/../store/migrations/sqlite", env!("CARGO_MANIFEST_DIR"));
        let mut made: Vec<String> = Vec::new();
        let mut dropped: Vec<String> = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let after = |word: &str| -> Vec<String> {
                let found = text.split(word).skip(1).filter_map(|rest| rest.split([' ', ';', '(']).next());
                found.map(str::to_owned).collect()
            };
            made.extend(after("\ncreate table if not exists ").into_iter().chain(after("\ncreate table ")));
            dropped.extend(after("\ndrop table "));
        }
        let left = ["session", "attempt", "throttle", "ceremony", "change", "standing", "to_follow", "following", "if"];
        made.retain(|table| !left.contains(&table.as_str()) && !dropped.contains(table));
        made.sort();
        made.dedup();
        let mut sorted = taken;
        sorted.sort();
        assert!(made.len() > 25, "{made:?}");
        assert_eq!(sorted, made);
    });
}

#[test]
fn old_backups_are_removed_and_the_last_one_stays() {
    let folder = tempfile::tempdir().unwrap();
    for stamp in ["20260101T000000Z", "20260102T000000Z", "20260103T000000Z"] {
        std::fs::write(folder.path().join(format!("whereabouts-{stamp}.age")), "").unwrap();
    }
    std::fs::write(folder.path().join("notes.txt"), "").unwrap();
    assert_eq!(safe::prune(folder.path(), "20260102T000000Z").unwrap(), 1);
    assert_eq!(safe::prune(folder.path(), "20270101T000000Z").unwrap(), 1);
    let left = safe::backups(folder.path());
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].0, "20260103T000000Z");
    assert!(folder.path().join("notes.txt").exists());
}
