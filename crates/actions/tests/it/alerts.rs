//! Time alone: the worker raises what has come, once, also with two workers and after a restart.

use crate::databases::on_both;
use crate::world::{RILEY, World};
use actions::{Refused, alert, queries, worker};
use std::collections::BTreeSet;
use store::AlertKind;

/// A child who is missing overnight; the first strategy meeting is due at 48 hours, the briefing at 24.
async fn gone(database: crate::databases::Database) -> World {
    let world = World::new(database).await;
    world.gone().await;
    world
}

#[test]
fn a_limit_is_alerted_once_by_whichever_of_two_workers_is_first() {
    on_both(|database| async {
        let world = gone(database).await;
        let other = world.second_server().await;
        let mut raised: Vec<(String, AlertKind, i64)> = Vec::new();
        // A day and a bit, minute by minute around the limits and hour by hour between.
        for minute in (0..26 * 60).filter(|m| m % 60 == 0 || (1435..1445).contains(m) || (325..332).contains(m)) {
            world.set("2026-01-05T18:30+00:00");
            world.pass(minute);
            let (one, two) = tokio::join!(worker::tick(&world.app), worker::tick(&other));
            let alerts = one.unwrap().raised.into_iter().chain(two.unwrap().raised);
            raised.extend(alerts.map(|a| (a.duty_key, a.kind, a.due_us)));
        }
        assert!(raised.iter().any(|(_, kind, _)| *kind == AlertKind::Reminder), "{raised:?}");
        assert!(raised.iter().any(|(_, kind, _)| *kind == AlertKind::Overdue), "{raised:?}");
        let once: BTreeSet<_> = raised.iter().map(|(key, kind, due)| (key, kind.word(), due)).collect();
        assert_eq!(once.len(), raised.len(), "nothing is raised twice: {raised:#?}");
        // A restart raises nothing again.
        let third = world.second_server().await;
        assert!(worker::tick(&third).await.unwrap().raised.is_empty());
        other.store().close().await;
        third.store().close().await;
    });
}

#[test]
fn an_overdue_limit_is_alerted_in_the_minute_after_it_and_not_before() {
    on_both(|database| async {
        let world = gone(database).await;
        let briefing = |alerts: &[store::Alert]| {
            let mine = alerts.iter().filter(|a| a.kind == AlertKind::Overdue && a.label.contains("Need to Know"));
            mine.count()
        };
        world.set("2026-01-06T18:30:59+00:00");
        assert_eq!(briefing(&worker::tick(&world.app).await.unwrap().raised), 0, "the due minute itself is still due");
        world.set("2026-01-06T18:31:00+00:00");
        assert_eq!(briefing(&worker::tick(&world.app).await.unwrap().raised), 1);
        let grace = world.actor("priya").await;
        assert!(queries::home(&world.app, &grace).await.is_ok());
    });
}

#[test]
fn what_will_arise_is_alerted_without_anybody_writing() {
    on_both(|database| async {
        let world = gone(database).await;
        // The first strategy meeting arises at 24 hours and is due at 48: nobody records anything in between.
        world.set("2026-01-07T18:31:00+00:00");
        let ticked = worker::tick(&world.app).await.unwrap();
        assert!(ticked.refreshed > 0);
        assert!(
            ticked.raised.iter().any(|a| a.label == "Hold the first strategy meeting" && a.kind == AlertKind::Overdue),
            "{:?}",
            ticked.raised.iter().map(|a| &a.label).collect::<Vec<_>>()
        );
    });
}

#[test]
fn what_was_done_in_time_is_not_alerted() {
    on_both(|database| async {
        let world = gone(database).await;
        world.record("dana", "return.recorded", &[("how", "own_accord")]).await.unwrap();
        world.set("2026-01-06T18:31:00+00:00");
        let raised = worker::tick(&world.app).await.unwrap().raised;
        assert!(raised.iter().all(|a| !a.label.contains("Need to Know")), "{raised:?}");
    });
}

#[test]
fn an_alert_is_acknowledged_by_one_of_those_it_is_for() {
    on_both(|database| async {
        let world = gone(database).await;
        world.set("2026-01-06T18:31:00+00:00");
        worker::tick(&world.app).await.unwrap();
        let (owen, nora) = (world.actor("owen").await, world.actor("nora").await);
        let alerts = queries::alerts(&world.app, &owen, 1).await.unwrap();
        assert!(!alerts.open.is_empty() && alerts.seen.is_empty());
        assert_eq!(alerts.viewer.alerts as usize, alerts.open.len());
        let first = &alerts.open[0];
        assert_eq!(first.child_name, "Riley Marsh");
        assert_eq!(alert::acknowledge(&world.app, &nora, &first.id).await, Err(Refused::NotFound));
        alert::acknowledge(&world.app, &owen, &first.id).await.unwrap();
        alert::acknowledge(&world.app, &owen, &first.id).await.unwrap();
        for wrong in ["", "x", "999999", "-1"] {
            assert_eq!(alert::acknowledge(&world.app, &owen, wrong).await, Err(Refused::NotFound), "{wrong}");
        }
        let after = queries::alerts(&world.app, &owen, 1).await.unwrap();
        assert_eq!(after.open.len(), alerts.open.len() - 1);
        assert_eq!(after.seen[0].acknowledged, "Owen Pryce at 18:31 today");
        assert!(queries::alerts(&world.app, &nora, 1).await.unwrap().open.is_empty());
        assert_eq!(world.version(RILEY).await, 19, "alerts are no part of the record");
    });
}
