//! Short ways to write what a test puts into a store.

use std::sync::atomic::{AtomicU64, Ordering};
use store::{
    Agency, Appended, ChildSummary, Derived, DutyRow, EpisodeRow, NewChild, NewRow, Person, RowKind, Scope, Store,
};

/// A minute.
pub const MINUTE: i64 = 60_000_000;
/// Half past six in the evening of 5 January 2026.
pub const NOW: i64 = 1_767_637_800_000_000;

/// A key that was never used.
pub fn key() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("key-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// An entry that says this.
pub fn entry(note: &str) -> NewRow {
    let payload = serde_json::json!({ "event": "note.made", "note": note }).to_string();
    row(RowKind::Entry, payload)
}

/// A row.
pub fn row(kind: RowKind, payload: String) -> NewRow {
    let salt = key() + "0123456789abcdef";
    NewRow {
        kind,
        occurred_us: NOW,
        recorded_us: NOW + MINUTE,
        actor: "dana".to_owned(),
        payload,
        salt,
        photograph: None,
    }
}

/// What is derived, of a child related to the home.
pub fn derived(child: &str) -> Derived {
    let child = ChildSummary {
        id: child.into(),
        name: format!("Child {child}"),
        agencies: vec!["home".into()],
        ..Default::default()
    };
    Derived { child, ..Derived::default() }
}

/// A duty of the carer, due now.
pub fn duty(key: &str) -> DutyRow {
    DutyRow {
        key: key.into(),
        rulebook: "area".into(),
        rule: "rule".into(),
        action: "police.report".into(),
        label: "Tell the police".into(),
        owner: Some("carer".into()),
        modality: "must".into(),
        state: "due".into(),
        arises_us: NOW - 60 * MINUTE,
        due_us: Some(NOW),
        ..DutyRow::default()
    }
}

/// An open episode.
pub fn episode(id: &str) -> EpisodeRow {
    EpisodeRow { id: id.into(), started_us: NOW - 60 * MINUTE, status: Some("missing".into()), ..EpisodeRow::default() }
}

/// The people of the home.
pub fn home() -> Scope {
    Scope { agency: "home".into(), ..Scope::default() }
}

/// Two agencies with a person each.
pub async fn populate(store: &Store) {
    for (agency, kind, person, role) in
        [("home", "childrens_home", "dana", "carer"), ("police", "police", "amir", "police_officer")]
    {
        let agency =
            Agency { id: agency.into(), name: format!("The {agency}"), kind: kind.into(), ..Agency::default() };
        store.add_agency(&agency).await.unwrap();
        let person = Person {
            id: person.into(),
            username: format!("{person}@{}", agency.id),
            name: person.to_uppercase(),
            role: role.into(),
            agency: agency.id,
            password_hash: "$argon2id$".into(),
            active: true,
            ..Person::default()
        };
        store.add_person(&person).await.unwrap();
    }
}

/// Adds a child with one entry.
pub async fn add(store: &Store, derived: &Derived) -> Appended {
    let child = NewChild { id: derived.child.id.clone(), created_us: NOW };
    store.add_child(&child, &[entry("opened")], derived, &key()).await.unwrap()
}

/// Appends an entry at a version.
pub async fn append(store: &Store, child: &str, version: i64, note: &str) -> store::Result<Appended> {
    store.append(child, version, &[entry(note)], &derived(child), &key()).await
}
