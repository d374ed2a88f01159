//! Replies are lost, callers give up and send again, and the same form is sent twice at once: each key stands once, and whoever asks again is
//! given the same answer. `RETRIES=100000` in the environment for the campaign (`make torture`).

use crate::builders::{add, derived, entry, populate};
use crate::databases::on_both;
use crate::disk::Chance;
use std::time::Duration;
use store::{Appended, Store, StoreError};

const WRITERS: usize = 20;

#[test]
fn a_lost_reply_is_sent_again_and_stands_once() {
    let sends: usize = std::env::var("RETRIES").ok().and_then(|text| text.parse().ok()).unwrap_or(600);
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        for n in 0..WRITERS {
            add(&store, &derived(&format!("c{n}"))).await;
        }
        let tasks: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let store = store.clone();
                tokio::spawn(async move { Box::pin(write(&store, writer, sends / WRITERS)).await })
            })
            .collect();
        let (mut sent, mut lost, mut keys) = (0, 0, 0);
        for (writer, task) in tasks.into_iter().enumerate() {
            let (again, gone, answers) = task.await.unwrap();
            (sent, lost, keys) = (sent + again, lost + gone, keys + answers.len());
            let child = format!("c{writer}");
            let record = store.record(&child).await.unwrap();
            assert_eq!(record.rows.len(), answers.len() + 1, "{child}: a row for each key");
            for (key, answer) in answers {
                assert_eq!(store.outcome_of(&key).await.unwrap().map(|at| at.version), Some(answer.version), "{key}");
                let row = record.rows.iter().find(|row| row.seq == answer.version).unwrap();
                assert!(row.payload.as_ref().unwrap().contains(&format!("\"{key}\"")), "{key}");
            }
            assert!(store.verify(&child).await.unwrap().is_whole());
        }
        store.close().await;
        let kind = database.url().split(':').next().unwrap();
        println!("{kind}: {sent} sends of {keys} keys, {lost} replies lost, each key stands once");
    });
}

/// Sends until so many sends were made. Gives how many there were, how many replies were lost, and the answer of each key.
async fn write(store: &Store, writer: usize, sends: usize) -> (usize, usize, Vec<(String, Appended)>) {
    let mut chance = Chance::of(writer as u64);
    let child = format!("c{writer}");
    let (mut sent, mut lost, mut answers) = (0, 0, Vec::new());
    let mut version = 1;
    while sent < sends {
        let key = format!("{child}-{}", answers.len());
        let answer = loop {
            sent += 1;
            let (patience, twice) = (chance.below(4_000) as u64, chance.below(5) == 0);
            let (rows, lists) = ([entry(&key)], derived(&child));
            let try_it = store.append(&child, version, &rows, &lists, &key);
            let tried = if twice {
                sent += 1;
                // Somebody pressed the button twice.
                let other = store.append(&child, version, &rows, &lists, &key);
                let both = Box::pin(async { tokio::join!(try_it, other) });
                match tokio::time::timeout(Duration::from_secs(30), both).await.unwrap() {
                    (Ok(one), Ok(two)) => {
                        assert_eq!(one.version, two.version, "{key}");
                        Ok(one)
                    }
                    // Whichever is second knows the key, or finds the record changed by the first.
                    (one, two) => one.or(two),
                }
            } else {
                let Ok(answered) = tokio::time::timeout(Duration::from_micros(patience), try_it).await else {
                    lost += 1;
                    continue;
                };
                answered
            };
            match tried {
                // It came, and was lost on the way.
                Ok(_) if chance.below(4) == 0 => lost += 1,
                Ok(answer) => break answer,
                Err(StoreError::Stale { current_version }) => version = current_version,
                Err(error) => panic!("{key}: {error}"),
            }
        };
        version = answer.version;
        answers.push((key, answer));
    }
    (sent, lost, answers)
}
