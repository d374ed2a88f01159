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
        assert_eq!(store.looks_since(6, 10).await.unwrap().len(), 2);
        assert_eq!(store.children_opened("amir", "c2", 0).await.unwrap(), 1);
        assert_eq!(store.children_opened("dana", "c9", 0).await.unwrap(), 0, "a list is no record");
        assert!(store.verify_looks().await.unwrap().is_empty());
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
        assert_eq!(store.looks_since(0, 1000).await.unwrap().len(), 80);
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
