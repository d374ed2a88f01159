//! Where a child lives: planned, moved, ended, put right; with the entries that protocols hang on, the relations of the homes, and what
//! does not fit said in words.

use crate::staff::{hire, lead};
use actions::agency;
use actions::keeping::By;
use actions::living::{self, Doing};
use actions::relation;
use actions::views::{self, Living};
use actions::{Actor, Answers, READ_CHANGES, Refused, around, queries};
use store::Relation;
use testkit::databases::on_both;
use testkit::world::{RILEY, World};

const WHY: &str = "The dates were those of another child";

pub fn answers(given: &[(&str, &str)]) -> Answers {
    given.iter().copied().collect()
}

pub fn home<'a>(from: &'a str, name: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("from", from), ("type", "childrens_home"), ("home", name), ("host_authority", "essex"), ("planned", "no")]
}

pub async fn version(world: &World, who: &Actor) -> i64 {
    queries::child(&world.app, who, RILEY).await.unwrap().version
}

pub async fn save(world: &World, who: &Actor, doing: Doing, given: &[(&str, &str)]) -> Result<(), Refused> {
    let version = version(world, who).await;
    let key = world.app.new_key();
    let mut answers = answers(given);
    match living::save(&world.app, who, RILEY, version, &doing, &answers, &key).await {
        // What it changes is read, and it is saved.
        Err(Refused::Changes(found)) => {
            answers.set(READ_CHANGES, found.mark.as_str());
            living::save(&world.app, who, RILEY, version, &doing, &answers, &key).await.map(drop)
        }
        done => done.map(drop),
    }
}

pub async fn page(world: &World, who: &Actor) -> Living {
    living::show(&world.app, who, RILEY).await.unwrap()
}

pub fn names(stays: &[views::Stay]) -> Vec<&str> {
    stays.iter().map(|stay| stay.name.as_str()).collect()
}

/// What is wrong, field by field.
pub fn wrong(refused: Result<(), Refused>) -> Vec<(String, String)> {
    let Err(Refused::Invalid(problems)) = refused else { panic!("{refused:?}") };
    problems.into_iter().map(|p| (p.field, p.message)).collect()
}

pub async fn ties(world: &World, agency: &str) -> Vec<Relation> {
    let all = world.app.store().relations_of_child(RILEY).await.unwrap();
    all.into_iter().filter(|one| one.agency_id.as_deref() == Some(agency)).collect()
}

pub async fn related(world: &World, agency: &str) -> bool {
    let now = world.app.now().0 * 1_000_000;
    ties(world, agency).await.iter().any(|one| one.until_us.is_none_or(|until| until > now))
}

#[test]
fn a_move_is_one_save_with_its_entry_and_the_homes_follow() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let owen = world.actor("owen").await;
        let asked = |page: &views::ChildPage| page.duties.iter().map(|d| d.label.clone()).collect::<Vec<_>>();
        let before = asked(&queries::child(&world.app, &owen, RILEY).await.unwrap());
        let first = version(&world, &owen).await;
        let given = answers(&home("2026-01-05T17:30+00:00", "elsewhere"));
        let key = world.app.new_key();
        living::save(&world.app, &owen, RILEY, first, &Doing::Move, &given, &key).await.unwrap();
        // Sent once more, as after a lost answer: nothing is done twice.
        living::save(&world.app, &owen, RILEY, first, &Doing::Move, &given, &key).await.unwrap();
        assert_eq!(version(&world, &owen).await, first + 3, "the end, the beginning, and the entry");
        let seen = page(&world, &owen).await;
        assert_eq!((names(&seen.now), names(&seen.past)), (vec!["Elsewhere Lodge"], vec!["Larkfield House"]));
        assert_eq!(seen.past[0].until.as_ref().unwrap().clock, "17:30");
        assert_eq!(seen.past[0].history.len(), 2);
        assert!(!related(&world, "larkfield").await && related(&world, "elsewhere").await);
        let after = asked(&queries::child(&world.app, &owen, RILEY).await.unwrap());
        assert!(after.iter().any(|duty| !before.contains(duty)), "notices on a move arise: {after:?}");
        // Back again: the home has a relation anew.
        world.pass(60);
        save(&world, &owen, Doing::Move, &home("2026-01-05T18:45+00:00", "larkfield")).await.unwrap();
        assert!(related(&world, "larkfield").await && !related(&world, "elsewhere").await);
        assert_eq!(names(&page(&world, &owen).await.now), ["Larkfield House"]);
        assert_eq!(page(&world, &owen).await.past.len(), 2);
    });
}

/// Whoever cared for the child before would be rung from then on.
#[test]
fn whoever_moves_a_child_is_told_who_still_stands_as_carer() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        let carer = answers(&[("name", "Ida Fenn"), ("kind", "carer")]);
        let add = around::About::Add;
        around::save(&world.app, &owen, RILEY, version(&world, &owen).await, &add, &carer, "carer").await.unwrap();
        let given = answers(&home("2026-01-05T17:30+00:00", "elsewhere"));
        let first = version(&world, &owen).await;
        let said = living::save(&world.app, &owen, RILEY, first, &Doing::Move, &given, "m").await.unwrap();
        let says = &said.last().expect("what to look at").says;
        assert!(says.contains("Ida Fenn") && says.contains("among the people who care for the child"), "{says}");
    });
}

#[test]
fn a_plan_changes_nothing_until_it_begins_and_respite_lies_beside() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        save(&world, &owen, Doing::Plan, &home("2026-01-09T10:00+00:00", "elsewhere")).await.unwrap();
        let seen = page(&world, &owen).await;
        assert_eq!((names(&seen.now), names(&seen.planned)), (vec!["Larkfield House"], vec!["Elsewhere Lodge"]));
        assert!(related(&world, "larkfield").await);
        let nora = world.actor("nora").await;
        assert!(queries::child(&world.app, &nora, RILEY).await.is_err(), "before the day the new home sees nothing");
        let mut given = home("2026-01-05T17:00+00:00", "");
        given.extend([("name", "The Abara household"), ("after", "respite")]);
        save(&world, &owen, Doing::Move, &given).await.unwrap();
        let seen = page(&world, &owen).await;
        assert_eq!(names(&seen.now), ["The Abara household", "Larkfield House"]);
        assert!(seen.now[0].respite && related(&world, "larkfield").await);
        save(&world, &owen, Doing::End(seen.now[0].id.clone()), &[("until", "2026-01-05T18:00+00:00")]).await.unwrap();
        assert!(related(&world, "larkfield").await, "the end of respite ends nothing else");
        // Respite at a home of the directory: its relation begins beside the other, and ends alone.
        let mut given = home("2026-01-05T17:50+00:00", "lodge");
        given.push(("after", "respite"));
        let lodge = store::Agency {
            id: "lodge".into(),
            name: "The Lodge".into(),
            kind: "childrens_home".into(),
            ..store::Agency::default()
        };
        world.app.store().add_agency(&lodge).await.unwrap();
        save(&world, &owen, Doing::Move, &given).await.unwrap();
        assert!(related(&world, "lodge").await && related(&world, "larkfield").await);
        let respite = page(&world, &owen).await.now[0].id.clone();
        world.pass(5);
        save(&world, &owen, Doing::End(respite), &[("until", "2026-01-05T18:05+00:00")]).await.unwrap();
        assert!(!related(&world, "lodge").await && related(&world, "larkfield").await);
        world.set("2026-01-09T10:20+00:00");
        let plan = seen.planned[0].id.clone();
        save(&world, &owen, Doing::Begin(plan), &home("2026-01-09T10:10+00:00", "elsewhere")).await.unwrap();
        let seen = page(&world, &owen).await;
        assert_eq!((names(&seen.now), seen.planned.len()), (vec!["Elsewhere Lodge"], 0));
        assert!(!related(&world, "larkfield").await && queries::child(&world.app, &nora, RILEY).await.is_ok());
    });
}

#[test]
fn what_cannot_be_is_said_and_what_may_be_is_asked() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        let moving = async |from: &str| wrong(save(&world, &owen, Doing::Move, &home(from, "elsewhere")).await);
        assert!(moving("2026-01-06T10:00+00:00").await[0].1.contains("still to come"));
        assert!(moving("2009-01-06T10:00+00:00").await[0].1.contains("before the child was born"));
        assert!(moving("2025-03-01T10:00+00:00").await[0].1.contains("which it follows"));
        let plan = save(&world, &owen, Doing::Plan, &home("2026-01-05T10:00+00:00", "elsewhere")).await;
        assert!(wrong(plan)[0].1.contains("is over"));
        let mut ended = home("2026-01-05T18:45+00:00", "elsewhere");
        ended.iter_mut().filter(|(field, _)| *field == "host_authority").for_each(|(_, value)| *value = "cumbria");
        let ended = wrong(save(&world, &owen, Doing::Move, &ended).await);
        assert!(ended.iter().any(|(_, says)| says.contains("Cumbria ended on 31 March 2023")), "{ended:?}");
        let nothing = wrong(save(&world, &owen, Doing::Move, &[]).await);
        for field in ["from", "home", "type"] {
            assert!(nothing.iter().any(|(wrong, _)| wrong == field), "{field}: {nothing:?}");
        }
        // A week late, with an episode in between: asked, and done once it is said.
        world.gone().await;
        world.set("2026-01-12T09:00+00:00");
        let mut late = home("2026-01-05T18:10+00:00", "elsewhere");
        let asked = wrong(save(&world, &owen, Doing::Move, &late).await);
        assert_eq!(asked[0].0, "between", "{asked:?}");
        // What it changes is said before it is saved, and is so afterwards.
        let (_, new) = asked[0].1.split_once("It would then be asked: ").expect("what arises is said");
        let new = new.split([';', ',', '.']).next().unwrap().to_string();
        let lines = async || format!("{:?}", queries::child(&world.app, &owen, RILEY).await.unwrap());
        let before = lines().await;
        assert!(!before.contains(&new), "{new} is new");
        let form = living::form(&world.app, &owen, RILEY, &Doing::Move, &answers(&late), &[]).await.unwrap();
        assert!(!form.fields.iter().any(|field| field.name == "between"), "it is asked only where there is doubt");
        late.push(("between", "stands"));
        save(&world, &owen, Doing::Move, &late).await.unwrap();
        let all = world.app.store().duties_of_child(RILEY).await.unwrap();
        assert!(
            all.iter().any(|duty| duty.label == new),
            "{new}: {:?}",
            all.iter().map(|d| &d.label).collect::<Vec<_>>()
        );
        // One that was said to have ended later than the next began: asked.
        let here = page(&world, &owen).await.now[0].id.clone();
        save(&world, &owen, Doing::End(here), &[("until", "2026-01-12T08:00+00:00")]).await.unwrap();
        let mut next = home("2026-01-12T07:00+00:00", "larkfield");
        assert_eq!(wrong(save(&world, &owen, Doing::Move, &next).await)[0].0, "overlap");
        next.push(("overlap", "stands"));
        save(&world, &owen, Doing::Move, &next).await.unwrap();
        let seen = page(&world, &owen).await;
        assert_eq!(seen.past[0].until.as_ref().unwrap().clock, "07:00");
    });
}

#[test]
fn a_placement_that_is_put_right_and_would_lie_beside_another_is_asked_about() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        save(&world, &owen, Doing::Move, &home("2026-01-05T17:30+00:00", "elsewhere")).await.unwrap();
        let mut first = home("2025-03-03T10:00+00:00", "larkfield");
        first.extend([("until", "2026-01-05T17:50+00:00"), ("reason", WHY)]);
        let correct = || Doing::Correct("pl1".into());
        let asked = wrong(save(&world, &owen, correct(), &first).await);
        assert!(asked[0].0 == "overlap" && asked[0].1.contains("at “Elsewhere Lodge” at one time"), "{asked:?}");
        let problems = [actions::FieldProblem::new("overlap", "")];
        let form = living::form(&world.app, &owen, RILEY, &correct(), &answers(&first), &problems).await.unwrap();
        assert_eq!(form.fields[0].name, "overlap", "it is asked first on the page");
        let stands = page(&world, &owen).await;
        assert_eq!(stands.past[0].until.as_ref().unwrap().clock, "17:30", "nothing was saved");
        first.push(("overlap", "stands"));
        save(&world, &owen, correct(), &first).await.unwrap();
        let seen = page(&world, &owen).await;
        assert_eq!(
            (names(&seen.now), seen.past[0].until.as_ref().unwrap().clock.as_str()),
            (vec!["Elsewhere Lodge"], "17:50")
        );
    });
}

#[test]
fn a_correction_keeps_what_stood_and_needs_a_reason() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        let mut given = home("2025-03-05T10:00+00:00", "larkfield");
        let correct = || Doing::Correct("pl1".into());
        assert!(wrong(save(&world, &owen, correct(), &given).await).iter().any(|(field, _)| field == "reason"));
        given.push(("reason", WHY));
        save(&world, &owen, correct(), &given).await.unwrap();
        let stay = page(&world, &owen).await.now.remove(0);
        assert_eq!(stay.history.len(), 2);
        assert_eq!((stay.history[0].reason.as_str(), stay.history[0].by.as_str()), (WHY, "Owen Pryce"));
        assert!(stay.history[1].lines.iter().any(|(_, value)| value.contains("3 Mar 2025")), "{:?}", stay.history[1]);
        given.push(("mistake", "yes"));
        save(&world, &owen, correct(), &given).await.unwrap();
        let seen = page(&world, &owen).await;
        assert_eq!((seen.now.len(), names(&seen.mistaken)), (0, vec!["Larkfield House"]));
        assert!(queries::child(&world.app, &owen, RILEY).await.unwrap().placements.is_empty());
    });
}

#[test]
fn who_may_not_see_where_a_child_lives_sees_no_byte_of_it() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let school = store::Agency {
            id: "school".into(),
            name: "A School".into(),
            kind: "school".into(),
            ..store::Agency::default()
        };
        world.app.store().add_agency(&school).await.unwrap();
        hire(&world, "stella", "Stella School", "school", "school").await;
        let (owen, stella, dana) = (world.actor("owen").await, world.actor("stella").await, world.actor("dana").await);
        let tess = world.actor("tess").await;
        relation::begin(&world.app, &tess, RILEY, "school", "school", WHY, "s").await.unwrap();
        let all = async || {
            let page = living::show(&world.app, &stella, RILEY).await;
            format!("{page:?}{:?}", queries::child(&world.app, &stella, RILEY).await.unwrap().version)
        };
        let before = all().await;
        assert!(before.contains("may_see: false") && !before.contains("Larkfield"), "{before}");
        let mut given = home("2025-03-05T10:00+00:00", "larkfield");
        given.push(("reason", WHY));
        // A correction has no entry: nothing of it is there for those who do not see it, not even a number.
        save(&world, &owen, Doing::Correct("pl1".into()), &given).await.unwrap();
        assert_eq!(all().await, before);
        // Who cares for the child sees where, and does not say where.
        assert!(!page(&world, &dana).await.may_place);
        let tried = save(&world, &dana, Doing::Move, &home("2026-01-05T17:30+00:00", "elsewhere")).await;
        assert!(matches!(tried, Err(Refused::NotAllowed(_))), "{tried:?}");
    });
}

#[test]
fn whoever_was_overtaken_is_told_and_loses_nothing() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        let old = version(&world, &owen).await;
        save(&world, &owen, Doing::Move, &home("2026-01-05T17:30+00:00", "elsewhere")).await.unwrap();
        let given = answers(&home("2026-01-05T17:40+00:00", "larkfield"));
        let key = world.app.new_key();
        let tried = living::save(&world.app, &owen, RILEY, old, &Doing::Move, &given, &key).await;
        assert!(matches!(tried, Err(Refused::Stale { .. })), "{tried:?}");
        let form = living::form(&world.app, &owen, RILEY, &Doing::Move, &given, &[]).await.unwrap();
        assert!(form.fields.iter().any(|field| field.name == "home" && field.values == ["larkfield"]));
    });
}

#[test]
fn the_directory_is_kept_with_the_agencies_and_says_where_and_whom_to_ring() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (root, owen) = (world.actor("root").await, world.actor("owen").await);
        let given = answers(&[
            ("registration", "SC012345"),
            ("provider", "Linmoor Care"),
            ("manager", "Ada Okoro"),
            ("phone_day", "01632 960201"),
            ("phone_night", "07700 900201"),
            ("address", "17 Saltmarsh Row, Corby"),
            ("address_class", "ordinary"),
            // An authority without a protocol here: children are placed far away.
            ("host", "kent"),
            ("procedure", "childrens-home"),
        ]);
        let (app, by) = (&world.app, By::Person(&root));
        let line = async |version: i64, given: &Answers| {
            agency::save_directory(app, by, "root", "elsewhere", version, given).await
        };
        line(0, &given).await.unwrap();
        assert!(matches!(line(0, &given).await, Err(Refused::Stale { version: 1, .. })), "two who keep it at one time");
        let wrong_number = answers(&[("phone_day", "at the desk"), ("address_class", "ordinary")]);
        assert_eq!(wrong(line(1, &wrong_number).await)[0].0, "phone_day");
        let nowhere = answers(&[("host", "atlantis"), ("address_class", "ordinary")]);
        assert_eq!(wrong(line(1, &nowhere).await)[0].0, "host");
        let nobodys = answers(&[("procedure", "atlantis"), ("address_class", "ordinary")]);
        assert_eq!(wrong(line(1, &nobodys).await)[0].0, "procedure");
        let tried = agency::save_directory(app, By::Person(&owen), "owen", "elsewhere", 1, &given).await;
        assert!(tried.is_err(), "who keeps no agencies does not keep the directory");
        let form = living::form(app, &owen, RILEY, &Doing::Move, &Answers::default(), &[]).await.unwrap();
        assert!(format!("{:?}", form.fields).contains("Elsewhere Lodge, 17 Saltmarsh Row"));
        assert!(format!("{:?}", form.fields).contains("\"Kent\""), "any authority can be chosen for a placement");
        let mut moved = home("2026-01-05T17:30+00:00", "elsewhere");
        moved.retain(|(field, _)| *field != "host_authority");
        save(&world, &owen, Doing::Move, &moved).await.unwrap();
        // Nor is asked what the home's own procedure is: its protocol holds at once.
        let record = world.app.store().record_from(RILEY, 1).await.unwrap();
        assert!(format!("{record:?}").contains(r#"\"provider\":\"childrens-home\""#), "{record:?}");
        let stay = page(&world, &owen).await.now.remove(0);
        let seen = format!("{stay:?}");
        for words in ["SC012345", "Linmoor Care", "Ada Okoro", "17 Saltmarsh Row", "Kent"] {
            assert!(seen.contains(words), "{words}: {seen}");
        }
        assert_eq!(stay.rings.iter().map(|r| r.what.as_str()).collect::<Vec<_>>(), ["by day", "by night"]);
    });
}

#[test]
fn a_postcode_says_where_a_placement_lies_and_one_that_cannot_be_is_refused() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        let at = |address: &'static str| {
            vec![
                ("from", "2026-01-05T17:30+00:00"),
                ("type", "foster_care"),
                ("name", "The Alders, foster household"),
                ("address", address),
                ("planned", "no"),
            ]
        };
        for nowhere in ["3 Elm Walk, Maidstone ME14 1CI", "3 Elm Walk, QQ1 1AA", "3 Elm Walk, NN98 1AA"] {
            let said = wrong(save(&world, &owen, Doing::Move, &at(nowhere)).await);
            assert!(said[0].0 == "address" && said[0].1.contains("there is no postcode"), "{nowhere}: {said:?}");
        }
        // What was chosen and what the address says are two areas: asked, with both named.
        let mut other = at("3 Elm Walk, Maidstone ME14 1XX");
        other.push(("host_authority", "essex"));
        let asked = wrong(save(&world, &owen, Doing::Move, &other).await);
        assert!(asked[0].0 == "elsewhere" && asked[0].1.contains("Kent") && asked[0].1.contains("Essex"), "{asked:?}");
        let problems = [actions::FieldProblem::new("elsewhere", "")];
        let form = living::form(&world.app, &owen, RILEY, &Doing::Move, &answers(&other), &problems).await.unwrap();
        assert_eq!(form.fields[0].name, "elsewhere");
        save(&world, &owen, Doing::Move, &at("3 Elm Walk, Maidstone ME14 1XX")).await.unwrap();
        let stay = page(&world, &owen).await.now.remove(0);
        assert!(format!("{stay:?}").contains("\"Kent\""), "{stay:?}");
        // Nobody's address, and postcodes of which the table does not tell, leave it to be asked.
        for (n, unsaid) in ["no fixed abode, ZZ99 3VZ", "1 Bridge Street, Belfast BT1 1AA"].into_iter().enumerate() {
            world.set(["2026-01-05T19:00+00:00", "2026-01-05T20:00+00:00"][n]);
            let mut given = at(unsaid);
            given[0].1 = ["2026-01-05T18:30+00:00", "2026-01-05T19:30+00:00"][n];
            save(&world, &owen, Doing::Move, &given).await.unwrap();
            let stay = page(&world, &owen).await.now.remove(0);
            assert!(!format!("{stay:?}").contains("\"Kent\""), "{stay:?}");
        }
    });
}

#[test]
fn every_code_of_the_return_can_be_said_and_the_home_that_stands_is_offered() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        let form = living::form(&world.app, &owen, RILEY, &Doing::Move, &Answers::default(), &[]).await.unwrap();
        let code = form.fields.iter().find(|field| field.name == "code").unwrap();
        let offered: Vec<&str> = code.groups.iter().flat_map(|g| &g.options).map(|o| o.value.as_str()).collect();
        let mut sorted = offered.clone();
        sorted.sort_unstable();
        let all: Vec<&str> = casebook::placement_codes::all().iter().map(|code| code.id.as_str()).collect();
        assert_eq!((sorted, offered.len()), (all, 27));
        // Of the provider those are offered that have a procedure of their own, and no authority.
        let provider = form.fields.iter().find(|field| field.name == "provider").unwrap();
        let offered: Vec<&str> = provider.groups.iter().flat_map(|g| &g.options).map(|o| o.value.as_str()).collect();
        assert_eq!(offered, ["childrens-home", views::making::ANOTHER_PROVIDER]);
        let mut given = vec![
            ("from", "2026-01-05T17:30+00:00"),
            ("code", "U4"),
            ("type", "childrens_home"),
            ("name", "Larkfeild House"),
            ("provider", "kent"),
        ];
        let said = wrong(save(&world, &owen, Doing::Move, &given).await);
        let fields: Vec<&str> = said.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["listed", "provider", "code"], "{said:?}");
        assert!(said[0].1.contains("“Larkfield House” is in the list"), "{said:?}");
        given.retain(|(field, _)| !["type", "provider"].contains(field));
        given.push(("listed", "stands"));
        save(&world, &owen, Doing::Move, &given).await.unwrap();
        let stay = page(&world, &owen).await.now.remove(0);
        assert_eq!((stay.kind.as_str(), stay.code.as_str()), ("Foster care", "U4"), "{stay:?}");
    });
}

#[test]
fn a_home_stands_in_the_directory_once() {
    on_both(|database| async {
        let world = World::new(database).await;
        let root = world.actor("root").await;
        let (app, by) = (&world.app, By::Person(&root));
        let mut home = agency::NewAgency {
            name: "Larkfeild Hse".into(),
            kind: "childrens_home".into(),
            ..agency::NewAgency::default()
        };
        let said = wrong(agency::add(app, by, &home).await.map(drop));
        assert!(said[0].0 == "another" && said[0].1.contains("Larkfield House"), "{said:?}");
        home.another = true;
        let id = agency::add(app, by, &home).await.unwrap();
        let line = answers(&[
            ("registration", "SC 012345"),
            ("address", "17 Saltmarsh Row, Maidstone ME14 1XX"),
            ("address_class", "ordinary"),
        ]);
        agency::save_directory(app, by, "root", &id, 0, &line).await.unwrap();
        let listed = app.store().listed().await.unwrap();
        assert_eq!(listed.iter().find(|line| line.agency == id).unwrap().host, "kent");
        let twice = answers(&[("registration", "sc012345"), ("address_class", "ordinary")]);
        let said = wrong(agency::save_directory(app, by, "root", "elsewhere", 0, &twice).await);
        assert!(said[0].0 == "registration" && said[0].1.contains("Larkfeild Hse"), "{said:?}");
    });
}

#[test]
fn a_move_to_another_area_while_a_child_is_gone_says_who_is_to_be_told() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let owen = world.actor("owen").await;
        let gone = world.gone().await.entry;
        let said = async || {
            let page = queries::episode(&world.app, &owen, RILEY, &gone).await.unwrap();
            let moved = page.warnings.into_iter().filter(|one| one.instead.contains("stands in no protocol"));
            moved.map(|one| format!("{} {}", one.says, one.instead)).collect::<Vec<_>>()
        };
        assert_eq!(said().await, Vec::<String>::new());
        world.pass(120);
        save(&world, &owen, Doing::Move, &home("2026-01-05T19:30+00:00", "elsewhere")).await.unwrap();
        let all = said().await;
        let [one] = &all[..] else { panic!("one thing is said: {all:?}") };
        assert!(one.contains("the area of Northamptonshire to that of Essex"), "{one}");
        assert!(one.contains("Tell the police and children’s services of Essex now"), "{one}");
        // Once the child is back nobody is told that they are missing.
        world.pass(60);
        world.record("owen", "return.recorded", &[]).await.unwrap();
        assert_eq!(said().await, Vec::<String>::new());
    });
}
