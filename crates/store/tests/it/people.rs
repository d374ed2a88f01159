//! People, sessions, failed sign-ins, drafts, and clearing away.

use crate::builders::{MINUTE, NOW, add, derived, populate};
use crate::databases::on_both;
use store::{Ceremony, Door, Draft, Kept, Person, Post, Session, StoreError};

fn session(token: &str, person: &str) -> Session {
    Session {
        token: token.into(),
        person: person.into(),
        csrf: "csrf".into(),
        created_us: NOW,
        seen_us: NOW,
        expires_us: NOW + 60 * MINUTE,
        id: token.replace("token", "name"),
        how: "password".into(),
        confirmed_us: NOW,
        ..Session::default()
    }
}

#[test]
fn people_sign_in_by_a_username_of_their_own() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let dana = store.person_by_username(" Dana@HOME ").await.unwrap().unwrap();
        assert_eq!(
            (dana.id.as_str(), dana.role.as_str(), dana.active, dana.relation_to_all),
            ("dana", "carer", true, false)
        );
        assert_eq!(store.person("dana").await.unwrap(), Some(dana.clone()));
        assert_eq!(store.people_of_agency("home").await.unwrap(), std::slice::from_ref(&dana));
        assert_eq!(store.people().await.unwrap().len(), 2);
        assert_eq!(store.agencies().await.unwrap().len(), 2);
        assert!(store.person_by_username("nobody").await.unwrap().is_none());
        let twin = Person { id: "twin".into(), username: "DANA@home".into(), ..dana.clone() };
        assert!(matches!(store.add_person(&twin).await, Err(StoreError::Taken(_))));
        let stray = Person { id: "stray".into(), username: "stray".into(), agency: "nowhere".into(), ..dana };
        assert!(matches!(store.add_person(&stray).await, Err(StoreError::Refused(_))));
    });
}

#[test]
fn a_session_holds_until_it_ends() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let one = session("token-one", "dana");
        store.session_put(&one).await.unwrap();
        store.session_put(&session("token-two", "dana")).await.unwrap();
        assert_eq!(store.session_get("token-one").await.unwrap(), Some(one));
        assert_eq!(store.session_get("token-three").await.unwrap(), None);
        assert_eq!(store.person("dana").await.unwrap().unwrap().used_us, Some(NOW), "the account was used");
        store.session_touch("token-one", NOW + MINUTE).await.unwrap();
        store.session_touch("token-one", NOW).await.unwrap();
        let touched = store.session_get("token-one").await.unwrap().unwrap();
        assert_eq!(
            (touched.seen_us, touched.expires_us),
            (NOW + MINUTE, NOW + 60 * MINUTE),
            "never back, never longer"
        );
        store.session_lock("token-one", NOW + 2 * MINUTE).await.unwrap();
        assert_eq!(store.session_get("token-one").await.unwrap().unwrap().locked_us, Some(NOW + 2 * MINUTE));
        store.session_confirm("token-one", "passkey", NOW + 3 * MINUTE).await.unwrap();
        let open = store.session_get("token-one").await.unwrap().unwrap();
        assert_eq!((open.locked_us, open.confirmed_us, open.how.as_str()), (None, NOW + 3 * MINUTE, "passkey"));
        assert_eq!(store.sessions_of("dana", NOW).await.unwrap().len(), 2);
        assert_eq!(store.sessions_of("dana", NOW + 60 * MINUTE).await.unwrap().len(), 0);
        assert!(!store.session_end("amir", "name-one").await.unwrap(), "nobody ends another's session");
        store.session_delete("token-one").await.unwrap();
        assert_eq!(store.session_get("token-one").await.unwrap(), None);
        assert!(store.session_get("token-two").await.unwrap().is_some());
        store.session_put(&session("token-three", "dana")).await.unwrap();
        store.sessions_end("dana", "name-two").await.unwrap();
        assert_eq!(store.session_get("token-three").await.unwrap(), None);

        // A new role keeps them signed in; a new password, or leaving, does not.
        let mut dana = store.person("dana").await.unwrap().unwrap();
        dana.role = "home_manager".into();
        assert!(store.update_person(&dana).await.unwrap());
        assert!(store.session_get("token-two").await.unwrap().is_some());
        dana.active = false;
        assert!(store.update_person(&dana).await.unwrap());
        assert!(store.session_get("token-two").await.unwrap().is_none());
        assert_eq!(store.person("dana").await.unwrap(), Some(dana.clone()));
        assert!(
            !store.update_person(&Person { id: "nobody".into(), username: "nobody".into(), ..dana }).await.unwrap()
        );

        let path = database.url().strip_prefix("sqlite:");
        let file =
            path.map(|path| [std::fs::read(path).unwrap(), std::fs::read(format!("{path}-wal")).unwrap()].concat());
        assert!(!file.is_some_and(|bytes| bytes.windows(9).any(|w| w == b"token-two")), "the token is in the file");
    });
}

#[test]
fn guesses_are_counted_exactly_and_wait_longer_each_time() {
    on_both(|database| async move {
        let store = database.open().await;
        let other = database.open().await;
        let keys = [("pair".to_owned(), 5), ("account".to_owned(), 100)];
        // Sixty at once, from two servers.
        let tries = (0..60).map(|n| {
            let (store, keys) = (if n % 2 == 0 { store.clone() } else { other.clone() }, keys.clone());
            tokio::spawn(async move { store.throttle_take(&keys, NOW).await.is_ok() })
        });
        let mut let_through = 0;
        for one in tries.collect::<Vec<_>>() {
            let_through += i32::from(one.await.unwrap());
        }
        assert_eq!(let_through, 5, "exactly so many as are free");
        let mut at = NOW;
        for minutes in [1, 2, 4, 8, 15, 15] {
            let early = store.throttle_take(&keys, at + minutes * MINUTE - 1).await;
            assert!(matches!(early, Err(StoreError::Wait(1))), "{early:?}");
            at += minutes * MINUTE;
            store.throttle_take(&keys, at).await.unwrap();
        }
        // What was refused by one key was counted by none: 5 and 6 of the account's hundred are gone.
        for _ in 0..89 {
            store.throttle_take(&[("account".into(), 100)], at).await.unwrap();
        }
        assert!(store.throttle_take(&[("account".into(), 100)], at).await.is_err());
        store.throttle_return(&["account".into()], &["pair".into()]).await.unwrap();
        store.throttle_take(&[("pair".into(), 5)], at).await.unwrap();
        store.throttle_take(&[("account".into(), 100)], at).await.unwrap();
        // After an hour without a guess it begins anew.
        store.throttle_take(&[("account".into(), 100)], at + 61 * MINUTE).await.unwrap();
        store.throttle_take(&[("account".into(), 100)], at + 61 * MINUTE).await.unwrap();
    });
}

#[test]
fn a_link_opens_once_and_what_is_half_way_is_taken_once() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let door = |person: Option<&str>| Door {
            kind: "invitation".into(),
            person: person.map(Into::into),
            made_us: NOW,
            expires_us: NOW + 10 * MINUTE,
            used_us: None,
        };
        store.door_put("first", &door(Some("dana"))).await.unwrap();
        store.door_put("second", &door(Some("dana"))).await.unwrap();
        store.door_put("other", &door(Some("amir"))).await.unwrap();
        assert!(store.door_get("first").await.unwrap().is_none(), "an older link opens no more");
        assert!(!store.door_use("second", NOW + 10 * MINUTE).await.unwrap(), "too late");
        let tries = (0..8).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.door_use("second", NOW).await.unwrap() })
        });
        let mut through = 0;
        for one in tries.collect::<Vec<_>>() {
            through += i32::from(one.await.unwrap());
        }
        assert_eq!(through, 1);
        assert!(store.door_use("other", NOW).await.unwrap());

        let half = Ceremony {
            id: "h".into(),
            kind: "code".into(),
            person: Some("dana".into()),
            body: String::new(),
            expires_us: NOW + 1,
        };
        store.ceremony_put(&half).await.unwrap();
        assert_eq!(store.ceremony_take("h", "passkey", NOW).await.unwrap(), None);
        assert_eq!(store.ceremony_take("h", "code", NOW + 1).await.unwrap(), None);
        assert_eq!(store.ceremony_take("h", "code", NOW).await.unwrap(), Some(half));
        assert_eq!(store.ceremony_take("h", "code", NOW).await.unwrap(), None);
    });
}

#[test]
fn of_two_administrators_who_go_at_once_one_stays() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        for person in ["dana", "amir"] {
            let post = Post {
                id: format!("keeps-{person}"),
                person: person.into(),
                role: "keeper".into(),
                agency: "home".into(),
                kind: "own".into(),
                source: "kept".into(),
                ..Post::default()
            };
            store.post_put(&post).await.unwrap();
        }
        let second = database.open().await;
        let one = tokio::spawn(async move { second.set_active("dana", false, "keeper", NOW).await });
        let other = store.set_active("amir", false, "keeper", NOW).await;
        let one = one.await.unwrap();
        assert_eq!(i32::from(one.is_ok()) + i32::from(other.is_ok()), 1, "{one:?} {other:?}");
        let refused = [one, other].into_iter().find(Result::is_err).unwrap();
        assert!(matches!(refused, Err(StoreError::LastAdministrator)), "{refused:?}");
        let active = store.people().await.unwrap().iter().filter(|p| p.active).count();
        assert_eq!(active, 1);
    });
}

#[test]
fn of_two_who_change_one_post_the_second_is_told() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let held = store.posts_of("dana").await.unwrap().remove(0);
        assert_eq!(
            (held.post.role.as_str(), held.agency_name.as_str(), held.post.until_us),
            ("carer", "The home", None)
        );
        let changed = Post { until_us: Some(NOW), ..held.post.clone() };
        store.post_change(&changed, "keeper", NOW).await.unwrap();
        let late = Post { until_us: Some(NOW + 1), ..held.post };
        let told = store.post_change(&late, "keeper", NOW).await;
        assert!(matches!(told, Err(StoreError::Stale { current_version: 2 })), "{told:?}");
        assert!(!store.posts_of("dana").await.unwrap()[0].post.holds_at(NOW));
    });
}

#[test]
fn drafts_belong_to_their_person() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let draft = Draft {
            id: "d".into(),
            kind: "report".into(),
            body: "{}".into(),
            updated_us: NOW,
            person_id: "dana".into(),
            ..Draft::default()
        };
        store.draft_put("dana", &draft).await.unwrap();
        let further = Draft {
            child_id: Some("c1".into()),
            body: "He said: \"'\" 🙂".into(),
            updated_us: NOW + 1,
            ..draft.clone()
        };
        store.draft_put("dana", &further).await.unwrap();
        store.draft_put("amir", &draft).await.unwrap();
        store.draft_put("dana", &Draft { id: "older".into(), ..draft.clone() }).await.unwrap();
        assert_eq!(store.draft_get("dana", "d").await.unwrap(), Some(further));
        let his = Draft { person_id: "amir".into(), ..draft };
        assert_eq!(store.draft_get("amir", "d").await.unwrap(), Some(his));
        let ids: Vec<_> = store.drafts_of("dana").await.unwrap().into_iter().map(|d| d.id).collect();
        assert_eq!(ids, ["d", "older"]);
        store.draft_delete("dana", "d").await.unwrap();
        assert!(store.draft_get("dana", "d").await.unwrap().is_none());
        assert!(store.draft_get("amir", "d").await.unwrap().is_some());
    });
}

#[test]
fn a_sweep_takes_only_what_is_over() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let added = add(&store, &derived("c1")).await;
        let written =
            store.append("c1", added.version, &[crate::builders::entry("x")], &derived("c1"), "k").await.unwrap();
        store.session_put(&session("over", "dana")).await.unwrap();
        let keys = [("pair".to_owned(), 1)];
        store.throttle_take(&keys, NOW).await.unwrap();
        let kept = Kept {
            id: "kept".into(),
            person: "dana".into(),
            path: "/x".into(),
            body: "a=b".into(),
            at_us: NOW,
            ..Kept::default()
        };
        store.kept_put(&kept).await.unwrap();
        // What was refused is given back on its page alone, the last of each page, and for an hour.
        let refused = |id: &str| Kept { id: id.into(), session: "s".into(), page: "/page".into(), ..kept.clone() };
        store.kept_put(&refused("r1")).await.unwrap();
        store.kept_put(&refused("r2")).await.unwrap();
        assert_eq!(store.kept_in("s").await.unwrap(), [refused("r2")]);
        store.sweep(NOW + 61 * MINUTE).await.unwrap();
        assert!(store.kept_in("s").await.unwrap().is_empty());
        let day = 24 * 60 * MINUTE;
        // Whose a session was stays known for a day after its end, for a form that is sent afterwards.
        store.sweep(NOW + 60 * MINUTE + day - 1).await.unwrap();
        assert!(store.session_get("over").await.unwrap().is_some());
        store.sweep(NOW + 60 * MINUTE + day).await.unwrap();
        assert!(store.session_get("over").await.unwrap().is_none());
        assert!(store.outcome_of("k").await.unwrap().is_some());
        assert_eq!(store.kept_of("dana").await.unwrap(), [kept]);
        assert!(store.kept_of("amir").await.unwrap().is_empty());
        store.sweep(NOW + 40 * day).await.unwrap();
        assert!(store.kept_of("dana").await.unwrap().is_empty());
        assert_eq!(store.outcome_of("k").await.unwrap(), None);
        // The record does not depend on the key any more: the version refuses the old form.
        let late = store.append("c1", added.version, &[crate::builders::entry("x")], &derived("c1"), "k").await;
        assert!(matches!(late, Err(StoreError::Stale { current_version }) if current_version == written.version));
    });
}
