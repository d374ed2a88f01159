//! What is put down on another side's behalf: a power, a decision. It is shown as told, and meets and ends nothing until that side says so.

use crate::databases::on_both;
use crate::world::{RILEY, World, rules};
use actions::views::{DutyLine, Strip};
use actions::{entry, queries};
use engine::rulebook::{Outcome, Owner};
use engine::vocabulary::ActionKind;

async fn next_steps(world: &World) -> Option<DutyLine> {
    let grace = world.actor("grace").await;
    let id = world.app.store().episodes_of_child(RILEY).await.unwrap().remove(0).id;
    let due = world.due(&grace, RILEY, &id).await;
    due.into_iter().find(|line| line.label.starts_with("Whereabouts known: consult"))
}

#[test]
fn a_power_that_is_only_told_is_watched_and_shown_as_told() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await.entry;
        let told = world.record("owen", "police_protection.started", &[("by", "police_officer")]).await.unwrap();
        assert!(told.words.starts_with("Put down as told"), "{}", told.words);
        let grace = world.actor("grace").await;
        let strip = async || queries::episode(&world.app, &grace, RILEY, &gone).await.unwrap().strip;
        let title =
            |strip: &Strip| strip.powers.iter().map(|one| format!("{} {}", one.title, one.told)).collect::<Vec<_>>();
        let shown = title(&strip().await);
        // Nobody reads that a power runs: it is told, by whom, and that the police have not said so.
        assert_eq!(shown, ["Police protection Told by Owen Pryce, not confirmed by attending police officer"]);
        // That it ended is the police's to say as well: told by another it stops no clock.
        world.pass(60);
        let ended = world.record("owen", "police_protection.ended", &[("by", "police_officer")]).await.unwrap();
        assert!(ended.words.starts_with("Put down as told"), "{}", ended.words);
        assert_eq!(title(&strip().await), shown);
        // They are asked, and once they say that it is so it is theirs.
        let notices = world.app.store().notices_of("grace").await.unwrap();
        assert_eq!(notices.iter().filter(|n| n.says.contains("confirm it, or dispute it")).count(), 1, "{notices:?}");
        entry::confirm(&world.app, &grace, RILEY, world.version(RILEY).await, &told.entry, "a").await.unwrap();
        let shown = title(&strip().await);
        assert_eq!(shown, ["Police protection "], "it is theirs now");
        entry::confirm(&world.app, &grace, RILEY, world.version(RILEY).await, &ended.entry, "b").await.unwrap();
        assert_eq!(title(&strip().await), Vec::<String>::new());
    });
}

/// What the rulebooks give to another agency alone is told by whoever else puts it down, whatever role the form names: an officer's act, the
/// record of a talk that the police hold.
#[test]
fn an_act_of_another_agency_is_told() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        world.record("dana", "police.reported", &[("as", "missing")]).await.unwrap();
        world.pass(5);
        let acts: [(&str, &[(&str, &str)]); 2] = [
            ("action.recorded", &[("action", "enquiry.run"), ("items", "The superintendent has authorised it")]),
            ("decision.recorded", &[("decision", "absence.classify"), ("answer", "yes"), ("reason", "They rang")]),
        ];
        for (event, fields) in acts {
            let by_home = [fields, &[("by", "home_staff")]].concat();
            let told = world.record("dana", event, &by_home).await.unwrap();
            assert!(told.words.starts_with("Put down as told"), "{event}: {}", told.words);
            world.pass(1);
            let own = world.record("grace", event, fields).await.unwrap();
            assert!(!own.words.starts_with("Put down as told"), "{event}: {}", own.words);
            world.pass(1);
        }
        // What is anybody's, or the home's own, is told by nobody.
        let own = [("action", "child.search"), ("items", "The sheds"), ("by", "home_staff")];
        let own = world.record("dana", "action.recorded", &own).await.unwrap();
        assert!(!own.words.starts_with("Put down as told"), "{}", own.words);
    });
}

#[test]
fn a_decision_that_is_only_told_decides_nothing() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        world.record("dana", "police.reported", &[("as", "missing")]).await.unwrap();
        world.pass(5);
        world.record("grace", "child.located", &[("where", "At an aunt's")]).await.unwrap();
        world.pass(5);
        assert!(next_steps(&world).await.is_some());
        // Whether in their own name or in that of the police: what the police decide the police say.
        let mut told = Vec::new();
        for by in ["social_worker", "police_officer"] {
            let fields = [("decision", "next_steps.decide"), ("answer", "yes"), ("reason", "They rang"), ("by", by)];
            let done = world.record("owen", "decision.recorded", &fields).await.unwrap();
            assert!(done.words.starts_with("Put down as told"), "{by}: {}", done.words);
            assert!(next_steps(&world).await.is_some(), "{by}: it is still theirs to decide");
            told.push(done.entry);
            world.pass(5);
        }
        let grace = world.actor("grace").await;
        entry::confirm(&world.app, &grace, RILEY, world.version(RILEY).await, &told[1], "a").await.unwrap();
        assert!(next_steps(&world).await.is_none(), "the police say so themselves");
        // What they decide themselves is told by nobody.
        let fields = [("decision", "next_steps.decide"), ("answer", "yes"), ("reason", "Seen and well")];
        let own = world.record("grace", "decision.recorded", &fields).await.unwrap();
        assert!(!own.words.starts_with("Put down as told"), "{}", own.words);
    });
}

/// What the home has heard of the police's grade is read as told, by whom, beside what is certain; it moves no head of a page.
#[test]
fn a_grade_that_is_only_told_is_read_as_told() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await.entry;
        world.record("dana", "police.reported", &[("as", "missing")]).await.unwrap();
        world.pass(5);
        let told = world
            .record("dana", "risk.graded", &[("level", "medium"), ("reason", "They rang"), ("by", "police")])
            .await
            .unwrap();
        assert!(told.words.starts_with("Put down as told"), "{}", told.words);
        let grace = world.actor("grace").await;
        let strip = async || queries::episode(&world.app, &grace, RILEY, &gone).await.unwrap().strip;
        let shown = strip().await;
        assert_eq!(shown.risk.word, "", "nothing is graded by hearsay: {:?}", shown.risk);
        let told_of = |strip: &Strip| strip.told.iter().filter(|one| one.starts_with("Police risk")).count();
        assert_eq!(told_of(&shown), 1, "{:?}", shown.told);
        assert!(shown.told.iter().any(|one| one.starts_with("Police risk: Medium by ")), "{:?}", shown.told);
        // Another grade by the police stands at the head, and what is told otherwise beside it; once they are one, it is said once.
        world.pass(5);
        world.record("grace", "risk.graded", &[("level", "high"), ("reason", "Cold, and alone")]).await.unwrap();
        let shown = strip().await;
        assert_eq!(shown.risk.word, "high", "{:?}", shown.risk);
    });
}

/// Whoever a protocol asks to decide says what they decided: none of them is taken for somebody who tells what another decided.
#[test]
fn whoever_is_asked_to_decide_says_so_for_themselves() {
    let rules = rules();
    let vocabulary = &rules.library.vocabulary;
    let mut strange = Vec::new();
    for book in &rules.library.rulebooks {
        for rule in &book.rules {
            let action = vocabulary.action_at(rule.action);
            if action.kind != ActionKind::Decide || action.said_by.is_empty() {
                continue;
            }
            let owners = std::iter::once(rule.owner).chain(rule.exceptions.iter().filter_map(|one| one.owner));
            let roles = owners.flat_map(|owner| match owner {
                Owner::Role(role) => vec![role],
                Owner::Table(index) => {
                    let rows = book.tables[index].rows.iter();
                    rows.filter_map(|row| if let Outcome::Role(role) = row.then { Some(role) } else { None }).collect()
                }
                Owner::Told(_) | Owner::Setting(_) => Vec::new(),
            });
            for role in roles {
                if !action.said_by.iter().any(|side| vocabulary.may_act_for(role, *side)) {
                    strange.push(format!("{}/{}: {:?}", book.id, rule.id, vocabulary.word(role)));
                }
            }
        }
    }
    assert_eq!(strange, Vec::<String>::new());
}

/// A decision says whose it is to say, unless it is anybody's: whoever cares for a child, works with them or is asked by name.
#[test]
fn every_decision_says_whose_it_is() {
    let rules = rules();
    let decisions = rules.library.vocabulary.actions.iter().filter(|action| action.kind == ActionKind::Decide);
    let anybodys: Vec<_> = decisions.filter(|one| one.said_by.is_empty()).map(|one| one.id.as_str()).collect();
    let known = ["absence.judge", "common_assessment.consider", "conflict.settle", "forum.refer", "support.consider"];
    let mut sorted = anybodys.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, known, "these are anybody's to say");
}
