//! One child, one record: found when a second is opened, made one, taken apart; and twins who stay two.

use crate::databases::on_both;
use crate::staff::hire;
use crate::world::{RILEY, World, riley};
use actions::child::{self, Opening};
use actions::relation::Whom;
use actions::{Answers, Refused, queries, relation, same, upkeep, worker};
use serde_json::{Value, json};
use store::RowKind;
use views::Sought;

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().copied().collect()
}

fn born(name: &'static str, day: &'static str, month: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![("name", name), ("born-day", day), ("born-month", month), ("born-year", "2011")]
}

/// The record of a child that another agency opened, with an episode of its own.
fn second() -> Value {
    let mut case = riley();
    case["case"] = json!("second");
    case["people"] = json!([
        { "id": "child", "name": "Marsh Ryley", "role": "child", "details": { "nhs_number": "999 000 0018", "authority_number": "B-77" } },
        { "id": "staff", "name": "Ines Bell", "role": "parent", "phone": "07700 900321" }
    ]);
    case["facts"] = json!([{ "fact": "child.date_of_birth", "value": "2011-02-05" }, { "fact": "child.looked_after", "value": true }]);
    case["placements"] = json!([]);
    case["chronology"] = json!([
        { "id": "e1", "event": "absence.noticed", "occurred_at": "2026-01-02T20:00+00:00", "by": "parent", "status": "missing" },
        { "id": "e2", "event": "police.reported", "occurred_at": "2026-01-02T20:10+00:00", "by": "parent", "incident_number": "NP-77" },
        { "id": "e3", "event": "return.recorded", "occurred_at": "2026-01-03T02:00+00:00", "by": "parent", "how": "own_accord" }
    ]);
    case
}

async fn two(world: &World) -> &'static str {
    hire(world, "tess", "Tess Lead", "team_manager", "team").await;
    let case = second();
    world.child("second", "Marsh Ryley", &case, &["team", "elsewhere"]).await;
    "second"
}

/// What lists keep of a child, but for what was last recorded and when.
async fn lists(world: &World, child: &str) -> String {
    let store = world.app.store();
    let row = store.child_row(child).await.unwrap().unwrap();
    let duties = store.duties_of_child(child).await.unwrap().into_iter();
    let mut duties: Vec<String> =
        duties.map(|d| format!("{} {} {:?} {:?}", d.key, d.label, d.owner, d.due_us)).collect();
    duties.sort();
    let episodes = store.episodes_of_child(child).await.unwrap().into_iter();
    let episodes: Vec<String> =
        episodes.map(|e| format!("{} {} {:?} {:?}", e.id, e.started_us, e.ended_us, e.status)).collect();
    let agencies: Vec<String> = store.agencies_of_child(child).await.unwrap().into_iter().map(|a| a.id).collect();
    format!("{} {:?} {agencies:?}\n{}\n{}", row.name, row.date_of_birth, episodes.join("\n"), duties.join("\n"))
}

#[test]
fn whoever_opens_a_record_is_shown_who_it_may_be_and_says_once_that_it_is_another() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        let try_one = |name, day, month| {
            let (app, owen) = (world.app.clone(), owen.clone());
            async move { child::open(&app, &owen, &answers(&born(name, day, month)), &app.new_key()).await.unwrap() }
        };
        for (name, day, month) in
            [("Marsh, Riley", "2", "5"), ("Ryley Marsh", "2", "5"), ("Riley Marsh", "5", "2"), ("R. Marsh", "2", "5")]
        {
            let Opening::Perhaps(offers) = try_one(name, day, month).await else { panic!("{name} was opened") };
            assert_eq!(offers.len(), 1, "{name}");
            assert_eq!((offers[0].child.id.as_str(), offers[0].child.age.as_str()), (RILEY, "14"));
            assert_eq!(offers[0].child.placement, "Larkfield House");
            assert!(!offers[0].reasons.is_empty());
        }
        // A twin: said once, and never asked again.
        let mut twin = born("Reilly Marsh", "2", "5");
        twin.push(("apart", RILEY));
        let opened = child::open(&world.app, &owen, &answers(&twin), "twin").await.unwrap();
        let Opening::Opened(created) = opened else { panic!("the twin was not opened: {opened:?}") };
        let asked = same::pages(&world.app, &owen, &created.child).await.unwrap();
        assert!(asked.offers.is_empty(), "{:?}", asked.offers);
        let page = same::pages(&world.app, &owen, RILEY).await.unwrap();
        assert!(page.offers.is_empty());
        // It was an error: taken back on the page of either, once, and asked about again.
        assert_eq!(page.apart.iter().map(|o| o.child.id.as_str()).collect::<Vec<_>>(), [created.child.as_str()]);
        same::perhaps(&world.app, &owen, RILEY, &created.child, "back").await.unwrap();
        same::perhaps(&world.app, &owen, RILEY, &created.child, "back").await.unwrap();
        for (one, other) in [(RILEY, created.child.as_str()), (created.child.as_str(), RILEY)] {
            let page = same::pages(&world.app, &owen, one).await.unwrap();
            assert_eq!(page.offers.iter().map(|o| o.child.id.as_str()).collect::<Vec<_>>(), [other]);
            assert!(page.apart.is_empty());
        }
        let nothing = same::perhaps(&world.app, &owen, RILEY, &created.child, "more").await;
        assert!(matches!(nothing, Err(Refused::NotFound)), "{nothing:?}");
        assert!(matches!(try_one("Emily Dale", "9", "9").await, Opening::Opened(_)));
    });
}

/// Letters that people have no key for, marks, apostrophes, and names run together: the child is found, and offered before a second record.
#[test]
fn letters_of_names_keep_nobody_from_being_found() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        let open = |name: &'static str| {
            let (app, owen) = (world.app.clone(), owen.clone());
            let born = born(name, "12", "9");
            async move { child::open(&app, &owen, &answers(&born), &app.new_key()).await.unwrap() }
        };
        for (name, typed, searched) in [
            (
                "Niamh O\u{2019}Connor",
                "Niamh O'Connor",
                &["O'Connor", "oconnor", "O Connor", "NIAMH", "Connor Niamh"][..],
            ),
            ("Łukasz Żak", "Lukasz Zak", &["Lukasz", "lukasz zak", "Łukasz"]),
            ("Đặng Thị Lan", "Dang Thi Lan", &["Dang", "dang thi lan"]),
            ("Søren Æbeltoft Groß", "Soren Aebeltoft Gross", &["soren", "aebeltoft", "gross"]),
            ("Anna van der Berg", "Anna Vanderberg", &["vanderberg", "van der berg", "berg"]),
            ("Karim Aït Ali", "Karim Aitali", &["aitali", "Ait Ali"]),
        ] {
            let Opening::Opened(child) = open(name).await else { panic!("{name}: no such child is there yet") };
            let child = child.child;
            let Opening::Perhaps(offers) = open(typed).await else { panic!("{typed} was opened beside {name}") };
            assert!(offers.iter().any(|o| o.child.id == child), "{typed}");
            for part in searched {
                // One word alone is one fact, and two are asked for.
                let (name, year) = ((*part).into(), "2011".into());
                let sought = Sought { name, day: "12".into(), month: "9".into(), year, ..Sought::default() };
                let found = queries::search(&world.app, &owen, &sought).await.unwrap().rows;
                assert_eq!(found.first().map(|row| row.child.id.as_str()), Some(child.as_str()), "{part}");
            }
        }
    });
}

#[test]
fn nobody_learns_of_a_child_who_is_hidden_from_them() {
    on_both(|database| async {
        let world = World::new(database).await;
        let nora = world.actor("nora").await;
        let form = answers(&born("Riley Marsh", "2", "5"));
        // Another agency's child: not offered. That there is one of exactly this name and date can be asked about, as by the search.
        assert_eq!(child::elsewhere(&world.app, &nora, &form).await.unwrap(), [RILEY]);
        let opened = child::open(&world.app, &nora, &form, "n1").await.unwrap();
        assert!(matches!(opened, Opening::Perhaps(offers) if offers.is_empty()));
        let mut seen = born("Riley Marsh", "2", "5");
        seen.push(("elsewhere", "seen"));
        let opened = child::open(&world.app, &nora, &answers(&seen), "n1").await.unwrap();
        assert!(matches!(opened, Opening::Opened(_)));
        // Barred: as if there were no such child.
        crate::staff::lead(&world).await;
        let hugo = world.actor("hugo").await;
        relation::bar(&world.app, &hugo, RILEY, Whom::Person("owen"), "He is a relative of the child", "k")
            .await
            .unwrap();
        let owen = world.actor("owen").await;
        let others = child::elsewhere(&world.app, &owen, &form).await.unwrap();
        assert!(
            others.len() == 1 && others[0] != RILEY,
            "the record that Nora opened, and not the one that he must not see"
        );
        let opened = child::open(&world.app, &owen, &answers(&seen), "o1").await.unwrap();
        assert!(matches!(opened, Opening::Opened(_)), "{opened:?}");
        // By the home and by a number nothing is found that is withheld.
        relation::withhold(&world.app, &hugo, RILEY, "pl1", "A threat was made against the home").await.unwrap();
        let grace = world.actor("grace").await;
        let by_home = Sought { name: "Riley".into(), home: "Larkfield".into(), ..Sought::default() };
        assert!(queries::search(&world.app, &grace, &by_home).await.unwrap().rows.is_empty());
    });
}

#[test]
fn a_child_is_found_by_sound_number_home_and_telephone() {
    on_both(|database| async {
        let world = World::new(database).await;
        two(&world).await;
        let owen = world.actor("owen").await;
        let find = |sought: Sought| {
            let (app, owen) = (world.app.clone(), owen.clone());
            async move {
                let page = queries::search(&app, &owen, &sought).await.unwrap();
                let mut ids: Vec<String> = page.rows.into_iter().map(|row| row.child.id).collect();
                ids.sort();
                ids.join(" ")
            }
        };
        let number = |text: &str| Sought { incident: text.into(), ..Sought::default() };
        for text in ["9990000018", "999 000 0018", "B77", "np 77", "07700 900321", "+44 7700 900321"] {
            assert_eq!(find(number(text)).await, "second", "{text}");
        }
        assert_eq!(find("Reilly Marsch".into()).await, "riley second");
        assert_eq!(find("marsh ril".into()).await, "riley");
        let home = |name: &str, home: &str| Sought { name: name.into(), home: home.into(), ..Sought::default() };
        assert_eq!(find(home("Riley", "larkf")).await, RILEY);
        assert_eq!(find(home("", "Weir Lane")).await, "");
        let exchanged = Sought {
            name: "Riley".into(),
            day: "5".into(),
            month: "2".into(),
            year: "2011".into(),
            ..Sought::default()
        };
        assert_eq!(find(exchanged).await, "second", "who is born then is found first");
    });
}

#[test]
fn two_records_become_one_and_are_taken_apart_as_they_were() {
    on_both(|database| async {
        let world = World::new(database).await;
        let other = two(&world).await;
        let (app, tess) = (&world.app, world.actor("tess").await);
        let offers = same::pages(app, &tess, RILEY).await.unwrap().offers;
        assert_eq!(offers.iter().map(|o| o.child.id.as_str()).collect::<Vec<_>>(), [other]);
        let before = (lists(&world, RILEY).await, lists(&world, other).await);
        let pair = same::compared(app, &tess, RILEY, other).await.unwrap();
        assert!(
            pair.lines.iter().any(|(label, one, two)| label == "Homes" && one == "Larkfield House" && two.is_empty())
        );

        same::merge(app, &tess, RILEY, other, "The mother said so", "m").await.unwrap();
        same::merge(app, &tess, RILEY, other, "The mother said so", "m").await.unwrap();
        // Old addresses, searches and lists know one child, with both chronologies and both families.
        let page = queries::child(app, &tess, other).await.unwrap();
        assert_eq!(page.child.id, RILEY);
        assert_eq!(same::onward(app, &tess, other).await.unwrap().as_deref(), Some(RILEY));
        assert_eq!(page.episodes.len(), 1);
        assert!(page.people.iter().any(|p| p.name == "Ines Bell") && page.people.iter().any(|p| p.name == "Dana Holt"));
        assert!(page.particulars.iter().any(|(_, value)| value == "999 000 0018"));
        assert!(app.store().duties_of_child(other).await.unwrap().is_empty());
        assert!(
            app.store().duties_of_child(RILEY).await.unwrap().iter().any(|d| d.episode_id.as_deref() == Some("e1"))
        );
        let found =
            queries::search(app, &tess, &Sought { incident: "NP77".into(), ..Sought::default() }).await.unwrap();
        assert_eq!(found.rows.iter().map(|row| row.child.id.as_str()).collect::<Vec<_>>(), [RILEY]);
        // Whoever worked with either works with the one.
        let nora = world.actor("nora").await;
        assert_eq!(queries::child(app, &nora, other).await.unwrap().child.id, RILEY);
        assert_eq!(upkeep::compare_lists(app).await.unwrap().fault, None);
        for child in [RILEY, other] {
            assert!(app.store().verify(child).await.unwrap().is_whole(), "{child}");
        }

        // What is said of the other's entries goes with them; what is said of this record stays.
        world.set("2026-01-06T10:00+00:00");
        world.gone().await;
        let version = queries::child(app, &tess, RILEY).await.unwrap().version;
        let dispute = actions::entry::dispute(app, &tess, RILEY, version, "e3", "She was brought back", "d").await;
        assert!(dispute.is_ok(), "{dispute:?}");
        assert!(matches!(same::part(app, &tess, RILEY, other, " ", "p").await, Err(Refused::Invalid(_))));
        same::part(app, &tess, RILEY, other, "Two cousins", "p").await.unwrap();
        same::part(app, &tess, RILEY, other, "Two cousins", "p").await.unwrap();
        let parted = queries::child(app, &tess, other).await.unwrap();
        assert_eq!((parted.child.id.as_str(), parted.child.name.as_str()), (other, "Marsh Ryley"));
        assert_eq!(same::onward(app, &tess, other).await.unwrap(), None);
        let back = app.store().record(other).await.unwrap();
        assert!(
            back.rows
                .iter()
                .any(|row| row.payload.as_deref().is_some_and(|text| text.contains("She was brought back")))
        );
        let mine = queries::child(app, &tess, RILEY).await.unwrap();
        assert!(!mine.people.iter().any(|p| p.name == "Ines Bell"));
        assert!(!mine.particulars.iter().any(|(_, value)| value == "999 000 0018"));
        assert_eq!(mine.episodes.len(), 1, "the episode since is this child's own");
        assert!(matches!(queries::child(app, &nora, RILEY).await, Err(Refused::NotAllowed(_))));
        assert_eq!(app.store().agencies_of_child(RILEY).await.unwrap().len(), 4);
        // They are two: nobody asks again.
        assert!(same::pages(app, &tess, RILEY).await.unwrap().offers.is_empty());
        assert_eq!(upkeep::compare_lists(app).await.unwrap().fault, None);
        worker::tick(app).await.unwrap();
        assert!(lists(&world, other).await.starts_with(before.1.lines().next().unwrap()));
        assert!(app.store().verify(RILEY).await.unwrap().is_whole());
    });
}

#[test]
fn unmerging_at_once_gives_back_both_to_the_row() {
    on_both(|database| async {
        let world = World::new(database).await;
        let other = two(&world).await;
        let (app, tess) = (&world.app, world.actor("tess").await);
        let before = (lists(&world, RILEY).await, lists(&world, other).await);
        let rows = (app.store().record(RILEY).await.unwrap(), app.store().record(other).await.unwrap());
        same::merge(app, &tess, RILEY, other, "", "m").await.unwrap();
        same::part(app, &tess, RILEY, other, "No", "p").await.unwrap();
        assert_eq!(lists(&world, RILEY).await, before.0);
        assert_eq!(lists(&world, other).await, before.1);
        let after = (app.store().record(RILEY).await.unwrap(), app.store().record(other).await.unwrap());
        for (before, after) in [(rows.0, after.0), (rows.1, after.1)] {
            assert_eq!(after.rows[..before.rows.len()], before.rows[..]);
            assert!(after.rows.iter().any(|row| row.kind == RowKind::Same));
        }
        // And once more the other way round.
        same::merge(app, &tess, other, RILEY, "", "m2").await.unwrap();
        assert_eq!(queries::child(app, &tess, RILEY).await.unwrap().child.id, other);
    });
}

#[test]
fn the_bars_of_both_hold_and_a_stranger_merges_nothing() {
    on_both(|database| async {
        let world = World::new(database).await;
        let other = two(&world).await;
        let (app, tess) = (&world.app, world.actor("tess").await);
        relation::bar(app, &tess, other, Whom::Person("owen"), "He is a relative of the child", "b").await.unwrap();
        let owen = world.actor("owen").await;
        assert!(queries::child(app, &owen, RILEY).await.is_ok());
        // Who does not see both, or does not answer for records, merges nothing.
        for who in ["nora", "owen", "dana"] {
            let actor = world.actor(who).await;
            assert!(
                matches!(same::merge(app, &actor, RILEY, other, "", who).await, Err(Refused::NotAllowed(_))),
                "{who}"
            );
        }
        same::merge(app, &tess, RILEY, other, "", "m").await.unwrap();
        for child in [RILEY, other] {
            assert!(matches!(queries::child(app, &owen, child).await, Err(Refused::NotAllowed(_))), "{child}");
        }
        assert!(queries::search(app, &owen, &"Riley Marsh".into()).await.unwrap().rows.is_empty());
        assert_eq!(same::onward(app, &owen, other).await.unwrap(), None);
        world.set("2026-01-05T18:10+00:00");
        relation::bar(app, &tess, RILEY, Whom::Person("mel"), "He threatened the family on Sunday", "b2")
            .await
            .unwrap();
        same::part(app, &tess, RILEY, other, "Two after all", "p").await.unwrap();
        // The stricter of both holds on for the one that it was said of, and whoever was barred since is barred from both.
        assert!(queries::child(app, &owen, RILEY).await.is_ok());
        assert!(matches!(queries::child(app, &owen, other).await, Err(Refused::NotAllowed(_))));
        let barred = app.store().relations_of_child(other).await.unwrap();
        assert!(barred.iter().any(|r| r.kind == "barred" && r.person_id.as_deref() == Some("mel")));
    });
}

/// A number that others gave finds the child, whatever they are called now, before a second record is opened.
#[test]
fn the_numbers_of_police_and_authority_are_compared_at_opening() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        for (n, (field, number, written)) in
            [("police_nominal", "PN 12/345X", "pn12345x"), ("authority_number", "A-004711", "a 004711")]
                .into_iter()
                .enumerate()
        {
            let day = ["11", "12"][n];
            let mut first = born("Oona Tarrant", day, "9");
            first[0].1 = ["Oona Tarrant", "Pavel Osei"][n];
            first.push((field, number));
            let opened = child::open(&world.app, &owen, &answers(&first), &world.app.new_key()).await.unwrap();
            let Opening::Opened(there) = opened else { panic!("{opened:?}") };
            let mut second = born("Somebody Newname", day, "9");
            second.push((field, written));
            let opened = child::open(&world.app, &owen, &answers(&second), &world.app.new_key()).await.unwrap();
            let Opening::Perhaps(offers) = opened else { panic!("{field}: a second record was opened") };
            assert_eq!(
                offers.iter().map(|o| o.child.id.as_str()).collect::<Vec<_>>(),
                [there.child.as_str()],
                "{field}"
            );
            assert!(offers[0].reasons.iter().any(|why| why.contains("number")), "{:?}", offers[0].reasons);
        }
    });
}
