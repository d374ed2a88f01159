//! Saves on the records of children, as `actions` makes them: a row of the chain, and of forty duties and three episodes in lists three
//! and one that changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use store::{Agency, ChildSummary, Derived, DutyRow, EpisodeRow, NewChild, NewRow, Person, RowKind, Store};
use testkit::databases::Database;

/// What a row says.
pub const PAYLOAD: &str = r#"{"event":"contact.made","by":"social_worker","by_name":"Owen Pryce","with":"school","result":"Nothing new since this morning","occurred_at":"2026-01-05T18:30+00:00","recorded_at":"2026-01-05T18:31+00:00","id":"0196b1c2-7d1e-7c3a-9a55-1c2d3e4f5a6b"}"#;
const NOW: i64 = 1_767_637_800_000_000;
const MINUTE: i64 = 60_000_000;

pub struct Saves {
    store: Store,
    /// The versions of the records, one for each writer.
    versions: Arc<Vec<AtomicI64>>,
}

impl Saves {
    pub async fn new(database: &Database, children: usize) -> Saves {
        let store = database.open().await;
        let agency = Agency { id: "home".into(), name: "The home".into(), kind: "childrens_home".into(), ..Agency::default() };
        store.add_agency(&agency).await.expect("an agency");
        let person = Person { id: "dana".into(), username: "dana".into(), agency: "home".into(), role: "carer".into(), active: true, ..Person::default() };
        store.add_person(&person).await.expect("a person");
        for number in 0..children {
            let child = NewChild { id: format!("c{number}"), created_us: NOW };
            store.add_child(&child, &[row(number, 0)], &derived(number, 0), &format!("add-{number}")).await.expect("a child");
        }
        store.brought_in().await.expect("counting");
        Saves { store, versions: Arc::new((0..children).map(|_| AtomicI64::new(1)).collect()) }
    }

    /// Saves a second, by so many writers, each on a record of their own.
    pub async fn each(&self, writers: usize, span: Duration) -> f64 {
        let start = Instant::now();
        let mut tasks = Vec::new();
        for number in 0..writers {
            let (store, versions) = (self.store.clone(), self.versions.clone());
            tasks.push(tokio::spawn(async move {
                let mut count = 0;
                while start.elapsed() < span {
                    let version = versions[number].load(Ordering::Relaxed);
                    let (rows, derived) = ([row(number, version)], derived(number, version));
                    let key = format!("{number}-{version}");
                    let done = store.append(&format!("c{number}"), version, &rows, &derived, &key).await.expect("a save");
                    versions[number].store(done.version, Ordering::Relaxed);
                    count += 1;
                }
                count
            }));
        }
        let mut all = 0;
        for task in tasks {
            all += task.await.expect("a writer");
        }
        f64::from(all) / start.elapsed().as_secs_f64()
    }
}

fn row(number: usize, version: i64) -> NewRow {
    NewRow {
        kind: RowKind::Entry,
        occurred_us: NOW + version * MINUTE,
        recorded_us: NOW + version * MINUTE,
        actor: "dana".into(),
        payload: PAYLOAD.into(),
        salt: format!("0123456789abcdef{number:08}{version:08}"),
        photograph: None,
    }
}

fn derived(number: usize, version: i64) -> Derived {
    let child = ChildSummary { id: format!("c{number}"), name: format!("Child {number}"), agencies: vec!["home".into()], ..ChildSummary::default() };
    let duties = (0..40).map(|n| DutyRow {
        key: format!("area/rule-{n}@e2#1"),
        episode_id: Some("e2".into()),
        rulebook: "area".into(),
        rule: format!("rule-{n}"),
        action: "police.report".into(),
        label: "Tell the police that the child is missing".into(),
        owner: Some("carer".into()),
        modality: "must".into(),
        state: if n < 3 && version % 2 == 0 { "done" } else { "due" }.into(),
        arises_us: NOW,
        due_us: Some(NOW + n * MINUTE),
        provisions: "AREA-3.1, AREA-3.2".into(),
        limit_words: Some("within 72 hours of the return".into()),
        line: Some(format!("area/rule-{n}@e2#1")),
        ..DutyRow::default()
    });
    let episodes = (0..3).map(|n| EpisodeRow {
        id: format!("e{n}"),
        started_us: NOW + n,
        ended_us: (n < 2).then_some(NOW + n + 1),
        status: Some("missing".into()),
        last_entry_us: (n == 2).then_some(NOW + version * MINUTE),
        last_entry: Some("Contact was made".into()),
        ..EpisodeRow::default()
    });
    Derived { child, episodes: episodes.collect(), duties: duties.collect(), next_change_us: Some(NOW + 60 * MINUTE) }
}
