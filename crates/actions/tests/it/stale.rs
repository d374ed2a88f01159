//! Two people at once, a page that is stale, a form that is sent twice: nothing is lost and nothing is doubled.

use crate::databases::on_both;
use crate::world::{RILEY, World};
use actions::{Refused, entry, queries};

#[test]
fn two_people_record_the_same_return() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        world.set("2026-01-05T21:00+00:00");
        let (dana, mel) = (world.actor("dana").await, world.actor("mel").await);
        let version = world.version(RILEY).await;
        let form = world.form("return.recorded", &[("how", "own_accord"), ("where", "Larkfield House")]);
        let first = entry::record(&world.app, &dana, RILEY, version, &form, "dana-1").await.unwrap();
        // Mel's page is older than Dana's entry: she is shown it, and what she typed is still hers.
        let second = entry::record(&world.app, &mel, RILEY, version, &form, "mel-1").await;
        let Err(Refused::Stale { newer, version: now }) = second else { panic!("{second:?}") };
        assert_eq!(now, first.version);
        assert_eq!(newer.len(), 1);
        assert_eq!((newer[0].title.as_str(), newer[0].id.as_str()), ("The child came back", first.entry.as_str()));
        assert_eq!(newer[0].by, "Dana Holt, staff of the Home");
        // Sent again in full knowledge, it is the record that says the child is back already.
        let again = entry::record(&world.app, &mel, RILEY, now, &form, "mel-2").await;
        let Err(Refused::RuleRefuses(objections)) = again else { panic!("{again:?}") };
        assert_eq!(objections[0].says, "The child is already recorded as back.");
        let page = queries::episode(&world.app, &mel, RILEY, &gone.entry).await.unwrap();
        assert_eq!(page.timeline.iter().filter(|i| i.event == "return.recorded").count(), 1);
        assert_eq!(page.strip.headline, "Returned after 2 h 30 min");
    });
}

#[test]
fn a_race_has_one_winner_and_the_other_sees_what_was_newer() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let (dana, owen) = (world.actor("dana").await, world.actor("owen").await);
        let version = world.version(RILEY).await;
        let (a, b) = (
            world.form("search.made", &[("where", "Park")]),
            world.form("search.made", &[("where", "Shops"), ("by", "social_worker")]),
        );
        let other = world.second_server().await;
        let (a, b) = tokio::join!(
            entry::record(&world.app, &dana, RILEY, version, &a, "a"),
            entry::record(&other, &owen, RILEY, version, &b, "b"),
        );
        let stale =
            |r: &Result<entry::Recorded, Refused>| matches!(r, Err(Refused::Stale { newer, .. }) if newer.len() == 1);
        assert!(a.is_ok() && stale(&b) || b.is_ok() && stale(&a), "{a:?} {b:?}");
        assert!(world.app.store().verify(RILEY).await.unwrap().is_whole());
        other.store().close().await;
    });
}

#[test]
fn a_form_that_is_sent_twice_is_recorded_once() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let dana = world.actor("dana").await;
        let version = world.version(RILEY).await;
        let form = world.form("search.made", &[("where", "Park")]);
        let key = world.app.new_key();
        let first = entry::record(&world.app, &dana, RILEY, version, &form, &key).await.unwrap();
        // The reply was lost; meanwhile something else was recorded, and time passed.
        world.record("owen", "contact.made", &[("with", "school")]).await.unwrap();
        world.pass(30);
        let again = entry::record(&world.app, &dana, RILEY, version, &form, &key).await.unwrap();
        assert_eq!((again.entry.as_str(), again.version), (first.entry.as_str(), first.version));
        assert_eq!(again.words, "Recorded: a search was made, 18:30 today.");
        assert_eq!(world.version(RILEY).await, version + 2);
    });
}

#[test]
fn a_key_of_another_record_is_not_taken() {
    on_both(|database| async {
        let world = World::new(database).await;
        let case =
            serde_json::json!({ "case": "sam", "people": [{ "id": "child", "name": "Sam Reed", "role": "child" }] });
        world.child("sam", "Sam Reed", &case, &["larkfield"]).await;
        let dana = world.actor("dana").await;
        let form = world.form("absence.noticed", &[("status", "missing")]);
        entry::record(&world.app, &dana, "sam", 1, &form, "shared").await.unwrap();
        let version = world.version(RILEY).await;
        let taken = entry::record(&world.app, &dana, RILEY, version, &form, "shared").await;
        assert!(matches!(taken, Err(Refused::NotAllowed(_))), "{taken:?}");
        assert_eq!(world.version(RILEY).await, version);
    });
}

#[test]
fn a_page_of_the_future_is_stale_too() {
    on_both(|database| async {
        let world = World::new(database).await;
        let dana = world.actor("dana").await;
        let form = world.form("absence.noticed", &[("status", "missing")]);
        for version in [-1, 0, 5000] {
            let refused = entry::record(&world.app, &dana, RILEY, version, &form, "k").await;
            assert!(matches!(refused, Err(Refused::Stale { .. })), "{refused:?}");
        }
    });
}
