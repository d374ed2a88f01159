//! Panels, registers and duties of an area: who sees them, what is drawn on them, what is asked, and that nothing is overwritten.

use crate::staff::hire;
use actions::panel::{self, Doing};
use actions::{Actor, Answers, Refused, area, queries, register, setting};
use serde_json::json;
use store::Agency;
use testkit::databases::on_both;
use testkit::world::{RILEY, World};
use views::AreaState;

const BOOK: &str = "northamptonshire";

/// The agencies of the world belong to the area, and two people more are on its panels.
async fn settled(world: &World) {
    let store = world.app.store();
    for id in ["larkfield", "team", "missing", "police"] {
        let (agency, version) = store.agency(id).await.unwrap().unwrap();
        let agency = Agency { area: Some(BOOK.into()), ..agency };
        assert!(store.agency_change(&agency, version).await.is_ok(), "{id}");
    }
    let partnership = Agency {
        id: "partnership".into(),
        name: "Safeguarding Partnership".into(),
        kind: "partnership".into(),
        area: Some(BOOK.into()),
        ..Agency::default()
    };
    store.add_agency(&partnership).await.unwrap();
    for (id, name, role, agency) in [
        ("iris", "Iris Bell", "panel_chair", "partnership"),
        ("dev", "Dev Anand", "detective_inspector", "police"),
        ("hana", "Hana Roy", "head_of_service", "team"),
        ("hugo", "Hugo Vane", "head_of_service", "team"),
    ] {
        hire(world, id, name, role, agency).await;
    }
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    pairs.iter().for_each(|(name, value)| answers.add(*name, *value));
    answers
}

async fn plan(world: &World, who: &Actor, at: &str) -> String {
    let form = answers(&[("at", at), ("place", "Room 2")]);
    let next = panel::save(&world.app, who, (BOOK, "forum"), (Doing::Plan, ""), 0, &form, &world.app.new_key()).await;
    next.unwrap().rsplit('/').next().unwrap().to_string()
}

#[test]
fn the_panel_meets_its_protocol_asks_and_what_it_agrees_stands_with_whoever_owes_it() {
    on_both(|database| async {
        let world = World::new(database).await;
        settled(&world).await;
        world.gone().await;
        let (iris, dev) = (world.actor("iris").await, world.actor("dev").await);

        // The monthly forum is asked of its chair, by the end of the month, and of nobody who is not on it.
        let page = area::page(&world.app, &iris).await.unwrap();
        let forum = page.asked.iter().find(|line| line.title.contains("Hold the monthly")).unwrap();
        assert_eq!(forum.limit.at.as_ref().unwrap().words, "23:59 on Sat 31 Jan");
        let home = queries::home(&world.app, &iris).await.unwrap();
        assert!(home.area.iter().any(|line| line.id == forum.id), "it stands on the list of what is to be done");
        let dana = world.actor("dana").await;
        assert!(queries::home(&world.app, &dana).await.unwrap().area.is_empty());
        assert!(matches!(panel::show(&world.app, &dana, BOOK, "forum").await, Err(Refused::NotAllowed(_))));

        let meeting = plan(&world, &dev, "2026-01-20T10:00+00:00").await;
        let shown = panel::show(&world.app, &iris, BOOK, "forum").await.unwrap();
        assert_eq!(shown.to_come[0].at.words, "10:00 on Tue 20 Jan");
        assert!(shown.members.iter().any(|one| one.chairs && one.people == ["Dev Anand (Northamptonshire Police)"]));

        // It cannot be recorded before it was held; two who write at once do not overwrite each other.
        let record = [("chaired", "Dev Anand"), ("attended", "Iris Bell"), ("signed", "Iris Bell"), ("m0", "Planned")];
        let form = |at: &str| answers(&[&[("at", at)], &record[..]].concat());
        let save = async |who: &Actor, doing, one: &str, version, form: &Answers| {
            panel::save(&world.app, who, (BOOK, "forum"), (doing, one), version, form, &world.app.new_key()).await
        };
        let early = save(&dev, Doing::Record, &meeting, 1, &form("2026-01-20T10:00+00:00")).await;
        assert!(matches!(early, Err(Refused::Invalid(_))), "{early:?}");
        world.set("2026-01-20T12:00+00:00");
        let unsigned = answers(&[("at", "2026-01-20T10:05+00:00"), ("chaired", "Dev"), ("attended", "Iris")]);
        let Err(Refused::Invalid(wrong)) = save(&dev, Doing::Record, &meeting, 1, &unsigned).await else { panic!() };
        assert_eq!(wrong[0].field, "signed");
        save(&dev, Doing::Record, &meeting, 1, &form("2026-01-20T10:05+00:00")).await.unwrap();
        let stale = save(&iris, Doing::Record, &meeting, 1, &form("2026-01-20T10:05+00:00")).await;
        assert!(matches!(stale, Err(Refused::Stale { .. } | Refused::Invalid(_))), "{stale:?}");

        // What the protocol asked is met: the next is February's.
        let page = area::page(&world.app, &iris).await.unwrap();
        let open: Vec<&str> = page
            .asked
            .iter()
            .filter(|line| line.title.contains("Hold the monthly"))
            .map(|l| l.title.as_str())
            .collect();
        assert!(open.is_empty(), "{open:?}");
        assert!(page.done.iter().any(|line| line.title.contains("Hold the monthly") && line.state == AreaState::Done));

        // What was agreed stands with Priya until she says what came of it; nobody else can say so.
        let agreed = answers(&[
            ("says", "Ask the bus company for its cameras"),
            ("owner", "missing_coordinator"),
            ("due", "2026-01-22T17:00+00:00"),
        ]);
        save(&dev, Doing::Agree, &meeting, 0, &agreed).await.unwrap();
        let priya = world.actor("priya").await;
        let line = queries::home(&world.app, &priya).await.unwrap().area;
        let line = line.into_iter().find(|line| line.title.starts_with("Ask the bus")).unwrap();
        assert_eq!((line.state, line.limit.at.unwrap().words.as_str()), (AreaState::Due, "17:00 on Thu 22 Jan"));
        world.set("2026-01-23T09:00+00:00");
        let late = queries::home(&world.app, &priya).await.unwrap().area;
        assert!(late.iter().any(|line| line.title.starts_with("Ask the bus") && line.state == AreaState::Overdue));
        // It is an alert of hers, and of nobody else's, until it is done.
        let alerts = async |who: &Actor| {
            let alerts = queries::alerts(&world.app, who, 1).await.unwrap();
            (alerts.late.into_iter().map(|line| line.title).collect::<Vec<_>>(), alerts.viewer.alerts)
        };
        let (hers, _) = alerts(&priya).await;
        assert_eq!(hers, ["Ask the bus company for its cameras"]);
        assert!(alerts(&dev).await.0.is_empty());
        // It is raised once for its limit, whichever worker looks, and acknowledged by its owner alone; it stays to be done.
        let app = &world.app;
        assert_eq!(actions::worker::tick(app).await.unwrap().late, 1);
        assert_eq!(actions::worker::tick(&world.second_server().await).await.unwrap().late, 0);
        let seen = async |who: &Actor| area::seen(app, who, BOOK, line.doing.rsplit('/').next().unwrap()).await;
        assert!(actions::live::is_late(app, &priya).await && !actions::live::is_late(app, &dev).await);
        assert_eq!(seen(&dev).await, Err(Refused::NotFound), "nobody else's");
        let (_, before) = alerts(&priya).await;
        seen(&priya).await.unwrap();
        world.pass(2);
        assert!(!actions::live::is_late(app, &priya).await, "no news any more");
        let shown = queries::alerts(app, &priya, 1).await.unwrap();
        assert_eq!((shown.viewer.alerts, shown.late.len()), (before - 1, 1));
        assert!(shown.late[0].seen.ends_with("at 09:00 today"), "{}", shown.late[0].seen);
        seen(&priya).await.unwrap();
        let before = before - 1;
        let id = line.doing.rsplit('/').next().unwrap();
        let done = answers(&[("at", "2026-01-23T08:00+00:00"), ("outcome", "They sent them")]);
        assert!(matches!(save(&iris, Doing::Finish, id, 1, &done).await, Err(Refused::NotAllowed(_))));
        save(&priya, Doing::Finish, id, 1, &done).await.unwrap();
        assert_eq!(alerts(&priya).await, (Vec::new(), before), "it clears itself");
        assert_eq!(seen(&priya).await, Err(Refused::NotFound));
        let after = queries::home(&world.app, &priya).await.unwrap().area;
        assert!(!after.iter().any(|line| line.title.starts_with("Ask the bus")));
        // Nothing is overwritten: who wrote what of the meeting is there, and the chains hold.
        let shown = panel::meeting(&world.app, &iris, BOOK, "forum", &meeting).await.unwrap();
        let acts: Vec<&str> = shown.history.iter().map(|line| line.says.as_str()).collect();
        assert_eq!(acts, ["Recorded", "Planned"]);
        let audit = world.app.store().audit(&std::sync::Arc::new(store::Promised::default()), 1).await.unwrap();
        assert_eq!(audit.fault, None);
    });
}

#[test]
fn an_agenda_and_a_register_show_each_child_only_to_whom_the_record_is_shown() {
    on_both(|database| async {
        let world = World::new(database).await;
        settled(&world).await;
        world.gone().await;
        world.record("dana", "police.reported", &[("incident_number", "NP-1")]).await.unwrap();
        let grace = world.actor("grace").await;
        let shown = panel::show(&world.app, &grace, BOOK, "mon-wed-fri").await.unwrap();
        let children = |page: &views::PanelPage| {
            page.agenda.iter().flat_map(|part| &part.children).map(|line| line.child.clone()).collect::<Vec<_>>()
        };
        assert_eq!(children(&shown), [RILEY]);
        let list = register::show(&world.app, &grace, BOOK, "mon-wed-fri", 0).await.unwrap();
        assert_eq!(list.rows.len(), 1);
        assert!(list.rows[0].cells[0][0].starts_with("Riley Marsh"), "{:?}", list.rows[0].cells);
        assert!(list.rows[0].cells[2].iter().any(|line| line.contains("Missing")), "{:?}", list.rows[0].cells);
        // One look for the list, however often it is drawn.
        let looks = |what: &'static str| {
            let app = world.app.clone();
            async move {
                app.store().looks_at_child(RILEY, 500).await.unwrap().into_iter().filter(|l| l.what == what).count()
            }
        };
        register::show(&world.app, &grace, BOOK, "mon-wed-fri", 0).await.unwrap();
        assert_eq!((looks("panel").await, looks("register").await), (1, 1));

        // Whoever is on the panel and has nothing to do with the child sees neither the child nor a number.
        let clinic = Agency {
            id: "clinic".into(),
            name: "Clinic".into(),
            kind: "health".into(),
            area: Some(BOOK.into()),
            ..Agency::default()
        };
        world.app.store().add_agency(&clinic).await.unwrap();
        hire(&world, "hal", "Hal Brook", "health", "clinic").await;
        let hal = world.actor("hal").await;
        let theirs = panel::show(&world.app, &hal, BOOK, "mon-wed-fri").await.unwrap();
        assert!(children(&theirs).is_empty());
        assert!(register::show(&world.app, &hal, BOOK, "mon-wed-fri", 0).await.unwrap().rows.is_empty());
        // Of a meeting that took the child up they learn that there was one more, and not who.
        let form = answers(&[("at", "2026-01-06T09:00+00:00"), ("place", "")]);
        let next =
            panel::save(&world.app, &grace, (BOOK, "mon-wed-fri"), (Doing::Plan, ""), 0, &form, "k1").await.unwrap();
        let id = next.rsplit('/').next().unwrap().to_string();
        world.set("2026-01-06T10:00+00:00");
        let held = answers(&[("at", "2026-01-06T09:00+00:00"), ("chaired", "Grace"), ("attended", "Priya")]);
        panel::save(&world.app, &grace, (BOOK, "mon-wed-fri"), (Doing::Record, &id), 1, &held, "k2").await.unwrap();
        let theirs = panel::meeting(&world.app, &hal, BOOK, "mon-wed-fri", &id).await.unwrap();
        assert_eq!((theirs.agenda[0].children.len(), theirs.agenda[0].hidden), (0, 1));
        let whole = serde_json::to_string(&theirs).unwrap();
        assert!(!whole.contains("Riley") && !whole.contains(RILEY), "{whole}");
    });
}

#[test]
fn a_line_of_a_register_is_written_put_right_and_taken_out_and_each_is_kept() {
    on_both(|database| async {
        let world = World::new(database).await;
        settled(&world).await;
        let priya = world.actor("priya").await;
        let of = (BOOK, "exception-reports");
        let line = answers(&[("c0", "20 January 2026"), ("c1", "No interviewer for a week"), ("c2", "Yes")]);
        register::save(&world.app, &priya, of, None, 0, &line, "k").await.unwrap();
        register::save(&world.app, &priya, of, None, 0, &line, "k").await.unwrap();
        let page = register::show(&world.app, &priya, of.0, of.1, 0).await.unwrap();
        assert_eq!(page.rows.len(), 1, "what is sent twice is written once");
        assert_eq!(page.rows[0].cells[1], ["No interviewer for a week"]);
        let id = page.rows[0].change.rsplit('/').next().unwrap().to_string();
        let right = answers(&[("c1", "No interviewer for ten days"), ("keep", "yes")]);
        let unsaid = register::save(&world.app, &priya, of, Some(&id), 1, &right, "k2").await;
        assert!(matches!(unsaid, Err(Refused::Invalid(_))), "the reason is asked for");
        let right = answers(&[("c1", "No interviewer for ten days"), ("keep", "yes"), ("why", "Counted again")]);
        register::save(&world.app, &priya, of, Some(&id), 1, &right, "k3").await.unwrap();
        let stale = register::save(&world.app, &priya, of, Some(&id), 1, &right, "k4").await;
        assert!(matches!(stale, Err(Refused::Stale { .. })), "{stale:?}");
        let gone = answers(&[("keep", "no"), ("why", "It was reported elsewhere")]);
        register::save(&world.app, &priya, of, Some(&id), 2, &gone, "k5").await.unwrap();
        assert!(register::show(&world.app, &priya, of.0, of.1, 0).await.unwrap().rows.is_empty());
        assert_eq!(world.app.store().area_history(BOOK, "line").await.unwrap().len(), 3);
        // Nobody writes on a list that is drawn, and nobody reads a register that is not theirs.
        let drawn = register::save(&world.app, &priya, (BOOK, "mon-wed-fri"), None, 0, &line, "k6").await;
        assert!(matches!(drawn, Err(Refused::NotAllowed(_))));
        let dana = world.actor("dana").await;
        assert!(matches!(register::show(&world.app, &dana, of.0, of.1, 0).await, Err(Refused::NotAllowed(_))));
    });
}

#[test]
fn what_weakens_takes_two_people_and_what_is_set_holds_for_every_child_of_the_area() {
    on_both(|database| async {
        let world = World::new(database).await;
        settled(&world).await;
        let (hana, hugo) = (world.actor("hana").await, world.actor("hugo").await);
        assert!(matches!(setting::page(&world.app, &world.actor("dana").await).await, Err(Refused::NotAllowed(_))));
        let page = setting::page(&world.app, &hana).await.unwrap();
        assert!(page.rulebooks.iter().any(|one| one.id == BOOK) && page.history.is_empty());
        let said = |value: &str| {
            answers(&[
                ("value", value),
                ("source", "Decided by the partnership"),
                ("why", "Tried for a year"),
                ("since-day", "5"),
                ("since-month", "1"),
                ("since-year", "2026"),
            ])
        };
        // A longer silence weakens: it waits, and what held before goes on.
        assert!(!setting::save(&world.app, &hana, "silence", 0, &said("6"), "k1").await.unwrap());
        assert_eq!(setting::silence_hours(&world.app, BOOK, false).await.unwrap(), 4);
        let own = setting::decide(&world.app, &hana, "silence", 1, true, "k2").await;
        assert!(matches!(own, Err(Refused::NotAllowed(_))), "whoever proposes does not confirm: {own:?}");
        setting::decide(&world.app, &hugo, "silence", 1, true, "k3").await.unwrap();
        assert_eq!(setting::silence_hours(&world.app, BOOK, false).await.unwrap(), 6);
        // A shorter one holds at once; what cannot be is said.
        assert!(setting::save(&world.app, &hana, "silence", 2, &said("3"), "k4").await.unwrap());
        assert_eq!(setting::silence_hours(&world.app, BOOK, false).await.unwrap(), 3);
        for wrong in ["", "0", "73", "soon", "2.5"] {
            let refused = setting::save(&world.app, &hana, "silence", 3, &said(wrong), "k5").await;
            assert!(matches!(refused, Err(Refused::Invalid(_))), "{wrong}: {refused:?}");
        }
        let stale = setting::save(&world.app, &hana, "silence", 2, &said("2"), "k6").await;
        assert!(matches!(stale, Err(Refused::Stale { .. })), "{stale:?}");
        // A number that has changed stands beside the printed one.
        let page = setting::page(&world.app, &hana).await.unwrap();
        let contact = page
            .sections
            .iter()
            .flat_map(|section| &section.lines)
            .find(|line| line.change.contains("contact."))
            .unwrap();
        let word = contact.change.rsplit('/').next().unwrap().to_string();
        world.pass(1);
        setting::save(&world.app, &hana, &word, 0, &said("01632 960123"), "k7").await.unwrap();
        let grace = world.actor("grace").await;
        let wanted = queries::Wanted { part: "contacts", ..Default::default() };
        let protocol = queries::protocol(&world.app, &grace, BOOK, wanted).await.unwrap();
        let cards: Vec<_> =
            protocol.sections.iter().flat_map(|s| &s.items).filter_map(|i| i.contact.as_ref()).collect();
        let newer: Vec<_> = cards.iter().filter(|card| card.newer.is_some()).collect();
        assert_eq!(newer.len(), 1);
        assert_eq!(newer[0].newer.as_ref().unwrap().dial, "01632960123");
        assert_eq!(newer[0].newer_words, "Newer, since 5 January 2026, from Decided by the partnership");
        let page = setting::page(&world.app, &hugo).await.unwrap();
        assert_eq!(page.history.len(), 4);
        assert!(page.history[0].by.starts_with("Hana Roy"), "{:?}", page.history[0]);
    });
}

/// A limit that is shortened holds from its day on: what came about before goes by what held then.
#[test]
fn a_limit_that_is_changed_moves_nothing_of_last_month() {
    on_both(|database| async {
        let world = World::new(database).await;
        let authority = Agency {
            id: "essex".into(),
            name: "Essex County Council".into(),
            kind: "local_authority".into(),
            area: Some("essex".into()),
            ..Agency::default()
        };
        world.app.store().add_agency(&authority).await.unwrap();
        for (id, name) in [("hana", "Hana Roy"), ("hugo", "Hugo Vane")] {
            hire(&world, id, name, "head_of_service", "essex").await;
        }
        let (hana, hugo) = (world.actor("hana").await, world.actor("hugo").await);
        let said = |value: &str, day: &str| {
            let day = day.split_once(' ').unwrap();
            answers(&[
                ("value", value),
                ("source", "Decided by the partnership"),
                ("why", "Tried"),
                ("since-day", day.0),
                ("since-month", day.1),
                ("since-year", "2025"),
            ])
        };
        let word = "limit.report_limit_when_vulnerable";
        // Two hours are longer than at once: a second person confirms it. Half an hour is shorter, and holds at once.
        assert!(!setting::save(&world.app, &hana, word, 0, &said("2h", "1 10"), "k1").await.unwrap());
        setting::decide(&world.app, &hugo, word, 1, true, "k2").await.unwrap();
        assert!(setting::save(&world.app, &hana, word, 2, &said("30m", "10 12"), "k3").await.unwrap());
        assert!(!setting::save(&world.app, &hana, word, 3, &said("6h", "20 12"), "k4").await.unwrap());
        setting::decide(&world.app, &hugo, word, 4, false, "k5").await.unwrap();
        let gone = |at: &str| {
            json!({
                "case": "vale",
                "facts": [
                    { "fact": "child.responsible_authority", "value": "essex" },
                    { "fact": "placement.host_authority", "value": "essex" },
                    { "fact": "child.looked_after", "value": true },
                    { "fact": "child.particularly_vulnerable", "value": true },
                    { "fact": "child.date_of_birth", "value": "2012-05-02" },
                ],
                "chronology": [
                    { "id": "gone", "event": "absence.noticed", "occurred_at": at, "by": "foster_carer", "status": "missing" },
                ],
            })
        };
        for (child, at, due) in [
            ("before", "2025-12-09T20:00+00:00", "2025-12-09T22:00+00:00"),
            ("after", "2025-12-28T20:00+00:00", "2025-12-28T20:30+00:00"),
        ] {
            world.child(child, "Vale Ashby", &gone(at), &["essex"]).await;
            let duties = world.app.store().duties_of_child(child).await.unwrap();
            let report = duties.iter().find(|duty| duty.key.contains("report.vulnerable")).unwrap();
            assert_eq!(report.due_us, Some(micros(due)), "{child}");
        }
    });
}

/// Offices that close earlier from a day on: who is told of what, and when the cover begins, goes by it from that day, and not before.
#[test]
fn office_hours_are_the_areas_own_from_a_day_on() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let authority = Agency {
            id: "beds".into(),
            name: "Central Bedfordshire Council".into(),
            kind: "local_authority".into(),
            area: Some("bedfordshire".into()),
            ..Agency::default()
        };
        app.store().add_agency(&authority).await.unwrap();
        for (id, name) in [("hana", "Hana Roy"), ("hugo", "Hugo Vane")] {
            hire(&world, id, name, "head_of_service", "beds").await;
        }
        let (hana, hugo) = (world.actor("hana").await, world.actor("hugo").await);
        let said = |value: &str| {
            answers(&[
                ("value", value),
                ("source", "The council's notice"),
                ("why", "Shorter days"),
                ("since-day", "15"),
                ("since-month", "12"),
                ("since-year", "2025"),
            ])
        };
        let word = "limit.office-hours";
        let page = setting::page(app, &hana).await.unwrap();
        let line = page.sections.iter().flat_map(|s| &s.lines).find(|line| line.change.ends_with(word)).unwrap();
        assert_eq!(line.value, "Monday to Friday 09:00 to 17:00");
        for (wrong, says) in [("nine to five", "Write days and hours"), ("Mon-Fri 09:00 to 16:33", "full 5 minutes")] {
            let refused = setting::save(app, &hana, word, 0, &said(wrong), "k1").await;
            let Err(Refused::Invalid(problems)) = refused else { panic!("{wrong}: {refused:?}") };
            assert!(problems[0].message.contains(says), "{problems:?}");
        }
        // It waits for a second person, and is written as everybody reads it.
        assert!(!setting::save(app, &hana, word, 0, &said("mon-thu 8:45-16.30, fri 8:45-16:00"), "k2").await.unwrap());
        let evening = engine::time::Moment::parse("2025-12-22T18:00+00:00").unwrap();
        let closes = |at| actions::cover::period(app, "bedfordshire", at).unwrap().from;
        assert_eq!(closes(evening).0 * 1_000_000, micros("2025-12-22T17:00+00:00"));
        setting::decide(app, &hugo, word, 1, true, "k3").await.unwrap();
        assert_eq!(closes(evening).0 * 1_000_000, micros("2025-12-22T16:30+00:00"));
        let before = engine::time::Moment::parse("2025-12-08T18:00+00:00").unwrap();
        assert_eq!(closes(before).0 * 1_000_000, micros("2025-12-08T17:00+00:00"), "not before its day");
        let page = setting::page(app, &hana).await.unwrap();
        let line = page.sections.iter().flat_map(|s| &s.lines).find(|line| line.change.ends_with(word)).unwrap();
        assert_eq!(line.value, "Monday to Thursday 08:45 to 16:30, Friday 08:45 to 16:00");
        assert!(line.printed.contains("Monday to Friday 09:00 to 17:00"), "{line:?}");
        // What is asked of a child who is missing goes by it.
        for (child, at, told) in [
            ("before", "2025-12-08T16:45+00:00", "social worker"),
            ("after", "2025-12-22T16:45+00:00", "emergency duty team"),
        ] {
            let gone = json!({
                "case": "vale",
                "facts": [
                    { "fact": "child.responsible_authority", "value": "bedfordshire" },
                    { "fact": "placement.host_authority", "value": "bedfordshire" },
                    { "fact": "child.looked_after", "value": true },
                    { "fact": "placement.type", "value": "childrens_home" },
                    { "fact": "child.date_of_birth", "value": "2012-05-02" },
                ],
                "chronology": [
                    { "id": "gone", "event": "absence.noticed", "occurred_at": at, "by": "home_staff", "status": "away" },
                ],
            });
            world.child(child, "Vale Ashby", &gone, &["beds"]).await;
            let duties = app.store().duties_of_child(child).await.unwrap();
            let tell = duties.iter().find(|duty| duty.key.contains("residential.tell-away")).unwrap();
            let why = queries::why(app, &hana, child, &tell.key.parse().unwrap()).await.unwrap();
            let told_of: Vec<String> =
                why.sources.iter().flat_map(|source| &source.tells).map(|one| one.text.to_lowercase()).collect();
            assert!(told_of.iter().any(|one| one == told) && told_of.len() == 2, "{child}: {told_of:?}");
        }
    });
}

fn micros(at: &str) -> i64 {
    engine::time::Moment::parse(at).unwrap().0 * 1_000_000
}

fn decided(value: &str) -> Answers {
    answers(&[
        ("value", value),
        ("source", "Decided by the partnership"),
        ("why", "It was renamed"),
        ("since-day", "5"),
        ("since-month", "1"),
        ("since-year", "2026"),
    ])
}

/// The name and the picture of an area stand at the head of the pages of those who work in it, and people and teams are called as they are now.
#[test]
fn an_area_has_its_name_its_picture_and_its_own_names() {
    on_both(|database| async {
        let world = World::new(database).await;
        settled(&world).await;
        let (app, hana) = (&world.app, world.actor("hana").await);
        let head = async || {
            let viewer = setting::page(app, &hana).await.unwrap().viewer;
            (viewer.area_name, viewer.logo)
        };
        assert_eq!(head().await, (String::new(), None));
        assert!(setting::save(app, &hana, "name", 0, &decided("Example Vale Partnership"), "k1").await.unwrap());
        let long = setting::save(app, &hana, "name", 1, &decided(&"x".repeat(81)), "k2").await;
        assert!(matches!(long, Err(Refused::Invalid(_))), "{long:?}");
        // A picture is made anew; what is none, or was not chosen, is said in words.
        let picture = |wide: u32, high: u32| {
            let mut png = std::io::Cursor::new(Vec::new());
            image::RgbImage::new(wide, high).write_to(&mut png, image::ImageFormat::Png).unwrap();
            png.into_inner()
        };
        for (sent, says) in [
            (Some(b"<svg onload=alert(1)>".to_vec()), "no picture"),
            (Some(Vec::new()), "Choose the file"),
            (None, "2 MB"),
        ] {
            let refused = setting::save_logo(app, &hana, 0, &decided("new"), sent, "k3").await;
            let Err(Refused::Invalid(problems)) = refused else { panic!("{refused:?}") };
            assert!(problems[0].field == "picture" && problems[0].message.contains(says), "{problems:?}");
        }
        let dana = world.actor("dana").await;
        let tried = setting::save_logo(app, &dana, 0, &decided("new"), Some(picture(80, 80)), "k4").await;
        assert!(matches!(tried, Err(Refused::NotAllowed(_))), "{tried:?}");
        setting::save_logo(app, &hana, 0, &decided("new"), Some(picture(960, 96)), "k5").await.unwrap();
        assert_eq!(head().await, ("Example Vale Partnership".to_string(), Some(1)));
        let kept = image::load_from_memory(&setting::logo(app, &hana).await.unwrap()).unwrap();
        assert_eq!((kept.width(), kept.height()), (480, 48));
        // Whoever works in no area, or in another, has none of it.
        let root = world.actor("root").await;
        assert!(matches!(setting::logo(app, &root).await, Err(Refused::NotFound)));
        setting::save_logo(app, &hana, 1, &decided("remove"), None, "k6").await.unwrap();
        assert_eq!(head().await.1, None);
        // What a team is called now is read wherever the area's words are; the page of all of them shows what was printed.
        let book = app.rules().book(BOOK).unwrap();
        let called = || views::words::Names::of_book(app.rules(), book).role("missing_coordinator");
        let printed = called();
        let word = "name.missing_coordinator";
        setting::save(app, &hana, word, 0, &decided("Young People's Lead"), "k7").await.unwrap();
        assert_eq!(called(), "Young People's Lead");
        // So is it in what a duty says of itself: whose it is, whom to tell, and why.
        let gone = world.gone().await;
        let owen = world.actor("owen").await;
        let asked = app.store().duties_of_child(RILEY).await.unwrap();
        let of_book = asked.iter().filter(|row| row.rulebook == BOOK);
        let owner = of_book.filter_map(|row| row.owner.clone()).find(|owner| book.local_name(owner).is_some());
        let owner = owner.expect("somebody owes something whom the protocol calls by a name of its own");
        let printed_owner = book.local_name(&owner).unwrap();
        setting::save(app, &hana, &format!("name.{owner}"), 0, &decided("The People Who Answer"), "k9").await.unwrap();
        let mut seen = 0;
        for row in asked.iter().filter(|row| row.rulebook == BOOK && row.owner.as_deref() == Some(owner.as_str())) {
            let why = queries::why(app, &owen, RILEY, &row.key.parse().unwrap()).await.unwrap();
            let said = format!("{:?}", why.sources);
            assert!(
                said.contains("owner_name: \"The People Who Answer\"")
                    && !said.contains(&format!("owner_name: \"{printed_owner}\"")),
                "{said}"
            );
            seen += 1;
        }
        assert!(seen > 0);
        let page = queries::episode(app, &owen, RILEY, &gone.entry).await.unwrap();
        assert!(!format!("{page:?}").contains(&format!("owner_name: \"{printed_owner}\"")));
        let page = setting::names(app, &hana).await.unwrap();
        let line = page.sections[0].lines.iter().find(|line| line.change.ends_with(word)).unwrap();
        assert_eq!((line.label.as_str(), line.value.as_str()), (printed.as_str(), "Young People's Lead"));
        let page = setting::page(app, &hana).await.unwrap();
        let set: Vec<&str> = page
            .sections
            .iter()
            .filter(|one| !one.more.is_empty())
            .flat_map(|one| &one.lines)
            .map(|line| line.value.as_str())
            .collect();
        assert_eq!(set.len(), 2, "{set:?}");
        assert!(set.contains(&"Young People's Lead"));
        assert!(page.history.iter().any(|line| line.says.ends_with("a picture") && line.by.starts_with("Hana Roy")));
        assert!(!format!("{:?}", page.history).contains("iVBOR"), "a history is no picture");
        setting::save(app, &hana, word, 1, &decided(""), "k8").await.unwrap();
        assert_eq!(called(), printed);
    });
}
