//! Attacks, each of which has to fail. `docs/threats.md` says who would try it, and why.

use crate::living::save;
use crate::staff::{hire, hired, lead, secret_entry};
use actions::living::Doing;
use actions::queries::Asked;
use actions::relation::{self, Whom};
use actions::{Actor, Answers, Refused, alert, around, entry, looks, queries};
use std::fmt::Write as _;
use store::NewLook;
use testkit::databases::on_both;
use testkit::world::{RILEY, World};

const WHY: &str = "Because somebody has to, and this says why.";

/// Everything that somebody can see of Riley, and of lists, as text.
pub async fn everything(world: &World, actor: &Actor) -> String {
    let app = &world.app;
    let mut text = String::new();
    let _ = write!(text, "{:?}", queries::child(app, actor, RILEY).await);
    for episode in app.store().episodes_of_child(RILEY).await.unwrap() {
        let _ = write!(text, "{:?}", queries::episode(app, actor, RILEY, &episode.id).await);
    }
    let _ = write!(text, "{:?}", queries::home(app, actor).await);
    let _ = write!(text, "{:?}", queries::board(app, actor, 1).await);
    let _ = write!(text, "{:?}", queries::alerts(app, actor, 1).await);
    let _ = write!(text, "{:?}", queries::search(app, actor, &"riley marsh".into()).await);
    for event in ["search.made", "absence.noticed", "police.reported", "return.recorded"] {
        let _ = write!(text, "{:?}", queries::event_form(app, actor, RILEY, event, &Asked::default()).await);
    }
    let _ = write!(text, "{:?}", relation::working(app, actor, RILEY).await);
    text
}

#[test]
fn whom_a_concern_is_about_neither_reads_nor_withdraws_it() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        lead(&world).await;
        let told = secret_entry(&world, "owen", "She says that Mel Aspinall hit her in the night").await;
        let (mel, dana, tess) = (world.actor("mel").await, world.actor("dana").await, world.actor("tess").await);
        for carer in [&mel, &dana] {
            assert!(!everything(&world, carer).await.contains("hit her"), "{}", carer.name);
            let version = queries::child(&world.app, carer, RILEY).await.unwrap().version;
            let gone = entry::withdraw(&world.app, carer, RILEY, version, &told, ("not-so", "A mistake"), "w").await;
            assert!(matches!(gone, Err(Refused::NotFound)), "{gone:?}");
            let form = queries::correct_form(&world.app, carer, RILEY, &told, &Asked::default()).await;
            assert!(matches!(form, Err(Refused::NotFound)), "{form:?}");
            let disputed = entry::dispute(&world.app, carer, RILEY, version, &told, WHY, "d").await;
            assert!(matches!(disputed, Err(Refused::NotFound)), "{disputed:?}");
        }
        // Nor does a manager whom it is about, though managers see concerns.
        let other = secret_entry(&world, "owen", "And that Tess Lead did nothing about it").await;
        assert!(!everything(&world, &tess).await.contains("did nothing"));
        let version = queries::child(&world.app, &tess, RILEY).await.unwrap().version;
        let gone = entry::withdraw(&world.app, &tess, RILEY, version, &other, ("not-so", "A mistake"), "w2").await;
        assert!(matches!(gone, Err(Refused::NotFound)), "{gone:?}");
        assert!(everything(&world, &tess).await.contains("hit her"), "what is about somebody else they see");
    });
}

#[test]
fn nobody_speaks_as_the_police() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        let fields = [("by", "police_officer"), ("by-name", "PC Quill")];
        let told = world.record("dana", "return.recorded", &fields).await.unwrap();
        assert!(told.words.starts_with("Put down as told"), "{}", told.words);
        let (dana, grace) = (world.actor("dana").await, world.actor("grace").await);
        let board = queries::board(&world.app, &grace, 1).await.unwrap();
        assert_eq!(board.lines.len(), 1, "the child is still looked for");
        let page = queries::episode(&world.app, &grace, RILEY, &gone.entry).await.unwrap();
        let item = page.timeline.iter().find(|item| item.id == told.entry).unwrap();
        assert!(item.told.contains("not confirmed") && item.can_confirm, "{item:?}");
        // Whoever told it does not confirm it.
        let version = queries::child(&world.app, &dana, RILEY).await.unwrap().version;
        let own = entry::confirm(&world.app, &dana, RILEY, version, &told.entry, "c").await;
        assert!(matches!(own, Err(Refused::NotAllowed(_))), "{own:?}");
        entry::confirm(&world.app, &grace, RILEY, version, &told.entry, "c").await.unwrap();
        assert!(queries::board(&world.app, &grace, 1).await.unwrap().lines.is_empty(), "the police say so themselves");
    });
}

#[test]
fn a_grade_that_is_only_told_eases_nothing() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        world.record("grace", "risk.graded", &[("level", "high")]).await.unwrap();
        let strict = world.app.store().duties_of_child(RILEY).await.unwrap();
        world.pass(1);
        world.record("dana", "risk.graded", &[("level", "medium"), ("by", "police_officer")]).await.unwrap();
        let after = world.app.store().duties_of_child(RILEY).await.unwrap();
        for duty in strict.iter().filter(|d| d.is_open()) {
            let now = after.iter().find(|d| d.key == duty.key);
            let now = now.unwrap_or_else(|| panic!("{} is not asked any more", duty.key));
            assert!(now.is_open() || now.state.starts_with("done"), "{}: {}", duty.key, now.state);
            assert!(duty.due_us.is_none_or(|due| now.due_us.is_some_and(|now| now <= due)), "{} was eased", duty.key);
        }
    });
}

#[test]
fn another_s_alert_is_not_acknowledged() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        world.record("dana", "police.reported", &[("as", "missing")]).await.unwrap();
        for _ in 0..40 {
            world.pass(60);
            actions::worker::tick(&world.app).await.unwrap();
        }
        let grace = world.actor("grace").await;
        let police = queries::alerts(&world.app, &grace, 1).await.unwrap();
        let theirs = police.open.first().expect("the police are late with something").id.clone();
        let dana = world.actor("dana").await;
        let tried = alert::acknowledge(&world.app, &dana, &theirs).await;
        assert!(matches!(tried, Err(Refused::NotAllowed(_))), "{tried:?}");
        assert!(queries::alerts(&world.app, &grace, 1).await.unwrap().open.iter().any(|a| a.id == theirs));
        hire(&world, "sue", "Sue Pervisor", "police_supervisor", "police").await;
        let sue = world.actor("sue").await;
        alert::acknowledge(&world.app, &sue, &theirs).await.unwrap();
    });
}

#[test]
fn a_withdrawal_is_told_to_the_author_and_the_managers() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        hire(&world, "max", "Max Manager", "home_manager", "larkfield").await;
        let done =
            world.record("dana", "search.made", &[("where", "The garden"), ("result", "nothing")]).await.unwrap();
        let max = world.actor("max").await;
        let version = queries::child(&world.app, &max, RILEY).await.unwrap().version;
        let no_reason =
            entry::withdraw(&world.app, &max, RILEY, version, &done.entry, ("", "It was the shed"), "w0").await;
        assert!(matches!(no_reason, Err(Refused::Invalid(_))), "{no_reason:?}");
        world.withdraw(&max, &done.entry, ("not-so", "It was the shed"), "w").await.unwrap();
        let told = world.app.store().notices_of("dana").await.unwrap();
        assert!(told.iter().any(|n| n.says.contains("withdrew")), "{told:?}");
        assert!(world.app.store().notices_of("max").await.unwrap().is_empty(), "whoever did it knows");
        assert!(told.iter().all(|n| !n.says.contains("Riley")));
    });
}

#[test]
fn everybody_else_disputes_and_both_stand() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        let done =
            world.record("dana", "search.made", &[("where", "The garden"), ("result", "nothing")]).await.unwrap();
        let owen = world.actor("owen").await;
        let version = queries::child(&world.app, &owen, RILEY).await.unwrap().version;
        let tried =
            entry::withdraw(&world.app, &owen, RILEY, version, &done.entry, ("not-so", "I was there"), "w").await;
        assert!(matches!(tried, Err(Refused::NotAllowed(_))), "{tried:?}");
        entry::dispute(&world.app, &owen, RILEY, version, &done.entry, "I was there, and nobody searched", "d")
            .await
            .unwrap();
        let page = queries::episode(&world.app, &owen, RILEY, &gone.entry).await.unwrap();
        let item = page.timeline.iter().find(|item| item.id == done.entry).unwrap();
        assert!(!item.withdrawn && item.disputes.len() == 1 && item.disputes[0].note.contains("nobody searched"));
        assert!(!world.app.store().notices_of("dana").await.unwrap().is_empty());
    });
}

#[test]
fn a_waiver_needs_authority() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        lead(&world).await;
        let fields = [("action", "return_home_interview.hold"), ("reason", "Nobody wants it")];
        let tried = world.record("dana", "duty.waived", &fields).await;
        assert!(matches!(tried, Err(Refused::NotAllowed(_))), "{tried:?}");
        let tried = world.record("dana", "duty.waived", &[fields[0], fields[1], ("by", "team_manager")]).await;
        assert!(matches!(tried, Err(Refused::NotAllowed(_))), "{tried:?}");
        world.record("tess", "duty.waived", &[fields[0], fields[1], ("by", "team_manager")]).await.unwrap();
    });
}

#[test]
fn the_old_home_does_not_learn_the_new_address() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        lead(&world).await;
        let (tess, dana, nora) = (world.actor("tess").await, world.actor("dana").await, world.actor("nora").await);
        assert!(everything(&world, &dana).await.contains("4 Weir Lane"));
        world.pass(10);
        let to = [
            ("from", "2026-01-05T18:00+00:00"),
            ("home", "elsewhere"),
            ("address", "17 Saltmarsh Row, Corby"),
            ("type", "childrens_home"),
            ("host_authority", "northamptonshire"),
        ];
        save(&world, &tess, Doing::Move, &to).await.unwrap();
        assert!(everything(&world, &nora).await.contains("17 Saltmarsh Row"), "the new home knows where it is");
        let carer: Answers = [("name", "Ida Fenn"), ("kind", "carer"), ("phone", "07700 900811")].into_iter().collect();
        let version = queries::child(&world.app, &tess, RILEY).await.unwrap().version;
        let added = around::save(&world.app, &tess, RILEY, version, &around::About::Add, &carer, "carer").await;
        added.unwrap();
        assert!(everything(&world, &nora).await.contains("Ida Fenn"), "whoever cares now is theirs to know");
        let seen = everything(&world, &dana).await;
        for told in ["Saltmarsh", "Elsewhere", "4 Weir Lane", "Ida Fenn", "900811"] {
            assert!(!seen.contains(told), "{told}");
        }
        assert!(queries::child(&world.app, &dana, RILEY).await.is_ok(), "what is still owed can be seen for a while");
        world.pass(15 * 24 * 60);
        assert!(matches!(queries::child(&world.app, &dana, RILEY).await, Err(Refused::NotAllowed(_))));
        assert!(queries::search(&world.app, &dana, &"riley marsh".into()).await.unwrap().rows.is_empty());
    });
}

#[test]
fn who_is_barred_gets_the_same_bytes_as_if_there_were_no_child() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        lead(&world).await;
        let (tess, mel) = (world.actor("tess").await, world.actor("mel").await);
        relation::bar(&world.app, &tess, RILEY, Whom::Person("mel"), WHY, "b").await.unwrap();
        let (app, none) = (&world.app, "no-such-child");
        let child = |id: &'static str| async move {
            format!("{:?}", queries::child(app, &world_actor(app, "mel").await, id).await)
        };
        assert_eq!(child(RILEY).await, child(none).await);
        let relations = |id: &'static str| async move {
            format!("{:?}", relation::working(app, &world_actor(app, "mel").await, id).await)
        };
        assert_eq!(relations(RILEY).await, relations(none).await);
        let before = lists(&world, &mel).await;
        assert!(!before.contains("Riley"));
        // Whatever happens to the child, nothing of it reaches them.
        world.record("dana", "search.made", &[("where", "The garden"), ("result", "nothing")]).await.unwrap();
        assert_eq!(lists(&world, &mel).await, before);
        assert!(everything(&world, &world.actor("dana").await).await.contains("Riley"), "only whom it is about");
    });
}

async fn world_actor(app: &actions::App, who: &str) -> Actor {
    actions::sign_in::sign_in(app, who, testkit::world::PASSWORD, "127.0.0.1").await.unwrap().actor
}

async fn lists(world: &World, actor: &Actor) -> String {
    let app = &world.app;
    let home = queries::home(app, actor).await;
    let (board, alerts) = (queries::board(app, actor, 1).await, queries::alerts(app, actor, 1).await);
    let search = queries::search(app, actor, &"riley marsh".into()).await;
    format!("{home:?}{board:?}{alerts:?}{search:?}")
}

#[test]
fn a_hidden_entry_changes_no_byte_of_a_page() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        world.record("dana", "search.made", &[("where", "The garden"), ("result", "nothing")]).await.unwrap();
        let dana = world.actor("dana").await;
        let before = everything(&world, &dana).await;
        secret_entry(&world, "owen", "She says that somebody hit her").await;
        let after = everything(&world, &dana).await;
        let first = before.bytes().zip(after.bytes()).position(|(a, b)| a != b).unwrap_or(before.len());
        let around = |text: &str| text.chars().skip(first.saturating_sub(80)).take(200).collect::<String>();
        assert!(before == after, "before: {}\nafter: {}", around(&before), around(&after));
        assert!(everything(&world, &world.actor("owen").await).await.contains("hit her"), "its author sees it");
    });
}

#[test]
fn a_withheld_address_is_on_no_page_of_no_role() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        lead(&world).await;
        let tess = world.actor("tess").await;
        world
            .record(
                "dana",
                "information.received",
                &[("text", "A friend says Riley is back at 4 Weir Lane"), ("kind", "other")],
            )
            .await
            .ok();
        // So does why something was put right.
        let told = world.record("dana", "information.received", &[("text", "Rang"), ("kind", "other")]).await.unwrap();
        let mut right = world.form("information.received", &[("text", "A friend rang"), ("kind", "other")]);
        right.answers.set(entry::REASON, "The friend rang from 4 Weir Lane");
        world.correct(&world.actor("dana").await, RILEY, &told.entry, &right, "right").await.unwrap();
        // Whoever lives there gives it away as well.
        let owen = world.actor("owen").await;
        let version = queries::child(&world.app, &owen, RILEY).await.unwrap().version;
        let aunt = [
            ("name", "Marta Marsh"),
            ("kind", "family"),
            ("address", "4 Weir Lane, Corby"),
            ("told", "Nothing of 4 Weir Lane"),
        ];
        let aunt = aunt.into_iter().collect();
        around::save(&world.app, &owen, RILEY, version, &around::About::Add, &aunt, "aunt").await.unwrap();
        relation::withhold(&world.app, &tess, RILEY, "pl1", "The child wishes it, and is right to").await.unwrap();
        for person in hired(&world).await {
            let actor = world.actor(&person).await;
            let seen = everything(&world, &actor).await;
            for told in ["4 Weir Lane", "Larkfield House, ", "placement: \"Larkfield House\""] {
                assert!(!seen.contains(told), "{person} sees {told}");
            }
        }
        // Two people open it, for an hour.
        let owen = world.actor("owen").await;
        let page = actions::living::show(&world.app, &owen, RILEY).await.unwrap();
        assert!(page.withheld && page.now.is_empty(), "that there is a place is said, else the address is typed again");
        relation::want(&world.app, &owen, RILEY, "pl1", "I have to visit tonight, alone", "k").await.unwrap();
        let asked = world.app.store().requests_of_child(RILEY).await.unwrap().remove(0);
        let own = relation::second(&world.app, &owen, RILEY, &asked.id, true, "").await;
        assert!(matches!(own, Err(Refused::NotAllowed(_))), "{own:?}");
        relation::second(&world.app, &tess, RILEY, &asked.id, true, "").await.unwrap();
        assert!(everything(&world, &owen).await.contains("4 Weir Lane"));
        assert!(!everything(&world, &tess).await.contains("4 Weir Lane"), "to whom it was opened, and to nobody else");
        world.pass(61);
        assert!(!everything(&world, &owen).await.contains("4 Weir Lane"));
    });
}

#[test]
fn a_role_that_nobody_knows_is_refused_and_sees_nothing() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        for (id, role) in [("wiz", "wizard"), ("kid", "child"), ("caps", "Home_Staff")] {
            hire(&world, id, "Wanda Wand", role, "larkfield").await;
            let Ok(signed_in) = actions::sign_in::sign_in(&world.app, id, testkit::world::PASSWORD, "127.0.0.1").await
            else {
                continue;
            };
            let seen = everything(&world, &signed_in.actor).await;
            assert!(!seen.contains("Riley"), "{role}: {seen}");
            assert!(
                matches!(queries::board(&world.app, &signed_in.actor, 1).await, Err(Refused::NotAllowed(_))),
                "{role}"
            );
        }
    });
}

#[test]
fn a_scraper_is_stopped_and_told_of() {
    on_both(|database| async {
        let world = World::new(database).await;
        hire(&world, "max", "Max Manager", "home_manager", "larkfield").await;
        let dana = world.actor("dana").await;
        let mut opened = 0;
        for n in 0..40 {
            let id = format!("child-{n}");
            world.child(&id, &format!("Child Number{n}"), &testkit::world::riley(), &["larkfield"]).await;
            match queries::child(&world.app, &dana, &id).await {
                Ok(_) => opened += 1,
                Err(Refused::SignInAgain(_)) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(opened, 30);
        // A child that is missing can be reported all the same.
        assert!(actions::report::start(&world.app, &dana, "child-39").await.is_ok());
        world.pass(1);
        let again = world.actor("dana").await;
        assert!(
            queries::child(&world.app, &again, "child-39").await.is_ok(),
            "whoever shows again who they are goes on"
        );
        let max = world.actor("max").await;
        let unusual = looks::unusual(&world.app, &max).await.unwrap();
        assert!(
            unusual.iter().any(|u| u.person == "dana" && u.why.iter().any(|w| w.contains("within an hour"))),
            "{unusual:?}"
        );
        assert!(world.app.store().notices_of("max").await.unwrap().iter().any(|n| n.says.contains("many records")));
    });
}

#[test]
fn another_s_form_key_is_of_no_use() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let (dana, mel) = (world.actor("dana").await, world.actor("mel").await);
        let form = world.form("search.made", &[("where", "The cellar"), ("result", "nothing")]);
        let version = world.version(RILEY).await;
        let first = entry::record(&world.app, &dana, RILEY, version, &form, "the-key").await.unwrap();
        let other = world.form("search.made", &[("where", "The roof"), ("result", "nothing")]);
        let version = world.version(RILEY).await;
        let second = entry::record(&world.app, &mel, RILEY, version, &other, "the-key").await.unwrap();
        assert_ne!(first.entry, second.entry, "the answer to another's form is nobody else's");
        assert_eq!(world.version(RILEY).await, version + 1);
    });
}

#[test]
fn looks_that_the_work_explains_are_listed_apart() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        hire(&world, "nell", "Nell Other", "social_worker", "team").await;
        let store = world.app.store();
        let night = testkit::world::at("2026-01-05T02:30+00:00").0 * 1_000_000;
        let look = |person: &str, purpose: &str| NewLook {
            person_id: person.into(),
            post: "social_worker".into(),
            agency_id: "team".into(),
            child_id: Some(RILEY.into()),
            what: "child".into(),
            class: "ordinary".into(),
            purpose: purpose.into(),
            session: "s".into(),
        };
        store.look(&[look("owen", ""), look("nell", "")], night).await.unwrap();
        let theirs = store::Allocation {
            id: "a1".into(),
            child_id: RILEY.into(),
            role: "social_worker".into(),
            agency: "team".into(),
            person: Some("owen".into()),
            ..store::Allocation::default()
        };
        store.allocation_put(&theirs).await.unwrap();
        let hugo = world.actor("hugo").await;
        let work = async |person: &str| {
            let found = looks::unusual(&world.app, &hugo).await.unwrap();
            found.into_iter().find(|one| one.person == person).unwrap().work
        };
        assert_eq!(work("owen").await, "the child is allocated to them");
        assert_eq!(work("nell").await, "", "nothing explains that she looked at night");
        // What weighs is explained by no work.
        store.look(&[look("owen", "break-glass")], night + 1).await.unwrap();
        assert_eq!(work("owen").await, "");
    });
}

#[test]
fn twenty_planted_snoopers_are_all_listed() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let mut planted = Vec::new();
        let store = world.app.store();
        let look = |person: &str, role: &str, what: &str, purpose: &str| NewLook {
            person_id: person.into(),
            post: role.into(),
            agency_id: "team".into(),
            child_id: Some(RILEY.into()),
            what: what.into(),
            class: "ordinary".into(),
            purpose: purpose.into(),
            session: "s".into(),
        };
        for n in 0..20 {
            let id = format!("snoop{n}");
            let name = if n % 5 == 0 { format!("Sam{n} Marsh") } else { format!("Sam{n} Other") };
            hire(&world, &id, &name, "social_worker", "team").await;
            let at = |time: &str| testkit::world::at(time).0 * 1_000_000;
            let noon = at("2026-01-05T12:00+00:00");
            match n % 5 {
                0 => store.look(&[look(&id, "social_worker", "child", "")], noon).await.unwrap(),
                1 => {
                    store.home_put(&id, "9 Weir Lane, Kettering").await.unwrap();
                    store.look(&[look(&id, "social_worker", "episode", "")], noon).await.unwrap();
                }
                2 => {
                    store.look(&[look(&id, "social_worker", "child", "")], at("2026-01-05T02:30+00:00")).await.unwrap();
                }
                3 => store.look(&[look(&id, "social_worker", "child", "break-glass")], noon).await.unwrap(),
                _ => {
                    let refused = look(&id, "social_worker", "refused", "see");
                    store.look(&[refused.clone(), refused.clone(), refused], noon).await.unwrap();
                }
            }
            planted.push(id);
        }
        // Somebody who does their work is not on the list.
        store
            .look(
                &[look("owen", "social_worker", "child", "")],
                testkit::world::at("2026-01-05T12:00+00:00").0 * 1_000_000,
            )
            .await
            .unwrap();
        let hugo = world.actor("hugo").await;
        let found = looks::unusual(&world.app, &hugo).await.unwrap();
        for id in &planted {
            assert!(found.iter().any(|u| u.person == *id), "{id} is not listed");
        }
        assert!(!found.iter().any(|u| u.person == "owen"), "{found:?}");
        let other = looks::unusual(&world.app, &world.actor("owen").await).await;
        assert!(matches!(other, Err(Refused::NotAllowed(_))), "for those who guard alone: {other:?}");
    });
}
