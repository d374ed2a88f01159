//! The words on pages: why a duty is due, forms filled from a duty, the child's page, what may be recorded.

use crate::databases::on_both;
use crate::world::{RILEY, World, at};
use actions::queries::{self, Asked};
use actions::views::{self, DutyKey, FieldKind, State};
use actions::{Refused, entry};

#[test]
fn why_a_duty_is_due_names_rule_reasons_and_what_it_overrides() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        world.pass(40);
        let grade = world.record("grace", "risk.graded", &[("level", "high")]).await.unwrap();
        world.set("2026-01-06T19:00+00:00");
        let owen = world.actor("owen").await;
        let due = world.due(&owen, RILEY, &gone.entry).await;
        let lines = due.iter();
        let meeting =
            lines.clone().find(|l| l.label == "Hold the first strategy meeting").expect("asked since 24 hours");
        assert!(
            meeting.key.to_string().bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b)),
            "{}",
            meeting.key
        );
        let why = queries::why(&world.app, &owen, RILEY, &meeting.key).await.unwrap();
        let source = &why.sources[0];
        assert!(source.says.contains("strategy meeting"));
        assert!(source.provisions.iter().all(|p| !p.text.is_empty() && p.id.starts_with("NORTHANTS")));
        assert_eq!(source.state_words, "Due by 18:30 tomorrow; asked since 18:30 today.");
        assert!(source.edition.starts_with("edition 2018, content "));
        let entries: Vec<&str> = source.because.iter().filter_map(|r| r.entry.as_deref()).collect();
        assert!(
            entries.contains(&gone.entry.as_str()) || entries.contains(&grade.entry.as_str()),
            "{:?}",
            source.because
        );
        for text in [&source.limit_words, &source.says] {
            assert!(!text.contains("episode.") && !text.contains('_'), "no words of the machine: {text}");
        }
        assert_eq!(source.limit_words, "within 48 h, counted from: start of the episode");
        let over = &source.overrides[0];
        assert!(over.words.starts_with("High risk: "), "{over:?}");
        assert_eq!(
            over.otherwise,
            "Without it: within 72 h, counted from: start of the episode, that is 18:30 on Thu 8 Jan."
        );
        for unknown in ["northamptonshire~no-such~-~1", "no-such~strategy-meeting.first~-~1"] {
            let key: DutyKey = unknown.parse().unwrap();
            assert_eq!(queries::why(&world.app, &owen, RILEY, &key).await.err(), Some(Refused::NotFound), "{unknown}");
        }
    });
}

#[test]
fn every_duty_on_a_page_can_be_explained_and_done() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        world.set("2026-01-07T19:00+00:00");
        let owen = world.actor("owen").await;
        let lines = world.due(&owen, RILEY, &gone.entry).await;
        assert!(lines.len() > 10);
        // Of what is asked each weekday two days were missed: they are one line, and each is explained and done by itself.
        let weekdays: Vec<usize> =
            lines.iter().map(|line| line.other_times.len()).filter(|others| *others > 0).collect();
        assert_eq!(weekdays, [1]);
        for line in lines.iter().flat_map(|line| std::iter::once(line).chain(&line.other_times)) {
            let why = queries::why(&world.app, &owen, RILEY, &line.key).await.unwrap();
            assert_eq!(why.line, views::DutyLine { other_times: Vec::new(), ..line.clone() });
            // Whichever of the times is looked at, the others stand beside it.
            let missed = line.key.rule == "list.weekday" && line.state == State::Overdue;
            assert_eq!(why.other_count, usize::from(missed), "{}", line.key);
            let doing = line.doing.as_ref().unwrap();
            let asked = Asked { duty: Some(doing.duty.clone()), ..Asked::default() };
            let form = queries::event_form(&world.app, &owen, RILEY, &doing.event, &asked).await.unwrap();
            assert_eq!((form.duty_label.as_str(), form.episode.as_str()), (line.label.as_str(), gone.entry.as_str()));
            assert_eq!(form.occurred.time, "19:00");
        }
    });
}

#[test]
fn a_form_opened_from_a_duty_is_filled_and_does_it() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        let dana = world.actor("dana").await;
        let due = world.due(&dana, RILEY, &gone.entry).await;
        let line = due.iter().find(|l| l.label.starts_with("Tell the child's social worker, or out of hours")).unwrap();
        let asked = Asked { duty: Some(line.key.clone()), ..Asked::default() };
        let form = queries::event_form(&world.app, &dana, RILEY, "notification.sent", &asked).await.unwrap();
        let field = |name: &str| form.fields.iter().find(|f| f.name == name).unwrap();
        assert_eq!(field("f-to").values, ["emergency_duty_team"]);
        assert_eq!(field("f-to").kind, FieldKind::Checkboxes);
        assert_eq!(field("f-to").groups[0].title, "To be told");
        assert_eq!(field("f-about").values, ["missing"]);
        assert_eq!((form.by.values[0].as_str(), form.by_name.values[0].as_str()), ("home_staff", "Dana Holt"));
        let mut answers = actions::Answers::default();
        for f in form.fields.iter().chain([&form.by, &form.by_name]) {
            f.values.iter().for_each(|v| answers.add(f.name.as_str(), v.as_str()));
        }
        for (part, value) in [
            ("day", &form.occurred.day),
            ("month", &form.occurred.month),
            ("year", &form.occurred.year),
            ("time", &form.occurred.time),
        ] {
            answers.set(format!("occurred-{part}"), value.as_str());
        }
        let form = entry::EntryForm { event: form.event, episode: Some(form.episode), duty: form.duty, answers };
        let seen = queries::child(&world.app, &dana, RILEY).await.unwrap().version;
        entry::record(&world.app, &dana, RILEY, seen, &form, "k").await.unwrap();
        let after = queries::episode(&world.app, &dana, RILEY, &gone.entry).await.unwrap();
        assert!(after.past.iter().any(|l| l.key == line.key && l.state.word() == "done"));
    });
}

#[test]
fn acts_without_an_event_of_their_own_are_done_from_their_duty() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        let owen = world.actor("owen").await;
        let due = world.due(&owen, RILEY, &gone.entry).await;
        let line = due.iter().find(|l| l.label == "Plan the child's return").unwrap();
        let doing = line.doing.clone().unwrap();
        assert_eq!((doing.event.as_str(), doing.label.as_str()), ("action.recorded", "Record it as done"));
        let asked = Asked { duty: Some(doing.duty), ..Asked::default() };
        let form = queries::event_form(&world.app, &owen, RILEY, &doing.event, &asked).await.unwrap();
        let hidden: Vec<&str> =
            form.fields.iter().filter(|f| f.kind == FieldKind::Hidden).map(|f| f.name.as_str()).collect();
        assert_eq!(hidden, ["f-action", "f-duty"]);
        let filled: Vec<(&str, &str)> = form
            .fields
            .iter()
            .flat_map(|f| f.values.iter().map(|v| (f.name.trim_start_matches("f-"), v.as_str())))
            .collect();
        world.record("owen", "action.recorded", &filled).await.unwrap();
        let after = queries::episode(&world.app, &owen, RILEY, &gone.entry).await.unwrap();
        assert!(after.past.iter().any(|l| l.key == line.key && l.state.word() == "done"));
    });
}

#[test]
fn the_act_of_others_is_offered_as_theirs() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let dana = world.actor("dana").await;
        let form = queries::event_form(&world.app, &dana, RILEY, "risk.graded", &Asked::default()).await.unwrap();
        assert_ne!(form.by.values, ["home_staff"], "the police grade the risk");
        assert!(form.by_name.values.is_empty());
        let form = queries::event_form(&world.app, &dana, RILEY, "search.made", &Asked::default()).await.unwrap();
        assert_eq!(form.by.values, ["home_staff"]);
        assert_eq!(form.by.groups[0].title, "You");
    });
}

#[test]
fn what_was_decided_is_chosen_from_what_the_rulebooks_look_for() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let owen = world.actor("owen").await;
        let options = async |decision: &str| {
            let answers = [("f-decision", decision)].into_iter().collect();
            let asked = Asked { answers, ..Asked::default() };
            let form = queries::event_form(&world.app, &owen, RILEY, "decision.recorded", &asked).await.unwrap();
            let field = form.fields.into_iter().find(|field| field.name == "f-answer").unwrap();
            assert_eq!(field.kind, FieldKind::Choice);
            field.options.into_iter().map(|option| option.value).collect::<Vec<_>>()
        };
        assert_eq!(options("publicity.decide").await, ["yes", "no"]);
        assert!(options("return_home_interview.classify").await.contains(&"not_significant".to_string()));
        // What came from elsewhere with a word of its own can be corrected, and keeps it until somebody chooses another.
        let odd = [("f-decision", "publicity.decide"), ("f-answer", "later")].into_iter().collect();
        let asked = Asked { answers: odd, ..Asked::default() };
        let form = queries::event_form(&world.app, &owen, RILEY, "decision.recorded", &asked).await.unwrap();
        let field = form.fields.iter().find(|field| field.name == "f-answer").unwrap();
        let chosen: Vec<&str> = field.options.iter().filter(|o| o.chosen).map(|o| o.value.as_str()).collect();
        assert_eq!(chosen, ["later"]);
    });
}

#[test]
fn the_child_s_page_draws_a_year() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        world.set("2026-01-07T02:30+00:00");
        world.record("dana", "return.recorded", &[("how", "found_by_police"), ("where", "Station")]).await.unwrap();
        world.set("2026-01-09T22:00+00:00");
        world.record("dana", "absence.noticed", &[("status", "away")]).await.unwrap();
        world.set("2026-01-09T23:00+00:00");
        let dana = world.actor("dana").await;
        let page = queries::child(&world.app, &dana, RILEY).await.unwrap();
        let days: Vec<(&str, u8)> = page.calendar.iter().map(|d| (d.date.as_str(), d.hours)).collect();
        assert_eq!(days, [("2026-01-05", 6), ("2026-01-06", 24), ("2026-01-07", 3), ("2026-01-09", 1)]);
        assert_eq!(page.calendar_from, "2025-01-10");
        assert_eq!((page.hours.len(), page.hours[18].count, page.hours[22].count), (24, 1, 1));
        assert_eq!(page.episodes_summary, "2 episodes in the last 12 months, the longest 1 d 8 h.");
        assert_eq!(page.episodes[1].how_back, "Found by the police");
        assert_eq!(page.episodes[1].interview, "Not offered yet");
        assert_eq!(page.open.as_ref().unwrap().status.text, "Away");
        assert_eq!(page.places[0].0, "Station");
        assert!(page.people.iter().all(|p| p.name != "Riley Marsh"));
        assert!(page.menu.iter().all(|e| e.event != "absence.noticed"), "nobody goes twice");
        assert!(at("2026-01-09T23:00+00:00") == world.app.now());
    });
}
