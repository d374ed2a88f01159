//! Corrections and withdrawals: nothing is overwritten, and what was said before can still be read.

use crate::databases::on_both;
use crate::recording::messages;
use crate::world::{RILEY, World};
use actions::entry::EntryForm;
use actions::queries::Asked;
use actions::{Refused, entry, queries, worker};

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
fn those_who_were_told_hear_once_that_the_time_was_corrected() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        world.record("dana", "police.reported", &[("as", "missing"), ("route", "101")]).await.unwrap();
        world.set("2026-01-05T20:20+00:00");
        let back = world.record("dana", "return.recorded", &[]).await.unwrap();
        world.pass(5);
        world.record("dana", "notification.sent", &[("to", "social_worker"), ("about", "return")]).await.unwrap();
        world.set("2026-01-06T08:00+00:00");
        let dana = world.actor("dana").await;
        let told = async |who: &str| {
            let home = queries::home(&world.app, &world.actor(who).await).await.unwrap();
            home.notices.into_iter().map(|one| (one.says, one.link)).collect::<Vec<_>>()
        };
        let correct = async |entry: &str, event: &str, fields: &[(&str, &str)], key: &str| {
            let version = world.version(RILEY).await;
            let form = world.form(event, fields);
            entry::correct(&world.app, &dana, RILEY, version, entry, &form, key).await.unwrap();
        };
        // Something else is put right: nobody need hear of it.
        correct(
            &back.entry,
            "return.recorded",
            &[("occurred", "2026-01-05T20:20+00:00"), ("where", "Larkfield")],
            "c0",
        )
        .await;
        assert_eq!(told("owen").await, []);
        for _ in 0..2 {
            correct(
                &back.entry,
                "return.recorded",
                &[("occurred", "2026-01-05T20:50+00:00"), ("where", "Larkfield")],
                "c1",
            )
            .await;
            let found = told("owen").await;
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(found[0].0, "Time corrected: the child came back, 20:50 yesterday, not 20:20 yesterday.");
            assert!(found[0].1.starts_with(&format!("/children/{RILEY}/episodes/{}?", gone.entry)), "{}", found[0].1);
            assert!(found[0].1.ends_with(&format!("#{}", back.entry)), "{}", found[0].1);
        }
        // The police were told of the absence, and of no return; whoever corrects it knows.
        assert_eq!((told("grace").await, told("dana").await, told("priya").await), (vec![], vec![], vec![]));
        let page = queries::episode(&world.app, &dana, RILEY, &gone.entry).await.unwrap();
        let item = page.timeline.iter().find(|i| i.id == back.entry).unwrap();
        let times: Vec<&str> = item.versions.iter().map(|v| v.occurred.words.as_str()).collect();
        assert_eq!(
            (item.occurred.words.as_str(), times),
            ("20:50 yesterday", vec!["20:20 yesterday", "20:20 yesterday"])
        );
        // The time of the absence is what the police were told, too.
        correct(&gone.entry, "absence.noticed", &[("occurred", "2026-01-05T18:10+00:00"), ("status", "missing")], "c2")
            .await;
        let says = "Time corrected: the child was not where expected, 18:10 yesterday, not 18:30 yesterday.";
        assert_eq!(told("grace").await.into_iter().map(|(says, _)| says).collect::<Vec<_>>(), [says]);
        assert_eq!(told("owen").await[0].0, says);
    });
}

#[test]
fn the_alert_of_a_limit_that_a_correction_moved_is_withdrawn() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        world.set("2026-01-06T19:00+00:00");
        worker::tick(&world.app).await.unwrap();
        let owen = world.actor("owen").await;
        let late = |alerts: &views::Alerts| {
            let overdue = alerts.open.iter().filter(|a| a.kind == views::AlertKind::Overdue);
            overdue.map(|a| (a.label.clone(), a.due.as_ref().unwrap().words.clone())).collect::<Vec<_>>()
        };
        let before = late(&queries::alerts(&world.app, &owen, 1).await.unwrap());
        let moves = |alerts: &[(String, String)]| alerts.iter().filter(|(_, due)| due == "18:30 today").count();
        assert!(moves(&before) > 0, "{before:?}");
        // She was first missed an hour later than was said.
        let form = world.form("absence.noticed", &[("occurred", "2026-01-05T19:30+00:00"), ("status", "missing")]);
        let version = world.version(RILEY).await;
        let dana = world.actor("dana").await;
        entry::correct(&world.app, &dana, RILEY, version, &gone.entry, &form, "c1").await.unwrap();
        let alerts = queries::alerts(&world.app, &owen, 1).await.unwrap();
        assert_eq!(moves(&late(&alerts)), 0, "{:?}", late(&alerts));
        assert_eq!(alerts.viewer.alerts as usize, alerts.open.len());
        // The limit as it is raises its own, once it has come.
        world.set("2026-01-06T19:31+00:00");
        worker::tick(&world.app).await.unwrap();
        let after = late(&queries::alerts(&world.app, &owen, 1).await.unwrap());
        assert_eq!(after.iter().filter(|(_, due)| due == "19:30 today").count(), moves(&before), "{after:?}");
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
        assert_eq!(
            objections[0].says,
            "The return would be at 17:00 today, before the child was gone: the absence began at 18:30 today."
        );
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

#[test]
fn a_start_that_moves_past_what_was_recorded_of_it_is_said_before_it_is_saved() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        world.pass(30);
        world.record("dana", "police.reported", &[("incident_number", "NP-7")]).await.unwrap();
        world.record("grace", "risk.graded", &[("level", "high")]).await.unwrap();
        world.pass(120);
        let dana = world.actor("dana").await;
        let version =
            queries::correct_form(&world.app, &dana, RILEY, &gone.entry, &Asked::default()).await.unwrap().version;
        let rows = world.version(RILEY).await;
        let at = |time: &str, fold: &str| {
            let mut form = world.form("absence.noticed", &[("occurred", time), ("status", "missing")]);
            form.answers.set("occurred-fold", fold);
            form
        };
        let correct = async |form: &EntryForm, key: &str| {
            entry::correct(&world.app, &dana, RILEY, version, &gone.entry, form, key).await
        };
        // The minute of the report itself is not before it; one minute later is.
        let told = correct(&at("2026-01-05T20:30+00:00", ""), "c1").await;
        let Err(Refused::Invalid(asked)) = told else { panic!("{told:?}") };
        assert!(asked[0].message.contains("19:00 today") && asked[0].message.contains("police"), "{asked:?}");
        assert_eq!(asked[0].offers[0].value, "sure");
        assert_eq!(world.version(RILEY).await, rows, "nothing was saved");
        let told = correct(&at("2026-01-05T19:01+00:00", ""), "c2").await;
        assert!(matches!(told, Err(Refused::Invalid(_))), "{told:?}");
        // Said once more, it is saved.
        let done = correct(&at("2026-01-05T20:30+00:00", "sure"), "c3").await.unwrap();
        assert_eq!(done.words, "Corrected: the child was not where expected, 20:30 today.");
        assert_eq!(world.version(RILEY).await, rows + 1);
        // Back to the very minute of the report: nothing stands before it, and nothing is asked.
        let version =
            queries::correct_form(&world.app, &dana, RILEY, &gone.entry, &Asked::default()).await.unwrap().version;
        let form = at("2026-01-05T19:00+00:00", "");
        entry::correct(&world.app, &dana, RILEY, version, &gone.entry, &form, "c4").await.unwrap();
    });
}

/// Two absences that are one are made one, and taken apart as they were: no entry is lost, and each stands where it belongs.
#[test]
fn two_absences_that_are_one_are_made_one_and_taken_apart() {
    on_both(|database| async {
        let world = World::new(database).await;
        let first = world.gone().await;
        world.record("dana", "police.reported", &[("as", "missing"), ("route", "101")]).await.unwrap();
        world.set("2026-01-05T20:20+00:00");
        world.record("dana", "return.recorded", &[]).await.unwrap();
        world.set("2026-01-05T21:00+00:00");
        let second = world.record("dana", "absence.noticed", &[("status", "missing")]).await.unwrap();
        world.set("2026-01-05T21:30+00:00");
        let heard = world.record("dana", "information.received", &[("text", "Seen at the station")]).await.unwrap();
        world.pass(5);
        let dana = world.actor("dana").await;
        let episodes = async || world.app.store().episodes_of_child(RILEY).await.unwrap().len();
        assert_eq!(episodes().await, 2);
        let corrected = queries::correct_form(&world.app, &dana, RILEY, &second.entry, &Asked::default()).await;
        assert!(corrected.unwrap().may_join);
        let page = entry::join_page(&world.app, &dana, RILEY, &second.entry).await.unwrap();
        assert!(!page.apart && page.first.contains("20:20") && page.second.contains("21:00"), "{page:?}");
        // The first absence of all has none before it.
        assert_eq!(entry::join_page(&world.app, &dana, RILEY, &first.entry).await.unwrap_err(), Refused::NotFound);
        let version = world.version(RILEY).await;
        let why = "The worker saw another girl at the door";
        let join = async |version: i64, why: &str, key: &str| {
            entry::join(&world.app, &dana, RILEY, version, &second.entry, why, key).await
        };
        assert!(matches!(join(version, "", "j0").await, Err(Refused::Invalid(_))));
        let done = join(version, why, "j1").await.unwrap();
        assert_eq!(join(version, why, "j1").await.unwrap(), done, "once more is the same");
        assert_eq!(episodes().await, 1);
        let one = queries::episode(&world.app, &dana, RILEY, &first.entry).await.unwrap();
        assert!(one.strip.open && one.timeline.iter().any(|item| item.id == heard.entry));
        // Whoever may correct neither makes nothing one: another agency's entries stay as they are.
        let version = world.version(RILEY).await;
        let owen = world.actor("owen").await;
        let theirs = entry::join(&world.app, &owen, RILEY, version, &second.entry, why, "j2").await;
        assert!(matches!(theirs, Err(Refused::NotAllowed(_))), "{theirs:?}");
        // Taken apart they are as they were.
        assert!(entry::join_page(&world.app, &dana, RILEY, &second.entry).await.unwrap().apart);
        join(world.version(RILEY).await, "She was back after all", "j3").await.unwrap();
        assert_eq!(episodes().await, 2);
        let two = queries::episode(&world.app, &dana, RILEY, &second.entry).await.unwrap();
        assert!(two.timeline.iter().any(|item| item.id == heard.entry));
        assert!(!entry::join_page(&world.app, &dana, RILEY, &second.entry).await.unwrap().apart);
    });
}
