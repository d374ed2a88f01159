//! Pictures of children: there before a row names them, kept from then on, gone with the row that is erased.

use crate::builders::{NOW, add, derived, key, populate, row};
use crate::databases::on_both;
use store::{Fault, NewRow, Photograph, RowKind, Store, StoreError};

const DAY: i64 = 24 * 60 * 60 * 1_000_000;

fn photograph(shows: &str) -> Photograph {
    let (picture, portrait) = (format!("large {shows}").into_bytes(), format!("small {shows}").into_bytes());
    let id = Photograph::id_of(&picture, &portrait);
    Photograph { id, picture, portrait, added_us: NOW, added_by: "dana".into() }
}

/// An entry that puts a picture on the record.
fn naming(photograph: &Photograph) -> NewRow {
    let payload = serde_json::json!({ "event": "child.photograph_added", "photograph": photograph.id }).to_string();
    NewRow { photograph: Some(photograph.id.clone()), ..row(RowKind::Entry, payload) }
}

async fn with(store: &Store, photograph: &Photograph) {
    store.photograph_put("c1", photograph).await.unwrap();
    let version = store.record("c1").await.unwrap().version;
    store.append("c1", version, &[naming(photograph)], &derived("c1"), &key()).await.unwrap();
}

#[test]
fn a_picture_is_read_by_its_child_and_id() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let one = photograph("a face");
        with(&store, &one).await;
        let picture = store.picture("c1", &one.id).await.unwrap().unwrap();
        assert_eq!(
            (&picture.jpeg, &*picture.added_by, picture.kept, picture.shown),
            (&one.picture, "dana", true, false)
        );
        assert_eq!(store.portrait("c1", &one.id).await.unwrap().unwrap().jpeg, one.portrait);
        assert_eq!(store.picture("c2", &one.id).await.unwrap(), None);
        assert_eq!(store.portrait("c1", "0123").await.unwrap(), None);
        // The very same picture once more changes nothing.
        with(&store, &Photograph { added_us: NOW + DAY, ..one.clone() }).await;
        assert_eq!(store.picture("c1", &one.id).await.unwrap().unwrap().jpeg, one.picture);
        let mut shown = derived("c1");
        shown.child.photograph = Some(one.id.clone());
        store.refresh("c1", 3, &shown).await.unwrap();
        assert!(store.portrait("c1", &one.id).await.unwrap().unwrap().shown);
        let huge = Photograph { picture: vec![0; 5 << 20], ..photograph("too much") };
        assert!(matches!(store.photograph_put("c1", &huge).await, Err(StoreError::Refused(_))));
    });
}

#[test]
fn a_row_names_only_a_picture_that_is_there() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        store.photograph_put("c2", &photograph("a face")).await.unwrap();
        let answer = store.append("c1", 1, &[naming(&photograph("a face"))], &derived("c1"), "k").await;
        assert!(matches!(answer, Err(StoreError::Refused(_))), "{answer:?}");
        assert_eq!(store.record("c1").await.unwrap().version, 1);
        assert_eq!(store.outcome_of("k").await.unwrap(), None);
    });
}

#[test]
fn what_no_row_named_for_a_day_is_cleared_away() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let (kept, left) = (photograph("kept"), photograph("left"));
        with(&store, &kept).await;
        store.photograph_put("c1", &left).await.unwrap();
        store.sweep(NOW + DAY).await.unwrap();
        assert!(!store.picture("c1", &left.id).await.unwrap().unwrap().kept);
        // Sent once more, it waits anew, for whoever sent it last.
        let again = Photograph { added_us: NOW + DAY, added_by: "amir".into(), ..left.clone() };
        store.photograph_put("c1", &again).await.unwrap();
        store.sweep(NOW + DAY + 1).await.unwrap();
        assert_eq!(store.picture("c1", &left.id).await.unwrap().unwrap().added_by, "amir");
        store.sweep(NOW + 2 * DAY + 1).await.unwrap();
        assert_eq!(store.picture("c1", &left.id).await.unwrap(), None);
        assert_eq!(store.picture("c1", &kept.id).await.unwrap().unwrap().jpeg, kept.picture);
    });
}

#[test]
fn a_picture_that_was_exchanged_or_removed_is_found() {
    for statement in [
        "update photograph set picture = portrait",
        "update photograph set portrait = picture",
        "update photograph set kept = false",
        "delete from photograph",
    ] {
        on_both(|database| async move {
            let store = database.open().await;
            populate(&store).await;
            add(&store, &derived("c1")).await;
            let one = photograph("a face");
            with(&store, &one).await;
            assert!(store.verify("c1").await.unwrap().is_whole());
            database.tamper(statement).await;
            let verified = store.verify("c1").await.unwrap();
            assert_eq!(verified.faults, [Fault::Picture { id: one.id }]);
            assert!(verified.faults[0].to_string().contains("removed or exchanged"));
        });
    }
}

#[test]
fn an_erased_row_takes_its_picture_with_it() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let (gone, stays) = (photograph("the-erased-face"), photograph("another"));
        with(&store, &gone).await;
        with(&store, &stays).await;
        let erasure = row(RowKind::Erasure, r#"{"erases":[2],"why":"order of the court"}"#.into());
        store.erase("c1", 3, &erasure, &derived("c1"), "erase").await.unwrap();
        assert_eq!(store.picture("c1", &gone.id).await.unwrap(), None);
        assert_eq!(store.portrait("c1", &gone.id).await.unwrap(), None);
        assert_eq!(store.picture("c1", &stays.id).await.unwrap().unwrap().jpeg, stays.picture);
        assert!(store.verify("c1").await.unwrap().is_whole());
        if let Some(path) = database.url().strip_prefix("sqlite:") {
            for suffix in ["", "-wal"] {
                let bytes = std::fs::read(format!("{path}{suffix}")).unwrap_or_default();
                let found = bytes.windows(15).any(|w| w == b"the-erased-face");
                assert!(!found, "the erased picture is still in the file{suffix}");
            }
        }
    });
}

#[test]
fn a_picture_that_two_rows_name_goes_with_the_last_of_them() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let one = photograph("a face");
        with(&store, &one).await;
        with(&store, &one).await;
        let erasure = |seqs: &str| row(RowKind::Erasure, format!(r#"{{"erases":{seqs},"why":"order of the court"}}"#));
        store.erase("c1", 3, &erasure("[2]"), &derived("c1"), &key()).await.unwrap();
        assert!(store.picture("c1", &one.id).await.unwrap().is_some());
        assert!(store.verify("c1").await.unwrap().is_whole());
        store.erase("c1", 4, &erasure("[3]"), &derived("c1"), &key()).await.unwrap();
        assert_eq!(store.picture("c1", &one.id).await.unwrap(), None);
        // Both at once, as an erasure of a whole record would.
        let two = photograph("another");
        with(&store, &two).await;
        with(&store, &two).await;
        store.erase("c1", 7, &erasure("[6,7]"), &derived("c1"), &key()).await.unwrap();
        assert_eq!(store.picture("c1", &two.id).await.unwrap(), None);
        assert!(store.verify("c1").await.unwrap().is_whole());
    });
}
