//! Reporting a child missing, step by step, and what can go wrong on the way.

use crate::databases::on_both;
use crate::recording::messages;
use crate::staff::lead;
use crate::world::{RILEY, World};
use actions::report::{self, Back};
use actions::{Actor, Answers, Refused, queries, relation};
use views::StepPlace;

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().copied().collect()
}

/// Answers a step and goes on to the next.
async fn answer(world: &World, who: &Actor, draft: &str, step: &str, pairs: &[(&str, &str)]) -> &'static str {
    report::save(&world.app, who, draft, step, &answers(pairs)).await.unwrap()
}

/// A time today, on the clock.
fn today<'a>(name: &'a str, time: &'a str) -> Vec<(String, String)> {
    [("day", "5"), ("month", "1"), ("year", "2026"), ("time", time)]
        .map(|(part, value)| (format!("{name}-{part}"), value.to_string()))
        .into()
}

async fn whole(world: &World, who: &Actor) -> String {
    let app = &world.app;
    let draft = report::start(app, who, RILEY).await.unwrap();
    assert_eq!(
        answer(world, who, &draft, "status", &[("f-status", "missing"), ("f-emergency", "no")]).await,
        "noticed"
    );
    let mut noticed = today("occurred", "17:40");
    noticed.extend(today("f-expected_at", "17:00"));
    assert_eq!(report::save(app, who, &draft, "noticed", &noticed.into()).await.unwrap(), "last-seen");
    let mut seen = today("f-last_seen_at", "15:30");
    seen.push(("f-last_seen_where".into(), "Bus stop".into()));
    assert_eq!(report::save(app, who, &draft, "last-seen", &seen.into()).await.unwrap(), "appearance");
    answer(world, who, &draft, "appearance", &[("appearance", "Red coat"), ("belongings", "Phone")]).await;
    let mut searched = today("searched", "17:50");
    searched.extend([("search-1-where".into(), "The house".into()), ("search-1-result".into(), "Not there".into())]);
    assert_eq!(report::save(app, who, &draft, "searches", &searched.into()).await.unwrap(), "calls");
    let mut called = today("called", "17:55");
    called.extend([("call-1-of".into(), "family".into()), ("call-1-result".into(), "Not seen".into())]);
    assert_eq!(report::save(app, who, &draft, "calls", &called.into()).await.unwrap(), "risk");
    answer(
        world,
        who,
        &draft,
        "risk",
        &[("risk-significant", "yes"), ("risk-level", "medium"), ("risk-why", "Never out late")],
    )
    .await;
    let mut police = today("police-at", "17:58");
    police.extend([("police-told".into(), "yes".into()), ("police-incident_number".into(), "NP-42".into())]);
    assert_eq!(report::save(app, who, &draft, "police", &police.into()).await.unwrap(), "check");
    draft
}

#[test]
fn a_report_becomes_the_record_all_at_once_and_only_once() {
    on_both(|database| async {
        let world = World::new(database).await;
        let dana = world.actor("dana").await;
        let before = world.version(RILEY).await;
        let draft = whole(&world, &dana).await;
        assert_eq!(world.version(RILEY).await, before, "nothing is on the record before the end");
        let check = report::show(&world.app, &dana, &draft, "check").await.unwrap();
        assert!(check.problems.is_empty(), "{:?}", check.problems);
        let seen = check.summary.iter().find(|r| r.step == "last-seen").unwrap();
        assert_eq!(seen.value, ["When: 15:30 today", "Where: Bus stop"]);
        let done = report::finish(&world.app, &dana, &draft, "key", false).await.unwrap();
        assert_eq!(report::finish(&world.app, &dana, &draft, "other", false).await.unwrap(), done, "sent again");
        assert_eq!(world.version(RILEY).await, before + 5);
        let page = queries::episode(&world.app, &dana, RILEY, &done.entry).await.unwrap();
        let titles: Vec<&str> = page.timeline.iter().rev().map(|i| i.event.as_str()).collect();
        assert_eq!(titles, ["absence.noticed", "search.made", "enquiry.made", "police.reported", "risk.assessed"]);
        assert_eq!(page.strip.since.clock, "17:00", "the episode starts when the child was due back");
        assert_eq!(page.strip.incident_number, "NP-42");
        assert!(
            page.strip.assessed.starts_with("Medium, significant, by staff of the Home at"),
            "{}",
            page.strip.assessed
        );
        let first = page.timeline.last().unwrap();
        let said = |field: &str| first.fields.iter().find(|f| f.field == field).map(|f| f.value.as_str());
        assert_eq!((said("wearing"), said("carrying")), (Some("Red coat"), Some("Phone")));
        assert!(report::start_page(&world.app, &dana, &"".into()).await.unwrap().unfinished.is_empty());
        let read = report::read_out(&world.app, &dana, &draft).await.unwrap();
        assert_eq!(read.episode.as_deref(), Some(done.entry.as_str()));
        assert!(matches!(
            report::save(&world.app, &dana, &draft, "risk", &Answers::default()).await,
            Err(Refused::NotAllowed(_))
        ));
    });
}

#[test]
fn an_absence_of_the_past_is_told_with_its_return_in_one_go() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (app, dana) = (&world.app, world.actor("dana").await);
        let tonight = whole(&world, &dana).await;
        let tonight = report::finish(app, &dana, &tonight, "tonight", false).await.unwrap();
        let draft = report::start(app, &dana, RILEY).await.unwrap();
        answer(&world, &dana, &draft, "status", &[("f-status", "missing")]).await;
        let noticed = |back: &'static str| {
            let mut pairs = today("occurred", "09:00");
            pairs.extend(today("returned", back));
            Answers::from(pairs)
        };
        let before = report::save(app, &dana, &draft, "noticed", &noticed("08:59")).await;
        assert!(messages(before)[0].contains("this is after"), "back before anybody missed the child");
        // Without its return it would be what is on record already.
        report::save(app, &dana, &draft, "noticed", &today("occurred", "09:00").into()).await.unwrap();
        let alone = report::finish(app, &dana, &draft, "alone", false).await;
        assert!(matches!(alone, Err(Refused::RuleRefuses(_))), "{alone:?}");
        report::save(app, &dana, &draft, "noticed", &noticed("11:30")).await.unwrap();
        let morning = report::finish(app, &dana, &draft, "morning", false).await.unwrap();
        assert!(morning.episode.is_some() && morning.episode != tonight.episode, "an episode of its own");
        assert!(!morning.warnings.iter().any(|w| w.says.contains("No return is recorded")), "{:?}", morning.warnings);
    });
}

#[test]
fn a_report_is_saved_at_each_step_and_gone_on_with() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (dana, owen) = (world.actor("dana").await, world.actor("owen").await);
        let draft = report::start(&world.app, &dana, RILEY).await.unwrap();
        answer(&world, &dana, &draft, "appearance", &[("appearance", "Red coat")]).await;
        assert_eq!(report::start(&world.app, &dana, RILEY).await.unwrap(), draft, "the same report is gone on with");
        let unfinished = report::start_page(&world.app, &dana, &"riley marsh".into()).await.unwrap();
        assert_eq!(
            unfinished.unfinished,
            [(draft.clone(), "Report of Riley Marsh, last saved at 18:00 today".to_string())]
        );
        assert_eq!(unfinished.rows.len(), 1);
        let home = queries::home(&world.app, &dana).await.unwrap();
        assert_eq!(home.unfinished.len(), 1);
        let shown = report::show(&world.app, &dana, &draft, "appearance").await.unwrap();
        assert_eq!(shown.step.fields[0].values, ["Red coat"]);
        assert!(shown.step.fields[0].hint.contains("Hair: Brown, shoulder length"), "{}", shown.step.fields[0].hint);
        let noticed = report::show(&world.app, &dana, &draft, "noticed").await.unwrap();
        assert_eq!(noticed.step.fields[0].time, "18:00", "filled with the present moment");
        assert_eq!(
            report::show(&world.app, &owen, &draft, "noticed").await.err(),
            Some(Refused::NotFound),
            "a draft is its writer's and their home's"
        );
        assert_eq!(report::show(&world.app, &dana, &draft, "no-such").await.err(), Some(Refused::NotFound));
    });
}

/// Whatever is typed where a time is optional, the report stands: with the words as they were typed, and with all that was read.
#[test]
fn no_report_is_held_up_by_a_time_that_cannot_be_read() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (app, dana) = (&world.app, world.actor("dana").await);
        let draft = report::start(app, &dana, RILEY).await.unwrap();
        answer(&world, &dana, &draft, "status", &[("f-status", "missing")]).await;
        let mut noticed = today("occurred", "17:40");
        noticed.extend(today("f-expected_at", "tea time"));
        let noticed = Answers::from(noticed);
        let said = messages(report::save(app, &dana, &draft, "noticed", &noticed).await);
        assert!(said[0].contains("“tea time” is not a time of day"), "{said:?}");
        assert!(said[0].contains("save it again as it is"), "{said:?}");
        assert_eq!(
            report::save(app, &dana, &draft, "noticed", &noticed).await.unwrap(),
            "last-seen",
            "saved again, it goes on"
        );
        // After the child was missed: whichever is wrong, neither is lost.
        let mut seen = today("f-last_seen_at", "17:50");
        seen.push(("f-last_seen_where".into(), "Bus stop".into()));
        assert_eq!(messages(report::save(app, &dana, &draft, "last-seen", &seen.into()).await).len(), 1);
        let mut called = today("called", "just before the news");
        called.extend([("call-1-of".into(), "family".into()), ("call-1-result".into(), "Not seen".into())]);
        assert_eq!(messages(report::save(app, &dana, &draft, "calls", &called.into()).await).len(), 1);
        // Told before anybody missed the child: no duty counts from it.
        let mut police = today("police-at", "17:30");
        police.extend([("police-told".into(), "yes".into()), ("police-incident_number".into(), "NP-42".into())]);
        assert_eq!(messages(report::save(app, &dana, &draft, "police", &police.into()).await).len(), 1);

        // It is not said to be answered, it is said on its page again, and before the report is sent.
        let check = report::show(app, &dana, &draft, "check").await.unwrap();
        let to_do = |id: &str| check.steps.iter().any(|step| step.id == id && step.state == StepPlace::ToDo);
        assert!(["noticed", "last-seen", "calls", "police"].into_iter().all(to_do), "{:?}", check.steps);
        let lines: String = check.summary.iter().flat_map(|row| row.value.clone()).collect();
        assert_eq!(lines.matches("it goes along as you wrote it").count(), 4, "{lines}");
        let again = report::show(app, &dana, &draft, "noticed").await.unwrap();
        assert!(again.step.fields.iter().any(|field| field.error.contains("tea time")), "{:?}", again.step.fields);

        let done = report::finish(app, &dana, &draft, "k", false).await.unwrap();
        let page = queries::episode(app, &dana, RILEY, &done.entry).await.unwrap();
        let line = |event: &str| page.timeline.iter().find(|line| line.event == event).unwrap();
        let gone = line("absence.noticed");
        let due = "Not taken as an answer: When was Riley due back, or expected? “tea time 5 1 2026”";
        assert!(gone.note.contains(due), "{gone:?}");
        assert!(gone.note.contains("17:50"), "{gone:?}");
        assert!(gone.fields.iter().any(|field| field.value == "Bus stop"), "{gone:?}");
        assert!(line("enquiry.made").note.contains("just before the news"));
        let told = line("police.reported");
        assert_eq!(
            (told.occurred.words.as_str(), told.note.contains("5 Jan 2026 17:30")),
            ("18:00 today", true),
            "{told:?}"
        );
    });
}

/// When a child was missed is nobody's to guess. When one came back who is back is: it was by now.
#[test]
fn a_report_waits_for_when_the_child_was_missed() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (app, dana) = (&world.app, world.actor("dana").await);
        let draft = report::start(app, &dana, RILEY).await.unwrap();
        let first = report::finish(app, &dana, &draft, "k", false).await;
        assert_eq!(messages(first).len(), 1, "what is known of where the child is");
        answer(&world, &dana, &draft, "status", &[("f-status", "missing")]).await;
        let unread = Answers::from(today("occurred", "after school"));
        for _ in 0..2 {
            let said = messages(report::save(app, &dana, &draft, "noticed", &unread).await);
            assert!(said[0].starts_with("occurred: When you noticed: “after school”"), "{said:?}");
            assert_eq!(messages(report::finish(app, &dana, &draft, "k", false).await), said);
        }
        let mut times: Answers = today("occurred", "17:40").into();
        times.lay_over(today("returned", "before tea").into());
        let said = messages(report::save(app, &dana, &draft, "noticed", &times).await);
        assert!(said[0].starts_with("returned: When the child came back: “before tea”"), "{said:?}");
        let done = report::finish(app, &dana, &draft, "k", false).await.unwrap();
        let page = queries::episode(app, &dana, RILEY, &done.entry).await.unwrap();
        let back = page.timeline.iter().find(|line| line.event == "return.recorded").unwrap();
        assert_eq!((back.occurred.words.as_str(), back.note.contains("before tea")), ("18:00 today", true), "{back:?}");
        // Gone again, and said to have been missed before that return: nobody would look for the child.
        let again = report::start(app, &dana, RILEY).await.unwrap();
        answer(&world, &dana, &again, "status", &[("f-status", "missing")]).await;
        let early = report::save(app, &dana, &again, "noticed", &today("occurred", "17:50").into()).await;
        let said = messages(early);
        assert!(said[0].contains("18:00, when Riley Marsh came back by the record"), "{said:?}");
        assert_eq!(messages(report::finish(app, &dana, &again, "again", false).await), said);
        world.pass(5);
        // An absence begins when the child was due, where that is earlier: of a time before that return, it does not.
        let mut due: Answers = today("occurred", "18:03").into();
        due.lay_over(today("f-expected_at", "17:30").into());
        let said = messages(report::save(app, &dana, &again, "noticed", &due).await);
        assert!(said[0].contains("When due back: this is before"), "{said:?}");
        let done = report::finish(app, &dana, &again, "again", false).await.unwrap();
        let page = queries::episode(app, &dana, RILEY, &done.entry).await.unwrap();
        assert!(page.timeline.iter().any(|line| line.note.contains("Mon 5 Jan 2026 17:30")), "{:?}", page.timeline);
        assert_eq!(queries::board(app, &dana, 1).await.unwrap().lines.len(), 1, "and is on the board");
    });
}

/// What is written of police who are not told yet is not lost.
#[test]
fn a_number_of_police_who_are_not_told_stands_in_words() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (app, dana) = (&world.app, world.actor("dana").await);
        let draft = report::start(app, &dana, RILEY).await.unwrap();
        answer(&world, &dana, &draft, "status", &[("f-status", "missing")]).await;
        let police: Answers = answers(&[("police-told", "no"), ("police-incident_number", "NP-1")]);
        let said = messages(report::save(app, &dana, &draft, "police", &police).await);
        assert!(said[0].contains("choose Yes, or empty that"), "{said:?}");
        let done = report::finish(app, &dana, &draft, "k", false).await.unwrap();
        let page = queries::episode(app, &dana, RILEY, &done.entry).await.unwrap();
        assert!(page.timeline.iter().all(|line| line.event != "police.reported"));
        assert!(
            page.timeline.iter().any(|line| line.note.contains("Police incident number NP-1")),
            "{:?}",
            page.timeline
        );
    });
}

/// One question answered in two windows by one person: the second is told, and what the first said stands until then.
#[test]
fn nobody_overwrites_their_own_answer_of_another_window() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (app, dana) = (&world.app, world.actor("dana").await);
        let draft = report::start(app, &dana, RILEY).await.unwrap();
        let first: Answers = answers(&[("appearance", "Red coat"), ("times", "0")]);
        report::save(app, &dana, &draft, "appearance", &first).await.unwrap();
        report::save(app, &dana, &draft, "appearance", &first).await.unwrap();
        let second =
            report::save(app, &dana, &draft, "appearance", &answers(&[("appearance", ""), ("times", "0")])).await;
        assert!(messages(second)[0].contains("You answered this question in another window"));
        let shown = report::show(app, &dana, &draft, "appearance").await.unwrap();
        assert_eq!(shown.step.fields[0].values, ["Red coat"]);
    });
}

/// Whoever comes on duty while a report lies half written sees it, and goes on with it; nobody of another house or team does.
#[test]
fn a_report_that_somebody_began_is_gone_on_with_by_colleagues_alone() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let (dana, mel) = (world.actor("dana").await, world.actor("mel").await);
        let draft = report::start(app, &dana, RILEY).await.unwrap();
        answer(&world, &dana, &draft, "appearance", &[("appearance", "Red coat")]).await;
        world.pass(25);
        let says = ["Dana Holt began a report about Riley Marsh at 18:00 today, not sent".to_string()];
        let words = |listed: Vec<(String, String)>| listed.into_iter().map(|(_, words)| words).collect::<Vec<_>>();
        assert_eq!(words(queries::home(app, &mel).await.unwrap().unfinished), says);
        assert_eq!(words(queries::board(app, &mel, 1).await.unwrap().unsent), says);
        assert_eq!(words(report::start_page(app, &mel, &"".into()).await.unwrap().unfinished), says);
        for other in ["nora", "owen", "grace"] {
            let other = world.actor(other).await;
            assert!(queries::home(app, &other).await.unwrap().unfinished.is_empty(), "{}", other.name);
            assert!(queries::board(app, &other, 1).await.unwrap().unsent.is_empty(), "{}", other.name);
            assert_eq!(report::show(app, &other, &draft, "check").await.err(), Some(Refused::NotFound));
            let saved = report::save(app, &other, &draft, "risk", &Answers::default()).await;
            assert_eq!(saved.err(), Some(Refused::NotFound));
            assert_eq!(report::finish(app, &other, &draft, "k", false).await.err(), Some(Refused::NotFound));
        }
        // One report of one child: whoever begins one as well goes on with this one.
        assert_eq!(report::start(app, &mel, RILEY).await.unwrap(), draft);
        let shown = report::show(app, &mel, &draft, "appearance").await.unwrap();
        assert_eq!(shown.begun, "Dana Holt began this report at 18:00 today.");
        assert_eq!(shown.step.fields[0].values, ["Red coat"]);
        assert_eq!(report::show(app, &dana, &draft, "appearance").await.unwrap().begun, "");
        // What each answers stays, whoever answers when.
        answer(&world, &mel, &draft, "status", &[("f-status", "missing")]).await;
        answer(&world, &dana, &draft, "risk", &[("risk-why", "She said nothing")]).await;
        let done = report::finish(app, &mel, &draft, "k", false).await.unwrap();
        let page = queries::episode(app, &mel, RILEY, &done.entry).await.unwrap();
        let first = page.timeline.last().unwrap();
        assert!(first.fields.iter().any(|field| field.value == "Red coat"), "{first:?}");
        // It is sent for both, and once.
        assert!(queries::home(app, &dana).await.unwrap().unfinished.is_empty());
        assert!(queries::home(app, &mel).await.unwrap().unfinished.is_empty());
        assert!(matches!(report::finish(app, &dana, &draft, "k", false).await, Err(Refused::NotAllowed(_))));
        let late = report::save(app, &dana, &draft, "calls", &Answers::default()).await;
        assert!(matches!(late, Err(Refused::NotAllowed(_))), "{late:?}");
        assert_eq!(report::read_out(app, &dana, &draft).await.unwrap().episode.as_deref(), Some(done.entry.as_str()));
    });
}

/// What lay for a day is its author's again, and nobody goes on with a report of a child whom they must not see.
#[test]
fn a_report_that_lay_for_a_day_is_its_authors_again() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let (dana, mel) = (world.actor("dana").await, world.actor("mel").await);
        let draft = report::start(app, &dana, RILEY).await.unwrap();
        lead(&world).await;
        let whom = relation::Whom::Person("mel");
        relation::bar(
            app,
            &world.actor("tess").await,
            RILEY,
            whom,
            "They are of one family, and must not learn where she is",
            "bar",
        )
        .await
        .unwrap();
        assert!(queries::home(app, &mel).await.unwrap().unfinished.is_empty(), "barred");
        assert_eq!(report::show(app, &mel, &draft, "check").await.err(), Some(Refused::NotFound), "barred");
        world.pass(24 * 60 + 1);
        assert_eq!(queries::home(app, &dana).await.unwrap().unfinished.len(), 1, "its author still has it");
    });
}

#[test]
fn wrong_answers_are_said_and_kept() {
    on_both(|database| async {
        let world = World::new(database).await;
        let dana = world.actor("dana").await;
        let draft = report::start(&world.app, &dana, RILEY).await.unwrap();
        let typed: Answers = today("occurred", "23:15").into();
        let refused = report::save(&world.app, &dana, &draft, "noticed", &typed).await;
        let problems = messages(refused);
        assert!(problems[0].starts_with("occurred: ") && problems[0].contains("still to come"), "{problems:?}");
        let shown = report::show(&world.app, &dana, &draft, "noticed").await.unwrap();
        assert_eq!(shown.step.fields[0].time, "23:15", "it was saved all the same");
        let none = report::save(&world.app, &dana, &draft, "status", &Answers::default()).await;
        assert_eq!(messages(none), ["f-status: What is known: choose one of the answers"]);
        let finish = report::finish(&world.app, &dana, &draft, "k", false).await;
        assert!(matches!(finish, Err(Refused::Invalid(_))));
        report::save(&world.app, &dana, &draft, "noticed", &today("occurred", "17:00").into()).await.unwrap();
        let later =
            report::save(&world.app, &dana, &draft, "last-seen", &today("f-last_seen_at", "17:30").into()).await;
        assert!(messages(later)[0].contains("after"));
        let check = report::show(&world.app, &dana, &draft, "check").await.unwrap();
        assert_eq!(check.problems.len(), 2);
        assert!(check.summary.iter().any(|r| r.wrong));
    });
}

#[test]
fn somebody_else_was_faster() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (dana, owen) = (world.actor("dana").await, world.actor("owen").await);
        let (first, second) = (whole(&world, &dana).await, whole(&world, &owen).await);
        let done = report::finish(&world.app, &dana, &first, "a", false).await.unwrap();
        let refused = report::finish(&world.app, &owen, &second, "b", false).await;
        let Err(Refused::RuleRefuses(objections)) = refused else { panic!("{refused:?}") };
        assert_eq!(objections[0].says, "Riley Marsh is already recorded as gone since 17:00 today.");
        let check = report::show(&world.app, &owen, &second, "check").await.unwrap();
        assert_eq!(check.already_open.as_deref(), Some(done.entry.as_str()));
        let joined = report::finish(&world.app, &owen, &second, "b", true).await.unwrap();
        assert_eq!(joined.episode.as_deref(), Some(done.entry.as_str()));
        let page = queries::episode(&world.app, &owen, RILEY, &done.entry).await.unwrap();
        assert_eq!(page.timeline.len(), 10, "nothing that either found out is lost");
        let news = page.timeline.iter().find(|i| i.event == "information.received").unwrap();
        assert!(
            news.fields.iter().any(|f| f.value.contains("Bus stop") && f.value.contains("Red coat")),
            "{:?}",
            news.fields
        );
    });
}

#[test]
fn the_page_to_read_out_says_what_the_police_ask() {
    on_both(|database| async {
        let world = World::new(database).await;
        let dana = world.actor("dana").await;
        let draft = whole(&world, &dana).await;
        let page = report::read_out(&world.app, &dana, &draft).await.unwrap();
        assert_eq!(page.opening, "I am ringing to report a missing child, Riley Marsh, aged 14.");
        assert_eq!(page.incident_number, "NP-42");
        let find = |title: &str, label: &str| {
            let section = page.sections.iter().find(|s| s.title == title).unwrap();
            section.lines.iter().find(|l| l.label == label).map(|l| l.value.clone()).unwrap_or_default()
        };
        assert_eq!(find("Who is missing", "Date of birth"), "2 May 2011, 14 years old");
        assert_eq!(find("Who is missing", "Lives at"), "Larkfield House, 4 Weir Lane, Kettering");
        assert_eq!(find("Who is missing", "Legal status"), "Care order");
        assert_eq!(find("Description", "Hair"), "Brown, shoulder length");
        assert_eq!(find("What we have done", "Looked at"), "The house: Not there");
        assert_eq!(find("Who is reporting", "Telephone"), "01632 960112");
        assert!(page.made.ends_with("by Dana Holt"));
    });
}

#[test]
fn the_events_of_a_report_are_those_of_the_vocabulary() {
    let vocabulary = testkit::library().vocabulary;
    let fields = [
        (
            "absence.noticed",
            &[
                "status",
                "expected_at",
                "last_seen_at",
                "last_seen_where",
                "whereabouts",
                "circumstances",
                "during_activity",
                "emergency",
            ][..],
        ),
        ("search.made", &["where", "result"]),
        ("enquiry.made", &["of", "result"]),
        ("risk.assessed", &["significant", "level"]),
        ("police.reported", &["route", "as", "incident_number"]),
        ("information.received", &["kind", "text"]),
    ];
    for (event, fields) in fields {
        let id = vocabulary.event(event).unwrap_or_else(|| panic!("{event}"));
        for field in fields {
            assert!(vocabulary.event_field(id, field).is_some(), "{event}.{field}");
        }
    }
}

/// Whoever goes straight to the end is not turned back for a time: the absence was noticed when the report was begun.
#[test]
fn a_report_is_made_with_one_answer() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (app, dana) = (&world.app, world.actor("dana").await);
        let draft = report::start(app, &dana, RILEY).await.unwrap();
        world.pass(3);
        answer(&world, &dana, &draft, "status", &[("f-status", "missing")]).await;
        let shown = report::show(app, &dana, &draft, "check").await.unwrap();
        assert_eq!(shown.problems, Vec::<String>::new());
        let row = shown.summary.iter().find(|row| row.step == "noticed").unwrap();
        assert!(row.value.iter().any(|value| value.contains("18:00")), "{row:?}");
        assert!(shown.steps.iter().any(|step| step.id == "noticed" && step.state != StepPlace::Done));
        let done = report::finish(app, &dana, &draft, "f1", false).await.unwrap();
        assert!(done.words.contains("18:00 today"), "{}", done.words);
    });
}

fn is_return(field: &views::FormField) -> bool {
    field.name.starts_with("returned")
}

#[test]
fn the_child_is_back_while_the_report_is_being_written() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (app, dana) = (&world.app, world.actor("dana").await);
        let draft = report::start(app, &dana, RILEY).await.unwrap();
        // Whoever is not back is not asked how they came back.
        let noticed = report::show(app, &dana, &draft, "noticed").await.unwrap();
        let names: Vec<&str> = noticed.step.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["occurred", "f-expected_at"]);
        // Nothing is answered yet: what cannot be left out is asked, with the return filled in.
        assert_eq!(report::back(app, &dana, &draft, "b0").await.unwrap(), Back::Ask("status"));
        answer(&world, &dana, &draft, "status", &[("f-status", "missing")]).await;
        assert_eq!(report::back(app, &dana, &draft, "b1").await.unwrap(), Back::Ask("noticed"));
        let shown = report::show(app, &dana, &draft, "noticed").await.unwrap();
        let returned = shown.step.fields.iter().find(|field| field.name == "returned").unwrap();
        assert_eq!(returned.time, "18:00");
        // It was another child on the stairs: emptied, nothing of it is asked or recorded any more.
        let mut not_back = today("occurred", "17:30");
        not_back.extend(today("returned", "").into_iter().map(|(name, _)| (name, String::new())));
        report::save(app, &dana, &draft, "noticed", &not_back.into()).await.unwrap();
        assert!(!report::show(app, &dana, &draft, "noticed").await.unwrap().step.fields.iter().any(is_return));
        let noticed: Vec<_> =
            [("occurred", "17:30"), ("returned", "18:00")].iter().flat_map(|(n, t)| today(n, t)).collect();
        report::save(app, &dana, &draft, "noticed", &noticed.into()).await.unwrap();
        let Back::Recorded(child, done) = report::back(app, &dana, &draft, "b2").await.unwrap() else {
            panic!("asked")
        };
        assert_eq!(child, RILEY);
        let episode = app.store().episodes_of_child(RILEY).await.unwrap().remove(0);
        assert_eq!(Some(&episode.id), done.episode.as_ref());
        assert_eq!(episode.ended_us, Some(app.now().0 * 1_000_000), "back now");
        assert!(queries::home(app, &dana).await.unwrap().unfinished.is_empty(), "the report is done with");
        // Sent twice, it is one.
        let again = report::back(app, &dana, &draft, "b3").await.unwrap();
        assert!(matches!(again, Back::Recorded(..)), "{again:?}");
        assert_eq!(app.store().episodes_of_child(RILEY).await.unwrap().len(), 1);
    });
}

#[test]
fn two_who_answer_one_question_of_a_report_do_not_overwrite_each_other() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let (dana, mel) = (world.actor("dana").await, world.actor("mel").await);
        let draft = report::start(app, &dana, RILEY).await.unwrap();
        let page = report::show(app, &dana, &draft, "appearance").await.unwrap();
        let said = |text: &str, times: &str| answers(&[("appearance", text), ("times", times)]);
        assert_eq!(report::save(app, &mel, &draft, "appearance", &said("Red coat", "0")).await.unwrap(), "searches");
        // Whoever looks round, or saves, with a page of before is told, and nothing of the other is lost.
        let old = said("Blue coat", &page.times);
        let looked = report::leave(app, &dana, &draft, "appearance", &old, "police").await;
        for refused in [looked, report::save(app, &dana, &draft, "appearance", &old).await] {
            assert!(messages(refused)[0].contains("Somebody else answered this question"));
        }
        let now = report::show(app, &dana, &draft, "appearance").await.unwrap();
        assert!(now.step.fields.iter().any(|field| field.values == ["Red coat"]));
        assert_eq!(
            report::save(app, &dana, &draft, "appearance", &said("Blue coat", &now.times)).await.unwrap(),
            "searches"
        );
        // One's own other window is told as well; what it would only say again is no answer of another.
        let own = report::save(app, &dana, &draft, "appearance", &said("Green coat", &now.times)).await;
        assert!(messages(own)[0].contains("You answered this question in another window"));
        report::save(app, &dana, &draft, "appearance", &said("Blue coat", &now.times)).await.unwrap();
    });
}
