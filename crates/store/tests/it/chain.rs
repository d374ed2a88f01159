//! The chain: what was done to a record behind the store's back is found, and a lawful erasure leaves it whole.

use crate::builders::{add, append, derived, entry, key, populate, row};
use crate::databases::{Database, on_both};
use store::{Fault, RowKind, Store, StoreError};

async fn record_of_five(database: &Database) -> Store {
    let store = database.open().await;
    populate(&store).await;
    add(&store, &derived("c1")).await;
    for version in 1..5 {
        append(&store, "c1", version, "said").await.unwrap();
    }
    assert!(store.verify("c1").await.unwrap().is_whole());
    store
}

/// Takes away what keeps a careless hand from the chain, as somebody who means it would.
async fn disarm(database: &Database) {
    let sqlite = "drop trigger chain_never_deleted; drop trigger chain_only_erased;";
    let postgres = "alter table chain disable trigger user;";
    database.tamper(if database.url().starts_with("sqlite") { sqlite } else { postgres }).await;
}

#[test]
fn tampering_is_found() {
    use Fault::{Altered, End, Gap, HalfErased, Payload, Unexplained};
    let cases = [
        ("update chain set payload = replace(payload, 'said', 'lied') where seq = 3", vec![Payload { seq: 3 }]),
        ("update chain set occurred_us = occurred_us - 1 where seq = 3", vec![Altered { seq: 3 }]),
        ("update chain set recorded_us = recorded_us - 1 where seq = 3", vec![Altered { seq: 3 }]),
        ("update chain set actor = 'amir' where seq = 5", vec![Altered { seq: 5 }]),
        ("update chain set kind = 'fact' where seq = 1", vec![Altered { seq: 1 }]),
        ("update chain set hash = commitment where seq = 2", vec![Altered { seq: 2 }, Altered { seq: 3 }]),
        ("delete from chain where seq = 3", vec![Gap { expected: 3, found: 4 }, Altered { seq: 4 }]),
        ("delete from chain where seq = 1", vec![Gap { expected: 1, found: 2 }, Altered { seq: 2 }]),
        ("delete from chain where seq = 5", vec![End { version: 5, last: 4 }]),
        ("delete from chain", vec![End { version: 5, last: 0 }]),
        ("update child set version = 4", vec![End { version: 4, last: 5 }]),
        ("update chain set salt = null where seq = 2", vec![HalfErased { seq: 2 }]),
        ("update chain set payload = null, salt = null where seq = 2", vec![Unexplained { seq: 2 }]),
        (
            "update chain set seq = 9 where seq = 2; update chain set seq = 2 where seq = 3; update chain set seq = 3 where seq = 9",
            vec![Altered { seq: 2 }, Altered { seq: 3 }, Altered { seq: 4 }],
        ),
    ];
    for (statements, faults) in cases {
        on_both(|database| {
            let faults = faults.clone();
            async move {
                let store = record_of_five(&database).await;
                disarm(&database).await;
                database.tamper(statements).await;
                let verified = store.verify("c1").await.unwrap();
                assert_eq!(verified.faults, faults, "{statements}");
                assert!(verified.faults.iter().all(|fault| !fault.to_string().is_empty()));
            }
        });
    }
}

#[test]
fn the_database_itself_refuses_to_change_a_record() {
    on_both(|database| async move {
        let store = record_of_five(&database).await;
        for statement in [
            "delete from chain where seq = 5",
            "update chain set payload = '{}' where seq = 3",
            "update chain set hash = '' where seq = 3",
            "update chain set payload = null, salt = null, actor = 'amir' where seq = 3",
            "insert into chain select * from chain where seq = 3",
        ] {
            let database = &database;
            let refused = if let Some(path) = database.url().strip_prefix("sqlite:") {
                let pool = sqlx::SqlitePool::connect(path).await.unwrap();
                sqlx::raw_sql(statement).execute(&pool).await.unwrap_err()
            } else {
                let pool = sqlx::PgPool::connect(database.url()).await.unwrap();
                sqlx::raw_sql(statement).execute(&pool).await.unwrap_err()
            };
            assert!(refused.as_database_error().is_some(), "{refused}");
        }
        assert!(store.verify("c1").await.unwrap().is_whole());
    });
}

#[test]
fn a_row_cannot_be_moved_to_another_child() {
    on_both(|database| async move {
        let store = record_of_five(&database).await;
        add(&store, &derived("c2")).await;
        disarm(&database).await;
        let moved = "update chain set payload = (select o.payload from chain o where o.child_id = 'c1' and o.seq = 1), \
                     salt = (select o.salt from chain o where o.child_id = 'c1' and o.seq = 1), \
                     commitment = (select o.commitment from chain o where o.child_id = 'c1' and o.seq = 1), \
                     hash = (select o.hash from chain o where o.child_id = 'c1' and o.seq = 1) where child_id = 'c2'; \
                     update child set head = (select hash from chain where child_id = 'c2') where id = 'c2'";
        database.tamper(moved).await;
        assert_eq!(store.verify("c2").await.unwrap().faults, [Fault::Altered { seq: 1 }]);
    });
}

#[test]
fn a_lawful_erasure_removes_the_words_and_keeps_the_chain() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        append(&store, "c1", 1, "the-secret-place").await.unwrap();
        append(&store, "c1", 2, "stays").await.unwrap();
        let before = store.record("c1").await.unwrap();

        let erasure = |seqs: &str| row(RowKind::Erasure, format!(r#"{{"erases":{seqs},"why":"order of the court"}}"#));
        let answer = store.erase("c1", 3, &erasure("[2]"), &derived("c1"), "erase").await.unwrap();
        assert_eq!((answer.version, answer.repeated), (4, false));
        assert!(store.erase("c1", 3, &erasure("[2]"), &derived("c1"), "erase").await.unwrap().repeated);

        let record = store.record("c1").await.unwrap();
        assert_eq!(record.rows[1].payload, None);
        assert_eq!(record.rows[1].hash, before.rows[1].hash);
        assert_eq!(record.rows[2], before.rows[2]);
        let verified = store.verify("c1").await.unwrap();
        assert!(verified.is_whole() && verified.erased == 1 && verified.rows == 4, "{verified:?}");

        for seqs in ["[]", "[9]", "[4]", "[-1]"] {
            let refused = store.erase("c1", 4, &erasure(seqs), &derived("c1"), &key()).await;
            assert!(matches!(refused, Err(StoreError::Refused(_))), "{seqs}: {refused:?}");
        }
        let unnamed = store.erase("c1", 4, &entry("x"), &derived("c1"), &key()).await;
        assert!(matches!(unnamed, Err(StoreError::Refused(_))));
        assert_eq!(store.record("c1").await.unwrap().version, 4);

        if let Some(path) = database.url().strip_prefix("sqlite:") {
            for suffix in ["", "-wal"] {
                let bytes = std::fs::read(format!("{path}{suffix}")).unwrap_or_default();
                let found = bytes.windows(16).any(|w| w == b"the-secret-place");
                assert!(!found, "the erased words are still in the file{suffix}");
            }
        }
        // What is written afterwards continues the chain.
        append(&store, "c1", 4, "after").await.unwrap();
        assert!(store.verify("c1").await.unwrap().is_whole());
    });
}
