//! The seam: each person sees the children of their agency, who runs the system sees none, and every reading is on the log.

use crate::databases::on_both;
use crate::world::{RILEY, World};
use actions::queries::Asked;
use actions::{Actor, Answers, Refused, alert, child, entry, photograph, queries, report};

/// Everything that can be asked of one child, and whether it was refused.
async fn refusals(world: &World, actor: &Actor, episode: &str) -> Vec<(&'static str, Option<Refused>)> {
    let (app, asked) = (&world.app, Asked::default());
    let form = world.form("search.made", &[]);
    let version = world.version(RILEY).await;
    vec![
        ("child", queries::child(app, actor, RILEY).await.err()),
        ("episode", queries::episode(app, actor, RILEY, episode).await.err()),
        ("why", queries::why(app, actor, RILEY, &"northamptonshire~x~-~1".parse().unwrap()).await.err()),
        ("form", queries::event_form(app, actor, RILEY, "search.made", &asked).await.err()),
        ("correct form", queries::correct_form(app, actor, RILEY, episode, &asked).await.err()),
        ("record", entry::record(app, actor, RILEY, version, &form, "k1").await.err()),
        ("correct", entry::correct(app, actor, RILEY, version, episode, &form, "k2").await.err()),
        ("withdraw", entry::withdraw(app, actor, RILEY, version, episode, ("other", "why"), "k3").await.err()),
        ("photographs", queries::photograph_form(app, actor, RILEY).await.err()),
        ("photograph", queries::photograph(app, actor, RILEY, "0").await.err()),
        ("picture", photograph::picture(app, actor, RILEY, "0").await.err()),
        ("portrait", photograph::portrait(app, actor, RILEY, "0").await.err()),
        ("put", photograph::put(app, actor, RILEY, Some(Vec::new())).await.err()),
        ("report", report::start(app, actor, RILEY).await.err()),
    ]
}

#[test]
fn a_child_of_another_agency_is_as_if_there_were_none() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        let nora = world.actor("nora").await;
        let before = world.version(RILEY).await;
        for (what, refused) in refusals(&world, &nora, &gone.entry).await {
            let Some(Refused::NotAllowed(words)) = refused else { panic!("{what}: {refused:?}") };
            assert_eq!(words, "There is no such child among those that your agency works with.", "{what}");
        }
        let none = queries::child(&world.app, &nora, "no-such-child").await;
        assert_eq!(
            none.err(),
            queries::child(&world.app, &nora, RILEY).await.err(),
            "nobody learns that there is such a child"
        );
        assert!(queries::board(&world.app, &nora, 1).await.unwrap().lines.is_empty());
        assert!(queries::search(&world.app, &nora, &"Riley Marsh".into()).await.unwrap().rows.is_empty());
        assert!(queries::home(&world.app, &nora).await.unwrap().lists.is_empty());
        assert_eq!(world.version(RILEY).await, before);
        assert!(
            world
                .app
                .store()
                .looks_at_child(RILEY, 100)
                .await
                .unwrap()
                .iter()
                .all(|a| a.person_id != "nora" || a.what == "refused")
        );
    });
}

#[test]
fn who_runs_the_system_never_sees_a_child() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        let root = world.actor("root").await;
        assert!(!root.sees_children);
        for (what, refused) in refusals(&world, &root, &gone.entry).await {
            assert!(matches!(refused, Some(Refused::NotAllowed(_))), "{what}: {refused:?}");
        }
        let (app, answers) = (&world.app, Answers::default());
        assert!(matches!(queries::board(app, &root, 1).await, Err(Refused::NotAllowed(_))));
        assert!(matches!(queries::search(app, &root, &"Riley Marsh".into()).await, Err(Refused::NotAllowed(_))));
        assert!(matches!(queries::alerts(app, &root, 1).await, Err(Refused::NotAllowed(_))));
        assert!(matches!(alert::acknowledge(app, &root, "1").await, Err(Refused::NotAllowed(_))));
        assert!(matches!(child::create(app, &root, &answers, &[], "k").await, Err(Refused::NotAllowed(_))));
        assert!(matches!(report::start_page(app, &root, &"".into()).await, Err(Refused::NotAllowed(_))));
        let home = queries::home(app, &root).await.unwrap();
        assert!(home.lists.is_empty() && home.missing_now.is_empty() && home.next.is_none());
        assert_eq!(home.viewer.role_name, "system administrator");
    });
}

#[test]
fn every_reading_of_a_record_is_on_the_log() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        let owen = world.actor("owen").await;
        let app = &world.app;
        queries::child(app, &owen, RILEY).await.unwrap();
        let page = queries::episode(app, &owen, RILEY, &gone.entry).await.unwrap();
        let key = &page.mine[0].key;
        queries::why(app, &owen, RILEY, key).await.unwrap();
        queries::event_form(app, &owen, RILEY, "search.made", &Asked::default()).await.unwrap();
        queries::board(app, &owen, 1).await.unwrap();
        queries::board(app, &owen, 1).await.unwrap();
        queries::search(app, &owen, &"ril mar".into()).await.unwrap();
        queries::home(app, &owen).await.unwrap();
        let seen = async || {
            let log = app.store().looks_at_child(RILEY, 100).await.unwrap();
            let mut seen: Vec<String> = log.into_iter().filter(|a| a.person_id == "owen").map(|a| a.what).collect();
            seen.reverse();
            seen
        };
        assert_eq!(seen().await, ["child", "episode", "why", "form", "board", "search", "home"]);
        world.pass(16);
        queries::board(app, &owen, 1).await.unwrap();
        assert_eq!(seen().await.last().unwrap(), "board", "after a quarter of an hour it is another reading");
        assert_eq!(seen().await.len(), 8);
    });
}

#[test]
fn sign_ins_and_refusals_are_on_the_log() {
    on_both(|database| async {
        let world = World::new(database).await;
        let nora = world.actor("nora").await;
        assert!(queries::child(&world.app, &nora, RILEY).await.is_err());
        let wrong = actions::sign_in::sign_in(&world.app, "nora", "not the password", "127.0.0.1").await;
        assert!(wrong.is_err());
        let log = world.app.store().looks_of(&(1..100).collect::<Vec<_>>()).await.unwrap();
        let of = |what: &str| log.iter().filter(|l| l.what == what && l.person_id == "nora").collect::<Vec<_>>();
        let signed_in = of("sign-in");
        assert!(!signed_in.is_empty() && signed_in[0].post == "home_staff" && signed_in[0].session.len() == 16);
        assert_eq!(of("sign-in failed").len(), 1);
        let refused = of("refused");
        assert!(refused.iter().any(|l| l.child_id.as_deref() == Some(RILEY) && l.purpose == "see"));
        assert_eq!(signed_in[0].session, refused[0].session, "the session is told");
        assert!(world.app.store().verify_looks().await.unwrap().is_empty());
    });
}
