//! Relations begin and end, with their grace and history; who must not see is in no list.

use crate::builders::{NOW, add, derived, home, populate};
use crate::databases::on_both;
use store::{Relation, Request, Scope, Sought, Withheld};

fn relation(id: &str, agency: &str, kind: &str) -> Relation {
    Relation {
        id: id.into(),
        child_id: "c1".into(),
        agency_id: Some(agency.into()),
        kind: kind.into(),
        from_us: NOW,
        reason: "a move".into(),
        made_by: "dana".into(),
        made_us: NOW,
        ..Relation::default()
    }
}

#[test]
fn a_relation_begins_ends_and_is_still_told() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let at = |agency: &str, now_us: i64| Scope {
            agency: agency.into(),
            person: "amir".into(),
            now_us,
            ..Scope::default()
        };
        store.relate(&relation("r1", "police", "episode")).await.unwrap();
        assert!(store.ties(&at("police", NOW - 1), "c1").await.unwrap().is_empty());
        let ties = store.ties(&at("police", NOW), "c1").await.unwrap();
        assert_eq!((ties[0].kind.as_str(), ties[0].ended), ("episode", false));
        assert_eq!(store.search_children(&at("police", NOW), &Sought::default(), 10).await.unwrap().len(), 1);
        assert!(store.unrelate("r1", NOW + 10, 5, "dana", NOW + 10).await.unwrap());
        assert!(!store.unrelate("r1", NOW + 20, 5, "dana", NOW + 20).await.unwrap(), "it has ended already");
        assert!(store.ties(&at("police", NOW + 12), "c1").await.unwrap()[0].ended);
        assert!(store.ties(&at("police", NOW + 15), "c1").await.unwrap().is_empty());
        assert!(store.search_children(&at("police", NOW + 15), &Sought::default(), 10).await.unwrap().is_empty());
        assert!(store.board(&at("police", NOW + 15)).await.unwrap().is_empty());
        let history = store.relations_of_child("c1").await.unwrap();
        assert!(
            history
                .iter()
                .any(|r| r.id == "r1" && r.until_us == Some(NOW + 10) && r.ended_by.as_deref() == Some("dana"))
        );
    });
}

#[test]
fn who_must_not_see_is_told_of_nothing() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let amir = Scope { person: "amir".into(), now_us: NOW, ..home() };
        assert_eq!(store.search_children(&amir, &Sought::default(), 10).await.unwrap().len(), 1);
        let bar = Relation { agency_id: None, person_id: Some("amir".into()), ..relation("b", "", "barred") };
        store.relate(&bar).await.unwrap();
        assert!(store.search_children(&amir, &Sought::default(), 10).await.unwrap().is_empty());
        assert!(store.board(&amir).await.unwrap().is_empty());
        let all = Scope { relation_to_all: true, ..amir.clone() };
        assert!(
            store.search_children(&all, &Sought::default(), 10).await.unwrap().is_empty(),
            "whatever else they are"
        );
        let dana = Scope { person: "dana".into(), ..amir };
        assert_eq!(store.search_children(&dana, &Sought::default(), 10).await.unwrap().len(), 1);
    });
}

#[test]
fn what_is_asked_for_is_answered_once() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let asked = Request {
            id: "q".into(),
            child_id: "c1".into(),
            person_id: "amir".into(),
            agency_id: "police".into(),
            kind: "ask".into(),
            reason: "we are looking for the child".into(),
            at_us: NOW,
            until_us: NOW + 100,
            ..Request::default()
        };
        store.request_put(&asked, None).await.unwrap();
        assert_eq!(store.requests_open(10).await.unwrap(), std::slice::from_ref(&asked));
        let answered = Request {
            answer: Some("granted".into()),
            words: Some(String::new()),
            answered_by: Some("dana".into()),
            answered_us: Some(NOW + 1),
            ..asked
        };
        let tie = Relation { agency_id: None, person_id: Some("amir".into()), ..relation("g", "", "asked") };
        assert!(store.request_answer(&answered, Some(&tie)).await.unwrap());
        let other = Request { answer: Some("refused".into()), ..answered.clone() };
        assert!(!store.request_answer(&other, None).await.unwrap());
        assert_eq!(store.request("q").await.unwrap(), Some(answered));
        assert!(store.requests_open(10).await.unwrap().is_empty());
        let amir = Scope { agency: "police".into(), person: "amir".into(), now_us: NOW, ..Scope::default() };
        assert_eq!(store.ties(&amir, "c1").await.unwrap()[0].kind, "asked");
    });
}

#[test]
fn a_place_is_withheld_until_that_is_lifted() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        let one = Withheld {
            child_id: "c1".into(),
            place: "p1".into(),
            reason: "the child wishes it".into(),
            by_person: "dana".into(),
            at_us: NOW,
            ..Withheld::default()
        };
        store.withhold(&one).await.unwrap();
        assert_eq!(store.withheld("c1").await.unwrap(), [one]);
        assert!(store.lift("c1", "p1", "dana", NOW + 1).await.unwrap());
        assert!(!store.lift("c1", "p1", "dana", NOW + 2).await.unwrap());
        assert!(store.withheld("c1").await.unwrap().is_empty());
    });
}
