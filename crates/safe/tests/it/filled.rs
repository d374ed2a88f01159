//! A store with two children, a picture, an erasure, looks, people and relations.

use crate::databases::Database;
use std::sync::atomic::{AtomicU64, Ordering};
use store::{
    Agency, ChildSummary, Derived, Listed, NewChild, NewLook, NewRow, Person, Photograph, Relation, RowKind, Store,
    Totp, Withheld,
};

fn key() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("key-{}-{}-0123456789abcdef", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

fn row(kind: RowKind, payload: String) -> NewRow {
    let actor = "dana".to_owned();
    NewRow { kind, occurred_us: 10, recorded_us: 20, actor, payload, salt: key(), photograph: None }
}

fn derived(child: &str) -> Derived {
    let name = format!("Child {child}");
    let child = ChildSummary { id: child.into(), name, agencies: vec!["home".into()], ..ChildSummary::default() };
    Derived { child, ..Derived::default() }
}

/// Says something on the record of a child.
pub async fn say(store: &Store, child: &str, version: i64, note: &str) {
    let payload = format!("{{\"event\":\"note.made\",\"note\":\"{note}\"}}");
    store.append(child, version, &[row(RowKind::Entry, payload)], &derived(child), &key()).await.unwrap();
}

/// Looks at a child.
pub async fn look(store: &Store, child: &str) {
    let look = NewLook {
        person_id: "dana".into(),
        post: "home_staff".into(),
        agency_id: "home".into(),
        child_id: Some(child.into()),
        what: "child".into(),
        class: "ordinary".into(),
        purpose: String::new(),
        session: "s".into(),
    };
    store.look(&[look], 30).await.unwrap();
}

/// Fills an empty database.
pub async fn filled(database: &Database) -> Store {
    let store = database.open().await;
    for (id, person) in [("home", "dana"), ("police", "amir")] {
        let agency = Agency { id: id.into(), name: format!("The {id}"), kind: id.into(), ..Agency::default() };
        store.add_agency(&agency).await.unwrap();
        let person = Person {
            id: person.into(),
            username: person.into(),
            name: person.into(),
            role: "home_staff".into(),
            agency: id.into(),
            password_hash: "$argon2id$".into(),
            active: true,
            ..Person::default()
        };
        store.add_person(&person).await.unwrap();
    }
    for child in ["c1", "c2"] {
        let new = NewChild { id: child.into(), created_us: 5 };
        let opened = row(RowKind::Entry, "{\"event\":\"note.made\",\"note\":\"opened\"}".into());
        store.add_child(&new, &[opened], &derived(child), &key()).await.unwrap();
        for version in 1..5 {
            say(&store, child, version, "said").await;
        }
        look(&store, child).await;
    }
    let (picture, portrait) = (vec![1, 0, 255, 7], vec![0, 3]);
    let id = Photograph::id_of(&picture, &portrait);
    let photograph = Photograph { id: id.clone(), picture, portrait, added_us: 6, added_by: "dana".into() };
    store.photograph_put("c1", &photograph).await.unwrap();
    let mut shown = row(RowKind::Entry, format!("{{\"event\":\"photograph.added\",\"picture\":\"{id}\"}}"));
    shown.photograph = Some(id);
    store.append("c1", 5, &[shown], &derived("c1"), &key()).await.unwrap();
    let erasure = row(RowKind::Erasure, "{\"erases\":[2]}".into());
    store.erase("c1", 6, &erasure, &derived("c1"), &key()).await.unwrap();
    let relation = Relation {
        id: "r1".into(),
        child_id: "c1".into(),
        person_id: Some("amir".into()),
        kind: "parent".into(),
        reason: "said \"so\", twice".into(),
        made_by: "dana".into(),
        ..Relation::default()
    };
    store.relate(&relation).await.unwrap();
    let withheld = Withheld {
        child_id: "c1".into(),
        place: "p1".into(),
        by_person: "dana".into(),
        at_us: 7,
        ..Withheld::default()
    };
    store.withhold(&withheld).await.unwrap();
    let line = Listed {
        agency: "home".into(),
        phone_night: "07700 900201".into(),
        address_class: "ordinary".into(),
        changed_by: "dana".into(),
        ..Listed::default()
    };
    store.list(&line).await.unwrap();
    store.totp_put(&Totp { person: "dana".into(), secret: "sealed".into(), ..Totp::default() }).await.unwrap();
    store
}

/// Takes away what keeps a careless hand from the tables, as somebody who means it would.
pub async fn disarm(database: &Database) {
    let sqlite = "drop trigger chain_never_deleted; drop trigger chain_only_erased; drop trigger look_never_deleted; \
                  drop trigger look_never_changed; drop trigger deed_never_deleted; drop trigger deed_never_changed;";
    let postgres = "alter table chain disable trigger user; alter table look disable trigger user; \
                    alter table deed disable trigger user;";
    database.tamper(if database.url().starts_with("sqlite") { sqlite } else { postgres }).await;
}
