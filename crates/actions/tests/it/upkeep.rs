//! Lists stay what the chronologies give while time passes, what was changed in them is found, and lists made anew are those that were.

use crate::databases::on_both;
use crate::world::{RILEY, World};
use actions::{upkeep, worker};
use store::Store;

/// Everything that lists show of the child.
async fn lists(store: &Store) -> String {
    let child = store.child_row(RILEY).await.unwrap();
    let agencies = store.agencies_of_child(RILEY).await.unwrap();
    let episodes = store.episodes_of_child(RILEY).await.unwrap();
    let duties = store.duties_of_child(RILEY).await.unwrap();
    format!("{child:#?}{agencies:#?}{episodes:#?}{duties:#?}")
}

#[test]
fn lists_are_what_the_chronology_gives_whenever_they_are_compared() {
    on_both(|database| async move {
        let world = World::new(database).await;
        world.gone().await;
        let mut compared = 0;
        for minutes in [0, 1, 7, 29, 61, 240, 600, 1440, 3000, 9000] {
            world.pass(minutes);
            if minutes % 2 == 0 {
                worker::tick(&world.app).await.unwrap();
            }
            let lists = upkeep::compare_lists(&world.app).await.unwrap();
            assert_eq!(lists.fault, None, "after {minutes} minutes more");
            compared += lists.compared;
        }
        assert!(compared > 4, "{compared}");
    });
}

#[test]
fn what_was_changed_in_the_lists_is_found_and_lists_made_anew_are_those_that_were() {
    on_both(|database| async move {
        let world = World::new(database).await;
        world.gone().await;
        let before = lists(world.app.store()).await;
        for (statement, says) in [
            ("update child set name = 'Somebody Else'", "the name"),
            ("update child set next_change_us = null", "would not be made again"),
            ("update episode set risk = 'low'", "was changed in the lists"),
            ("delete from episode", "is not in the lists"),
            ("update duty set due_us = due_us + 60000000 where due_us is not null", "was changed in the lists"),
            ("update duty set open = not open, fingerprint = ''", "was changed in the lists"),
            ("delete from duty", "is not in the lists"),
            ("delete from child_token", "the words of the search"),
            ("delete from child_agency where agency_id = (select min(agency_id) from child_agency)", "the agencies"),
        ] {
            world.database.tamper(statement).await;
            let found = upkeep::compare_lists(&world.app).await.unwrap().fault.unwrap_or_default();
            assert!(found.contains(says) && found.contains(RILEY), "{statement}: {found}");
            assert_eq!(upkeep::rebuild(&world.app).await.unwrap(), (1, Vec::new()));
            assert_eq!(lists(world.app.store()).await, before, "{statement}");
            assert_eq!(upkeep::compare_lists(&world.app).await.unwrap().fault, None, "{statement}");
        }
    });
}

#[test]
fn other_rulebooks_have_all_lists_worked_out_again() {
    on_both(|database| async move {
        let world = World::new(database).await;
        let store = world.app.store();
        worker::tick(&world.app).await.unwrap();
        assert!(!worker::rulebooks(&world.app).await.unwrap(), "the first that are known");
        assert!(!worker::rulebooks(&world.app).await.unwrap(), "the same");
        assert_eq!(worker::tick(&world.app).await.unwrap().refreshed, 0);
        assert!(store.worked_out_by("those of another program").await.unwrap());
        assert!(worker::rulebooks(&world.app).await.unwrap());
        assert_eq!(worker::tick(&world.app).await.unwrap().refreshed, 1);
        assert_eq!(worker::tick(&world.app).await.unwrap().refreshed, 0, "once");
    });
}
