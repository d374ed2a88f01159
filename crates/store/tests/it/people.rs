//! People, sessions, failed sign-ins, drafts, the access log, and clearing away.

use crate::builders::{MINUTE, NOW, add, derived, populate};
use crate::databases::on_both;
use store::{Draft, Person, Session, StoreError};

fn session(token: &str, person: &str) -> Session {
    Session {
        token: token.into(),
        person: person.into(),
        csrf: "csrf".into(),
        created_us: NOW,
        seen_us: NOW,
        expires_us: NOW + 60 * MINUTE,
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
        assert_eq!(store.session_get("token-one", NOW).await.unwrap(), Some(one));
        assert_eq!(store.session_get("token-three", NOW).await.unwrap(), None);
        assert_eq!(store.session_get("token-one", NOW + 60 * MINUTE).await.unwrap(), None);
        store.session_touch("token-one", NOW + MINUTE, NOW + 90 * MINUTE).await.unwrap();
        let touched = store.session_get("token-one", NOW + 60 * MINUTE).await.unwrap().unwrap();
        assert_eq!((touched.seen_us, touched.expires_us), (NOW + MINUTE, NOW + 90 * MINUTE));
        store.session_delete("token-one").await.unwrap();
        assert_eq!(store.session_get("token-one", NOW).await.unwrap(), None);
        assert!(store.session_get("token-two", NOW).await.unwrap().is_some());

        // A new role keeps them signed in; a new password, or leaving, does not.
        let mut dana = store.person("dana").await.unwrap().unwrap();
        dana.role = "home_manager".into();
        assert!(store.update_person(&dana).await.unwrap());
        assert!(store.session_get("token-two", NOW).await.unwrap().is_some());
        dana.active = false;
        assert!(store.update_person(&dana).await.unwrap());
        assert!(store.session_get("token-two", NOW).await.unwrap().is_none());
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
fn failed_sign_ins_are_counted() {
    on_both(|database| async move {
        let store = database.open().await;
        for minute in 0..4 {
            store.note_attempt("Dana ", "10.0.0.1", NOW + minute * MINUTE).await.unwrap();
        }
        store.note_attempt("amir", "10.0.0.1", NOW).await.unwrap();
        assert_eq!(store.attempts("dana", NOW).await.unwrap(), 4);
        assert_eq!(store.attempts("dana", NOW + 2 * MINUTE).await.unwrap(), 2);
        assert_eq!(store.attempts_from("10.0.0.1", NOW).await.unwrap(), 5);
        store.forget_attempts("DANA").await.unwrap();
        assert_eq!((store.attempts("dana", 0).await.unwrap(), store.attempts("amir", 0).await.unwrap()), (0, 1));
    });
}

#[test]
fn drafts_belong_to_their_person() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let draft = Draft { id: "d".into(), kind: "report".into(), child_id: None, body: "{}".into(), updated_us: NOW };
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
        assert_eq!(store.draft_get("amir", "d").await.unwrap(), Some(draft));
        let ids: Vec<_> = store.drafts_of("dana").await.unwrap().into_iter().map(|d| d.id).collect();
        assert_eq!(ids, ["d", "older"]);
        store.draft_delete("dana", "d").await.unwrap();
        assert!(store.draft_get("dana", "d").await.unwrap().is_none());
        assert!(store.draft_get("amir", "d").await.unwrap().is_some());
    });
}

#[test]
fn who_looked_at_a_record_is_kept() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        store.log_access("dana", "c1", "episode e1", NOW).await.unwrap();
        store.log_access("amir", "c1", "summary", NOW + 1).await.unwrap();
        let log = store.accesses_of_child("c1", 10).await.unwrap();
        let lines: Vec<_> = log.iter().map(|a| (a.at_us, a.person_id.as_str(), a.what.as_str())).collect();
        assert_eq!(lines, [(NOW + 1, "amir", "summary"), (NOW, "dana", "episode e1")]);
        assert!(matches!(store.log_access("nobody", "c1", "x", NOW).await, Err(StoreError::Refused(_))));
        assert_eq!(store.accesses_of_child("c1", 1).await.unwrap().len(), 1);
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
        store.note_attempt("dana", "10.0.0.1", NOW).await.unwrap();
        store.sweep(NOW + 59 * MINUTE).await.unwrap();
        assert!(store.session_get("over", NOW).await.unwrap().is_some());
        store.sweep(NOW + 60 * MINUTE).await.unwrap();
        assert!(store.session_get("over", NOW).await.unwrap().is_none());
        assert_eq!(store.attempts("dana", 0).await.unwrap(), 1);
        assert!(store.outcome_of("k").await.unwrap().is_some());
        let day = 24 * 60 * MINUTE;
        store.sweep(NOW + 40 * day).await.unwrap();
        assert_eq!((store.attempts("dana", 0).await.unwrap(), store.outcome_of("k").await.unwrap()), (0, None));
        // The record does not depend on the key any more: the version refuses the old form.
        let late = store.append("c1", added.version, &[crate::builders::entry("x")], &derived("c1"), "k").await;
        assert!(matches!(late, Err(StoreError::Stale { current_version }) if current_version == written.version));
    });
}
