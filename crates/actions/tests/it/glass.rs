//! Asking for access, and breaking the glass.

use crate::staff::{hire, lead};
use actions::{Refused, queries, relation};
use store::{Agency, Post, Relation};
use testkit::databases::on_both;
use testkit::world::{RILEY, World};

async fn stranger(world: &World) {
    let agency =
        Agency { id: "other".into(), name: "Another force".into(), kind: "police".into(), ..Agency::default() };
    world.app.store().add_agency(&agency).await.unwrap();
    hire(world, "otto", "Otto Stranger", "police_control_room", "other").await;
    hire(world, "olga", "Olga Guardian", "police_supervisor", "other").await;
}

/// Who guards is who works there now: whoever acts up is told, and whoever's post is over is not, wherever their accounts are kept.
#[test]
fn who_is_told_goes_by_the_posts_that_are_held_now() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        stranger(&world).await;
        hire(&world, "max", "Max Manager", "home_manager", "larkfield").await;
        hire(&world, "ada", "Ada Acting", "home_staff", "elsewhere").await;
        let (app, now) = (&world.app, world.app.now().0 * 1_000_000);
        let own = app.store().posts_of("max").await.unwrap().remove(0).post;
        let over = Post { until_us: Some(now), ..own.clone() };
        app.store().post_change(&over, "system_administrator", now).await.unwrap();
        let acting = Post {
            id: "acting".into(),
            person: "ada".into(),
            kind: "acting".into(),
            from_us: now,
            until_us: Some(now + 3_600_000_000),
            ..own
        };
        app.store().post_put(&acting).await.unwrap();
        world.pass(1);
        let why = "The child was found at the station and I have to know whom to ring";
        relation::break_glass(app, &world.actor("otto").await, RILEY, why, "g").await.unwrap();
        let told = async |who: &str| app.store().notices_of(who).await.unwrap().len();
        assert_eq!((told("ada").await, told("max").await, told("olga").await), (1, 0, 1));
    });
}

#[test]
fn the_guardians_of_both_agencies_are_told_at_once() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        stranger(&world).await;
        hire(&world, "max", "Max Manager", "home_manager", "larkfield").await;
        let otto = world.actor("otto").await;
        let app = &world.app;
        assert!(matches!(queries::child(app, &otto, RILEY).await, Err(Refused::NotAllowed(_))));
        for short in ["", "because", "urgent!!!!!!!"] {
            let tried = relation::break_glass(app, &otto, RILEY, short, "g").await;
            assert!(matches!(tried, Err(Refused::Invalid(_))), "{short}");
        }
        let why = "The child was found at the station and I have to know whom to ring";
        relation::break_glass(app, &otto, RILEY, why, "g").await.unwrap();
        relation::break_glass(app, &otto, RILEY, why, "g").await.unwrap();
        for guardian in ["olga", "max"] {
            let told = app.store().notices_of(guardian).await.unwrap();
            assert_eq!(told.len(), 1, "{guardian}");
            assert!(told[0].says.contains("Otto Stranger") && !told[0].says.contains("Riley"), "{told:?}");
            assert_eq!(told[0].made_us, app.now().0 * 1_000_000, "at once");
        }
        let page = queries::child(app, &otto, RILEY).await.unwrap();
        assert!(page.child.access.contains("broke the glass"), "there is a banner");
        let look = app.store().looks_at_child(RILEY, 10).await.unwrap();
        assert!(look.iter().any(|l| l.person_id == "otto" && l.what == "child" && l.purpose == "break-glass"));
        world.pass(60);
        assert!(
            matches!(queries::child(app, &otto, RILEY).await, Err(Refused::NotAllowed(_))),
            "after an hour it is over"
        );
        // Somebody says afterwards whether it was right; not whoever did it.
        let glass = app.store().requests_of_child(RILEY).await.unwrap().remove(0);
        let max = world.actor("max").await;
        let none = relation::review(app, &max, RILEY, &glass.id, "", "It was needed, and well done").await;
        assert!(matches!(none, Err(Refused::Invalid(_))));
        relation::review(app, &max, RILEY, &glass.id, "right", "It was needed, and well done").await.unwrap();
        let kept = app.store().request(&glass.id).await.unwrap().unwrap();
        assert_eq!(kept.answer.as_deref(), Some("right"));
    });
}

#[test]
fn the_lead_authority_answers_who_asks() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let (nora, tess, app) = (world.actor("nora").await, world.actor("tess").await, &world.app);
        relation::ask(app, &nora, RILEY, "Riley is to come to us next week", "k").await.unwrap();
        relation::ask(app, &nora, "no-such-child", "Somebody is to come to us next week", "k2").await.unwrap();
        assert!(!app.store().notices_of("tess").await.unwrap().is_empty());
        let asked = app.store().requests_of_child(RILEY).await.unwrap().remove(0);
        let own = relation::answer(app, &nora, RILEY, &asked.id, true, "").await;
        assert!(matches!(own, Err(Refused::NotAllowed(_))));
        relation::answer(app, &tess, RILEY, &asked.id, true, "").await.unwrap();
        assert!(queries::child(app, &nora, RILEY).await.is_ok());
        assert!(!app.store().notices_of("nora").await.unwrap().is_empty());
        world.pass(29 * 24 * 60);
        assert!(queries::child(app, &nora, RILEY).await.is_err(), "access is for a while");
    });
}

/// By night those of the lead authority are not there: whoever covers for them is asked as well, and answers; by day they leave it to them.
#[test]
fn whoever_covers_is_asked_by_night_and_not_by_day() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let app = &world.app;
        let area = Some("northamptonshire".to_owned());
        let kind = "emergency_duty_team";
        let duty = Agency {
            id: "edt".into(),
            name: "Emergency Duty Team".into(),
            kind: kind.into(),
            area,
            only_appears: false,
        };
        app.store().add_agency(&duty).await.unwrap();
        hire(&world, "edna", "Edna Night", kind, "edt").await;
        let relation = Relation {
            id: "night".into(),
            child_id: RILEY.into(),
            agency_id: Some("edt".into()),
            kind: "episode".into(),
            made_by: "tess".into(),
            ..Relation::default()
        };
        app.store().relate(&relation).await.unwrap();
        let (nora, edna) = (world.actor("nora").await, world.actor("edna").await);
        let told = async || app.store().notices_of("edna").await.unwrap().len();
        world.set("2026-01-06T11:00+00:00");
        relation::ask(app, &nora, RILEY, "Riley is to come to us next week", "day").await.unwrap();
        assert_eq!(told().await, 0, "by day the managers are there");
        let asked = app.store().requests_of_child(RILEY).await.unwrap().remove(0);
        let refused = relation::answer(app, &edna, RILEY, &asked.id, true, "").await;
        assert!(matches!(&refused, Err(Refused::NotAllowed(why)) if why.contains("while you cover")), "{refused:?}");
        assert!(relation::working(app, &edna, RILEY).await.unwrap().asked.iter().all(|one| !one.may_answer));
        world.set("2026-01-06T23:00+00:00");
        relation::ask(app, &nora, RILEY, "Riley stands at our door", "night").await.unwrap();
        assert_eq!(told().await, 1);
        relation::answer(app, &edna, RILEY, &asked.id, true, "").await.unwrap();
        assert!(queries::child(app, &nora, RILEY).await.is_ok());
    });
}

#[test]
fn a_glass_at_the_minute_when_access_is_granted_is_not_broken() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        stranger(&world).await;
        let (otto, tess, app) = (world.actor("otto").await, world.actor("tess").await, &world.app);
        relation::ask(app, &otto, RILEY, "Riley was found at our station", "k").await.unwrap();
        let asked = app.store().requests_of_child(RILEY).await.unwrap().remove(0);
        relation::answer(app, &tess, RILEY, &asked.id, true, "").await.unwrap();
        relation::break_glass(app, &otto, RILEY, "Riley was found at our station", "g").await.unwrap();
        assert!(app.store().requests_of_child(RILEY).await.unwrap().iter().all(|r| r.kind != "glass"));
        assert!(app.store().notices_of("olga").await.unwrap().is_empty());
    });
}

#[test]
fn who_is_barred_breaks_no_glass() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        stranger(&world).await;
        let (otto, tess, app) = (world.actor("otto").await, world.actor("tess").await, &world.app);
        let why = "A relative of the family who must not find the child";
        relation::bar(app, &tess, RILEY, relation::Whom::Person("otto"), why, "b").await.unwrap();
        let barred = relation::break_glass(app, &otto, RILEY, "Riley was found at our station", "g").await;
        let none = relation::break_glass(app, &otto, "no-such-child", "Riley was found at our station", "g").await;
        assert_eq!(format!("{barred:?}"), format!("{none:?}"));
        assert!(queries::child(app, &otto, RILEY).await.is_err());
    });
}

#[test]
fn the_barred_person_may_be_the_only_carer_on_shift() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let (tess, app) = (world.actor("tess").await, &world.app);
        for (n, id) in ["dana", "mel"].into_iter().enumerate() {
            let why = "A relative of the family who must not find the child";
            relation::bar(app, &tess, RILEY, relation::Whom::Person(id), why, &format!("b{n}")).await.unwrap();
        }
        assert!(queries::child(app, &world.actor("dana").await, RILEY).await.is_err());
        // The team still sees the child and can report.
        assert!(actions::report::start(app, &tess, RILEY).await.is_ok());
        let bars = app.store().relations_of_child(RILEY).await.unwrap();
        let bar = bars.iter().find(|r| r.person_id.as_deref() == Some("dana")).unwrap();
        relation::unbar(app, &tess, RILEY, &bar.id).await.unwrap();
        assert!(queries::child(app, &world.actor("dana").await, RILEY).await.is_ok());
    });
}
