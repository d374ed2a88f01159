//! The places of a child: added, changed, ended, put right; found there when; other children there; and nothing of it for whoever may not see it.

use crate::world::{RILEY, World, riley};
use actions::place::{self, About};
use actions::queries::Asked;
use actions::{Actor, Answers, Refused, around, queries, upkeep};
use serde_json::json;
use testkit::databases::on_both;
use views::{ChildPart, PlacePage, Places};

/// Another child, whom Nora's home and the social workers know.
const ALEX: &str = "alex";
const STATION: [(&str, &str); 6] = [
    ("name", "Corby bus station"),
    ("address", "1 Station Road, Corby NN17 1AA"),
    ("why", "Friends meet there"),
    ("risk", "A man gives them cigarettes"),
    ("not_alone", "yes"),
    ("source", "told"),
];

async fn save(world: &World, who: &Actor, child: &str, about: About, given: &[(&str, &str)]) -> Result<(), Refused> {
    let version = queries::child(&world.app, who, child).await.unwrap().version;
    let answers: Answers = given.iter().copied().collect();
    place::save(&world.app, who, child, version, &about, &answers, &world.app.new_key()).await
}

async fn all(world: &World, who: &Actor, child: &str) -> Places {
    place::show(&world.app, who, child).await.unwrap()
}

async fn one(world: &World, who: &Actor, child: &str, id: &str) -> PlacePage {
    place::one(&world.app, who, child, id).await.unwrap()
}

async fn alex(world: &World) {
    let mut case = riley();
    case["case"] = json!(ALEX);
    case["people"] = json!([{ "id": "child", "name": "Alex Moor", "role": "child" }]);
    case["facts"] = json!([{ "fact": "child.date_of_birth", "value": "2010-11-30" }]);
    case["placements"] = json!([]);
    case["chronology"] = json!([
        { "id": "e1", "event": "absence.noticed", "occurred_at": "2026-01-02T20:00+00:00", "by": "parent", "status": "missing" },
        { "id": "e2", "event": "return.recorded", "occurred_at": "2026-01-03T02:00+00:00", "by": "parent", "found_at": "the bus station" }
    ]);
    world.child(ALEX, "Alex Moor", &case, &["team", "elsewhere"]).await;
}

#[test]
fn a_place_is_added_changed_ended_and_put_right_and_the_history_has_it_all() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (dana, owen) = (world.actor("dana").await, world.actor("owen").await);
        let version = queries::child(&world.app, &dana, RILEY).await.unwrap().version;
        let somebody: Answers = [("name", "Gerald Tranter"), ("kind", "associate")].into_iter().collect();
        around::save(&world.app, &dana, RILEY, version, &About::Add, &somebody, "p").await.unwrap();
        let people = around::show(&world.app, &dana, RILEY).await.unwrap();
        let gerald = people.groups.iter().flat_map(|(_, all)| all).find(|one| one.name == "Gerald Tranter").unwrap();
        let given = [&STATION[..], &[("who", gerald.id.as_str())]].concat();
        save(&world, &dana, RILEY, About::Add, &given).await.unwrap();
        let page = all(&world, &owen, RILEY).await;
        assert!(page.may_see && page.may_change && page.past.is_empty());
        let station = &page.now[0];
        assert_eq!((station.name.as_str(), station.not_alone, station.times), ("Corby bus station", true, 0));
        assert_eq!(station.who, [(gerald.id.clone(), "Gerald Tranter".to_string())]);
        assert!(station.lines.iter().any(|(_, value)| value == "A man gives them cigarettes"));
        let id = station.id.clone();
        let wrong = save(&world, &dana, RILEY, About::Add, &[("name", ""), ("address", "x NN99 9ZZZ")]).await;
        assert!(matches!(wrong, Err(Refused::Invalid(_))), "{wrong:?}");
        let changed = [&given[..3], &[("risk", "He waits by the shelter")]].concat();
        let before = queries::child(&world.app, &dana, RILEY).await.unwrap().version;
        save(&world, &owen, RILEY, About::Change(id.clone()), &changed).await.unwrap();
        // Whoever was overtaken reads what was written meanwhile, and by whom.
        let late: Answers = given.iter().copied().collect();
        let late = place::save(&world.app, &dana, RILEY, before, &About::Change(id.clone()), &late, "late").await;
        let Err(Refused::Stale { newer, .. }) = late else { panic!("{late:?}") };
        assert_eq!((newer.len(), newer[0].by.as_str()), (1, "Owen Pryce"), "{newer:?}");
        assert!(newer[0].fields.iter().any(|line| line.value == "He waits by the shelter"), "{newer:?}");
        let why = [&changed[..], &[("reason", "It was another station")]].concat();
        save(&world, &owen, RILEY, About::Correct(id.clone()), &why).await.unwrap();
        let ends = [("until-day", "5"), ("until-month", "1"), ("until-year", "2026")];
        save(&world, &dana, RILEY, About::End(id.clone()), &ends).await.unwrap();
        let page = all(&world, &dana, RILEY).await;
        assert!(page.now.is_empty());
        let acts: Vec<&str> = page.past[0].history.iter().map(|said| said.act.as_str()).collect();
        assert_eq!(acts, ["The child does not go there any more", "Put right", "Changed", "Added"]);
        let mistake = [&why[..], &[("mistake", "yes")]].concat();
        save(&world, &owen, RILEY, About::Correct(id.clone()), &mistake).await.unwrap();
        assert_eq!(all(&world, &dana, RILEY).await.mistaken.len(), 1);
        assert!(!one(&world, &dana, RILEY, &id).await.stands);
        assert_eq!(upkeep::compare_lists(&world.app).await.unwrap().fault, None);
        assert!(world.app.store().verify(RILEY).await.unwrap().is_whole());
    });
}

#[test]
fn a_place_says_when_the_child_was_found_there_by_the_name_that_it_has_or_had() {
    on_both(|database| async {
        let world = World::new(database).await;
        let dana = world.actor("dana").await;
        let gone = world.gone().await;
        world.set("2026-01-05T20:00+00:00");
        world
            .record(
                "dana",
                "information.received",
                &[("kind", "sighting"), ("seen_at", "corby Bus Station, by the shelter")],
            )
            .await
            .unwrap();
        world.set("2026-01-05T21:00+00:00");
        world.record("dana", "return.recorded", &[("found_at", "The old mill")]).await.unwrap();
        // Where nothing is written down yet, both are offered.
        let page = all(&world, &dana, RILEY).await;
        let unnamed: Vec<&str> = page.unnamed.iter().map(|one| one.place.as_str()).collect();
        assert_eq!(unnamed, ["The old mill", "corby Bus Station, by the shelter"]);
        let entry = page.unnamed[0].entry.clone();
        assert_eq!(place::called(&world.app, &dana, RILEY, &entry).await.unwrap(), "The old mill");
        save(&world, &dana, RILEY, About::Add, &STATION).await.unwrap();
        let page = all(&world, &dana, RILEY).await;
        assert_eq!((page.now[0].times, page.unnamed.len()), (1, 1));
        let id = page.now[0].id.clone();
        let renamed: Vec<(&str, &str)> =
            [("name", "Interchange")].into_iter().chain(STATION[1..].iter().copied()).collect();
        save(&world, &dana, RILEY, About::Change(id.clone()), &renamed).await.unwrap();
        let seen = one(&world, &dana, RILEY, &id).await;
        assert_eq!((seen.found.len(), seen.found[0].at.clock.as_str()), (1, "20:00"));
        assert_eq!(seen.found[0].episode, gone.entry);
        // The form that asks where the child was found offers the places.
        let form = queries::event_form(&world.app, &dana, RILEY, "child.located", &Asked::default()).await.unwrap();
        let asked = form.fields.iter().find(|field| field.name == "f-where").unwrap();
        assert_eq!(asked.suggested, ["Interchange"]);
    });
}

#[test]
fn other_children_at_a_place_are_said_to_whoever_sees_both_alone() {
    on_both(|database| async {
        let world = World::new(database).await;
        alex(&world).await;
        let (dana, owen, nora) = (world.actor("dana").await, world.actor("owen").await, world.actor("nora").await);
        save(&world, &dana, RILEY, About::Add, &STATION).await.unwrap();
        let before = all(&world, &dana, RILEY).await;
        let id = before.now[0].id.clone();
        let alone = one(&world, &dana, RILEY, &id).await;
        save(
            &world,
            &nora,
            ALEX,
            About::Add,
            &[("name", "The bus station"), ("address", "1 Station Rd, Corby, NN17 1AA")],
        )
        .await
        .unwrap();
        assert_eq!(one(&world, &dana, RILEY, &id).await, alone);
        assert_eq!(all(&world, &dana, RILEY).await, before);
        let seen = one(&world, &owen, RILEY, &id).await;
        assert_eq!(seen.others.len(), 1, "{:?}", seen.others);
        let other = &seen.others[0];
        assert_eq!((other.child.id.as_str(), other.name.as_str(), other.times), (ALEX, "The bus station", 1));
        assert_eq!(other.why, "at the same address");
        assert_eq!(upkeep::compare_lists(&world.app).await.unwrap().fault, None);
    });
}

/// What was withdrawn or corrected is no place where the child was, neither on the child's page nor where it is read to the police; what is said
/// of tonight was not known from before; and a sight is of its own time.
#[test]
fn only_what_stands_says_where_the_child_was() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        let page = async || queries::child(&world.app, &owen, RILEY).await.unwrap();
        let places = async || page().await.places.into_iter().map(|(place, _)| place).collect::<Vec<_>>();
        let told = world.record("owen", "information.received", &[("seen_at", "Wrong Quay")]).await.unwrap();
        let outside = page().await;
        assert_eq!((outside.outside_count, outside.outside.len()), (1, 1));
        let all = queries::child_part(&world.app, &owen, RILEY, ChildPart::Outside, (1, "")).await.unwrap();
        assert!(all.items[0].can_correct && format!("{:?}", all.items[0]).contains("Wrong Quay"), "{:?}", all.items);
        assert_eq!(places().await, ["Wrong Quay"]);
        world.withdraw(&owen, &told.entry, ("not-so", "That was another child"), "w").await.unwrap();
        assert!(places().await.is_empty(), "{:?}", places().await);
        let all = queries::child_part(&world.app, &owen, RILEY, ChildPart::Outside, (1, "")).await.unwrap();
        assert!(all.items[0].withdrawn, "it is read as withdrawn");
        world.pass(60);
        let seen = [("status", "missing"), ("last_seen_where", "Kitchen"), ("last_seen_at", "2026-01-05T18:20+00:00")];
        world.record("dana", "absence.noticed", &seen).await.unwrap();
        let kitchen = page().await.places;
        assert_eq!((kitchen[0].0.as_str(), kitchen[0].1.clock.as_str()), ("Kitchen", "18:20"));
    });
}
