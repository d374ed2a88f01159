//! People, posts and what is left of them: a file of five thousand, a leaver, cover by night, and the post that one works in.

use crate::databases::on_both;
use crate::staff::hire;
use crate::world::{PASSWORD, RILEY, World};
use actions::keeping::By;
use actions::post::{self, Given, NewPost};
use actions::{Refused, account, allocation, cover, person, queries, session, sign_in};
use std::fmt::Write as _;

/// A post of somebody of this world.
fn wanted(role: &str, agency: &str) -> NewPost {
    NewPost { role: role.into(), agency: agency.into(), kind: "own".into(), ..NewPost::default() }
}

#[test]
fn a_file_of_five_thousand_with_three_hundred_faults() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let mut file = String::from("\u{feff}Username;Name;Role;Agency;Team\r\n");
        for n in 0..5000 {
            let (role, agency) = match n % 50 {
                0 => ("wizzard", "Larkfield House"),
                1 => ("home_staff", "Nowhere"),
                2 => ("agency_administrator", "Larkfield House"),
                _ => ("home_staff", "Larkfield House"),
            };
            let _ = write!(file, "user{n};Person {n};{role};{agency};Team {}\r\n", n % 7);
        }
        let tried = person::import(app, By::Operator, &file, true).await.unwrap();
        assert_eq!((tried.people.len(), tried.faults.len()), (4700, 300));
        assert!(app.store().person_by_username("user3").await.unwrap().is_none(), "a trial saves nothing");
        let brought = person::import(app, By::Operator, &file, false).await.unwrap();
        assert_eq!((brought.people.len(), brought.faults.len(), brought.unchanged), (4700, 300, 0));
        let fault = &brought.faults[0];
        assert_eq!((fault.row, fault.says.as_str()), (2, "there is no role `wizzard`"));
        assert!(brought.faults[1].says.starts_with("there is no agency `Nowhere`"));
        assert!(brought.faults[2].says.contains("sees much: it takes two people"));
        let again = person::import(app, By::Operator, &file, false).await.unwrap();
        assert_eq!((again.people.len(), again.posts, again.unchanged, again.faults.len()), (0, 0, 4700, 300));
        let teams = app.store().teams().await.unwrap().len();
        assert_eq!(teams, 7);
        for (head, says) in
            [("name,username", "the column `role` is missing"), ("name,username,role,agency,shoe", "no column `shoe`")]
        {
            let refused = person::import(app, By::Operator, head, true).await;
            assert!(matches!(&refused, Err(Refused::Invalid(p)) if p[0].message.contains(says)), "{refused:?}");
        }
    });
}

#[test]
fn what_a_leaver_had_stays_with_the_team_and_the_manager_is_told() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let added = person::NewPerson {
            name: "Tess Amery".into(),
            username: "tess".into(),
            post: wanted("team_manager", "team"),
            reason: String::new(),
        };
        let tess = person::add(app, By::Operator, &added).await.unwrap().person;
        app.store().password_set(&tess, &sign_in::hash(PASSWORD, b"sixteen bytes ok").unwrap()).await.unwrap();
        let manager = world.actor("tess").await;
        let choice = allocation::choice(app, &manager, RILEY).await.unwrap();
        assert!(choice.now.is_empty());
        let (owens, _) = choice.people.iter().find(|(_, name)| name.starts_with("Owen Pryce")).unwrap().clone();
        let dana = world.actor("dana").await;
        assert!(matches!(allocation::make(app, &dana, RILEY, &owens).await, Err(Refused::NotAllowed(_))));
        allocation::make(app, &manager, RILEY, &owens).await.unwrap();
        let owen = world.actor("owen").await;
        let told = account::notices(app, &owen).await.unwrap();
        assert!(told[0].says.contains("allocated a child to you") && !told[0].says.contains("Riley"));

        person::disable(app, By::Operator, "owen").await.unwrap();
        let told = account::notices(app, &manager).await.unwrap();
        assert_eq!(told.len(), 1);
        assert!(told[0].says.starts_with("Owen Pryce has left the post. 1 child is nobody's now"), "{}", told[0].says);
        let left = allocation::left(app, &manager).await.unwrap();
        assert_eq!((left.children[0].1.as_str(), left.children[0].3.as_str()), ("Riley Marsh", "Owen Pryce"));
        post::settle(app).await.unwrap();
        assert_eq!(account::notices(app, &manager).await.unwrap().len(), 1, "told once");
        account::notice_seen(app, &manager, &told[0].id.to_string()).await.unwrap();
        assert!(account::notices(app, &manager).await.unwrap().is_empty());
    });
}

/// What managers are asked and told reaches nobody where the last of them left: who keeps people there gives somebody the post.
#[test]
fn where_the_last_manager_left_whoever_keeps_people_is_told() {
    on_both(|database| async {
        let world = World::new(database).await;
        hire(&world, "mo", "Mo Manning", "home_manager", "larkfield").await;
        hire(&world, "deb", "Deb Deputy", "home_manager", "larkfield").await;
        hire(&world, "ada", "Ada Keeper", "agency_administrator", "larkfield").await;
        let ada = world.actor("ada").await;
        let app = &world.app;
        let told =
            async || account::notices(app, &ada).await.unwrap().into_iter().map(|one| one.says).collect::<Vec<_>>();
        let held = app.store().posts_of("mo").await.unwrap().remove(0).post;
        let until = app.now().plus_minutes(5).0 * 1_000_000;
        post::change(app, By::Operator, &held.id, held.version, "", Some(until)).await.unwrap();
        world.pass(5);
        post::settle(app).await.unwrap();
        assert!(told().await.is_empty(), "there is another");
        let dana = world.actor("dana").await;
        let unheld = async || queries::home(app, &dana).await.unwrap().unheld;
        assert_eq!(unheld().await, "");
        // Whose account was closed manages nobody, though the post has no end.
        person::disable(app, By::Operator, "deb").await.unwrap();
        post::settle(app).await.unwrap();
        let says = told().await;
        assert_eq!(says.len(), 1, "{says:?}");
        assert!(
            says[0].starts_with("Deb Deputy has left the post, and nobody manages anybody at Larkfield House"),
            "{says:?}"
        );
        // Everybody there reads that what is asked of the manager is on nobody's list, for as long as it is.
        let says = unheld().await;
        assert!(says.starts_with("Nobody at Larkfield House holds the post of"), "{says}");
        hire(&world, "nia", "Nia Next", "registered_person", "larkfield").await;
        assert_eq!(unheld().await, "", "who answers for the post stands in for it");
    });
}

#[test]
fn a_post_that_ends_by_itself_ends_in_the_middle_of_a_form() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let held = app.store().posts_of("dana").await.unwrap().remove(0).post;
        let until = app.now().plus_minutes(5).0 * 1_000_000;
        post::change(app, By::Operator, &held.id, held.version, "", Some(until)).await.unwrap();
        let signed_in = sign_in::sign_in(app, "dana", PASSWORD, "a").await.unwrap();
        queries::child(app, &signed_in.actor, RILEY).await.unwrap();
        world.pass(5);
        let later = sign_in::who(app, &signed_in.token).await.unwrap().unwrap();
        assert!(matches!(queries::child(app, &later.actor, RILEY).await, Err(Refused::NotAllowed(_))));
        assert_eq!(later.actor.role_name, "nobody with a post");
    });
}

#[test]
fn whoever_holds_two_posts_works_in_one_at_a_time() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let until = app.now().plus_minutes(60).0 * 1_000_000;
        let acting = NewPost { kind: "acting".into(), until_us: Some(until), ..wanted("home_manager", "larkfield") };
        assert_eq!(post::add(app, By::Operator, "dana", &acting, "").await.unwrap(), Given::Held);
        assert!(
            matches!(post::add(app, By::Operator, "dana", &acting, "").await, Err(Refused::Invalid(_))),
            "not twice"
        );
        let signed_in = sign_in::sign_in(app, "dana", PASSWORD, "a").await.unwrap();
        assert_eq!((signed_in.actor.role.as_str(), signed_in.actor.posts.len()), ("home_staff", 2));
        let other = signed_in.actor.posts[1].post.id.clone();
        session::work_as(app, &signed_in, &other).await.unwrap();
        let now = sign_in::who(app, &signed_in.token).await.unwrap().unwrap();
        assert_eq!(now.actor.role, "home_manager");
        let mels = app.store().posts_of("mel").await.unwrap().remove(0).post.id;
        assert!(session::work_as(app, &now, &mels).await.is_err(), "nobody works in another's post");
        world.pass(14);
        sign_in::who(app, &signed_in.token).await.unwrap().unwrap();
        for _ in 0..4 {
            world.pass(12);
            sign_in::who(app, &signed_in.token).await.unwrap();
        }
        let after = sign_in::who(app, &signed_in.token).await.unwrap().unwrap();
        assert_eq!((after.actor.role.as_str(), after.actor.posts.len()), ("home_staff", 1), "the acting post is over");
    });
}

#[test]
fn outside_office_hours_the_duties_stand_with_whoever_covers() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let area = app
            .rules()
            .library
            .rulebooks
            .iter()
            .find(|b| b.kind == "area" && b.hours().is_some())
            .unwrap()
            .area
            .clone();
        let new = |name: &str, kind: &str| actions::agency::NewAgency {
            name: name.into(),
            kind: kind.into(),
            area: area.clone(),
            only_appears: false,
            another: false,
        };
        let edt =
            actions::agency::add(app, By::Operator, &new("Emergency Duty Team", "emergency_duty_team")).await.unwrap();
        let post = NewPost { kind: "own".into(), ..wanted("emergency_duty_team", &edt) };
        let refused = post::add(app, By::Operator, "mel", &post, "").await;
        assert!(matches!(refused, Err(Refused::Invalid(_))), "it sees much, and there are children: {refused:?}");
        let proposed = post::add(app, By::Operator, "mel", &post, "She covers from tonight").await.unwrap();
        assert_eq!(proposed, Given::Proposed, "whoever runs the server proposes it, and does not give it alone");
        let row = store::Post {
            id: "edt".into(),
            person: "mel".into(),
            role: "emergency_duty_team".into(),
            agency: edt,
            kind: "cover".into(),
            source: "kept".into(),
            ..store::Post::default()
        };
        app.store().post_put(&row).await.unwrap();
        let signed_in = sign_in::sign_in(app, "mel", PASSWORD, "a").await.unwrap();
        session::work_as(app, &signed_in, "edt").await.unwrap();
        // Monday, six in the evening: the cover has begun, and lasts until nine the next morning.
        let mel = sign_in::who(app, &signed_in.token).await.unwrap().unwrap().actor;
        let period = cover::period(app, &area, app.now()).unwrap();
        assert!(period.from.0 < app.now().0 && period.until.0 > app.now().0);
        let page = cover::page(app, &mel, 1).await.unwrap();
        assert!(page.covers && page.said.is_empty());
        assert!(queries::home(app, &mel).await.unwrap().cover.starts_with("You cover until"));
        assert!(matches!(cover::hand_over(app, &mel, " ").await, Err(Refused::Invalid(_))));
        cover::hand_over(app, &mel, "Riley's mother rings back at ten.").await.unwrap();
        // The next morning the team reads it.
        world.set("2026-01-06T09:30+00:00");
        let (mut team, version) = app.store().agency("team").await.unwrap().unwrap();
        team.area = Some(area);
        app.store().agency_change(&team, version).await.unwrap();
        let owen = world.actor("owen").await;
        assert!(queries::home(app, &owen).await.unwrap().cover.starts_with("The cover ended at"));
        let page = cover::page(app, &owen, 1).await.unwrap();
        assert!(!page.covers);
        assert_eq!(page.said[0].1, "Riley's mother rings back at ten.");
        assert!(matches!(cover::hand_over(app, &owen, "no").await, Err(Refused::NotAllowed(_))));
        let dana = world.actor("dana").await;
        assert!(matches!(cover::page(app, &dana, 1).await, Err(Refused::NotAllowed(_))), "nobody covers for a home");
    });
}

/// Whoever adds people learns nothing of those of another agency by a username that clashes, and is offered one that is free.
#[test]
fn a_username_that_is_taken_names_nobody_of_another_agency() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        hire(&world, "ada", "Ada Keeper", "agency_administrator", "larkfield").await;
        hire(&world, "owen2", "Olive Pryor", "social_worker", "team").await;
        let ada = world.actor("ada").await;
        let add = async |by: By<'_>, name: &str, username: &str| {
            let new = person::NewPerson {
                name: name.into(),
                username: username.into(),
                post: wanted("home_staff", "larkfield"),
                ..person::NewPerson::default()
            };
            match person::add(app, by, &new).await {
                Err(Refused::Invalid(problems)) => problems[0].message.clone(),
                other => panic!("{other:?}"),
            }
        };
        let by = By::Person(&ada);
        assert_eq!(add(by, "Owen Price", "Owen").await, "The username `owen` is taken; `owen3` is free");
        assert_eq!(add(by, "Dan Hold", "dana").await, "`dana` is the username of Dana Holt; `dana2` is free");
        assert_eq!(
            add(By::Operator, "Owen Price", "owen").await,
            "`owen` is the username of Owen Pryce; `owen3` is free"
        );
        let rows = "name,username,role,agency\nOwen Price,owen,home_staff,Larkfield House\n";
        let brought = person::import(app, by, rows, true).await.unwrap();
        assert_eq!(brought.faults[0].says, "the username `owen` is taken; `owen3` is free");
        hire(&world, "lee@home.example", "Lee Ash", "social_worker", "team").await;
        let said = add(by, "Lee Ashe", "lee@home.example").await;
        assert_eq!(said, "The username `lee@home.example` is taken; `lee2@home.example` is free");
    });
}

/// The roles to choose from are those that an agency of its kind can have: whatever else is chosen is refused.
#[test]
fn the_roles_that_are_offered_are_those_that_the_agency_can_have() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        hire(&world, "ada", "Ada Keeper", "agency_administrator", "larkfield").await;
        let ada = world.actor("ada").await;
        let by = By::Person(&ada);
        let offered = post::roles_to_give(app, by, &actions::agency::list(app, by).await.unwrap());
        let offered: Vec<&str> = offered.iter().map(|(role, _)| role.as_str()).collect();
        assert!(offered.contains(&"home_staff") && offered.contains(&"home_manager"), "{offered:?}");
        for (role, _) in post::roles(app) {
            let new = person::NewPerson {
                name: "Max Kerr".into(),
                username: format!("max.{role}"),
                post: wanted(&role, "larkfield"),
                reason: "She begins on Monday".into(),
            };
            assert_eq!(person::add(app, by, &new).await.is_ok(), offered.contains(&role.as_str()), "{role}");
        }
    });
}

/// Whoever acts up in another agency is listed with that post, by those who keep either.
#[test]
fn a_post_in_another_agency_is_listed_with_ones_own() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        hire(&world, "ada", "Ada Keeper", "agency_administrator", "elsewhere").await;
        let rows = "name,username,role,agency,kind,until\n\
                    Dana Holt,dana,home_manager,Elsewhere Lodge,acting,2026-02-01\nMel Aspinall,mel,home_manager,Larkfield House,acting,\n";
        let brought = person::import(app, By::Operator, rows, false).await.unwrap();
        assert_eq!((brought.posts, brought.faults.len()), (2, 0), "{brought:?}");
        let posts = async |by: By<'_>, username: &str| {
            let all = person::list(app, by).await.unwrap();
            all.into_iter().find(|one| one.username == username).map(|one| one.posts).unwrap_or_default()
        };
        for (username, agency) in [("dana", "Elsewhere Lodge"), ("mel", "Larkfield House")] {
            let held = posts(By::Operator, username).await;
            assert!(held.contains("acting up") && held.contains(agency) && held.contains("Larkfield House"), "{held}");
        }
        let ada = world.actor("ada").await;
        assert!(
            posts(By::Person(&ada), "dana").await.contains("acting up"),
            "who keeps the other agency sees them too"
        );
        assert_eq!(posts(By::Person(&ada), "mel").await, "");
    });
}
