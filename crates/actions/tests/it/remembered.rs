//! What a server remembers of records: never older than what other servers wrote, never more than its reader may see, never what was
//! erased; and the same as what is read anew.

use crate::databases::on_both;
use crate::staff::{lead, secret_entry};
use crate::world::{RILEY, World, at};
use actions::views::EpisodePart;
use actions::{Actor, App, entry, queries};
use serde_json::json;
use store::{AreaRow, ChildSummary, Derived, NewRow, RowKind};

/// The texts of the episode's page as somebody sees it, each entry with its note and its fields.
async fn told(app: &App, actor: &Actor, episode: &str) -> Vec<String> {
    let page = queries::episode(app, actor, RILEY, episode).await.unwrap();
    let told = page.timeline.iter().map(|item| {
        let fields: Vec<&str> = item.fields.iter().map(|field| field.value.as_str()).collect();
        format!("{} {} {}", item.title, fields.join(" "), item.note)
    });
    told.collect()
}

#[test]
fn what_another_server_wrote_is_seen_at_once() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        let (here, there) = (world.app.clone(), world.second_server().await);
        let owen = world.actor("owen").await;
        for (n, place) in ["the park", "the station", "the pier"].into_iter().enumerate() {
            world.pass(5);
            // Both servers know the record by now; only one of them writes.
            let before = told(&there, &owen, &gone.entry).await;
            assert_eq!(before, told(&here, &owen, &gone.entry).await);
            let version = world.version(RILEY).await;
            let form = world.form("search.made", &[("where", place), ("by", "home_staff")]);
            let writer = if n % 2 == 0 { &here } else { &there };
            entry::record(writer, &owen, RILEY, version, &form, &writer.new_key()).await.unwrap();
            let after = told(&there, &owen, &gone.entry).await;
            assert_eq!(after.len(), before.len() + 1);
            assert!(after.iter().any(|line| line.contains(place)), "{after:?}");
            assert_eq!(after, told(&here, &owen, &gone.entry).await);
        }
        // What both remember is what a server finds that has just started.
        let fresh = world.second_server().await;
        assert_eq!(told(&fresh, &owen, &gone.entry).await, told(&there, &owen, &gone.entry).await);
        there.store().close().await;
        fresh.store().close().await;
    });
}

#[test]
fn what_was_erased_is_remembered_by_no_server() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        let there = world.second_server().await;
        let owen = world.actor("owen").await;
        world.pass(5);
        world.record("dana", "search.made", &[("where", "a house that nobody should have named")]).await.unwrap();
        for app in [&world.app, &there] {
            assert!(told(app, &owen, &gone.entry).await.iter().any(|line| line.contains("nobody should have named")));
        }
        let version = world.version(RILEY).await;
        let row = NewRow {
            kind: RowKind::Erasure,
            occurred_us: at("2026-01-05T18:40+00:00").0 * 1_000_000,
            recorded_us: at("2026-01-05T18:40+00:00").0 * 1_000_000,
            actor: "dana".into(),
            payload: format!("{{\"erases\":[{version}],\"why\":\"it named somebody else\"}}"),
            salt: "0123456789abcdef".into(),
            photograph: None,
        };
        let agencies = ["larkfield", "team", "missing", "police"].map(String::from).to_vec();
        let child = ChildSummary { id: RILEY.into(), name: "Riley Marsh".into(), agencies, ..ChildSummary::default() };
        let derived = Derived { child, ..Derived::default() };
        world.app.store().erase(RILEY, version, &row, &derived, "erase").await.unwrap();
        for app in [&world.app, &there] {
            let left = told(app, &owen, &gone.entry).await;
            assert!(left.iter().all(|line| !line.contains("nobody should have named")), "{left:?}");
        }
        there.store().close().await;
    });
}

#[test]
fn what_an_area_sets_holds_at_the_next_look_on_every_server() {
    on_both(|database| async {
        let world = World::new(database).await;
        let facts = [
            ("child.responsible_authority", json!("essex")),
            ("child.looked_after", json!(true)),
            ("child.social_care", json!("open")),
            ("child.date_of_birth", json!("2010-03-04")),
            ("child.exploitation_risk", json!(false)),
            ("child.uasc", json!(false)),
        ];
        let facts: Vec<_> = facts.iter().map(|(fact, value)| json!({ "fact": fact, "value": value })).collect();
        let case = json!({
            "case": "ash",
            "facts": facts,
            "people": [{ "id": "child", "name": "Ash Verity", "role": "child" }],
            "placements": [{
                "id": "p", "type": "childrens_home", "host_authority": "essex", "provider": "childrens-home", "planned": true,
                "from": "2025-06-01T12:00+01:00",
            }],
            "chronology": [{
                "id": "gone", "event": "absence.noticed", "status": "missing", "by": "home_staff",
                "occurred_at": "2026-01-05T17:30+00:00",
            }],
        });
        world.child("ash", "Ash Verity", &case, &["larkfield", "team", "missing", "police"]).await;
        let (owen, there) = (world.actor("owen").await, world.second_server().await);
        let sender = async |app: &App| {
            let mut owners = Vec::new();
            for page in 1.. {
                let asked = queries::episode_part(app, &owen, ("ash", "gone"), EpisodePart::Due, (page, ""));
                let page = asked.await.unwrap();
                let told = page.lines.into_iter().filter(|line| line.key.rule == "director.notice-care");
                owners.extend(told.map(|line| line.owner));
                if page.page == page.pages {
                    break;
                }
            }
            assert_eq!(owners.len(), 1, "the director is told");
            owners.remove(0)
        };
        // Each of several in one second, and a change back, is seen by both, who remember the record.
        for (n, value) in ["", "service_manager", "social_worker", "service_manager"].into_iter().enumerate() {
            if !value.is_empty() {
                let says =
                    json!({ "value": value, "source": "s", "since": "2026-01-05", "is_set": true, "act": "Changed" });
                let row = AreaRow {
                    id: format!("row-{n}"),
                    area: "essex".into(),
                    kind: "setting".into(),
                    subject: "limit.director_notice_sender".into(),
                    n: n as i64,
                    payload: says.to_string(),
                    by_person: String::new(),
                    by_role: String::new(),
                    at_us: world.app.now().0 * 1_000_000,
                    key: format!("key-{n}"),
                };
                world.app.store().area_add(&row).await.unwrap();
            }
            let holds = if value.is_empty() { "social_worker" } else { value };
            for app in [&world.app, &there] {
                assert_eq!(sender(app).await, holds, "{n}");
                assert_eq!(sender(app).await, holds, "{n}, once more");
            }
        }
        there.store().close().await;
    });
}

#[test]
fn what_few_may_see_is_taken_out_for_each_who_looks() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        lead(&world).await;
        secret_entry(&world, "owen", "She says that Mel Aspinall hit her in the night").await;
        let fresh = world.second_server().await;
        // Whoever looks first, and however often: each time it is their own eyes that count.
        for _ in 0..2 {
            for (who, may) in [("owen", true), ("mel", false), ("tess", true), ("dana", false)] {
                let actor = world.actor(who).await;
                let seen = told(&world.app, &actor, &gone.entry).await;
                assert_eq!(seen.iter().any(|line| line.contains("hit her")), may, "{who}: {seen:?}");
                assert_eq!(seen, told(&fresh, &actor, &gone.entry).await);
            }
        }
        fresh.store().close().await;
    });
}
