//! Corrections and withdrawals: nothing is overwritten, and what was said before can still be read.

use crate::databases::on_both;
use crate::recording::messages;
use crate::world::{RILEY, World};
use actions::queries::Asked;
use actions::{Refused, entry, queries};

#[test]
fn a_correction_counts_from_then_on_and_both_are_there_to_read() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        world.set("2026-01-05T20:55+00:00");
        let back =
            world.record("dana", "return.recorded", &[("how", "own_accord"), ("where", "Larkfeild")]).await.unwrap();
        world.set("2026-01-06T08:00+00:00");
        let dana = world.actor("dana").await;
        let filled = queries::correct_form(&world.app, &dana, RILEY, &back.entry, &Asked::default()).await.unwrap();
        assert_eq!(filled.fields.iter().find(|f| f.name == "f-where").unwrap().values, ["Larkfeild"]);
        assert_eq!((filled.occurred.time.as_str(), filled.occurred.day.as_str()), ("20:55", "5"));
        assert_eq!(filled.correcting.as_ref().unwrap().by, "Dana Holt");
        let how = filled.fields.iter().find(|f| f.name == "f-how").unwrap();
        assert!(how.options.iter().any(|o| o.value == "own_accord" && o.chosen));
        let form = world.form(
            "return.recorded",
            &[("occurred", "2026-01-05T20:20+00:00"), ("how", "found_by_police"), ("where", "Larkfield House")],
        );
        let version = world.version(RILEY).await;
        let corrected = entry::correct(&world.app, &dana, RILEY, version, &back.entry, &form, "c1").await.unwrap();
        assert_eq!(corrected.words, "Corrected: the child came back, 20:20 yesterday.");
        let again = entry::correct(&world.app, &dana, RILEY, version, &back.entry, &form, "c1").await.unwrap();
        assert_eq!(again, corrected);
        let page = queries::episode(&world.app, &dana, RILEY, &gone.entry).await.unwrap();
        assert_eq!(page.strip.headline, "Returned after 1 h 50 min");
        let item = page.timeline.iter().find(|i| i.id == back.entry).unwrap();
        assert_eq!(item.occurred.words, "20:20 yesterday");
        assert_eq!(item.versions.len(), 1);
        let said = item.versions[0].fields.iter().find(|f| f.field == "where").unwrap();
        assert_eq!(said.value, "Larkfeild");
        assert_eq!(item.by, "Dana Holt, staff of the Home");
    });
}

#[test]
fn a_withdrawal_takes_an_entry_out_and_says_why() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        let told = world.record("dana", "notification.sent", &[("to", "parent"), ("about", "missing")]).await.unwrap();
        let dana = world.actor("dana").await;
        let version = world.version(RILEY).await;
        let empty = entry::withdraw(&world.app, &dana, RILEY, version, &told.entry, "other", "  ", "w0").await;
        assert!(messages(empty)[0].contains("Say why"));
        let why = "It was another child's mother.";
        let done = entry::withdraw(&world.app, &dana, RILEY, version, &told.entry, "not-so", why, "w1").await.unwrap();
        assert_eq!(
            (done.entry.as_str(), done.words.as_str()),
            (told.entry.as_str(), "Withdrawn: somebody was told, 18:30 today.")
        );
        let page = queries::episode(&world.app, &dana, RILEY, &gone.entry).await.unwrap();
        let item = page.timeline.iter().find(|i| i.id == told.entry).unwrap();
        assert!(item.withdrawn && !item.can_correct);
        assert_eq!(
            (item.versions[0].withdrawal, item.versions[0].note.as_str()),
            (true, "It did not happen. It was another child's mother.")
        );
        let version = world.version(RILEY).await;
        let twice = entry::withdraw(&world.app, &dana, RILEY, version, &told.entry, "not-so", why, "w2").await;
        assert_eq!(twice, Err(Refused::NotFound));
    });
}

#[test]
fn what_other_entries_stand_on_is_not_pulled_away() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        world.pass(60);
        world.record("grace", "risk.graded", &[("level", "high")]).await.unwrap();
        let back = world.record("dana", "return.recorded", &[("how", "own_accord")]).await.unwrap();
        let dana = world.actor("dana").await;
        let version = world.version(RILEY).await;
        let refused = entry::withdraw(&world.app, &dana, RILEY, version, &gone.entry, "not-so", "A mistake", "w").await;
        assert!(matches!(refused, Err(Refused::RuleRefuses(_))), "{refused:?}");
        let early = world.form("return.recorded", &[("occurred", "2026-01-05T17:00+00:00"), ("how", "own_accord")]);
        let refused = entry::correct(&world.app, &dana, RILEY, version, &back.entry, &early, "c").await;
        let Err(Refused::RuleRefuses(objections)) = refused else { panic!("{refused:?}") };
        assert!(objections[0].says.contains("not recorded as gone at that time"), "{objections:?}");
        let stale = entry::correct(&world.app, &dana, RILEY, version - 1, &back.entry, &early, "c").await;
        assert!(matches!(stale, Err(Refused::Stale { .. })));
        let unknown = entry::correct(&world.app, &dana, RILEY, version, "no-such-entry", &early, "c").await;
        assert_eq!(unknown, Err(Refused::NotFound));
    });
}

#[test]
fn a_rulebook_refuses_a_correction_as_well() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let grade = world.record("grace", "risk.graded", &[("level", "high")]).await.unwrap();
        let grace = world.actor("grace").await;
        let version = world.version(RILEY).await;
        let low = world.form("risk.graded", &[("level", "low")]);
        let refused = entry::correct(&world.app, &grace, RILEY, version, &grade.entry, &low, "c").await;
        assert!(matches!(refused, Err(Refused::RuleRefuses(_))), "{refused:?}");
        let wrong = world.form("risk.graded", &[("level", "extreme")]);
        assert_eq!(
            messages(entry::correct(&world.app, &grace, RILEY, version, &grade.entry, &wrong, "c").await).len(),
            1
        );
    });
}
