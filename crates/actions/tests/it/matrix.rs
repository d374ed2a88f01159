//! Every cell of `policy/matrix.txt` against the running actions, on both databases: what the matrix gives is not refused, and what it does
//! not give is.

use crate::staff::{hire, lead, secret_entry};
use actions::coming::{By, Mapping, Settled, bring};
use actions::entry::EntryForm;
use actions::living::{self, Doing};
use actions::relation::{self, Whom};
use actions::{Actor, Answers, Refused, child, entry, looks, queries, report, same};
use policy::{Act, Answers as _, Class, Policies, Tie, Ties};
use std::collections::BTreeSet;
use store::Relation;
use testkit::databases::on_both;
use testkit::world::{RILEY, World};

/// Was it refused for who asks, and not for what was asked?
#[expect(clippy::needless_pass_by_value, reason = "an answer that is asked for here alone")]
fn refused<T>(answer: Result<T, Refused>) -> bool {
    matches!(answer, Err(Refused::NotAllowed(_)))
}

/// Does one act with nothing filled in, so that whoever may is told what is missing, and nothing is written.
async fn denied(world: &World, who: &Actor, act: Act) -> Option<bool> {
    let app = &world.app;
    Some(match act {
        Act::List => refused(queries::board(app, who, 1).await),
        Act::Find => refused(queries::search(app, who, &"zzz yyy".into()).await),
        Act::Create => refused(child::form(app, who, &Answers::default(), &[]).await),
        Act::Report => refused(report::start(app, who, RILEY).await),
        Act::Ask => refused(relation::ask(app, who, RILEY, "", "k").await),
        Act::BreakGlass => refused(relation::break_glass(app, who, RILEY, "", "k").await),
        Act::Relate => refused(relation::begin(app, who, RILEY, "", "", "", "k").await),
        Act::Keep => refused(queries::facts_form(app, who, RILEY, "responsible", &Answers::default(), &[]).await),
        Act::Place => refused(living::form(app, who, RILEY, &Doing::Plan, &Answers::default(), &[]).await),
        Act::Bar => refused(relation::bar(app, who, RILEY, Whom::Person(""), "", "k").await),
        Act::Withhold => refused(relation::withhold(app, who, RILEY, "", "").await),
        Act::Second => refused(relation::second(app, who, RILEY, "none", true, "").await),
        Act::Answer => refused(relation::answer(app, who, RILEY, "none", true, "").await),
        Act::Review => refused(relation::review(app, who, RILEY, "none", "right", "").await),
        Act::Merge => refused(same::merge(app, who, RILEY, RILEY, "", "k").await),
        Act::Bring => {
            let mapping = Mapping::read("whereabouts").unwrap();
            refused(bring(app, By::Person(who), &mapping, &[], &Settled::new(), true, &mut |_, _| {}).await)
        }
        Act::Looks => refused(looks::who_has_looked(app, who, RILEY).await),
        Act::Attend => refused(actions::area::page(app, who).await),
        Act::Minute => {
            let (of, plan) = (("none", "none"), actions::panel::Doing::Plan);
            refused(actions::panel::form(app, who, of, plan, "", &Answers::default(), &[]).await)
        }
        Act::Settle => refused(actions::setting::page(app, who).await),
        Act::LetGo => refused(actions::retention::show(app, who, RILEY).await),
        // Depend on an entry, an alert or a duty; tested by themselves in `attacks`, `alerts` and `corrections`.
        Act::Acknowledge | Act::Waive | Act::Export => return None,
        Act::Correct | Act::Withdraw | Act::Dispute | Act::Confirm | Act::Accept => return None,
    })
}

/// The acts that no test here exercises: the list may only shrink.
const WITHOUT: [Act; 3] = [Act::Acknowledge, Act::Waive, Act::Export];

#[test]
fn acts_without_a_test_only_shrink() {
    let kept = include_str!("../../../../policy/untested.txt");
    let kept: Vec<&str> = kept.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).collect();
    let without: Vec<&str> = WITHOUT.iter().map(|act| act.word()).collect();
    assert_eq!(kept, without, "policy/untested.txt");
    assert!(without.len() <= 3);
}

#[test]
fn every_cell_is_what_the_actions_do() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        lead(&world).await;
        let secret = secret_entry(&world, "owen", "markconcern about a night worker").await;
        let policies = Policies::read();
        let mut kinds = BTreeSet::new();
        let roles: Vec<&str> = policies.roles().roles().collect();
        // The policies speak of groups alone: one role for each set of groups, and the others have the same lines.
        let posts = roles.iter().filter(|role| kinds.insert(policies.roles().groups(role).to_vec())).copied();
        for (n, role) in posts.enumerate() {
            for (m, tie) in [None].into_iter().chain(Tie::ALL.iter().map(|t| Some(*t))).enumerate() {
                let id = format!("m{n}x{m}");
                hire(&world, &id, "Some Body", role, "systems").await;
                let ties = tie.map_or_else(Ties::default, |tie| Ties::default().with(tie));
                relate(&world, &id, tie).await;
                let who = world.actor(&id).await;
                let may = policies.may(role, ties);
                for act in Act::ALL {
                    if let Some(denied) = denied(&world, &who, *act).await {
                        // What is about no child does not hang on who somebody is to one; and to whoever must not see there is no such
                        // child, about whom they may ask as about any other that is not there.
                        let stranger = tie == Some(Tie::Barred) && matches!(act, Act::Ask | Act::BreakGlass);
                        let unrelated = act.is_of_site() || stranger;
                        let may = if unrelated { policies.may(role, Ties::default()) } else { may };
                        assert_eq!(!denied, may.acts.has(*act), "{role} with {tie:?}: {act:?}");
                    }
                }
                let page = queries::child(&world.app, &who, RILEY).await;
                assert_eq!(page.is_ok(), !may.see.is_empty(), "{role} with {tie:?} sees the child");
                let seen = format!("{page:?}{:?}", queries::episode(&world.app, &who, RILEY, &gone.entry).await);
                for (class, mark) in [(Class::Concern, "markconcern"), (Class::Whereabouts, "4 Weir Lane")] {
                    assert_eq!(
                        seen.contains(mark),
                        may.see.has(class) && may.see.has(Class::Ordinary),
                        "{role} with {tie:?}: {class:?}"
                    );
                }
                let form = EntryForm { event: "search.made".into(), ..EntryForm::default() };
                let tried = entry::record(&world.app, &who, RILEY, 1, &form, "k").await;
                let may_write = !may.record.is_empty() || !may.tell.is_empty();
                assert_eq!(!refused(tried), may_write, "{role} with {tie:?} records");
                // Of an entry that they do not see they learn nothing; of one that they see it is said what they may.
                let sees = may.see.has(Class::Concern) && may.see.has(Class::Ordinary);
                let acts = policies.entry(role, ties, policy::Hold::default());
                let why = "It was not so, and I was there";
                let disputed = entry::dispute(&world.app, &who, RILEY, -1, &secret, why, "k").await;
                let denied = matches!(disputed, Err(Refused::NotAllowed(_) | Refused::NotFound));
                assert_eq!(!denied, sees && acts.has(Act::Dispute), "{role} with {tie:?} disputes: {disputed:?}");
                let withdrawn = entry::withdraw(&world.app, &who, RILEY, -1, &secret, ("other", why), "k").await;
                let denied = matches!(withdrawn, Err(Refused::NotAllowed(_) | Refused::NotFound));
                assert!(denied, "{role} with {tie:?} withdraws: {withdrawn:?}");
            }
        }
        for role in &roles {
            let same = roles.iter().find(|r| policies.roles().groups(r) == policies.roles().groups(role)).unwrap();
            for tie in Tie::ALL {
                let ties = Ties::default().with(*tie);
                assert_eq!(policies.may(role, ties), policies.may(same, ties), "{role}");
            }
        }
    });
}

async fn relate(world: &World, id: &str, tie: Option<Tie>) {
    let Some(tie) = tie else { return };
    let relation = Relation {
        id: format!("tie-{id}"),
        child_id: RILEY.into(),
        person_id: Some(id.into()),
        kind: if tie == Tie::Grace { "placement".into() } else { tie.word().into() },
        until_us: (tie == Tie::Grace).then_some(1),
        grace_us: if tie == Tie::Grace { i64::MAX / 2 } else { 0 },
        made_by: "tess".into(),
        ..Relation::default()
    };
    world.app.store().relate(&relation).await.unwrap();
}
