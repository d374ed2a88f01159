//! A canary in the mine: an address that could harm a child is entered by every way by which one comes in, and is looked for in everything
//! that the database keeps. Only whoever has the key reads it; without the key nothing is lost and nothing is written in the open.

use crate::staff::lead;
use actions::around::{self, About};
use actions::form::Sent;
use actions::keeping::By;
use actions::living::{self, Doing};
use actions::{
    Actor, Answers, App, Sealing, SealingKey, agency, form, particulars, place, queries, secrets, session, sign_in,
    upkeep,
};
use serde_json::{Value, json};
use std::sync::Arc;
use store::{Draft, Kept};
use testkit::clock::TestChance;
use testkit::databases::{Database, on_both};
use testkit::world::{PASSWORD, RILEY, World};
use views::Sought;

/// Stands in every address here, and nowhere else.
const CANARY: &str = "Nightingale";

fn answers(given: &[(&str, &str)]) -> Answers {
    given.iter().copied().collect()
}

async fn version(world: &World, who: &Actor) -> i64 {
    queries::child(&world.app, who, RILEY).await.unwrap().version
}

/// Does it sing, in whatever case, anywhere in the database's files, or in a backup of it?
async fn sings(database: &Database) -> bool {
    let bytes = database.bytes().await.to_ascii_lowercase();
    let canary = CANARY.to_lowercase();
    bytes.windows(canary.len()).any(|found| found == canary.as_bytes())
}

/// A server that has these keys and remembers nothing.
async fn server(world: &World, keys: &[SealingKey]) -> App {
    let (store, clock) = (world.database.open().await, world.clock.clone());
    App::new(store, world.app.rules().clone(), clock, Arc::new(TestChance::of(5))).with_sealing(Sealing::of(keys))
}

/// Riley's record, with the canary by every way.
async fn entered(database: Database) -> World {
    let world = World::new(database).await;
    lead(&world).await;
    let app = &world.app;
    let (owen, dana, root) = (world.actor("owen").await, world.actor("dana").await, world.actor("root").await);
    // Somebody around the child, and where the child goes.
    let aunt = [
        ("name", "Marta Marsh"),
        ("kind", "family"),
        ("relation", "aunt"),
        ("phone", "07700 900311"),
        ("address", "3 Nightingale Row, Corby"),
        ("source", "told"),
    ];
    let at = version(&world, &owen).await;
    around::save(app, &owen, RILEY, at, &About::Add, &answers(&aunt), &app.new_key()).await.unwrap();
    let places = [("places_frequented", "The arcade, 4 Nightingale Row"), ("source", "seen")];
    let at = version(&world, &owen).await;
    particulars::save(app, &owen, RILEY, at, "places", &answers(&places), &app.new_key()).await.unwrap();
    let flat = [
        ("name", "The flat in Nightingale Row"),
        ("address", "10 Nightingale Row, Corby NN17 1AA"),
        ("why", "Friends live in Nightingale Row"),
        ("risk", "A man of 11 Nightingale Row"),
        ("source", "told"),
    ];
    let at = version(&world, &owen).await;
    place::save(app, &owen, RILEY, at, &About::Add, &answers(&flat), &app.new_key()).await.unwrap();
    // Where the child came back to.
    world.gone().await;
    world.pass(20);
    let seen = [("how", "found_by_carer"), ("where", "5 Nightingale Row")];
    world.record("dana", "return.recorded", &seen).await.unwrap();
    // What is typed, and waits: a report, a form, a post of a session that ended, a form that was refused.
    let body = json!({ "where": "6 Nightingale Row" }).to_string();
    let draft = Draft { id: "d1".into(), kind: "report".into(), body, updated_us: 1, ..Draft::default() };
    app.store().draft_put("dana", &draft).await.unwrap();
    let book = app.rules().library.rulebooks.iter().find(|book| book.area == "northamptonshire").unwrap();
    let of = book.blocks.iter().find(|block| casebook::command::form_in(book, &block.id).is_some()).unwrap();
    let sent = Sent {
        rulebook: book.id.clone(),
        edition: book.edition.clone(),
        form: of.id.clone(),
        draft: "f1".into(),
        place: "p".into(),
        answers: answers(&[("note", "7 Nightingale Row")]),
        ..Sent::default()
    };
    form::save(app, &dana, RILEY, &sent).await.unwrap();
    session::keep(app, "dana", "/children/riley", "where=8+Nightingale+Row").await.unwrap();
    let kept = Kept {
        id: "k".into(),
        person: "dana".into(),
        body: "where=9+Nightingale+Row".into(),
        session: "s".into(),
        page: "/p".into(),
        ..Kept::default()
    };
    app.store().kept_put(&kept).await.unwrap();
    world.pass(30);
    // A home whose address few may know, and a move there; a move to an address that is typed.
    let line = answers(&[("address", "1 Nightingale Row, Corby"), ("address_class", "whereabouts"), ("host", "kent")]);
    agency::save_directory(app, By::Person(&root), "root", "elsewhere", 0, &line).await.unwrap();
    let there = [
        ("from", "2026-01-05T19:00+00:00"),
        ("type", "childrens_home"),
        ("home", "elsewhere"),
        ("host_authority", "kent"),
        ("planned", "no"),
    ];
    let at = version(&world, &owen).await;
    living::save(app, &owen, RILEY, at, &Doing::Move, &answers(&there), &app.new_key()).await.unwrap();
    let typed = [
        ("from", "2026-01-05T19:10+00:00"),
        ("type", "other"),
        ("name", "With a friend of the family"),
        ("address", "2 Nightingale Row, Corby"),
        ("host_authority", "kent"),
        ("planned", "no"),
    ];
    let at = version(&world, &owen).await;
    living::save(app, &owen, RILEY, at, &Doing::Move, &answers(&typed), &app.new_key()).await.unwrap();
    world
}

#[test]
fn no_address_stands_in_the_database_and_whoever_may_reads_it_all_the_same() {
    on_both(|database| async {
        let world = entered(database).await;
        assert!(!sings(&world.database).await);
        let (app, owen) = (&world.app, world.actor("owen").await);
        let living = format!("{:?}", living::show(app, &owen, RILEY).await.unwrap());
        assert!(living.contains("1 Nightingale Row") && living.contains("2 Nightingale Row"), "{living}");
        let around = format!("{:?}", around::show(app, &owen, RILEY).await.unwrap());
        assert!(around.contains("3 Nightingale Row"), "{around}");
        let places = format!("{:?}", particulars::show(app, &owen, RILEY).await.unwrap());
        assert!(places.contains("4 Nightingale Row"), "{places}");
        let whole = app.store().record(RILEY).await.unwrap();
        let said: Vec<&str> = whole.rows.iter().filter_map(|row| row.payload.as_deref()).collect();
        for n in [1, 2, 3, 4, 5, 10, 11] {
            assert!(said.iter().any(|payload| payload.contains(&format!("{n} Nightingale Row"))), "{n}");
        }
        let draft = app.store().draft_get("dana", "d1").await.unwrap().unwrap();
        assert!(draft.body.contains("6 Nightingale Row"));
        assert!(app.store().form_draft("dana", "f1").await.unwrap().unwrap().body.contains("7 Nightingale Row"));
        assert!(app.store().kept_of("dana").await.unwrap()[0].body.contains("8+Nightingale"));
        assert!(app.store().kept_in("s").await.unwrap()[0].body.contains("9+Nightingale"));
        // Another server reads it anew; the index finds it by a word of the address; the lists are what the chronology gives.
        let other = world.second_server().await;
        let sought = Sought { name: "Riley".into(), home: CANARY.into(), ..Sought::default() };
        let found = queries::search(&other, &owen, &sought).await.unwrap().rows;
        assert_eq!(found.first().map(|row| row.child.id.as_str()), Some(RILEY));
        assert_eq!(upkeep::compare_lists(&other).await.unwrap().fault, None);
        assert_eq!(app.store().verify(RILEY).await.unwrap().faults, []);
    });
}

#[test]
fn that_it_would_be_found_if_it_stood_there() {
    on_both(|database| async {
        let world = World::new(database).await;
        let bare = world.app.clone().with_sealing(None);
        let owen = world.actor("owen").await;
        let places = answers(&[("places_frequented", "The arcade, 4 Nightingale Row"), ("source", "seen")]);
        let at = version(&world, &owen).await;
        particulars::save(&bare, &owen, RILEY, at, "places", &places, &bare.new_key()).await.unwrap();
        assert!(sings(&world.database).await);
    });
}

#[test]
fn without_the_key_nothing_is_worked_with_and_nothing_is_lost() {
    on_both(|database| async {
        let world = entered(database).await;
        assert_eq!(secrets::wrong_key(&world.app).await.unwrap(), None, "the first key is the one that counts");
        for wrong in [None, Sealing::of(&[[8; 32]])] {
            let says = secrets::wrong_key(&world.app.clone().with_sealing(wrong)).await.unwrap().unwrap();
            assert!(says.contains("--sealing-key FILE") && says.contains("keys lost"), "{says}");
        }
        // A newer key before it seals from now on; what the older one sealed opens.
        let renewed = world.app.clone().with_sealing(Sealing::of(&[[9; 32], [7; 32]]));
        assert_eq!(secrets::wrong_key(&renewed).await.unwrap(), None);
        assert_eq!(upkeep::compare_lists(&renewed).await.unwrap().fault, None, "what is blinded stays");
        // The key is lost for good: the record is there without its addresses, and what is written over them keeps them.
        let lost = server(&world, &[[8; 32]]).await;
        assert!(secrets::lost(&lost).await.unwrap());
        assert_eq!(secrets::wrong_key(&lost).await.unwrap(), None);
        assert_eq!(secrets::keys_lost(&lost).await.unwrap().len(), 1, "the doctor goes on saying so");
        let found = world.app.clone().with_sealing(Sealing::of(&[[8; 32], [7; 32]]));
        assert!(secrets::keys_lost(&found).await.unwrap().is_empty(), "until the key is here again");
        let (rebuilt, unread) = upkeep::rebuild(&lost).await.unwrap();
        assert!(rebuilt >= 1 && unread.is_empty(), "{unread:?}");
        let owen = sign_in::sign_in(&lost, "owen", PASSWORD, "a").await.unwrap().actor;
        let living = format!("{:?}", living::show(&lost, &owen, RILEY).await.unwrap());
        assert!(living.contains("sealed with a key that is not here") && !living.contains(CANARY), "{living}");
        // What the form shows is sent back with it.
        let rows = lost.store().record(RILEY).await.unwrap().rows;
        let mut said = rows.iter().rev().filter_map(|row| serde_json::from_str::<Value>(row.payload.as_deref()?).ok());
        let shown = said.find_map(|says| Some(says["details"]["places_frequented"].as_str()?.to_owned())).unwrap();
        let places = [("not_alone", "The station at night"), ("places_frequented", &*shown), ("source", "seen")];
        let places = answers(&places);
        let at = queries::child(&lost, &owen, RILEY).await.unwrap().version;
        particulars::save(&lost, &owen, RILEY, at, "places", &places, &lost.new_key()).await.unwrap();
        // Its line is found again, and put back wherever in the file.
        for keys in [[[8; 32], [7; 32]], [[7; 32], [8; 32]]] {
            let back = secrets::indexed(server(&world, &keys).await).await.unwrap();
            assert_eq!(secrets::wrong_key(&back).await.unwrap(), None);
        }
        let again = server(&world, &[[8; 32], [7; 32]]).await;
        let whole = again.store().record(RILEY).await.unwrap();
        let mut said = whole.rows.iter().rev().filter_map(|row| row.payload.as_deref());
        let last = said.find(|payload| payload.contains("not_alone")).unwrap();
        assert!(last.contains("4 Nightingale Row"), "{last}");
    });
}
