//! Corrections and withdrawals: nothing is overwritten, and what was said before can still be read.

use crate::databases::on_both;
use crate::recording::messages;
use crate::staff::hire;
use crate::world::{RILEY, World};
use actions::entry::{EntryForm, Recorded};
use actions::queries::Asked;
use actions::{READ_CHANGES, Refused, entry, fact, queries, worker};
use views::Change;

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
        // Without a reason, from the list and in words, nothing is put right.
        let version = world.version(RILEY).await;
        for (why, reason, asked) in
            [("", "", vec!["why", "reason"]), ("mistyped", " ", vec!["reason"]), ("x", "So", vec!["why"])]
        {
            let mut form = form.clone();
            form.answers.set(entry::WHY, why);
            form.answers.set(entry::REASON, reason);
            let refused = entry::correct(&world.app, &dana, RILEY, version, &back.entry, &form, "c0").await;
            let Err(Refused::Invalid(problems)) = refused else { panic!("{refused:?}") };
            assert_eq!(problems.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), asked);
        }
        assert_eq!(world.version(RILEY).await, version, "nothing was written");
        let corrected = world.correct(&dana, RILEY, &back.entry, &form, "c1").await.unwrap();
        assert_eq!(corrected.words, "Corrected: the child came back, 20:20 yesterday.");
        let again = world.correct(&dana, RILEY, &back.entry, &form, "c1").await.unwrap();
        assert_eq!(again, corrected);
        let page = queries::episode(&world.app, &dana, RILEY, &gone.entry).await.unwrap();
        assert_eq!(page.strip.headline, "Returned after 1 h 50 min");
        let item = page.timeline.iter().find(|i| i.id == back.entry).unwrap();
        assert_eq!(item.occurred.words, "20:20 yesterday");
        assert_eq!(item.versions.len(), 1);
        assert_eq!(item.why, "It was written down wrongly. Read off the wrong line");
        assert_eq!(item.versions[0].why, "", "what was first said puts nothing right");
        let said = item.versions[0].fields.iter().find(|f| f.field == "where").unwrap();
        assert_eq!(said.value, "Larkfeild");
        assert_eq!(item.by, "Dana Holt, staff of the Home");
    });
}

/// Riley was reported, came back at 20:20, and the social worker was told: the two entries that began and ended it.
async fn told_of_the_return(world: &World) -> (Recorded, Recorded) {
    let gone = world.gone().await;
    world.record("dana", "police.reported", &[("as", "missing"), ("route", "101")]).await.unwrap();
    world.set("2026-01-05T20:20+00:00");
    let back = world.record("dana", "return.recorded", &[]).await.unwrap();
    world.pass(5);
    world.record("dana", "notification.sent", &[("to", "social_worker"), ("about", "return")]).await.unwrap();
    (gone, back)
}

#[test]
fn those_who_were_told_hear_once_that_the_time_was_corrected() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (gone, back) = told_of_the_return(&world).await;
        world.set("2026-01-06T08:00+00:00");
        let dana = world.actor("dana").await;
        let told = async |who: &str| {
            let home = queries::home(&world.app, &world.actor(who).await).await.unwrap();
            home.notices.into_iter().map(|one| (one.says, one.link)).collect::<Vec<_>>()
        };
        let correct = async |entry: &str, event: &str, fields: &[(&str, &str)], key: &str| {
            world.correct(&dana, RILEY, entry, &world.form(event, fields), key).await.unwrap();
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
        let dana = world.actor("dana").await;
        world.correct(&dana, RILEY, &gone.entry, &form, "c1").await.unwrap();
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
        let empty = entry::withdraw(&world.app, &dana, RILEY, version, &told.entry, ("other", "  "), "w0").await;
        assert!(messages(empty)[0].contains("Say why"));
        let why = "It was another child's mother.";
        let done = world.withdraw(&dana, &told.entry, ("not-so", why), "w1").await.unwrap();
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
        let twice = entry::withdraw(&world.app, &dana, RILEY, version, &told.entry, ("not-so", why), "w2").await;
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
        let refused =
            entry::withdraw(&world.app, &dana, RILEY, version, &gone.entry, ("not-so", "A mistake"), "w").await;
        assert!(matches!(refused, Err(Refused::RuleRefuses(_))), "{refused:?}");
        let early =
            world.correction("return.recorded", &[("occurred", "2026-01-05T17:00+00:00"), ("how", "own_accord")]);
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
        let low = world.correction("risk.graded", &[("level", "low")]);
        let refused = entry::correct(&world.app, &grace, RILEY, version, &grade.entry, &low, "c").await;
        assert!(matches!(refused, Err(Refused::RuleRefuses(_))), "{refused:?}");
        let wrong = world.correction("risk.graded", &[("level", "extreme")]);
        assert_eq!(
            messages(entry::correct(&world.app, &grace, RILEY, version, &grade.entry, &wrong, "c").await).len(),
            1
        );
    });
}

/// The changes that are told before something is saved.
pub fn changes<T: std::fmt::Debug>(result: Result<T, Refused>) -> views::Changes {
    match result {
        Err(Refused::Changes(found)) => *found,
        other => panic!("nothing is told: {other:?}"),
    }
}

/// The lines of one kind, each in one text.
pub fn lines(found: &views::Changes, what: Change) -> Vec<String> {
    let part = found.parts.iter().find(|part| part.what == what);
    let words = |line: &views::ChangeLine| {
        let all = [&line.act, &line.when, &line.whose, &line.of];
        all.into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" | ")
    };
    part.into_iter().flat_map(|part| &part.lines).map(words).collect()
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
        let at = |time: &str, read: &str| {
            let mut form = world.correction("absence.noticed", &[("occurred", time), ("status", "missing")]);
            form.answers.set(READ_CHANGES, read);
            form
        };
        let correct = async |form: &EntryForm, key: &str| {
            entry::correct(&world.app, &dana, RILEY, version, &gone.entry, form, key).await
        };
        // The minute of the report itself is not before it; one minute later is.
        let told = changes(correct(&at("2026-01-05T20:30+00:00", ""), "c1").await);
        let before = lines(&told, Change::Stranded);
        assert!(before[0].contains("police") && before[0].contains("19:00 today"), "{before:?}");
        assert_eq!(world.version(RILEY).await, rows, "nothing was saved");
        let other = changes(correct(&at("2026-01-05T19:01+00:00", ""), "c2").await);
        assert!(!lines(&other, Change::Stranded).is_empty(), "{other:?}");
        let exact = changes(correct(&at("2026-01-05T19:00+00:00", ""), "c2").await);
        assert_eq!(lines(&exact, Change::Stranded), Vec::<String>::new());
        // What was read of another time is not what this one changes.
        let again = changes(correct(&at("2026-01-05T20:30+00:00", &other.mark), "c3").await);
        assert_eq!(again.mark, told.mark);
        // Once it was read, it is saved.
        let done = correct(&at("2026-01-05T20:30+00:00", &told.mark), "c3").await.unwrap();
        assert_eq!(done.words, "Corrected: the child was not where expected, 20:30 today.");
        assert_eq!(world.version(RILEY).await, rows + 1);
    });
}

#[test]
fn a_correction_says_which_limits_move_and_who_hears_of_it() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (gone, back) = told_of_the_return(&world).await;
        let dana = world.actor("dana").await;
        let rows = world.version(RILEY).await;
        let correct = async |fields: &[(&str, &str)], read: &str, key: &str| {
            let mut form = world.correction("return.recorded", fields);
            form.answers.set(READ_CHANGES, read);
            entry::correct(&world.app, &dana, RILEY, rows, &back.entry, &form, key).await
        };
        let moved = [("occurred", "2026-01-05T20:50+00:00")];
        world.set("2026-01-05T21:00+00:00");
        let told = changes(correct(&moved, "", "c1").await);
        let limits = lines(&told, Change::Moved);
        assert!(limits.iter().any(|one| one.contains("by 20:50 on Thu 8 Jan, not 20:20 on Thu 8 Jan")), "{limits:?}");
        assert!(told.told.contains("ocial worker"), "{}", told.told);
        assert_eq!(world.version(RILEY).await, rows, "nothing was saved");
        let heard = async || queries::home(&world.app, &world.actor("owen").await).await.unwrap().notices.len();
        assert_eq!(heard().await, 0, "and nobody was told");
        correct(&moved, &told.mark, "c1").await.unwrap();
        assert_eq!(heard().await, 1);
        // What changes nothing that is asked is saved at once.
        let rows = world.version(RILEY).await;
        let form =
            world.correction("return.recorded", &[("occurred", "2026-01-05T20:50+00:00"), ("where", "The park")]);
        entry::correct(&world.app, &dana, RILEY, rows, &back.entry, &form, "c2").await.unwrap();
        assert!(world.version(RILEY).await > rows);
        let page = queries::episode(&world.app, &dana, RILEY, &gone.entry).await.unwrap();
        assert_eq!(page.strip.headline, "Returned after 2 h 20 min");
    });
}

#[test]
fn a_withdrawal_says_what_is_due_again_and_that_the_child_would_be_gone() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let told = world.record("dana", "police.reported", &[("as", "missing"), ("route", "101")]).await.unwrap();
        world.set("2026-01-05T20:20+00:00");
        let back = world.record("dana", "return.recorded", &[]).await.unwrap();
        let dana = world.actor("dana").await;
        let version = world.version(RILEY).await;
        let why = ("not-so", "It was another girl");
        let withdraw = async |entry: &str, key: &str| {
            changes(entry::withdraw(&world.app, &dana, RILEY, version, entry, why, key).await)
        };
        let found = withdraw(&back.entry, "w1").await;
        assert_eq!(
            lines(&found, Change::Gone),
            ["Riley Marsh would be on record as gone, since 18:30 today."],
            "{found:?}"
        );
        let no_longer = lines(&found, Change::NoLonger);
        assert!(no_longer.iter().any(|one| one.contains("eturn")), "{no_longer:?}");
        assert_eq!(found.told, "");
        assert_eq!(world.version(RILEY).await, version, "nothing was saved");
        // The return taken back, the call to the police is what was done: without it, it is due.
        world.withdraw(&dana, &back.entry, why, "w2").await.unwrap();
        let version = world.version(RILEY).await;
        let found = changes(entry::withdraw(&world.app, &dana, RILEY, version, &told.entry, why, "w3").await);
        let due = lines(&found, Change::Due);
        assert!(due.iter().any(|one| one.contains("olice") && one.contains("counts as done")), "{found:?}");
    });
}

/// A fact that is put right changes what is asked of every episode that hangs on it, and each line says of which absence.
#[test]
fn a_fact_that_is_put_right_says_what_it_changes_in_every_episode() {
    on_both(|database| async {
        let world = World::new(database).await;
        for (gone, back) in [("18:30", "19:30"), ("20:00", "20:30")] {
            world.set(&format!("2026-01-05T{gone}+00:00"));
            world.record("dana", "absence.noticed", &[("status", "missing")]).await.unwrap();
            world.set(&format!("2026-01-05T{back}+00:00"));
            world.record("dana", "return.recorded", &[]).await.unwrap();
        }
        let dana = world.actor("dana").await;
        let (facts, _) = queries::facts(&world.app, &dana, RILEY, "child.looked_after", 1).await.unwrap();
        let line = facts.sections[0].facts[0].history[0].id.clone();
        let version = world.version(RILEY).await;
        let answers = |value: &str, read: &str| {
            let mut answers = actions::Answers::default();
            for (name, answer) in [
                ("f-child.looked_after", value),
                ("why", "The order was never made"),
                ("how-long", "always"),
                ("source", "seen"),
                (READ_CHANGES, read),
            ] {
                answers.set(name, answer);
            }
            answers
        };
        let correct = async |value: &str, read: &str, key: &str| {
            fact::correct(&world.app, &dana, RILEY, version, &line, &answers(value, read), key).await
        };
        let found = changes(correct("no", "", "f1").await);
        let all: Vec<String> = found.parts.iter().flat_map(|part| lines(&found, part.what)).collect();
        for lasted in ["from 18:30 today to 19:30 today", "from 20:00 today to 20:30 today"] {
            let of = format!("of the absence {lasted}");
            assert!(all.iter().any(|one| one.contains(&of)), "{lasted}: {all:?}");
        }
        let rows = world.version(RILEY).await;
        correct("no", &found.mark, "f1").await.unwrap();
        assert_eq!(world.version(RILEY).await, rows + 1);
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
            let join = async |read: &str| {
                entry::join(&world.app, &dana, RILEY, version, &second.entry, (why, read), key).await
            };
            match join("").await {
                Err(Refused::Changes(found)) => join(&found.mark).await,
                done => done,
            }
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
        let theirs = entry::join(&world.app, &owen, RILEY, version, &second.entry, (why, ""), "j2").await;
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

/// What is late and would be gone is called overdue: whoever withdraws what brought it about reads what is lost.
#[test]
fn what_would_be_gone_while_it_is_late_is_called_overdue() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        world.set("2026-01-06T08:00+00:00");
        let dana = world.actor("dana").await;
        let version = world.version(RILEY).await;
        let why = ("not-so", "She was in her room");
        let found = changes(entry::withdraw(&world.app, &dana, RILEY, version, &gone.entry, why, "w1").await);
        assert!(found.ends_late);
        let no_longer = lines(&found, Change::NoLonger);
        let late: Vec<&String> = no_longer.iter().filter(|one| one.contains("overdue since")).collect();
        assert!(late.iter().any(|one| one.contains("yesterday")), "{no_longer:?}");
        assert!(!late.iter().any(|one| one.contains("by 1")), "{late:?}");
    });
}

/// Whoever wrote what is withdrawn is told that it is theirs; the managers of their agency, that it is of the agency.
#[test]
fn the_author_is_told_that_an_entry_of_theirs_was_withdrawn() {
    on_both(|database| async {
        let world = World::new(database).await;
        hire(&world, "hana", "Hana Home", "home_manager", "larkfield").await;
        world.gone().await;
        let said = world.record("dana", "information.received", &[("text", "Seen at the station")]).await.unwrap();
        let told = async |who: &str| {
            let home = queries::home(&world.app, &world.actor(who).await).await.unwrap();
            home.notices.into_iter().map(|one| one.says).collect::<Vec<_>>()
        };
        let mel = world.actor("hana").await;
        world.withdraw(&mel, &said.entry, ("twice", "It is there already"), "w1").await.unwrap();
        assert_eq!(told("dana").await, ["Hana Home withdrew your entry."]);
        assert!(told("hana").await.is_empty(), "whoever did it knows");
        let other = world.record("dana", "information.received", &[("text", "Seen at the park")]).await.unwrap();
        let dana = world.actor("dana").await;
        world.withdraw(&dana, &other.entry, ("twice", "It is there already"), "w2").await.unwrap();
        assert_eq!(told("hana").await, ["Dana Holt withdrew an entry of your agency."]);
        assert_eq!(told("dana").await.len(), 1);
    });
}
