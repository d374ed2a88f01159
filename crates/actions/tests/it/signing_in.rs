//! Signing in: right, wrong, too often, no longer.

use crate::databases::on_both;
use crate::world::{PASSWORD, RILEY, World};
use actions::keeping::By;
use actions::session::{self, Who};
use actions::sign_in::{self, Knock, SignInRefused};
use actions::{Doors, Refused, passkey, person, post, queries, totp};

#[test]
fn whoever_knows_the_password_is_let_in_and_out() {
    on_both(|database| async {
        let world = World::new(database).await;
        let signed_in = sign_in::sign_in(&world.app, " Dana ", PASSWORD, "127.0.0.1").await.unwrap();
        assert_eq!(signed_in.actor.name, "Dana Holt");
        assert_eq!(signed_in.actor.role_name, "children's home staff");
        assert_eq!(signed_in.actor.agency_name, "Larkfield House");
        assert_ne!(signed_in.token, signed_in.csrf);
        let who = sign_in::who(&world.app, &signed_in.token).await.unwrap();
        assert_eq!(who.map(|who| who.actor), Some(signed_in.actor.clone()));
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

/// What somebody says at the door, from an address and perhaps a browser that is known.
fn knock<'a>(username: &'a str, password: &'a str, address: &'a str, device: Option<&'a str>) -> Knock<'a> {
    Knock { username, password, address, device, browser: "Chrome, Windows" }
}

#[test]
fn guesses_from_one_place_wait_longer_each_time_and_hold_up_nobody_else() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        for _ in 0..5 {
            assert_eq!(sign_in::sign_in(app, "dana", "wrong", "10.0.0.1").await, Err(SignInRefused::Wrong));
        }
        let held = sign_in::sign_in(app, "Dana", PASSWORD, "10.0.0.1").await;
        assert_eq!(held, Err(SignInRefused::Throttled { minutes: 1 }), "even with the right password");
        sign_in::sign_in(app, "dana", PASSWORD, "10.0.0.2").await.expect("from elsewhere she is let in");
        sign_in::sign_in(app, "owen", PASSWORD, "10.0.0.1").await.expect("others are not held up");
        world.pass(1);
        assert_eq!(sign_in::sign_in(app, "dana", "wrong", "10.0.0.1").await, Err(SignInRefused::Wrong));
        world.pass(1);
        let held = sign_in::sign_in(app, "dana", PASSWORD, "10.0.0.1").await;
        assert_eq!(held, Err(SignInRefused::Throttled { minutes: 1 }), "two minutes, of which one has passed");
        world.pass(1);
        sign_in::sign_in(app, "dana", PASSWORD, "10.0.0.1").await.expect("after a while it may be tried again");
    });
}

#[test]
fn of_sixty_guesses_at_once_exactly_as_many_as_are_free_are_looked_at() {
    on_both(|database| async {
        let world = World::new(database).await;
        let other = world.second_server().await;
        let guesses = (0..60).map(|n| {
            let app = if n % 2 == 0 { world.app.clone() } else { other.clone() };
            tokio::spawn(async move { sign_in::sign_in(&app, "dana", &format!("guess {n}"), "10.0.0.1").await })
        });
        let mut wrong = 0;
        for guess in guesses.collect::<Vec<_>>() {
            match guess.await.unwrap() {
                Err(SignInRefused::Wrong) => wrong += 1,
                Err(SignInRefused::Throttled { .. }) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(wrong, 5);
    });
}

#[test]
fn one_password_tried_on_a_thousand_names_from_everywhere_is_stopped() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let known = sign_in::enter(app, &knock("owen", PASSWORD, "10.1.1.1", None)).await.unwrap().device.unwrap();
        let mut looked_at = 0;
        for n in 0..1000 {
            // Each from another address, and for another name.
            let (name, address) = (format!("name{n}"), format!("10.{}.{}.9", n / 250, n % 250));
            match sign_in::sign_in(app, &name, "Autumn-2025!", &address).await {
                Err(SignInRefused::Wrong) => looked_at += 1,
                Err(SignInRefused::Throttled { .. }) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(looked_at, 60);
        sign_in::sign_in(app, "dana", PASSWORD, "10.0.0.9").await.expect("another password is not held up");
        // Whoever has that very password, at a browser that is known, is let in.
        let hash = sign_in::hash("Autumn-2025!", b"sixteen bytes ok").unwrap();
        app.store().password_set("owen", &hash).await.unwrap();
        let elsewhere = sign_in::enter(app, &knock("owen", "Autumn-2025!", "10.3.3.3", None)).await;
        assert!(matches!(elsewhere, Err(SignInRefused::Throttled { .. })), "{elsewhere:?}");
        sign_in::enter(app, &knock("owen", "Autumn-2025!", "10.3.3.3", Some(&known))).await.expect("a known browser");
    });
}

#[test]
fn no_stranger_locks_anybody_out() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let known = sign_in::enter(app, &knock("dana", PASSWORD, "10.0.0.1", None)).await.unwrap().device.unwrap();
        let mut refused = 0;
        for n in 0..130 {
            let tried = sign_in::sign_in(app, "dana", &format!("guess {n}"), &format!("10.9.{n}.1")).await;
            refused += i32::from(matches!(tried, Err(SignInRefused::Throttled { .. })));
        }
        assert_eq!(refused, 30, "a hundred guesses of one account an hour, from wherever");
        sign_in::enter(app, &knock("dana", PASSWORD, "10.0.0.1", Some(&known))).await.expect("her own browser");
        let stolen = sign_in::enter(app, &knock("dana", PASSWORD, "10.0.0.7", Some(&"0".repeat(64)))).await;
        assert!(matches!(stolen, Err(SignInRefused::Throttled { .. })), "nobody makes up a known browser");
        // And a known browser does not let its finder guess for ever.
        let mut looked_at = 0;
        for n in 0..30 {
            let tried = sign_in::enter(app, &knock("dana", &format!("no {n}"), "10.0.0.1", Some(&known))).await;
            looked_at += i32::from(tried == Err(SignInRefused::Wrong));
        }
        assert_eq!(looked_at, 10);
    });
}

#[test]
fn a_session_is_locked_when_nobody_does_anything_and_ends_after_a_shift() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let idle = sign_in::sign_in(app, "dana", PASSWORD, "a").await.unwrap();
        let busy = sign_in::sign_in(app, "owen", PASSWORD, "a").await.unwrap();
        world.pass(14);
        // A page that keeps itself fresh is nobody's doing.
        assert!(matches!(session::who(app, &idle.token, false).await.unwrap(), Who::Open(_)));
        assert!(matches!(session::who(app, &busy.token, true).await.unwrap(), Who::Open(_)));
        world.pass(1);
        let Who::Locked { person, .. } = session::who(app, &idle.token, true).await.unwrap() else {
            panic!("not locked")
        };
        assert_eq!(person, "dana");
        world.pass(30);
        assert!(
            matches!(session::who(app, &idle.token, true).await.unwrap(), Who::Locked { .. }),
            "asking opens nothing"
        );
        let busy = sign_in::sign_in(app, "owen", PASSWORD, "a").await.unwrap();
        for _ in 0..71 {
            world.pass(10);
            assert!(matches!(session::who(app, &busy.token, true).await.unwrap(), Who::Open(_)));
        }
        world.pass(10);
        assert!(
            matches!(session::who(app, &busy.token, true).await.unwrap(), Who::Over { .. }),
            "twelve hours is the longest"
        );
    });
}

#[test]
fn an_account_that_nobody_used_is_locked_until_somebody_lets_its_person_in() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        sign_in::sign_in(app, "dana", PASSWORD, "a").await.unwrap();
        world.pass(60 * 24 * 60);
        sign_in::sign_in(app, "dana", PASSWORD, "a").await.expect("on the sixtieth day");
        world.pass(60 * 24 * 60 + 1);
        assert_eq!(sign_in::sign_in(app, "dana", "wrong", "a").await, Err(SignInRefused::Wrong), "nobody learns of it");
        assert_eq!(sign_in::sign_in(app, "dana", PASSWORD, "a").await, Err(SignInRefused::Unused));
        person::let_in(app, By::Operator, "dana").await.unwrap();
        sign_in::sign_in(app, "dana", PASSWORD, "a").await.expect("let in again");
    });
}

#[test]
fn a_code_is_taken_once_and_a_phone_whose_clock_is_off_is_told_so() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let dana = sign_in::sign_in(app, "dana", PASSWORD, "a").await.unwrap();
        let beginning = totp::begin(app, &dana).await.unwrap();
        assert_eq!(totp::begin(app, &dana).await.unwrap(), beginning, "the same until the app has shown a code");
        assert!(sign_in::sign_in(app, "dana", PASSWORD, "a").await.is_ok(), "no code is asked for before");
        let code = |minutes: i64| totp::shown(&beginning.secret, world.app.now().plus_minutes(minutes)).unwrap();
        assert!(matches!(totp::finish(app, &dana, "000000").await, Err(Refused::Invalid(_))));
        totp::finish(app, &dana, &code(0)).await.unwrap();
        let half = async || match sign_in::sign_in(app, "dana", PASSWORD, "a").await {
            Err(SignInRefused::Code(half)) => half,
            other => panic!("{other:?}"),
        };
        let say = async |half: &str, code: &str| sign_in::with_code(app, half, code, &knock("", "", "a", None)).await;
        let one = half().await;
        assert_eq!(say(&one, &code(0)).await, Err(SignInRefused::WrongCode), "it was shown before");
        world.pass(1);
        for (minutes, slow) in [(-2, true), (2, false)] {
            let told = say(&one, &code(minutes)).await;
            assert_eq!(told, Err(SignInRefused::ClockOff { minutes: 2, slow }));
            assert!(totp::words(&told.unwrap_err()).contains("about 2 minutes"));
        }
        assert_eq!(say(&one, "12345").await, Err(SignInRefused::WrongCode));
        let signed_in = say(&one, &code(0)).await.unwrap();
        assert_eq!(signed_in.how, session::How::PasswordAndCode);
        world.pass(1);
        assert_eq!(say(&one, &code(0)).await, Err(SignInRefused::TooLate), "a sign-in is ended once");
        // Guessing codes is held up.
        let two = half().await;
        let mut tried = Vec::new();
        for n in 0..8 {
            tried.push(say(&two, &format!("{n:06}")).await);
        }
        assert!(matches!(tried[7], Err(SignInRefused::Throttled { .. })), "{:?}", tried[7]);
    });
}

#[test]
fn where_two_factors_are_asked_for_a_password_alone_opens_nothing() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = world.app.clone().with_doors(Doors::at("http://localhost:8080", true).unwrap());
        let dana = sign_in::sign_in(&app, "dana", PASSWORD, "a").await.unwrap();
        assert!(dana.must_set_up);
        let hash = sign_in::hash(sign_in::DEMONSTRATION, b"sixteen bytes ok").unwrap();
        app.store().password_set("owen", &hash).await.unwrap();
        let made_up = sign_in::sign_in(&app, "owen", sign_in::DEMONSTRATION, "a").await;
        assert_eq!(made_up, Err(SignInRefused::Wrong), "the demonstration's password opens nothing here");
        sign_in::sign_in(&world.app, "owen", sign_in::DEMONSTRATION, "b").await.expect("in a demonstration it does");
        let passkey = store::Passkey {
            id: "aa".into(),
            person: "dana".into(),
            name: "phone".into(),
            ..store::Passkey::default()
        };
        app.store().passkey_put(&passkey).await.unwrap();
        assert_eq!(sign_in::sign_in(&app, "dana", PASSWORD, "a").await, Err(SignInRefused::PasskeyFirst));
        assert!(
            matches!(passkey::remove(&app, &dana, "aa").await, Err(Refused::NotAllowed(_))),
            "the only way in stays"
        );
    });
}

#[test]
fn what_was_typed_goes_back_to_its_own_person_only() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        session::keep(app, "dana", "/children/riley/record/search.made", "f-note=the+attic").await.unwrap();
        assert!(session::give_back(app, "mel").await.unwrap().is_empty());
        let kept = session::give_back(app, "dana").await.unwrap();
        assert_eq!(kept[0].body, "f-note=the+attic");
        session::throw_away(app, "mel", &kept[0].id).await.unwrap();
        assert_eq!(session::give_back(app, "dana").await.unwrap().len(), 1, "nobody throws away another's words");
        session::throw_away(app, "dana", &kept[0].id).await.unwrap();
        assert!(session::give_back(app, "dana").await.unwrap().is_empty());
    });
}

#[test]
fn whoever_holds_no_post_or_a_role_that_nobody_knows_sees_nothing() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let held = app.store().posts_of("dana").await.unwrap().remove(0);
        post::end(app, By::Operator, &held.post.id, held.post.version).await.unwrap();
        let dana = world.actor("dana").await;
        assert_eq!((dana.role.as_str(), dana.sees_children), ("", false));
        let strange =
            store::Post { id: "s".into(), role: "wizard".into(), ..store::Post { until_us: None, ..held.post } };
        app.store().post_put(&strange).await.unwrap();
        let dana = world.actor("dana").await;
        assert!(!dana.sees_children);
        assert!(matches!(queries::board(app, &dana, 1).await, Err(Refused::NotAllowed(_))));
        assert!(matches!(queries::child(app, &dana, RILEY).await, Err(Refused::NotAllowed(_))));
        let wanted = post::NewPost {
            role: "wizard".into(),
            agency: "larkfield".into(),
            kind: "own".into(),
            ..post::NewPost::default()
        };
        let refused = post::add(app, By::Operator, "dana", &wanted, "").await;
        assert!(matches!(refused, Err(Refused::Invalid(problems)) if problems[0].message.contains("no role `wizard`")));
    });
}

#[test]
fn whoever_is_asked_to_come_back_in_a_rush_is_not_held_up_for_having_tried() {
    on_both(|database| async {
        let world = World::new(database).await;
        let tries: Vec<_> = (0..90)
            .map(|n| {
                let app = world.app.clone();
                let (name, word, place) = (format!("name{n}"), format!("word {n}"), format!("10.1.0.{n}"));
                tokio::spawn(async move { (sign_in::sign_in(&app, &name, &word, &place).await, name, place) })
            })
            .collect();
        let mut turned_away = Vec::new();
        for tried in tries {
            let (said, name, place) = tried.await.unwrap();
            match said {
                Err(SignInRefused::Busy) => turned_away.push((name, place)),
                other => assert_eq!(other, Err(SignInRefused::Wrong)),
            }
        }
        let (name, place) = turned_away.first().expect("ninety are more than may wait");
        for _ in 0..5 {
            assert_eq!(sign_in::sign_in(&world.app, name, "wrong", place).await, Err(SignInRefused::Wrong));
        }
        let sixth = sign_in::sign_in(&world.app, name, "wrong", place).await;
        assert_eq!(sixth, Err(SignInRefused::Throttled { minutes: 1 }), "guesses are counted all the same");
    });
}
