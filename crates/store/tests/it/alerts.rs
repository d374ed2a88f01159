//! Alerts: raised once each, at their minute, also with two servers.

use crate::builders::{MINUTE, NOW, add, append, derived, duty, home, key, populate};
use crate::databases::on_both;
use std::collections::BTreeSet;
use store::{AlertKind, Derived, DutyRow, Scope, StoreError};

fn carer() -> Vec<String> {
    vec!["carer".to_owned()]
}

#[test]
fn a_reminder_and_then_an_overdue_alert_each_once() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let watched = DutyRow { remind_us: Some(NOW - 10 * MINUTE), ..duty("watched") };
        let silent = DutyRow { silent: true, remind_us: Some(0), ..duty("silent") };
        let done = DutyRow { state: "done".into(), remind_us: Some(0), ..duty("done") };
        let open_ended = DutyRow { due_us: None, ..duty("open-ended") };
        add(&store, &Derived { duties: vec![watched, silent, done, open_ended], ..derived("c1") }).await;

        assert!(store.raise_alerts(NOW - 11 * MINUTE, 0, 10).await.unwrap().is_empty());
        let raised = store.raise_alerts(NOW - 10 * MINUTE, 0, 10).await.unwrap();
        assert_eq!(raised.len(), 1);
        let alert = &raised[0];
        assert_eq!((alert.duty_key.as_str(), alert.kind), ("watched", AlertKind::Reminder));
        assert_eq!((alert.child_name.as_str(), alert.due_us), ("Child c1", NOW));
        assert_eq!((alert.raised_us, alert.duty_open), (NOW - 10 * MINUTE, true));

        // The due minute itself is still due.
        assert!(store.raise_alerts(NOW + MINUTE - 1, 0, 10).await.unwrap().is_empty());
        // Also after a restart.
        store.close().await;
        let store = database.open().await;
        let raised = store.raise_alerts(NOW + MINUTE, 0, 10).await.unwrap();
        assert_eq!(raised.iter().map(|a| a.kind).collect::<Vec<_>>(), [AlertKind::Overdue]);
        assert!(store.raise_alerts(NOW + 1000 * MINUTE, 0, 10).await.unwrap().is_empty());
    });
}

#[test]
fn two_servers_raise_each_alert_once_between_them() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let mut expected = BTreeSet::new();
        for n in 0..20 {
            let duties: Vec<_> = (0..10).map(|m| duty(&format!("d{m}"))).collect();
            expected.extend(duties.iter().map(|d| (format!("c{n}"), d.key.clone())));
            add(&store, &Derived { duties, ..derived(&format!("c{n}")) }).await;
        }
        let other = database.open().await;
        let writer = {
            // Records are written on meanwhile: no deadlock, and what is derived anew raises nothing again.
            let store = store.clone();
            tokio::spawn(async move {
                for n in 0..20 {
                    let id = format!("c{n}");
                    let duties =
                        (0..10).map(|m| DutyRow { label: "Renamed".into(), ..duty(&format!("d{m}")) }).collect();
                    store
                        .append(&id, 1, &[crate::builders::entry("x")], &Derived { duties, ..derived(&id) }, &key())
                        .await
                        .unwrap();
                }
            })
        };
        let raisers = [store.clone(), other, store.clone()].map(|store| {
            tokio::spawn(async move {
                let mut raised = Vec::new();
                for _ in 0..60 {
                    raised.extend(store.raise_alerts(NOW + MINUTE, 0, 7).await.unwrap());
                }
                raised
            })
        });
        let mut seen = Vec::new();
        for raiser in raisers {
            seen.extend(raiser.await.unwrap().into_iter().map(|a| (a.child_id, a.duty_key)));
        }
        writer.await.unwrap();
        seen.extend(
            store.raise_alerts(NOW + MINUTE, 0, 1000).await.unwrap().into_iter().map(|a| (a.child_id, a.duty_key)),
        );
        assert_eq!(seen.len(), 200, "an alert was lost or doubled");
        assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), expected);
        assert_eq!(store.alerts_for(&home(), &carer(), 1000).await.unwrap().len(), 200);
        assert_eq!(store.alerts_waiting(&home(), &carer()).await.unwrap(), 100, "a hundred stands for more");
    });
}

#[test]
fn only_a_later_limit_raises_anew() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let at = |minutes: i64| Derived {
            duties: vec![DutyRow { due_us: Some(NOW + minutes * MINUTE), ..duty("d") }],
            ..derived("c1")
        };
        add(&store, &at(0)).await;
        let raise = async |after: i64| store.raise_alerts(NOW + after * MINUTE, 0, 10).await.unwrap().len();
        assert_eq!(raise(1).await, 1);
        for (version, minutes, after, raised) in
            [(1, -5, 2, 0), (2, 30, 20, 0), (3, 30, 31, 1), (4, 0, 40, 0), (5, 30, 41, 0)]
        {
            store.append("c1", version, &[crate::builders::entry("x")], &at(minutes), &key()).await.unwrap();
            assert_eq!(raise(after).await, raised, "limit {minutes}, asked at {after}");
        }
        // It vanishes and comes back as it was: a correction that was itself corrected.
        append(&store, "c1", 6, "gone").await.unwrap();
        store.append("c1", 7, &[crate::builders::entry("back")], &at(30), &key()).await.unwrap();
        assert_eq!(raise(50).await, 0);
    });
}

#[test]
fn alerts_are_listed_and_acknowledged_by_those_they_concern() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let theirs = DutyRow { owner: Some("police_officer".into()), ..duty("theirs") };
        let nobodys = DutyRow { owner: None, ..duty("nobodys") };
        add(&store, &Derived { duties: vec![duty("ours"), theirs, nobodys], ..derived("c1") }).await;
        assert_eq!(store.raise_alerts(NOW + MINUTE, 0, 10).await.unwrap().len(), 3);

        let keys = async |who: &Scope, role: &str| {
            let found = store.alerts_for(who, &[role.to_owned()], 10).await.unwrap();
            found.into_iter().map(|a| a.duty_key).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
        };
        assert_eq!(keys(&home(), "carer").await, ["nobodys", "ours"]);
        assert_eq!(keys(&home(), "police_officer").await, ["nobodys", "theirs"]);
        let police = Scope { agency: "police".into(), ..Scope::default() };
        assert!(keys(&police, "police_officer").await.is_empty());
        let all = Scope { relation_to_all: true, ..police };
        assert_eq!(keys(&all, "police_officer").await, ["nobodys", "theirs"]);

        let id = store
            .alerts_for(&home(), &carer(), 10)
            .await
            .unwrap()
            .into_iter()
            .find(|a| a.duty_key == "ours")
            .unwrap()
            .id;
        assert!(store.acknowledge(id, "dana", NOW + 2 * MINUTE).await.unwrap());
        assert!(!store.acknowledge(id, "amir", NOW + 3 * MINUTE).await.unwrap());
        assert!(matches!(store.acknowledge(12345, "dana", NOW).await, Err(StoreError::Refused(_))));
        let alert = store.alert(id).await.unwrap().unwrap();
        assert_eq!((alert.acknowledged_by.as_deref(), alert.acknowledged_us), (Some("dana"), Some(NOW + 2 * MINUTE)));
        let listed: Vec<_> =
            store.alerts_for(&home(), &carer(), 10).await.unwrap().into_iter().map(|a| a.duty_key).collect();
        assert_eq!(listed, ["nobodys", "ours"]);
        assert_eq!(store.alerts_waiting(&home(), &carer()).await.unwrap(), 1);

        append(&store, "c1", 1, "all done").await.unwrap();
        assert!(!store.alert(id).await.unwrap().unwrap().duty_open);
    });
}
