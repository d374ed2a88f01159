//! Forms half filled in: whose they are, and what a second place is told.

use crate::builders::{add, derived, populate};
use crate::databases::on_both;
use store::{DraftSaved, FormDraft};

const NOW: i64 = 1_767_225_600_000_000;

fn draft(version: i64, place: &str, body: &str) -> FormDraft {
    FormDraft {
        id: "d".into(),
        person_id: "dana".into(),
        child_id: "c1".into(),
        rulebook: "area".into(),
        edition: "2026".into(),
        form: "safety_plan".into(),
        body: body.into(),
        place: place.into(),
        version,
        begun_us: NOW,
        saved_us: NOW + version,
        ..FormDraft::default()
    }
}

#[test]
fn a_second_place_is_told_and_both_versions_are_kept() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        assert_eq!(store.form_draft_save(&draft(0, "desk", "one"), false).await.unwrap(), DraftSaved::At(1));
        // The answer was lost on the way: the same page saves again, at what it knows.
        assert_eq!(store.form_draft_save(&draft(0, "desk", "one and"), false).await.unwrap(), DraftSaved::At(2));
        assert_eq!(store.form_draft_save(&draft(2, "phone", "two"), false).await.unwrap(), DraftSaved::At(3));
        assert_eq!(store.form_draft_save(&draft(2, "desk", "one more"), false).await.unwrap(), DraftSaved::Beside);
        let kept = store.form_draft("dana", "d").await.unwrap().unwrap();
        assert_eq!((kept.body.as_str(), kept.beside.as_str(), kept.version), ("two", "one more", 3));
        // Whoever was shown the other overwrites it, and it stands beside.
        assert_eq!(store.form_draft_save(&draft(3, "third", "both"), true).await.unwrap(), DraftSaved::At(4));
        let kept = store.form_draft("dana", "d").await.unwrap().unwrap();
        assert_eq!((kept.body.as_str(), kept.beside.as_str(), kept.begun_us), ("both", "two", NOW));
        store.form_draft_settle("dana", "d").await.unwrap();
        assert_eq!(store.form_draft("dana", "d").await.unwrap().unwrap().beside, "");
        store.form_draft_delete("dana", "d").await.unwrap();
        assert_eq!(store.form_draft_save(&draft(4, "desk", "late"), false).await.unwrap(), DraftSaved::Gone);
    });
}

#[test]
fn a_form_begun_in_two_places_is_one_draft() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let of = |id: &str, version, place, body| FormDraft {
            id: id.into(),
            subject: "area/2026/safety_plan".into(),
            ..draft(version, place, body)
        };
        assert_eq!(store.form_draft_save(&of("d", 0, "desk", "one"), false).await.unwrap(), DraftSaved::At(1));
        // The second page was opened before the first had saved: it has an id of its own, and is told whose draft there is.
        let told = DraftSaved::BesideAnother("d".into());
        assert_eq!(store.form_draft_save(&of("e", 0, "phone", "two"), false).await.unwrap(), told);
        assert!(store.form_draft("dana", "e").await.unwrap().is_none());
        let kept = store.form_draft_of("dana", "c1", "area/2026/safety_plan").await.unwrap().unwrap();
        assert_eq!((kept.id.as_str(), kept.body.as_str(), kept.beside.as_str()), ("d", "one", "two"));
        // Others have their own; so has the same person once it is completed.
        let other = FormDraft { person_id: "amir".into(), ..of("f", 0, "desk", "his") };
        assert_eq!(store.form_draft_save(&other, false).await.unwrap(), DraftSaved::At(1));
        store.form_draft_delete("dana", "d").await.unwrap();
        assert_eq!(store.form_draft_save(&of("d", 1, "desk", "late"), false).await.unwrap(), DraftSaved::Gone);
        assert_eq!(store.form_draft_save(&of("g", 0, "desk", "anew"), false).await.unwrap(), DraftSaved::At(1));
    });
}

#[test]
fn a_draft_is_its_persons_and_nobody_elses_and_is_swept_after_half_a_year() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        store.form_draft_save(&draft(0, "desk", "one"), false).await.unwrap();
        assert!(store.form_draft("amir", "d").await.unwrap().is_none());
        let forged = FormDraft { person_id: "amir".into(), ..draft(1, "desk", "mine") };
        assert_eq!(store.form_draft_save(&forged, true).await.unwrap(), DraftSaved::Gone);
        store.form_draft_delete("amir", "d").await.unwrap();
        store.form_draft_settle("amir", "d").await.unwrap();
        assert_eq!(store.form_drafts_of("dana").await.unwrap().len(), 1);
        assert_eq!(store.form_drafts_on("dana", "c1").await.unwrap().len(), 1);
        assert!(store.form_drafts_on("dana", "c2").await.unwrap().is_empty());
        let day = 24 * 60 * 60 * 1_000_000;
        store.sweep(NOW + 182 * day).await.unwrap();
        assert_eq!(store.form_drafts_of("dana").await.unwrap().len(), 1);
        store.sweep(NOW + 184 * day).await.unwrap();
        assert!(store.form_drafts_of("dana").await.unwrap().is_empty());
    });
}
