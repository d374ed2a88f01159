//! The people around a child: added, changed, ended, put right; their addresses seen by few; whom to ring.

use crate::staff::{hire, lead};
use actions::around::{self, About};
use actions::relation;
use actions::views::Around;
use actions::{Actor, Answers, Refused, queries};
use testkit::databases::on_both;
use testkit::world::{RILEY, World};

const WHY: &str = "It was the number of her sister";
const AUNT: [(&str, &str); 9] = [
    ("name", "Marta Marsh"),
    ("kind", "family"),
    ("relation", "aunt"),
    ("phone", "07700 900311"),
    ("phone_what", "at work, until five"),
    ("phone2", "01632 960311"),
    ("address", "9 Heron Walk, Corby"),
    ("told", "That Riley is missing, and not where Riley lives"),
    ("source", "told"),
];

async fn save(world: &World, who: &Actor, about: About, given: &[(&str, &str)]) -> Result<(), Refused> {
    let version = queries::child(&world.app, who, RILEY).await.unwrap().version;
    let answers: Answers = given.iter().copied().collect();
    around::save(&world.app, who, RILEY, version, &about, &answers, &world.app.new_key()).await
}

async fn page(world: &World, who: &Actor) -> Around {
    around::show(&world.app, who, RILEY).await.unwrap()
}

fn wrong(refused: Result<(), Refused>) -> Vec<String> {
    let Err(Refused::Invalid(problems)) = refused else { panic!("{refused:?}") };
    problems.into_iter().map(|p| p.field).collect()
}

/// The aunt with something else in one field.
fn aunt<'a>(field: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let others = AUNT.into_iter().filter(|(name, _)| *name != field);
    others.chain([(field, value)]).collect()
}

#[test]
fn somebody_is_added_changed_put_right_and_ended_and_the_history_has_it_all() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (dana, owen) = (world.actor("dana").await, world.actor("owen").await);
        save(&world, &dana, About::Add, &AUNT).await.unwrap();
        let seen = page(&world, &dana).await;
        let family = &seen.groups.iter().find(|(title, _)| title == "Family").unwrap().1;
        let id = family[0].id.clone();
        assert_eq!((family[0].what.as_str(), family[0].rings.len()), ("Aunt", 2));
        assert_eq!(family[0].rings[0].what, "at work, until five");
        save(&world, &dana, About::Change(id.clone()), &aunt("phone", "07700 900312")).await.unwrap();
        let mut right = aunt("phone", "07700 900313");
        assert_eq!(wrong(save(&world, &owen, About::Correct(id.clone()), &right).await), ["reason"]);
        right.push(("reason", WHY));
        save(&world, &owen, About::Correct(id.clone()), &right).await.unwrap();
        let ended = [("until-day", "5"), ("until-month", "1"), ("until-year", "2026")];
        save(&world, &dana, About::End(id.clone()), &ended).await.unwrap();
        let seen = page(&world, &dana).await;
        let was = &seen.past[0];
        assert_eq!((was.name.as_str(), was.history.len()), ("Marta Marsh", 4));
        assert!(was.history[1].reason == WHY && format!("{:?}", was.history[3]).contains("07700 900311"));
        assert!(!format!("{:?}", queries::child(&world.app, &dana, RILEY).await.unwrap().people).contains("Marta"));
    });
}

#[test]
fn what_cannot_be_is_said_field_by_field() {
    on_both(|database| async {
        let world = World::new(database).await;
        let dana = world.actor("dana").await;
        assert_eq!(wrong(save(&world, &dana, About::Add, &[]).await), ["name", "kind"]);
        assert_eq!(wrong(save(&world, &dana, About::Add, &aunt("phone", "ask her mother")).await), ["phone"]);
        assert_eq!(wrong(save(&world, &dana, About::Add, &aunt("email", "marta")).await), ["email"]);
        let mut days = AUNT.to_vec();
        days.extend([("since-day", "5"), ("since-month", "1"), ("since-year", "2026")]);
        days.extend([("until-day", "4"), ("until-month", "1"), ("until-year", "2026")]);
        assert_eq!(wrong(save(&world, &dana, About::Add, &days).await), ["until"]);
        let long = "A".repeat(200);
        save(&world, &dana, About::Add, &aunt("name", &long)).await.unwrap();
        let stranger = save(&world, &dana, About::Change("nobody".into()), &AUNT).await;
        assert!(matches!(stranger, Err(Refused::NotFound)), "{stranger:?}");
    });
}

#[test]
fn an_address_is_not_there_for_whoever_may_not_see_it_and_survives_their_change() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let school = ("school", "A School");
        let agency = store::Agency {
            id: school.0.into(),
            name: school.1.into(),
            kind: "school".into(),
            ..store::Agency::default()
        };
        world.app.store().add_agency(&agency).await.unwrap();
        hire(&world, "stella", "Stella School", "school", "school").await;
        let (tess, dana, stella) = (world.actor("tess").await, world.actor("dana").await, world.actor("stella").await);
        relation::begin(&world.app, &tess, RILEY, "school", "school", "She goes to this school", "s").await.unwrap();
        save(&world, &dana, About::Add, &AUNT).await.unwrap();
        let all = async || {
            let child = queries::child(&world.app, &stella, RILEY).await.unwrap();
            format!("{:?}{child:?}", page(&world, &stella).await)
        };
        let before = all().await;
        assert!(before.contains("Marta Marsh") && !before.contains("Heron Walk"), "{before}");
        let id = page(&world, &dana).await.groups.iter().find(|(t, _)| t == "Family").unwrap().1[0].id.clone();
        // She moves: for the school nothing is different, not even a number.
        save(&world, &dana, About::Change(id.clone()), &aunt("address", "2 Mill Rise, Corby")).await.unwrap();
        assert_eq!(all().await, before);
        // The school changes a number, and the address that it does not see stays.
        save(&world, &stella, About::Change(id.clone()), &aunt("phone", "07700 900399")).await.unwrap();
        let seen = format!("{:?}", page(&world, &dana).await.groups);
        assert!(seen.contains("2 Mill Rise") && seen.contains("07700 900399"), "{seen}");
        assert!(around::show(&world.app, &world.actor("nora").await, RILEY).await.is_err());
    });
}

#[test]
fn the_episode_says_whom_to_ring_and_never_somebody_who_may_be_a_danger() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        let dana = world.actor("dana").await;
        save(&world, &dana, About::Add, &AUNT).await.unwrap();
        let danger = [("name", "Vic Older"), ("kind", "risk"), ("phone", "07700 900666")];
        save(&world, &dana, About::Add, &danger).await.unwrap();
        let ring = queries::episode(&world.app, &dana, RILEY, &gone.entry).await.unwrap().ring;
        let numbers: Vec<&str> = ring.iter().map(|one| one.phone.as_str()).collect();
        for number in ["07700 900311", "01632 960311", "07700 900145"] {
            assert!(numbers.contains(&number), "{number} of {numbers:?}");
        }
        assert!(!numbers.contains(&"07700 900666"));
        let child = format!("{:?}", queries::child(&world.app, &dana, RILEY).await.unwrap().people);
        assert!(child.contains("Vic Older") && child.contains("Poses a risk"));
    });
}

#[test]
fn somebody_who_is_gone_stays_readable_where_they_are_named_and_is_rung_no_more() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let (dana, owen) = (world.actor("dana").await, world.actor("owen").await);
        save(&world, &dana, About::Add, &AUNT).await.unwrap();
        let gone = world.gone().await;
        let told = [("who", "parent"), ("by-name", "Marta Marsh"), ("note", "Marta Marsh has not seen Riley")];
        world.record("dana", "information.received", &told).await.unwrap();
        let rung = async |who: &Actor| {
            let page = queries::episode(&world.app, who, RILEY, &gone.entry).await.unwrap();
            assert!(format!("{:?}", page.timeline).contains("Marta Marsh has not seen Riley"));
            format!("{:?}{:?}", page.ring, queries::child(&world.app, who, RILEY).await.unwrap().people)
        };
        assert!(rung(&dana).await.contains("07700 900311"));
        let id = page(&world, &dana).await.groups.iter().find(|(t, _)| t == "Family").unwrap().1[0].id.clone();
        // Not around any more: on the page of those of before, with the history, and nowhere offered to be rung.
        let end = [("until-day", "4"), ("until-month", "1"), ("until-year", "2026"), ("source", "told")];
        save(&world, &dana, About::End(id.clone()), &end).await.unwrap();
        assert!(!rung(&dana).await.contains("07700 900311"));
        let past = format!("{:?}", page(&world, &dana).await);
        assert!(past.contains("Marta Marsh"), "{past}");
        // Entered by mistake altogether: the entries that name them stay as they were.
        let mut mistake = AUNT.to_vec();
        mistake.extend([("reason", WHY), ("mistake", "yes")]);
        save(&world, &owen, About::Correct(id), &mistake).await.unwrap();
        assert!(!rung(&owen).await.contains("07700 900311"));
    });
}
