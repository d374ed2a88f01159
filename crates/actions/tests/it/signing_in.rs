//! Signing in: right, wrong, too often, no longer.

use crate::databases::on_both;
use crate::world::{PASSWORD, World};
use actions::sign_in::{self, SignInRefused};

#[test]
fn whoever_knows_the_password_is_let_in_and_out() {
    on_both(|database| async {
        let world = World::new(database).await;
        let signed_in = sign_in::sign_in(&world.app, " Dana ", PASSWORD, "127.0.0.1").await.unwrap();
        assert_eq!(signed_in.actor.name, "Dana Holt");
        assert_eq!(signed_in.actor.role_name, "children's home staff");
        assert_eq!(signed_in.actor.agency_name, "Larkfield House");
        assert_ne!(signed_in.token, signed_in.csrf);
        assert_eq!(sign_in::who(&world.app, &signed_in.token).await.unwrap(), Some(signed_in.clone()));
        sign_in::sign_out(&world.app, &signed_in.token).await.unwrap();
        assert_eq!(sign_in::who(&world.app, &signed_in.token).await.unwrap(), None);
        for token in ["", "short", &"0".repeat(64), &"ä".repeat(32)] {
            assert_eq!(sign_in::who(&world.app, token).await.unwrap(), None);
        }
    });
}

#[test]
fn a_wrong_password_and_an_unknown_name_are_answered_alike() {
    on_both(|database| async {
        let world = World::new(database).await;
        let endless = "x".repeat(100_000);
        for (username, password) in [("dana", "wrong"), ("nobody", "wrong"), ("", ""), ("dana", ""), ("dana", &endless)]
        {
            let refused = sign_in::sign_in(&world.app, username, password, "127.0.0.1").await;
            assert_eq!(refused, Err(SignInRefused::Wrong), "{username}");
        }
        let mut dana = world.app.store().person("dana").await.unwrap().unwrap();
        let open = sign_in::sign_in(&world.app, "dana", PASSWORD, "127.0.0.1").await.unwrap();
        dana.active = false;
        world.app.store().update_person(&dana).await.unwrap();
        assert_eq!(sign_in::sign_in(&world.app, "dana", PASSWORD, "127.0.0.1").await, Err(SignInRefused::Wrong));
        assert_eq!(sign_in::who(&world.app, &open.token).await.unwrap(), None, "who has left is out at once");
    });
}

#[test]
fn guessing_is_made_slow_by_name_and_by_address() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        for attempt in 0..10 {
            let address = format!("10.0.0.{attempt}");
            assert_eq!(sign_in::sign_in(app, "dana", "wrong", &address).await, Err(SignInRefused::Wrong));
        }
        let held = sign_in::sign_in(app, "dana", PASSWORD, "10.0.0.99").await;
        assert_eq!(held, Err(SignInRefused::Throttled { minutes: 15 }), "even with the right password");
        sign_in::sign_in(app, "owen", PASSWORD, "10.0.0.99").await.expect("others are not held up");
        world.pass(16);
        sign_in::sign_in(app, "dana", PASSWORD, "10.0.0.99").await.expect("after a while it may be tried again");
        for attempt in 0..100 {
            let username = format!("guess{attempt}");
            app.store().note_attempt(&username, "10.9.9.9", world.app.now().0 * 1_000_000).await.unwrap();
        }
        let held = sign_in::sign_in(app, "mel", PASSWORD, "10.9.9.9").await;
        assert_eq!(held, Err(SignInRefused::Throttled { minutes: 15 }));
        sign_in::sign_in(app, "mel", PASSWORD, "10.9.9.8").await.expect("from elsewhere");
    });
}

#[test]
fn a_session_ends_when_nobody_uses_it_and_after_a_day() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let idle = sign_in::sign_in(app, "dana", PASSWORD, "a").await.unwrap();
        let busy = sign_in::sign_in(app, "owen", PASSWORD, "a").await.unwrap();
        for _ in 0..12 {
            world.pass(60);
            assert!(sign_in::who(app, &busy.token).await.unwrap().is_some());
        }
        world.pass(1);
        assert!(sign_in::who(app, &idle.token).await.unwrap().is_none(), "twelve hours without a page");
        for _ in 0..11 {
            world.pass(60);
            assert!(sign_in::who(app, &busy.token).await.unwrap().is_some());
        }
        world.pass(60);
        assert!(sign_in::who(app, &busy.token).await.unwrap().is_none(), "a day is the longest");
    });
}
