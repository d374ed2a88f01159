use crate::builders::*;
use crate::databases::on_both;
use std::time::{Duration, Instant};
use store::*;
fn show(what: &str, mut t: Vec<Duration>) {
    t.sort();
    println!("{what}: p50 {:?} p99 {:?} max {:?} n {}", t[t.len() / 2], t[t.len() * 99 / 100], t[t.len() - 1], t.len());
}
#[test]
#[ignore]
fn bench() {
    on_both(|database| async move {
        let store = database.open().await;
        println!("== {}", store.kind());
        populate(&store).await;
        let big = |n: usize| {
            let id = format!("c{n}");
            let duties = (0..150)
                .map(|m| DutyRow {
                    state: if m < 3 { "due".into() } else { "done".into() },
                    owner: Some(["carer", "police_officer", "social_worker"][m % 3].into()),
                    due_us: Some(NOW + (n as i64 % 97 - 48) * MINUTE),
                    provisions: "x".repeat(60),
                    limit_words: Some("within 24 hours".into()),
                    episode_id: Some(format!("e{}", m / 30)),
                    ..duty(&format!("area/rule{m}@e{}", m / 30))
                })
                .collect();
            let episodes = (0..5)
                .map(|m| EpisodeRow {
                    ended_us: if m < 4 || n % 100 > 0 { Some(NOW) } else { None },
                    ..episode(&format!("e{m}"))
                })
                .collect();
            let mut d = Derived { duties, episodes, ..derived(&id) };
            d.child.name = format!("First{} Last{}", n % 61, n % 977);
            d
        };
        let t = Instant::now();
        let mut tasks = Vec::new();
        for w in 0..32 {
            let store = store.clone();
            tasks.push(tokio::spawn(async move {
                for n in (w..4000).step_by(32) {
                    let rows: Vec<_> = (0..100).map(|i| entry(&format!("{i} {}", "x".repeat(200)))).collect();
                    let d = big(n);
                    store
                        .add_child(&NewChild { id: d.child.id.clone(), created_us: 1 }, &rows, &d, &key())
                        .await
                        .unwrap();
                }
            }));
        }
        for t in tasks {
            t.await.unwrap();
        }
        println!("load {:?}", t.elapsed());
        let roles = ["carer".to_owned()];
        for users in [1usize, 50] {
            let mut all: Vec<Vec<Duration>> = vec![vec![]; 6];
            let mut tasks = Vec::new();
            for u in 0..users {
                let store = store.clone();
                let roles = roles.clone();
                tasks.push(tokio::spawn(async move {
                    let mut out: Vec<Vec<Duration>> = vec![vec![]; 6];
                    let id = format!("c{}", u * 7);
                    let mut d = big(u * 7);
                    for i in 0..40 {
                        let t = Instant::now();
                        store.duties_of_roles(&home(), &roles, NOW, 50).await.unwrap();
                        out[0].push(t.elapsed());
                        let t = Instant::now();
                        store.board(&home()).await.unwrap();
                        out[1].push(t.elapsed());
                        let t = Instant::now();
                        store.search_children(&home(), "first12 last3", 20).await.unwrap();
                        out[2].push(t.elapsed());
                        let t = Instant::now();
                        let v = store.record(&id).await.unwrap().version;
                        store.duties_of_child(&id).await.unwrap();
                        out[3].push(t.elapsed());
                        d.duties[i].state = "done-late".into();
                        d.duties[i + 1].label = format!("changed {i} {v}");
                        let t = Instant::now();
                        store.append(&id, v, &[entry("x")], &d, &key()).await.unwrap();
                        out[4].push(t.elapsed());
                        let t = Instant::now();
                        store.log_access("dana", &id, "x", NOW).await.unwrap();
                        out[5].push(t.elapsed());
                        tokio::time::sleep(Duration::from_millis(if users == 1 {
                            0
                        } else {
                            500 + (u as u64 * 37) % 200
                        }))
                        .await;
                    }
                    out
                }));
            }
            for t in tasks {
                for (i, v) in t.await.unwrap().into_iter().enumerate() {
                    all[i].extend(v);
                }
            }
            for (w, v) in ["home", "board", "search", "record", "save", "access"].iter().zip(all) {
                show(&format!("{users} users {w}"), v);
            }
        }
        let t = Instant::now();
        println!("any alerts: {} {:?}", store.raise_alerts(NOW, 200).await.unwrap().len(), t.elapsed());
        let t = Instant::now();
        while !store.raise_alerts(NOW, 200).await.unwrap().is_empty() {}
        println!("all {:?}", t.elapsed());
        let t = Instant::now();
        store.raise_alerts(NOW, 200).await.unwrap();
        println!("none {:?}", t.elapsed());
        let t = Instant::now();
        store.close().await;
        database.open().await;
        println!("open {:?}", t.elapsed());
    });
}
