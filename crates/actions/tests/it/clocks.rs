//! The clocks change at night, when children are missing.

use crate::databases::on_both;
use crate::recording::messages;
use crate::world::{RILEY, World};
use actions::queries::{self, Asked};
use actions::{Answers, entry};

/// A search at a time on the clock.
fn search(day: &str, month: &str, time: &str, fold: &str) -> entry::EntryForm {
    let answers: Answers = [
        ("occurred-day", day),
        ("occurred-month", month),
        ("occurred-year", "2026"),
        ("occurred-time", time),
        ("occurred-fold", fold),
        ("f-where", "Park"),
    ]
    .into_iter()
    .collect();
    entry::EntryForm { event: "search.made".into(), answers, ..entry::EntryForm::default() }
}

#[test]
fn the_hour_that_comes_twice_is_asked_about() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.set("2026-10-24T22:00+01:00");
        let gone = world.record("dana", "absence.noticed", &[("status", "missing")]).await.unwrap();
        world.set("2026-10-25T03:00+00:00");
        let dana = world.actor("dana").await;
        let version = world.version(RILEY).await;
        let unclear = search("25", "10", "01:30", "");
        let refused = entry::record(&world.app, &dana, RILEY, version, &unclear, "a").await;
        assert!(messages(refused)[0].contains("01:30 came twice that night"));
        let asked = Asked { answers: unclear.answers, ..Asked::default() };
        let form = queries::event_form(&world.app, &dana, RILEY, "search.made", &asked).await.unwrap();
        assert!(form.occurred.ask_fold);
        assert_eq!(
            form.fields.iter().find(|f| f.name == "f-where").unwrap().values,
            ["Park"],
            "what was typed is still there"
        );
        let second = search("25", "10", "01:30", "second");
        entry::record(&world.app, &dana, RILEY, version, &second, "b").await.unwrap();
        let page = queries::episode(&world.app, &dana, RILEY, &gone.entry).await.unwrap();
        assert_eq!(page.timeline[0].occurred.words, "01:30 GMT today");
        assert_eq!(page.timeline[0].occurred.apart, "1 h 30 min ago");
        // Ten in the evening until three in the morning is six hours that night.
        assert_eq!(page.strip.headline, "Missing for 6 h");
    });
}

#[test]
fn the_hour_that_never_comes_is_refused() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.set("2026-03-28T22:00+00:00");
        let gone = world.record("dana", "absence.noticed", &[("status", "missing")]).await.unwrap();
        world.set("2026-03-29T04:00+01:00");
        let dana = world.actor("dana").await;
        let version = world.version(RILEY).await;
        let never = search("29", "3", "01:30", "");
        let refused = entry::record(&world.app, &dana, RILEY, version, &never, "a").await;
        assert!(messages(refused)[0].contains("01:30 never came"));
        let page = queries::episode(&world.app, &dana, RILEY, &gone.entry).await.unwrap();
        assert_eq!(page.strip.headline, "Missing for 5 h");
    });
}

#[test]
fn a_clock_that_is_put_back_by_an_hour_stops_nothing_and_hides_nothing() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        world.pass(120);
        let worker = tokio::spawn(actions::worker::run(world.app.clone()));
        let beat = async || {
            let standing = world.app.store().standing().await.unwrap();
            standing.into_iter().find(|one| one.name == "worker").map_or(0, |one| one.at_us)
        };
        let until = async |fits: &dyn Fn(i64) -> bool| {
            for _ in 0..100 {
                if fits(beat().await) {
                    return true;
                }
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
            false
        };
        assert!(until(&|at| at > 0).await);
        let ahead = beat().await;
        let fields = [("with", "school"), ("result", "Nothing new at two")];
        world.record("owen", "contact.made", &fields).await.unwrap();
        world.pass(-60);
        assert!(until(&|at| at < ahead).await, "the worker beats by the clock as it is now");
        worker.abort();
        let fields = [("with", "school"), ("result", "Nothing new at one")];
        world.record("owen", "contact.made", &fields).await.unwrap();
        let owen = world.actor("owen").await;
        let episode = format!("{:?}", queries::episode(&world.app, &owen, RILEY, &gone.entry).await.unwrap());
        assert!(episode.contains("Nothing new at one") && episode.contains("Nothing new at two"), "{episode}");
        assert!(world.app.store().verify(RILEY).await.unwrap().is_whole());
        assert_eq!(actions::upkeep::compare_lists(&world.app).await.unwrap().fault, None);
    });
}
