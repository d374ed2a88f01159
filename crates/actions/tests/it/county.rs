//! A whole county: every record comes in, every page can be made for whoever may see it, and lists agree with records after the worker
//! has looked.

use crate::databases::Database;
use crate::world::{World, at, rules};
use actions::child::{Import, import};
use actions::{Actor, queries, worker};
use county::{County, Wanted, county};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

fn made_up() -> County {
    let now = at("2026-01-05T18:00+00:00");
    let wanted = Wanted {
        seed: 3,
        children: 24,
        under_way: 11,
        years: 2,
        now,
        area: "northamptonshire",
        provider: "childrens-home",
    };
    county(&wanted, rules().library)
}

async fn bring_in(world: &World, county: &County) {
    let store = world.app.store();
    for agency in &county.agencies {
        let agency = store::Agency {
            id: agency.id.clone(),
            name: agency.name.clone(),
            kind: agency.kind.clone(),
            ..store::Agency::default()
        };
        store.add_agency(&agency).await.unwrap();
    }
    for child in &county.children {
        let whole = Import {
            id: &child.id,
            name: &child.name,
            agencies: &child.agencies,
            case: &child.case,
            writer: &|_, name| county.people.iter().find(|p| p.name == name).map_or("dana".into(), |p| p.id.clone()),
        };
        import(&world.app, &whole).await.unwrap();
        import(&world.app, &whole).await.unwrap();
        assert!(store.verify(&child.id).await.unwrap().is_whole());
    }
}

#[test]
fn every_page_of_a_county_can_be_made() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let world = World::new(Database::sqlite()).await;
        let county = made_up();
        bring_in(&world, &county).await;
        let mut times: BTreeMap<&str, (u32, Duration)> = BTreeMap::new();
        let mut episodes = 0;
        for hours in [0, 7, 30] {
            world.pass(hours * 60);
            let start = Instant::now();
            let ticked = worker::tick(&world.app).await.unwrap();
            note(&mut times, "worker tick", start);
            assert!(worker::tick(&world.app).await.unwrap().raised.is_empty(), "once");
            assert!(ticked.raised.len() < 2000);
            for child in &county.children {
                let actor = Actor {
                    person: "owen".into(),
                    role: "social_worker".into(),
                    agency: child.agencies[0].clone(),
                    sees_children: true,
                    ..Actor::default()
                };
                let start = Instant::now();
                let page = queries::child(&world.app, &actor, &child.id).await.unwrap();
                note(&mut times, "child", start);
                if let Some(episode) = page.episodes.first() {
                    episodes += 1;
                    let start = Instant::now();
                    let page = queries::episode(&world.app, &actor, &child.id, &episode.id).await.unwrap();
                    note(&mut times, "episode", start);
                    let line = page.mine.iter().chain(&page.past).next();
                    if let Some(line) = line {
                        queries::why(&world.app, &actor, &child.id, &line.key).await.unwrap();
                    }
                }
                let start = Instant::now();
                queries::home(&world.app, &actor).await.unwrap();
                note(&mut times, "home", start);
                let start = Instant::now();
                queries::board(&world.app, &actor, 1).await.unwrap();
                note(&mut times, "board", start);
            }
        }
        assert!(episodes > 20);
        for (page, (count, time)) in times {
            println!("{page}: {:?} each, {count} times", time / count);
        }
    });
}

fn note<'a>(times: &mut BTreeMap<&'a str, (u32, Duration)>, page: &'a str, start: Instant) {
    let entry = times.entry(page).or_default();
    entry.0 += 1;
    entry.1 += start.elapsed();
}
