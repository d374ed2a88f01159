//! A caller that gives up, as a page whose browser has gone, is dropped at any of the moments at which it waits. Whatever it was amid, nobody
//! else's work is lost by it: what is acknowledged afterwards is there for everybody, and no transaction is left open.

use crate::builders::{add, derived, entry, populate};
use crate::databases::on_both;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use store::{NewChild, Promised, Store};

/// Waits so many times, and gives up. Says whether it was done before that.
async fn given_up_after<T>(waits: usize, work: impl Future<Output = T>) -> bool {
    let mut work = pin!(work);
    for _ in 0..waits {
        let done = poll_fn(|cx| Poll::Ready(work.as_mut().poll(cx).is_ready())).await;
        if done {
            return true;
        }
        // What it waits for comes in the meantime.
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    false
}

/// As many connections as a pool has: each is used at least once.
const CONNECTIONS: i64 = 17;

/// Saves over every connection, and looks from elsewhere whether it is there.
async fn others_save(store: &Store, elsewhere: &Store, says: &str) {
    for n in 0..CONNECTIONS {
        let version = store.record("c1").await.unwrap().version;
        let answer =
            store.append("c1", version, &[entry("later")], &derived("c1"), &format!("{says}-{n}")).await.unwrap();
        let there = elsewhere.record("c1").await.unwrap().version;
        assert_eq!(there, answer.version, "{says}: what was acknowledged is not there");
    }
}

#[test]
fn whoever_gives_up_loses_nothing_of_anybody_else() {
    on_both(|database| async move {
        let (store, elsewhere) = (database.open().await, database.open().await);
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let promised = Arc::new(Promised::default());
        let (mut waits, mut finished) = (1, 0);
        // Until one was done before anybody gave up: on a busy machine that takes longer.
        while waits < 24 || finished == 0 {
            assert!(waits < 100_000, "no save is ever done");
            let id = format!("new{waits}");
            let (child, lists, key) =
                (NewChild { id: id.clone(), created_us: 1 }, derived(&id), format!("key-{waits}"));
            let rows = [entry("opened")];
            finished += usize::from(given_up_after(waits, store.add_child(&child, &rows, &lists, &key)).await);
            given_up_after(waits, store.audit(&promised, 1)).await;
            given_up_after(waits, store.on_lists("c1")).await;
            if waits < 12 || waits % 4 == 0 {
                others_save(&store, &elsewhere, &format!("after {waits} waits")).await;
            }
            // It stands, or it does not; sent again it stands once.
            let sent_again = store.add_child(&child, &rows, &lists, &key).await.unwrap();
            assert_eq!(sent_again.version, 1, "{id}");
            assert_eq!(elsewhere.record(&id).await.unwrap().rows.len(), 1, "{id}");
            waits += if waits < 24 { 1 } else { waits };
        }
        assert_eq!(elsewhere.audit(&promised, 1).await.unwrap().fault, None);
        store.close().await;
        elsewhere.close().await;
    });
}
