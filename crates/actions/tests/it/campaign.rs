//! Random requests by people with the wrong post or none to the child: nobody sees what the matrix does not give them.
//! `REQUESTS=200000` for the campaign.

use crate::staff::{hire, lead, secret_entry};
use actions::queries::Asked;
use actions::{Actor, alert, entry, looks, photograph, queries, relation, report};
use policy::{Answers as _, Class, Policies, Tie, Ties};
use store::Relation;
use testkit::databases::Database;
use testkit::world::{RILEY, World};

/// Words that entries of a class have, and nothing else has.
const MARKS: [(Class, &str); 3] =
    [(Class::Concern, "markconcern"), (Class::Whereabouts, "weir lane"), (Class::Words, "markwords")];

/// Numbers that follow from each other.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

async fn ask(world: &World, who: &Actor, what: usize, entry: &str, episode: &str) -> String {
    let (app, key) = (&world.app, world.app.new_key());
    let why = "Because I would like to know how they are";
    match what {
        0 => format!("{:?}", queries::child(app, who, RILEY).await),
        1 => format!("{:?}", queries::episode(app, who, RILEY, episode).await),
        2 => format!("{:?}", queries::event_form(app, who, RILEY, "search.made", &Asked::default()).await),
        3 => format!("{:?}", queries::correct_form(app, who, RILEY, entry, &Asked::default()).await),
        4 => format!("{:?}", queries::remark_form(app, who, RILEY, entry).await),
        5 => format!("{:?}", entry::withdraw(app, who, RILEY, 1, entry, ("other", why), &key).await),
        6 => format!("{:?}", entry::dispute(app, who, RILEY, 1, entry, why, &key).await),
        7 => format!("{:?}", relation::working(app, who, RILEY).await),
        8 => format!("{:?}", looks::who_has_looked(app, who, RILEY).await),
        9 => format!("{:?}", queries::board(app, who, 1).await),
        10 => format!("{:?}", queries::home(app, who).await),
        11 => format!("{:?}", queries::search(app, who, &"marsh riley".into()).await),
        12 => format!("{:?}", queries::alerts(app, who, 1).await),
        13 => format!("{:?}", alert::acknowledge(app, who, "1").await),
        14 => format!("{:?}", photograph::picture(app, who, RILEY, "0").await),
        15 => format!("{:?}", queries::why(app, who, RILEY, &views::DutyKey::default()).await),
        16 => format!("{:?}", report::start_page(app, who, &"marsh riley".into()).await),
        17 => format!("{:?}", entry::confirm(app, who, RILEY, 1, entry, &key).await),
        _ => format!("{:?}", looks::unusual(app, who).await),
    }
}

#[test]
fn nobody_sees_what_the_matrix_does_not_give_them() {
    let requests: usize = std::env::var("REQUESTS").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        for database in [Database::sqlite(), Database::postgres().await] {
            leaks(database, requests / 2).await;
        }
    });
}

async fn leaks(database: Database, requests: usize) {
    let world = World::new(database).await;
    let gone = world.gone().await;
    lead(&world).await;
    let secret = secret_entry(&world, "owen", "markconcern about a night worker").await;
    world.record("dana", "return.recorded", &[]).await.unwrap();
    let words = [("interviewer", "return_interviewer"), ("concerns", "no"), ("words", "markwords, she said")];
    let _ = world.record("safiya", "return_interview.held", &words).await;
    let policies = Policies::read();
    let roles: Vec<&str> = policies.roles().roles().collect();
    let store = world.app.store();
    // Somebody with each role of an agency that has nothing to do with the child, and a tie for some.
    let mut people: Vec<(Actor, Ties)> = Vec::new();
    for (n, role) in roles.iter().enumerate() {
        let id = format!("p{n}");
        hire(&world, &id, &format!("Person Number{n}"), role, "systems").await;
        let tie = Tie::ALL[n % Tie::ALL.len()];
        let mut ties = Ties::default();
        if n % 3 != 0 {
            let relation = Relation {
                id: format!("tie-{n}"),
                child_id: RILEY.into(),
                person_id: Some(id.clone()),
                kind: if tie == Tie::Grace { "placement".into() } else { tie.word().into() },
                until_us: (tie == Tie::Grace).then_some(1),
                grace_us: if tie == Tie::Grace { i64::MAX / 2 } else { 0 },
                made_by: "tess".into(),
                ..Relation::default()
            };
            store.relate(&relation).await.unwrap();
            ties = ties.with(tie);
        }
        people.push((world.actor(&id).await, ties));
    }
    let mut dice = Dice(20_260_105);
    let mut told = 0;
    for n in 0..requests {
        if n % 10_000 == 9_999 {
            println!("{} of {requests} requests, no leak so far", n + 1);
        }
        if n % 500 == 499 {
            // Sessions and shifts go by; nobody is stopped for the number of requests alone.
            world.pass(61);
        }
        let (who, ties) = &people[dice.roll(people.len())];
        let what = dice.roll(19);
        let seen = ask(&world, who, what, &secret, &gone.entry).await.to_lowercase();
        let may = policies.may(&who.role, *ties);
        for (class, mark) in MARKS {
            assert!(may.see.has(class) || !seen.contains(mark), "{} with {ties:?} sees {mark} in {what}", who.role);
        }
        let named = seen.contains("riley marsh");
        assert!(!may.see.is_empty() || !named, "{} with {ties:?} in {what}: {seen}", who.role);
        told += usize::from(named);
    }
    assert!(told > requests / 50, "some may see the child, or nothing was tried: {told}");
    assert!(store.verify_looks().await.unwrap().is_empty());
}
