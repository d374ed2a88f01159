//! Lists: who sees what, in which order, as of when.

use crate::builders::{MINUTE, NOW, add, append, derived, duty, entry, episode, home, key, populate};
use crate::databases::on_both;
use store::{ChildSummary, Derived, DutyRow, EpisodeRow, Scope, Sought};

/// A child of this name.
fn named(name: &str) -> Sought {
    Sought { name: name.into(), ..Sought::default() }
}

fn police() -> Scope {
    Scope { agency: "police".into(), ..Scope::default() }
}

#[test]
fn the_most_pressing_duty_comes_first_in_the_state_of_the_moment() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let due = |key: &str, minutes: i64| DutyRow { due_us: Some(NOW + minutes * MINUTE), ..duty(key) };
        let duties = vec![
            due("later", 60),
            due("now", 0),
            due("late", -1),
            DutyRow { due_us: None, ..duty("no-limit") },
            DutyRow { state: "upcoming".into(), arises_us: NOW + 5 * MINUTE, ..due("soon", 30) },
            DutyRow { state: "cannot-tell".into(), due_us: None, arises_us: NOW, ..duty("unclear") },
            DutyRow { state: "done".into(), done_us: Some(NOW), ..due("done", -30) },
            DutyRow { state: "waived".into(), ..due("waived", -30) },
            DutyRow { owner: None, ..due("nobodys", 10) },
            DutyRow { owner: Some("police_officer".into()), ..due("theirs", 20) },
        ];
        add(&store, &Derived { duties: duties.clone(), ..derived("c1") }).await;

        let list = async |who: Scope, roles: &[&str], now: i64, limit: i64| {
            let roles: Vec<String> = roles.iter().map(|r| (*r).to_owned()).collect();
            let found = store.duties_of_roles(&who, &roles, now, limit).await.unwrap();
            found.into_iter().map(|d| format!("{} {}", d.key, d.state)).collect::<Vec<_>>()
        };
        let now = ["late overdue", "now due", "nobodys due", "later due", "no-limit due", "unclear cannot-tell"];
        assert_eq!(list(home(), &["carer"], NOW + 1, 50).await, now);
        assert_eq!(list(home(), &["carer"], NOW, 2).await, now[..2]);
        let then = list(home(), &["carer"], NOW + 31 * MINUTE, 50).await;
        let expected = ["late overdue", "now overdue", "nobodys overdue", "soon overdue", "later due", "no-limit due"];
        assert_eq!(then[..6], expected);
        assert!(list(home(), &["carer"], NOW + 5 * MINUTE, 50).await.contains(&"soon due".to_owned()));
        let both = list(home(), &["carer", "police_officer"], NOW, 50).await;
        assert!(both.contains(&"theirs due".to_owned()) && both.contains(&"later due".to_owned()));
        assert_eq!(list(home(), &[], NOW, 50).await, ["nobodys due"]);
        assert!(list(police(), &["carer"], NOW, 50).await.is_empty());

        let mut kept = store.duties_of_child("c1").await.unwrap();
        kept.sort_by(|a, b| a.key.cmp(&b.key));
        let mut expected = duties;
        expected.sort_by(|a, b| a.key.cmp(&b.key));
        for duty in &mut expected {
            duty.child_id = "c1".into();
            duty.child_name = "Child c1".into();
        }
        assert_eq!(kept, expected);
    });
}

#[test]
fn every_field_of_a_read_model_is_kept_and_replaced() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let full = |n: i64| {
            let text = |what: &str| format!("{what} {n} Zoë \"' \\");
            let duty = DutyRow {
                key: "k".into(),
                child_id: "c1".into(),
                child_name: text("name"),
                episode_id: Some(text("episode")),
                rulebook: text("rulebook"),
                rule: text("rule"),
                action: text("action"),
                label: text("label"),
                owner: Some(text("owner")),
                modality: text("modality"),
                state: text("state"),
                arises_us: n,
                due_us: Some(n + 1),
                done_us: Some(n + 2),
                remind_us: Some(n + 3),
                provisions: text("provisions"),
                limit_words: Some(text("limit")),
                line: Some(text("line")),
                silent: n == 1,
            };
            let episode = EpisodeRow {
                id: "e".into(),
                started_us: n,
                ended_us: None,
                status: Some(text("status")),
                risk: Some(text("risk")),
                risk_since_us: Some(n + 1),
                reported: n == 1,
                last_entry_us: Some(n + 2),
                last_entry: Some(text("last")),
                next_limit_us: Some(n + 3),
                next_limit: Some(text("next")),
                last_recorded_us: Some(n + 4),
                next_at_once: n % 2 == 0,
                interview: Some(text("owed")),
                interview_due_us: Some(n + 5),
                interview_done_us: None,
            };
            let child = ChildSummary {
                id: "c1".into(),
                name: text("name"),
                date_of_birth: Some("2011-05-02".into()),
                photograph: Some(text("a1b2")),
                agencies: vec!["home".into(), "police".into(), "home".into()],
                incidents: vec![],
                ..ChildSummary::default()
            };
            Derived { child, episodes: vec![episode], duties: vec![duty], next_change_us: Some(n) }
        };
        let mut version = 0;
        for n in [1, 2] {
            let now = full(n);
            if version == 0 {
                add(&store, &now).await;
            } else {
                store.append("c1", version, &[entry("x")], &now, &key()).await.unwrap();
            }
            version += 1;
            assert_eq!(store.duties_of_child("c1").await.unwrap(), now.duties);
            assert_eq!(store.episodes_of_child("c1").await.unwrap(), now.episodes);
            let board = store.board(&police()).await.unwrap();
            assert_eq!(board.len(), 1);
            assert_eq!((&board[0].child_name, &board[0].photograph), (&now.child.name, &now.child.photograph));
            assert_eq!((&board[0].episode, board[0].version), (&now.episodes[0], version));
            let child = store.child_row("c1").await.unwrap().unwrap();
            assert_eq!(
                (&child.name, child.version, child.open_episode.as_deref()),
                (&now.child.name, version, Some("e"))
            );
            assert_eq!(child.date_of_birth, now.child.date_of_birth);
        }
        assert!(store.children_to_refresh(1, 10).await.unwrap().is_empty());
        assert_eq!(store.children_to_refresh(2, 10).await.unwrap(), ["c1"]);
        let agencies: Vec<_> = store.agencies_of_child("c1").await.unwrap().into_iter().map(|a| a.id).collect();
        assert_eq!(agencies, ["home", "police"]);

        append(&store, "c1", 2, "the police are not concerned any more").await.unwrap();
        assert!(
            store.board(&police()).await.unwrap().is_empty() && store.duties_of_child("c1").await.unwrap().is_empty()
        );
        assert!(
            !store.ties(&home(), "c1").await.unwrap().is_empty()
                && store.ties(&police(), "c1").await.unwrap().is_empty()
        );
        assert!(store.children_to_refresh(i64::MAX, 10).await.unwrap().is_empty());
    });
}

#[test]
fn the_board_shows_open_episodes_by_their_next_limit() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        for (child, limit, ended) in
            [("c1", Some(30), None), ("c2", None, None), ("c3", Some(10), None), ("c4", Some(1), Some(NOW))]
        {
            let limit = limit.map(|m| NOW + m * MINUTE);
            let old = EpisodeRow { ended_us: Some(1), ..episode("old") };
            let episodes = vec![EpisodeRow { next_limit_us: limit, ended_us: ended, ..episode("e") }, old];
            add(&store, &Derived { episodes, ..derived(child) }).await;
        }
        let children: Vec<_> = store.board(&home()).await.unwrap().into_iter().map(|row| row.child_id).collect();
        assert_eq!(children, ["c3", "c1", "c2"]);
        assert!(store.board(&police()).await.unwrap().is_empty());
        let all = Scope { relation_to_all: true, ..Scope::default() };
        assert_eq!(store.board(&all).await.unwrap().len(), 3);
    });
}

#[test]
fn children_are_found_by_the_beginnings_of_their_names() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        for (id, name) in
            [("c1", "Zoë O'Neill"), ("c2", "Noel Anders-Price"), ("c3", "anna NEILSON"), ("c4", "王芳 Li")]
        {
            add(&store, &Derived { child: ChildSummary { name: name.into(), ..derived(id).child }, ..derived(id) })
                .await;
        }
        let find = async |text: &str| {
            let found = store.search_children(&home(), &named(text), 10).await.unwrap();
            found.into_iter().map(|c| c.id).collect::<Vec<_>>()
        };
        assert_eq!(find("zoe").await, ["c1"]);
        assert_eq!(find("  NEI  ").await, ["c3", "c1"]);
        assert_eq!(find("oneill").await, ["c1"]);
        assert_eq!(find("o'neill zo").await, ["c1"]);
        assert_eq!(find("price no").await, ["c2"]);
        assert_eq!(find("an").await, ["c3", "c2"]);
        assert_eq!(find("an nei").await, ["c3"]);
        assert_eq!(find("王").await, ["c4"]);
        assert!(find("nobody").await.is_empty());
        assert!(find("' or 1=1 --").await.is_empty());
        assert_eq!(find("").await, ["c3", "c2", "c1", "c4"]);
        assert_eq!(store.search_children(&home(), &named(""), 2).await.unwrap().len(), 2);
        assert!(store.search_children(&police(), &named("zoe"), 10).await.unwrap().is_empty());
        append(&store, "c1", 1, "has another name now").await.unwrap();
        assert!(find("zoe").await.is_empty());
        assert_eq!(find("child c1").await, ["c1"]);
        assert_eq!(store.children_after("c1", 2).await.unwrap(), ["c2", "c3"]);
    });
}

#[test]
fn a_large_agency_sees_its_own_children_and_no_others() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let related = |id: &str, agency: &str, minutes: i64| {
            let duties = vec![DutyRow { due_us: Some(NOW + minutes * MINUTE), ..duty("d") }];
            Derived {
                child: ChildSummary { agencies: vec![agency.into()], ..derived(id).child },
                duties,
                ..Derived::default()
            }
        };
        let adding = (0..320).map(|n| {
            let (store, derived) = (store.clone(), related(&format!("c{n}"), "police", n % 50 - 60));
            tokio::spawn(async move { add(&store, &derived).await })
        });
        for added in adding.collect::<Vec<_>>() {
            added.await.unwrap();
        }
        add(&store, &related("ours", "home", -90)).await;
        let carer = ["carer".to_owned()];
        let first = store.duties_of_roles(&police(), &carer, NOW, 7).await.unwrap();
        let expected = ["c0", "c100", "c150", "c200", "c250", "c300", "c50"];
        assert_eq!(first.iter().map(|d| d.child_id.as_str()).collect::<Vec<_>>(), expected);
        assert_eq!(store.duties_of_roles(&police(), &carer, NOW, 1000).await.unwrap().len(), 320);
        let ours = store.duties_of_roles(&home(), &carer, NOW, 1000).await.unwrap();
        assert_eq!(ours.iter().map(|d| d.child_id.as_str()).collect::<Vec<_>>(), ["ours"]);

        while !store.raise_alerts(NOW, 0, 100).await.unwrap().is_empty() {}
        assert_eq!(store.alerts_for(&police(), &carer, 1000).await.unwrap().len(), 320);
        assert_eq!(store.alerts_for(&home(), &carer, 1000).await.unwrap().len(), 1);
        assert_eq!(store.alerts_waiting(&home(), &carer).await.unwrap(), 1);
        assert_eq!(store.alerts_waiting(&police(), &carer).await.unwrap(), 100);
        let all = Scope { relation_to_all: true, ..Scope::default() };
        assert_eq!(store.duties_of_roles(&all, &carer, NOW, 1).await.unwrap()[0].child_id, "ours");
        assert_eq!(store.alerts_for(&all, &carer, 1000).await.unwrap().len(), 321);
    });
}
