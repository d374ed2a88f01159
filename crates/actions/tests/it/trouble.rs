//! The database goes away: nothing is said to be saved that is not, and what is sent again is saved once.

use crate::databases::on_both;
use crate::world::{RILEY, World};
use actions::{Refused, entry, queries, worker};

#[test]
fn what_could_not_be_saved_is_sent_again_when_the_database_is_back() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let dana = world.actor("dana").await;
        let version = world.version(RILEY).await;
        let form = world.form("search.made", &[("where", "Park")]);
        world.app.store().close().await;
        let refused = entry::record(&world.app, &dana, RILEY, version, &form, "key").await;
        let Err(Refused::Unavailable(words)) = refused else { panic!("{refused:?}") };
        assert!(words.contains("Nothing you typed is lost"), "{words}");
        assert!(matches!(queries::child(&world.app, &dana, RILEY).await, Err(Refused::Unavailable(_))));
        assert!(worker::tick(&world.app).await.is_err());
        let back = world.second_server().await;
        let saved = entry::record(&back, &dana, RILEY, version, &form, "key").await.unwrap();
        assert_eq!(entry::record(&back, &dana, RILEY, version, &form, "key").await.unwrap(), saved);
        assert_eq!(back.store().record(RILEY).await.unwrap().version, version + 1);
        back.store().close().await;
    });
}
