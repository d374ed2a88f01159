//! How many entries a second `whereabouts verify` works out again: a database is filled with records of a usual length, and audited by one
//! reader, as the worker does, and by four, as the command does.

use std::sync::Arc;
use std::time::Instant;
use store::{Agency, ChildSummary, Derived, NewChild, NewRow, Promised, RowKind};
use testkit::databases::Database;

/// So many entries a record has.
const LENGTH: usize = 200;
/// So many write at once.
const WRITERS: usize = 8;
const NOW: i64 = 1_767_637_800_000_000;
const PAYLOAD: &str = r#"{"event":"contact.made","by":"social_worker","by_name":"Owen Pryce","with":"school","result":"Nothing new since this morning","occurred_at":"2026-01-05T18:30+00:00","recorded_at":"2026-01-05T18:31+00:00","id":"0196b1c2-7d1e-7c3a-9a55-1c2d3e4f5a6b"}"#;

pub async fn measure(name: &str, database: Database, entries: usize) {
    let store = database.open().await;
    let agency = Agency { id: "home".into(), name: "The home".into(), kind: "childrens_home".into(), ..Agency::default() };
    store.add_agency(&agency).await.expect("an agency");
    let begun = Instant::now();
    let children = entries / LENGTH;
    let tasks: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                for number in (writer..children).step_by(WRITERS) {
                    let id = format!("c{number:06}");
                    let rows: Vec<NewRow> = (0..LENGTH).map(|n| row(number, n)).collect();
                    let child = ChildSummary { id: id.clone(), name: format!("Child {number}"), agencies: vec!["home".into()], ..ChildSummary::default() };
                    let derived = Derived { child, ..Derived::default() };
                    let new = NewChild { id, created_us: NOW };
                    store.add_child(&new, &rows, &derived, &format!("add-{number}")).await.expect("a child");
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("a writer");
    }
    store.brought_in().await.expect("counting");
    println!("{name}: {} entries written in {:.0} s", children * LENGTH, begun.elapsed().as_secs_f64());
    for readers in [1, 4] {
        let begun = Instant::now();
        let audit = store.audit(&Arc::new(Promised::default()), readers).await.expect("an audit");
        let seconds = begun.elapsed().as_secs_f64();
        assert_eq!(audit.fault, None);
        println!(
            "{name}: {} entries verified by {readers} reader{} in {seconds:.2} s: {:.0} a second",
            audit.counts.rows,
            if readers == 1 { "" } else { "s" },
            audit.counts.rows as f64 / seconds
        );
    }
    store.close().await;
}

fn row(number: usize, n: usize) -> NewRow {
    let at = NOW + n as i64 * 60_000_000;
    NewRow {
        kind: RowKind::Entry,
        occurred_us: at,
        recorded_us: at,
        actor: "dana".into(),
        payload: PAYLOAD.into(),
        salt: format!("0123456789abcdef{number:08}{n:08}"),
        photograph: None,
    }
}
