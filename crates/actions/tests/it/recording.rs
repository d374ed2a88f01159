//! Recording: what is right is kept, what is wrong is said in the user's words.

use crate::databases::on_both;
use crate::world::{RILEY, World};
use actions::queries::Asked;
use actions::{Refused, entry, queries};

/// The messages of a refusal for wrong answers.
pub fn messages<T: std::fmt::Debug>(result: Result<T, Refused>) -> Vec<String> {
    match result {
        Err(Refused::Invalid(problems)) => {
            problems.into_iter().map(|p| format!("{}: {}", p.field, p.message)).collect()
        }
        other => panic!("not a refusal for wrong answers: {other:?}"),
    }
}

#[test]
fn what_happened_is_recorded_and_duties_follow() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        assert_eq!(gone.words, "Recorded: the child was not where expected, 18:30 today.");
        assert_eq!(gone.episode.as_deref(), Some(gone.entry.as_str()));
        assert!(gone.warnings.is_empty(), "{:?}", gone.warnings);
        world.pass(5);
        let reported = world
            .record("dana", "police.reported", &[("as", "missing"), ("route", "101"), ("incident_number", "NP-1")])
            .await
            .unwrap();
        let dana = world.actor("dana").await;
        let page = queries::episode(&world.app, &dana, RILEY, &gone.entry).await.unwrap();
        assert_eq!(page.version, reported.version);
        assert_eq!(page.strip.headline, "Missing for 5 min");
        assert_eq!(page.strip.incident_number, "NP-1");
        let titles: Vec<&str> = page.timeline.iter().map(|i| i.title.as_str()).collect();
        assert_eq!(titles, ["The child was reported to the police", "The child was not where expected"]);
        assert_eq!(page.timeline[0].by, "Dana Holt, staff of the Home");
        let report = page.past.iter().find(|l| l.label.to_lowercase().contains("report")).expect("the report is done");
        assert_eq!(report.state.word(), "done");
        assert!(page.mine.iter().all(|line| line.mine) && !page.mine.is_empty(), "the viewer's own duties come first");
        assert!(world.app.store().verify(RILEY).await.unwrap().is_whole());
    });
}

#[test]
fn wrong_answers_are_all_said_at_once() {
    on_both(|database| async {
        let world = World::new(database).await;
        let wrong =
            world.record("dana", "absence.noticed", &[("status", "lost"), ("during_activity", "perhaps")]).await;
        assert_eq!(
            messages(wrong),
            [
                "f-status: What is known: “lost” is not one of the answers; write one of absent, away, missing",
                "f-during_activity: Was it on an outing or activity away from the placement: choose yes or no",
            ]
        );
        let empty = world.record("dana", "notification.sent", &[]).await;
        assert_eq!(
            messages(empty),
            ["f-to: Who was told: choose at least one", "f-about: Of what: choose one of the answers"]
        );
        assert_eq!(world.version(RILEY).await, 18, "nothing was written");
    });
}

#[test]
fn times_without_sense_are_refused() {
    on_both(|database| async {
        let world = World::new(database).await;
        let with = |occurred: &'static str| [("status", "missing"), ("occurred", occurred)];
        let future = world.record("dana", "absence.noticed", &with("2026-01-05T18:01+00:00")).await;
        assert_eq!(
            messages(future),
            ["occurred: When it happened: Mon 5 Jan 2026 18:01 is still to come; it is Mon 5 Jan 2026 18:00 now"]
        );
        let unborn = world.record("dana", "absence.noticed", &with("2011-05-01T23:00+01:00")).await;
        assert!(messages(unborn)[0].contains("before the child was born"));
        let nonsense = world.record("dana", "absence.noticed", &with("yesterday")).await;
        assert!(messages(nonsense)[0].contains("is not a time"));
        let ahead = [("status", "missing"), ("expected_at", "2026-01-05T22:00+00:00")];
        assert!(messages(world.record("dana", "absence.noticed", &ahead).await)[0].contains("still to come"));
        // The present minute is not the future, and a plan may lie ahead.
        world.record("dana", "absence.noticed", &with("2026-01-05T18:00:00+00:00")).await.unwrap();
        let plan = [("planned_for", "2026-01-06T10:00+00:00")];
        world.record("owen", "strategy_meeting.planned", &plan).await.unwrap();
        let far = [("planned_for", "2036-01-06T10:00+00:00")];
        assert!(messages(world.record("owen", "strategy_meeting.planned", &far).await)[0].contains("two years ahead"));
    });
}

#[test]
fn a_text_may_be_long_but_not_endless() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let long = "ä".repeat(20_001);
        let refused = world.record("dana", "search.made", &[("where", &long)]).await;
        assert!(messages(refused)[0].contains("20001 characters"));
        let fits = "ä".repeat(20_000);
        world.record("dana", "search.made", &[("where", &fits)]).await.unwrap();
        let script = "<script>alert('x')</script> \" ' & \u{202e}";
        let entry = world.record("dana", "search.made", &[("where", script), ("note", "a\r\nb")]).await.unwrap();
        let dana = world.actor("dana").await;
        let page = queries::episode(&world.app, &dana, RILEY, &entry.episode.unwrap()).await.unwrap();
        let item = page.timeline.iter().find(|i| i.id == entry.entry).unwrap();
        assert_eq!((item.fields[0].value.as_str(), item.note.as_str()), (script, "a\nb"));
        assert!(
            messages(world.record("dana", "search.made", &[("where", "a\0b")]).await)[0]
                .contains("no part of any writing")
        );
    });
}

#[test]
fn rulebooks_refuse_in_their_own_words() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let before = world.version(RILEY).await;
        let refused = world.record("grace", "risk.graded", &[("level", "low")]).await;
        let Err(Refused::RuleRefuses(objections)) = refused else { panic!("{refused:?}") };
        let books: Vec<&str> = objections.iter().map(|o| o.rulebook.as_str()).collect();
        assert!(books.contains(&"Northamptonshire"), "{books:?}");
        assert!(objections.iter().all(|o| !o.says.is_empty() && !o.instead.is_empty() && !o.provisions.is_empty()));
        assert_eq!(world.version(RILEY).await, before);
        world.record("grace", "risk.graded", &[("level", "medium")]).await.unwrap();
    });
}

#[test]
fn warnings_and_contradictions_are_said_and_the_entry_is_kept() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        let asked = world.record("dana", "strategy_meeting.requested", &[]).await.unwrap();
        assert_eq!(asked.warnings.len(), 1);
        assert!(asked.warnings[0].provisions.starts_with("Northamptonshire: "));
        let absent = world.record("grace", "police.classified", &[("category", "absent")]).await.unwrap();
        assert!(absent.warnings.iter().any(|w| w.instead.contains("settle")), "{:?}", absent.warnings);
        let owen = world.actor("owen").await;
        let page = queries::episode(&world.app, &owen, RILEY, &gone.entry).await.unwrap();
        let due = world.due(&owen, RILEY, &gone.entry).await;
        assert!(due.iter().any(|l| l.conflict), "somebody has to settle it");
        let item = page.timeline.iter().find(|i| i.id == asked.entry).unwrap();
        assert_eq!(item.warnings, asked.warnings);
    });
}

#[test]
fn an_act_that_is_not_yours_is_not_recorded_as_yours() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        world.record("dana", "return.recorded", &[("how", "own_accord")]).await.unwrap();
        let own = world.record("dana", "prevention_interview.held", &[]).await;
        assert!(messages(own)[0].starts_with("by: Who did it: only these may hold the prevention interview"));
        let theirs =
            world.record("dana", "prevention_interview.held", &[("by", "police_officer"), ("by-name", "Dana Holt")]);
        let entry = theirs.await.unwrap();
        let dana = world.actor("dana").await;
        let page = queries::episode(&world.app, &dana, RILEY, &entry.episode.unwrap()).await.unwrap();
        let item = page.timeline.iter().find(|i| i.id == entry.entry).unwrap();
        assert_eq!(item.by, "Attending police officer (written down by Dana Holt)");
    });
}

#[test]
fn an_event_that_does_not_exist_is_not_found() {
    on_both(|database| async {
        let world = World::new(database).await;
        for event in ["", "no.such", "episode.started"] {
            assert_eq!(world.record("dana", event, &[]).await, Err(Refused::NotFound), "{event}");
        }
        let dana = world.actor("dana").await;
        let form = world.form("search.made", &[]);
        let no_child = entry::record(&world.app, &dana, "nobody", 0, &form, "k").await;
        assert!(matches!(no_child, Err(Refused::NotAllowed(_))));
    });
}

#[test]
fn nobody_is_put_down_for_an_act_that_several_might_have_done() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let owen = world.actor("owen").await;
        let form = queries::event_form(&world.app, &owen, RILEY, "risk.graded", &Asked::default()).await.unwrap();
        assert_eq!(
            form.by.values,
            Vec::<String>::new(),
            "a social worker does not grade for the police: it is asked who did"
        );
        assert!(form.by.required && form.by.groups[0].title == "You");
        let unsaid = world.record("owen", "risk.graded", &[("level", "high")]).await;
        assert!(messages(unsaid)[0].starts_with("by: Who did it: choose who did it"));
        world.record("owen", "risk.graded", &[("level", "high"), ("by", "police")]).await.unwrap();
    });
}

#[test]
fn nobody_puts_another_agencys_act_into_their_own_name_by_mistake() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let put_down = async |who: &str, act: &str| {
            let asked = Asked { act: Some(act.into()), ..Asked::default() };
            let actor = world.actor(who).await;
            let form = queries::event_form(&world.app, &actor, RILEY, "action.recorded", &asked).await.unwrap();
            assert_eq!(form.fields.iter().find(|f| f.name == "f-action").unwrap().values, [act]);
            (form.by.values.concat(), form.by_name.values.concat())
        };
        let (by, name) = put_down("dana", "enquiry.run").await;
        assert!(by != "home_staff" && name.is_empty(), "the police run it, not a home: {by} {name}");
        assert_eq!(put_down("owen", "enquiry.run").await.1, "");
        let (by, name) = put_down("grace", "enquiry.run").await;
        assert!(by == "police_missing_unit" && !name.is_empty(), "theirs to say: {by} {name}");
        let (by, name) = put_down("dana", "host_protocol.follow").await;
        assert!(by == "home_staff" && !name.is_empty(), "a home's own act: {by} {name}");
    });
}

#[test]
fn no_interview_of_after_the_return_is_held_before_it() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let held = [("by", "police_officer")];
        let refused = world.record("owen", "prevention_interview.held", &held).await;
        let Err(Refused::RuleRefuses(objections)) = refused else { panic!("{refused:?}") };
        assert!(objections[0].says.starts_with("The child was not back yet at "), "{objections:?}");
        world.pass(60);
        world.record("dana", "return.recorded", &[("how", "own_accord")]).await.unwrap();
        let early = [held[0], ("occurred", "2026-01-05T18:40+00:00")];
        let early = world.record("owen", "prevention_interview.held", &early).await;
        assert!(matches!(early, Err(Refused::RuleRefuses(_))), "{early:?}");
        world.record("owen", "prevention_interview.held", &held).await.unwrap();
    });
}

#[test]
fn what_is_planned_lies_ahead() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let behind = [("planned_for", "2026-01-05T10:00+00:00"), ("by", "team_manager")];
        let said = messages(world.record("owen", "strategy_meeting.planned", &behind).await);
        assert!(said[0].starts_with("f-planned_for: ") && said[0].contains("change one of the two times"), "{said:?}");
        let ahead = [("planned_for", "2026-01-07T10:00+00:00"), ("by", "team_manager")];
        world.record("owen", "strategy_meeting.planned", &ahead).await.unwrap();
    });
}
