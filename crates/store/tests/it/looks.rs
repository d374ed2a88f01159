//! The log of looks: one chain, however many write; nobody changes it unseen.

use crate::builders::{add, derived, populate};
use crate::databases::on_both;
use store::{NewLook, Store};

fn look(person: &str, child: Option<&str>, what: &str) -> NewLook {
    NewLook {
        person_id: person.into(),
        post: "home_staff".into(),
        agency_id: "home".into(),
        child_id: child.map(str::to_string),
        what: what.into(),
        class: "ordinary".into(),
        purpose: String::new(),
        session: "s".into(),
    }
}

async fn filled(store: &Store) {
    populate(store).await;
    add(store, &derived("c1")).await;
    add(store, &derived("c2")).await;
}

#[test]
fn looks_are_kept_in_the_order_of_one_chain() {
    on_both(|database| async move {
        let store = database.open().await;
        filled(&store).await;
        let list = [look("dana", Some("c1"), "board"), look("dana", Some("c2"), "board")];
        store.look(&list, 5).await.unwrap();
        store.look(&[look("amir", Some("c1"), "child")], 6).await.unwrap();
        store.look(&[look("", None, "sign-in failed")], 7).await.unwrap();
        store.look(&[], 8).await.unwrap();
        let at = store.looks_at_child("c1", 10).await.unwrap();
        let lines: Vec<_> = at.iter().map(|l| (l.seq, l.at_us, l.person_id.as_str(), l.what.as_str())).collect();
        assert_eq!(lines, [(3, 6, "amir", "child"), (1, 5, "dana", "board")]);
        let of: Vec<_> = store.looks_of(&[4, 2, 99]).await.unwrap().into_iter().map(|l| l.seq).collect();
        assert_eq!(of, [2, 4]);
        assert_eq!(store.children_opened("amir", "c2", 0).await.unwrap(), 1);
        assert_eq!(store.children_opened("dana", "c9", 0).await.unwrap(), 0, "a list is no record");
        assert!(store.verify_looks().await.unwrap().is_empty());
    });
}

#[test]
fn looks_of_one_kind_within_an_hour_are_summed_up() {
    on_both(|database| async move {
        let store = database.open().await;
        filled(&store).await;
        let hour = 60 * 60 * 1_000_000;
        let glass = NewLook { purpose: "break-glass".into(), ..look("dana", Some("c1"), "episode") };
        store.look(&[look("dana", Some("c1"), "child")], 1).await.unwrap();
        store.look(&[look("dana", Some("c1"), "child"), look("dana", Some("c2"), "board")], hour).await.unwrap();
        store.look(&[look("dana", Some("c1"), "episode"), glass], 2 * hour - 1).await.unwrap();
        store.look(&[look("dana", Some("c1"), "refused"), look("", None, "sign-in failed")], 2 * hour).await.unwrap();
        let mut sums = store.looks_summed(hour).await.unwrap();
        sums.sort_by_key(|sum| sum.last_seq);
        let lines: Vec<_> = sums
            .iter()
            .map(|s| (s.child_id.as_str(), s.kind.as_str(), s.glass, s.first_us, s.last_us, s.looks, s.last_seq))
            .collect();
        assert_eq!(
            lines,
            [
                ("c2", "listed", 0, hour, hour, 1, 3),
                ("c1", "opened", 0, hour, 2 * hour - 1, 2, 4),
                ("c1", "opened", 1, 2 * hour - 1, 2 * hour - 1, 1, 5),
                ("c1", "refused", 0, 2 * hour, 2 * hour, 1, 6),
            ]
        );
    });
}

#[test]
fn many_who_write_at_once_continue_one_chain() {
    on_both(|database| async move {
        let store = database.open().await;
        let two = database.open().await;
        filled(&store).await;
        let mut under_way = tokio::task::JoinSet::new();
        for n in 0..40 {
            let store = if n % 2 == 0 { store.clone() } else { two.clone() };
            under_way.spawn(async move {
                store.look(&[look("dana", Some("c1"), "child"), look("dana", Some("c2"), "child")], n).await
            });
        }
        while let Some(done) = under_way.join_next().await {
            done.unwrap().unwrap();
        }
        let places: Vec<i64> = (1..100).collect();
        assert_eq!(store.looks_of(&places).await.unwrap().len(), 80);
        assert_eq!(store.verify_looks().await.unwrap(), Vec::<String>::new());
    });
}

#[test]
fn the_database_refuses_to_change_it_and_the_chain_tells_who_got_around_that() {
    on_both(|database| async move {
        let store = database.open().await;
        filled(&store).await;
        for n in 0..3 {
            store.look(&[look("dana", Some("c1"), "child")], n).await.unwrap();
        }
        let lite = database.url().starts_with("sqlite:");
        for statement in ["update look set person_id = 'amir' where seq = 2", "delete from look where seq = 2"] {
            assert!(database.try_tamper(statement).await.is_err(), "{statement}");
        }
        let off = if lite { "drop trigger look_never_changed" } else { "alter table look disable trigger all" };
        database.tamper(&format!("{off}; update look set person_id = 'amir' where seq = 2")).await;
        let faults = store.verify_looks().await.unwrap();
        assert!(faults.iter().any(|f| f.contains("look 2 is not what was written")), "{faults:?}");
        if lite {
            database.tamper("drop trigger look_never_deleted").await;
        }
        database.tamper("update look set person_id = 'dana' where seq = 2; delete from look where seq = 3").await;
        let faults = store.verify_looks().await.unwrap();
        assert!(faults.iter().any(|f| f.contains("ends at look 2, and should end at 3")), "{faults:?}");
    });
}
