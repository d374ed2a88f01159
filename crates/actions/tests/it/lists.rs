//! Home, board, search: what is pressing comes first, and lists agree with the record.

use crate::databases::on_both;
use crate::staff::hire;
use crate::world::{RILEY, World, riley};
use actions::views::TodoPart;
use actions::{live, queries, worker};
use store::Agency;

#[test]
fn home_says_what_must_be_done_now() {
    on_both(|database| async {
        let world = World::new(database).await;
        let priya = world.actor("priya").await;
        let quiet = queries::home(&world.app, &priya).await.unwrap();
        assert_eq!(quiet.greeting, "Good evening, Priya");
        assert!(quiet.next.is_none() && quiet.missing_now.is_empty());
        world.gone().await;
        let grace = world.actor("grace").await;
        let home = queries::home(&world.app, &grace).await.unwrap();
        assert_eq!(home.missing_count, 1);
        let next = home.next.expect("the daily information has a limit");
        assert_eq!(next.limit.at.as_ref().unwrap().clock, "23:59");
        assert!(next.mine && next.doing.is_some());
        assert_eq!(home.summary, "The next is due by 23:59 today, in 5 h 29 min.");
        world.set("2026-01-06T18:31+00:00");
        worker::tick(&world.app).await.unwrap();
        let owen = world.actor("owen").await;
        let home = queries::home(&world.app, &owen).await.unwrap();
        assert_eq!(home.lists[0].bundles[0].when, "Overdue");
        assert_eq!(home.summary, "3 things are overdue.");
        let next = home.next.unwrap();
        assert!(next.alarm && next.label.contains("olice"), "nobody has told the police yet: {}", next.label);
    });
}

#[test]
fn what_passed_before_it_was_known_is_counted_apart_from_what_is_late() {
    on_both(|database| async {
        let world = World::new(database).await;
        let told_late = [("status", "missing"), ("occurred", "2026-01-02T22:00+00:00")];
        world.record("dana", "absence.noticed", &told_late).await.unwrap();
        world.record("dana", "return.recorded", &[("occurred", "2026-01-03T07:00+00:00")]).await.unwrap();
        let home = queries::home(&world.app, &world.actor("dana").await).await.unwrap();
        let [list] = &home.lists[..] else { panic!("one list") };
        let counted: Vec<_> = list.bundles.iter().map(|b| (b.when.as_str(), b.lines.len())).collect();
        assert_eq!(counted, [("Passed before it was known", 1), ("All the time", 2)]);
        let line = &list.bundles[0].lines[0];
        assert_eq!(line.label, "Receive the child well, and look to their condition at once");
        assert_eq!((line.state.word(), line.known_late.as_str()), ("overdue", "Mon 5 Jan 2026 18:00"));
        assert_eq!(
            home.summary,
            "3 things are to do, with no time set. 1 thing was late already when it became known."
        );
        let next = home.next.unwrap();
        assert!(next.label.starts_with("Were the police told?"), "what can still be answered: {}", next.label);
        // What passes after it was known is late as ever.
        world.gone().await;
        world.set("2026-01-06T18:31+00:00");
        worker::tick(&world.app).await.unwrap();
        let home = queries::home(&world.app, &world.actor("owen").await).await.unwrap();
        let overdue: usize = home.lists[0].bundles.iter().filter(|b| b.when == "Overdue").map(|b| b.lines.len()).sum();
        assert_eq!(overdue, 3);
        assert_eq!(home.summary, "3 things are overdue.", "what the carer could not have kept is on the carer's list");
        assert_eq!(home.next.unwrap().known_late, "");
    });
}

#[test]
fn lists_agree_with_the_episode_page() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        for minutes in [0, 60, 60 * 23, 60 * 30, 60 * 50] {
            world.pass(minutes);
            worker::tick(&world.app).await.unwrap();
            for who in ["dana", "owen", "grace", "priya"] {
                let actor = world.actor(who).await;
                let mut all = Vec::new();
                for part in [TodoPart::Due, TodoPart::Unknown, TodoPart::May] {
                    all.extend(world.to_do(&actor, part).await);
                }
                let due = world.due(&actor, RILEY, &gone.entry).await;
                let listed = all.iter().filter(|l| l.episode.is_some());
                let mut listed: Vec<_> = listed.map(|l| (l.key.clone(), l.state, l.limit.clone())).collect();
                let shown = due.iter().filter(|l| l.mine);
                let mut shown: Vec<_> = shown.map(|l| (l.key.clone(), l.state, l.limit.clone())).collect();
                listed.sort_by_key(|a| a.0.to_string());
                shown.sort_by_key(|a| a.0.to_string());
                assert_eq!(listed, shown, "{who} after {minutes} more minutes");
            }
        }
    });
}

#[test]
fn the_board_shows_who_is_missing_and_is_live() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.child("sam", "Sam Reed", &riley(), &["larkfield", "police"]).await;
        let changes = live::changes(&world.app);
        live::look(&world.app).await;
        let before = *changes.borrow();
        world.gone().await;
        world.pass(90);
        world.record("grace", "risk.graded", &[("level", "high")]).await.unwrap();
        // A change is told once no write that began before it is still under way; other tests write to the same PostgreSQL.
        for _ in 0..200 {
            if live::look(&world.app).await > before {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert!(*changes.borrow() > before);
        let grace = world.actor("grace").await;
        let board = queries::board(&world.app, &grace, 1).await.unwrap();
        assert_eq!(board.summary, "1 child is missing.");
        assert_eq!(board.viewer.as_at, "as at 20:00");
        let line = &board.lines[0];
        assert_eq!((line.gone_for.as_str(), line.risk.text.as_str()), ("1 h 30 min", "High risk"));
        assert_eq!(line.risk_since.as_ref().unwrap().clock, "20:00");
        assert_eq!(line.last_entry_words, "The police graded the risk");
        assert!(!line.reported);
        let of_riley = queries::board_line(&world.app, &grace, RILEY).await.unwrap().unwrap();
        assert_eq!(of_riley, *line, "a line by itself is the line of the board");
        assert_eq!(queries::board_line(&world.app, &grace, "sam").await.unwrap(), None);
        world.record("dana", "police.reported", &[]).await.unwrap();
        assert!(queries::board_line(&world.app, &grace, RILEY).await.unwrap().unwrap().reported);
        // A grade that is confirmed holds since it was first given.
        world.pass(30);
        world.record("grace", "risk.graded", &[("level", "high")]).await.unwrap();
        let board = queries::board(&world.app, &grace, 1).await.unwrap();
        assert_eq!(board.lines[0].risk_since.as_ref().unwrap().clock, "20:00");
    });
}

#[test]
fn a_child_is_found_by_any_part_of_the_name() {
    on_both(|database| async {
        let world = World::new(database).await;
        let dana = world.actor("dana").await;
        for text in ["riley marsh", "MARSH RIL", "mar ri", "  Riley   Marsh "] {
            let page = queries::search(&world.app, &dana, &text.into()).await.unwrap();
            assert_eq!(page.rows.len(), 1, "{text}");
            assert!(page.rows[0].status.is_none());
        }
        for text in ["", "  ", "zzz yyy", "riley", "m r", "%", "' or 1=1 --", &"x".repeat(10_000)] {
            assert!(queries::search(&world.app, &dana, &text.into()).await.unwrap().rows.is_empty(), "{text}");
        }
        world.gone().await;
        let found = queries::search(&world.app, &dana, &"riley marsh".into()).await.unwrap();
        assert_eq!(found.rows[0].status.as_ref().unwrap().word, "missing");
    });
}

/// A child whom nothing is known of but where the child lives and what social care has to do with it, gone since six.
async fn gone_from_home(world: &World, id: &str, facts: &serde_json::Value) {
    let case = serde_json::json!({
        "case": id, "facts": facts,
        "chronology": [
            { "id": format!("{id}-gone"), "event": "absence.noticed", "occurred_at": "2026-01-05T18:00+00:00", "status": "missing", "by": "parent" },
        ]
    });
    world.child(id, &format!("{id} Vale"), &case, &["team", "hub"]).await;
}

/// What somebody who may not sign in owes stands on the list of whoever sees to it for this child, who reads whose it is, and on no other.
#[test]
fn what_a_parent_owes_is_with_whoever_sees_to_it_for_this_child_and_says_whose_it_is() {
    on_both(|database| async {
        let world = World::new(database).await;
        let hub = Agency { id: "hub".into(), name: "The hub".into(), kind: "mash".into(), ..Agency::default() };
        world.app.store().add_agency(&hub).await.unwrap();
        hire(&world, "mia", "Mia Hub", "mash_decision_maker", "hub").await;
        let home = |care: &str| {
            serde_json::json!([
                { "fact": "child.responsible_authority", "value": "northamptonshire" },
                { "fact": "child.looked_after", "value": false },
                { "fact": "placement.type", "value": "family_home" },
                { "fact": "placement.host_authority", "value": "northamptonshire" },
                { "fact": "child.social_care", "value": care },
            ])
        };
        gone_from_home(&world, "known", &home("open")).await;
        gone_from_home(&world, "unknown", &home("not_known")).await;
        let mut found = Vec::new();
        for who in ["owen", "mia"] {
            let actor = world.actor(who).await;
            let lines = [world.to_do(&actor, TodoPart::Due).await, world.to_do(&actor, TodoPart::May).await].concat();
            let of_parents =
                lines.iter().filter(|line| ["parent", "reporter", "finder", "anyone"].contains(&line.owner.as_str()));
            for line in of_parents {
                assert!(line.why_mine.ends_with("to do: see to it that it is done"), "{who}: {line:?}");
                found.push((who, line.child.clone()));
            }
            // What is theirs by their own post says nothing of the kind.
            let own = lines.iter().filter(|line| line.owner == actor.role);
            assert!(own.into_iter().all(|line| line.why_mine.is_empty()));
        }
        found.sort();
        found.dedup();
        let wanted = [("mia", "unknown".to_string()), ("owen", "known".to_string())];
        assert_eq!(found, wanted, "each where they see to it, and nowhere else");
    });
}

/// The call to the police for a child of whom nobody recorded where it lives is on the list of whoever reported it, not on nobody's.
#[test]
fn what_is_due_while_a_child_is_gone_is_on_lists_even_if_it_cannot_be_told_whose_it_is() {
    on_both(|database| async {
        let world = World::new(database).await;
        let hub = Agency { id: "hub".into(), name: "The hub".into(), kind: "mash".into(), ..Agency::default() };
        world.app.store().add_agency(&hub).await.unwrap();
        let known = serde_json::json!([
            { "fact": "child.responsible_authority", "value": "northamptonshire" },
            { "fact": "placement.host_authority", "value": "northamptonshire" },
        ]);
        gone_from_home(&world, "kai", &known).await;
        let owen = world.actor("owen").await;
        let lines = world.to_do(&owen, TodoPart::Due).await;
        let call = lines.iter().find(|line| line.child == "kai" && line.alarm);
        let call = call.unwrap_or_else(|| panic!("the call to the police is on no list: {lines:#?}"));
        assert!(call.owner.is_empty(), "while it is not known whose it is: {call:?}");
    });
}

#[test]
fn forms_that_were_filled_in_elsewhere_stand_on_the_list_of_forms() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        let listed = async || actions::form::list(&world.app, &owen, RILEY).await.unwrap();
        assert!(listed().await.elsewhere.is_empty());
        for (event, kept) in [("form.completed", "The blue folder"), ("form.reviewed", "The shared drive")] {
            world.record("owen", event, &[("form", "common_assessment"), ("kept_at", kept)]).await.unwrap();
            world.pass(5);
        }
        let found = listed().await;
        assert!(found.filled.is_empty());
        let said: Vec<_> = found.elsewhere.iter().map(|one| (one.what.as_str(), one.kept_at.as_str())).collect();
        assert_eq!(said, [("Looked through", "The shared drive"), ("Completed", "The blue folder")]);
        assert!(found.elsewhere[0].by.starts_with("Owen Pryce"), "{}", found.elsewhere[0].by);
    });
}
