//! Silence is watched: where a child is gone and nobody records anything, somebody is told, once, on both databases.

use crate::databases::on_both;
use crate::world::{RILEY, World};
use actions::{Refused, queries, silence, worker};

async fn ticks(one: &actions::App, two: &actions::App) -> usize {
    let (one, two) = tokio::join!(worker::tick(one), worker::tick(two));
    one.unwrap().silent + two.unwrap().silent
}

#[test]
fn whoever_is_named_is_told_once_after_four_hours_and_it_clears_itself() {
    on_both(|database| async {
        let world = World::new(database).await;
        let other = world.second_server().await;
        let gone = world.gone().await;
        world.pass(239);
        assert_eq!(ticks(&world.app, &other).await, 0, "nothing has been recorded for 3 h 59 min");
        world.pass(1);
        assert_eq!(ticks(&world.app, &other).await, 1, "one of two workers tells of it");
        world.pass(1);
        assert_eq!(ticks(&world.app, &other).await, 0, "and it is told once");
        // In the evening those who look after the child are told: nobody covers here, and the home has no manager.
        let dana = world.actor("dana").await;
        let home = queries::home(&world.app, &dana).await.unwrap();
        let [line] = &home.silences[..] else { panic!("one silence") };
        assert_eq!((line.child_name.as_str(), line.silent_for.as_str()), ("Riley Marsh", "4 h 1 min"));
        let alerts = queries::alerts(&world.app, &dana, 1).await.unwrap();
        assert_eq!(alerts.silent.len(), 1);
        assert!(alerts.viewer.alerts >= 1);
        let board = queries::board(&world.app, &world.actor("grace").await, 1).await.unwrap();
        let row = &board.lines[0];
        assert!(row.silent && row.silent_for == "4 h 1 min", "{row:?}");
        assert_eq!(row.told, "Dana Holt, Mel Aspinall");
        // Somebody else was not told, and nobody of another home hears of it.
        assert!(queries::home(&world.app, &world.actor("nora").await).await.unwrap().silences.is_empty());
        let nora = world.actor("nora").await;
        let refused = silence::seen(&world.app, &nora, RILEY, &gone.entry).await;
        assert!(matches!(refused, Err(Refused::NotFound)), "{refused:?}");
        silence::seen(&world.app, &dana, RILEY, &gone.entry).await.unwrap();
        assert!(queries::home(&world.app, &dana).await.unwrap().silences[0].seen);
        // Something is recorded: it clears itself for everybody, and begins anew.
        world.record("grace", "search.made", &[("where", "The station"), ("by", "police_missing_unit")]).await.unwrap();
        assert!(queries::home(&world.app, &dana).await.unwrap().silences.is_empty());
        assert!(!queries::board(&world.app, &dana, 1).await.unwrap().lines[0].silent);
        world.pass(240);
        assert_eq!(ticks(&world.app, &other).await, 1);
        other.store().close().await;
    });
}

#[test]
fn at_high_risk_it_is_two_hours_and_after_the_return_nobody_waits() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        world.record("grace", "risk.graded", &[("level", "high")]).await.unwrap();
        world.pass(119);
        assert_eq!(worker::tick(&world.app).await.unwrap().silent, 0);
        world.pass(1);
        assert_eq!(worker::tick(&world.app).await.unwrap().silent, 1);
        world.record("dana", "return.recorded", &[]).await.unwrap();
        assert!(queries::home(&world.app, &world.actor("dana").await).await.unwrap().silences.is_empty());
        world.pass(24 * 60);
        assert_eq!(worker::tick(&world.app).await.unwrap().silent, 0, "the child is back");
    });
}
