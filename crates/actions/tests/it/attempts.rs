//! What somebody tried on the running product and got in by; each was mended at its mechanism.

use crate::staff::{hire, lead, secret_entry};
use actions::keeping::By;
use actions::live::{self, Changed};
use actions::post::{self, NewPost};
use actions::queries::{self, Asked};
use actions::relation::{self, Whom};
use actions::{Actor, Refused, entry, looks};
use store::Agency;
use testkit::databases::on_both;
use testkit::world::{RILEY, World};

const WHY: &str = "Because somebody has to, and this says why.";

async fn episode(world: &World, who: &Actor) -> String {
    let id = world.app.store().episodes_of_child(RILEY).await.unwrap().remove(0).id;
    format!("{:?}", queries::episode(&world.app, who, RILEY, &id).await.unwrap())
}

#[test]
fn where_the_child_is_stays_from_whom_the_child_withholds_it() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        world.record("grace", "child.located", &[("where", "7 Foo Street")]).await.unwrap();
        let (dana, owen, grace) = (world.actor("dana").await, world.actor("owen").await, world.actor("grace").await);
        assert!(episode(&world, &dana).await.contains("7 Foo Street"), "nobody said that it is withheld");
        let fields = [("withheld_from", "home_staff"), ("competent", "yes")];
        world.record("owen", "disclosure.refused", &fields).await.unwrap();
        assert!(!episode(&world, &dana).await.contains("7 Foo Street"), "the child does not want them to know");
        assert!(episode(&world, &owen).await.contains("7 Foo Street"));
        assert!(episode(&world, &grace).await.contains("7 Foo Street"), "the police are bound to know");
        // What is decided about the wish, and what is passed on meanwhile, would tell them of it.
        let decision = [("decision", "disclosure.decide"), ("answer", "yes"), ("reason", "She is safe there")];
        world.record("owen", "decision.recorded", &decision).await.unwrap();
        let shared = [("with", "police"), ("what", "risk"), ("purpose", "To fetch her today"), ("by", "social_worker")];
        world.record("owen", "information.shared", &shared).await.unwrap();
        for text in ["She is safe there", "To fetch her today"] {
            assert!(!episode(&world, &dana).await.contains(text), "{text}");
            assert!(
                episode(&world, &owen).await.contains(text) && episode(&world, &grace).await.contains(text),
                "{text}"
            );
        }
        let board = format!("{:?}", queries::board(&world.app, &dana, 1).await.unwrap().lines);
        for told in ["refused disclosure", "Information was shared", "A decision was recorded"] {
            assert!(!board.contains(told), "on a list everybody reads it: {board}");
        }
        world.pass(1);
        world.record("owen", "disclosure.allowed", &[]).await.unwrap();
        assert!(episode(&world, &dana).await.contains("7 Foo Street"));
        world.pass(1);
        // Without a name it is withheld from whoever is not bound to know.
        world.record("grace", "child.located", &[("where", "9 Bar Row"), ("refuses_disclosure", "yes")]).await.unwrap();
        assert!(!episode(&world, &dana).await.contains("9 Bar Row"));
        assert!(episode(&world, &owen).await.contains("9 Bar Row"));
    });
}

#[test]
fn what_is_told_does_not_move_the_head_of_the_page() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        world.record("grace", "risk.graded", &[("level", "high")]).await.unwrap();
        let number = [("incident_number", "NP-1"), ("by", "police_officer")];
        world.record("grace", "police.incident_number_given", &[("incident_number", "NP-20260105-1")]).await.unwrap();
        world.pass(1);
        world.record("dana", "risk.graded", &[("level", "medium"), ("by", "police_officer")]).await.unwrap();
        world.record("dana", "police.incident_number_given", &number).await.unwrap();
        world.record("dana", "return.recorded", &[("by", "police_officer")]).await.unwrap();
        let grace = world.actor("grace").await;
        let strip = queries::episode(&world.app, &grace, RILEY, &gone.entry).await.unwrap().strip;
        assert_eq!((strip.risk.text.as_str(), strip.incident_number.as_str()), ("High risk", "NP-20260105-1"));
        assert!(strip.open && strip.headline.starts_with("Missing"), "{}", strip.headline);
        assert!(strip.told.iter().any(|one| one.contains("Medium")), "{:?}", strip.told);
        let line = queries::board(&world.app, &grace, 1).await.unwrap().lines.remove(0);
        assert_eq!(line.risk.text, "High risk");
        // Those on whose behalf it was told are asked.
        let notices = world.app.store().notices_of("grace").await.unwrap();
        assert_eq!(notices.len(), 1, "in the same words they are told once: {notices:?}");
        assert!(notices.iter().all(|n| n.says.contains("confirm it, or dispute it")));
    });
}

#[test]
fn a_role_fits_the_kind_of_agency() {
    on_both(|database| async {
        let world = World::new(database).await;
        let wanted = |role: &str, agency: &str| NewPost {
            role: role.into(),
            agency: agency.into(),
            kind: "own".into(),
            ..NewPost::default()
        };
        let app = &world.app;
        for role in ["police_officer", "host_police", "social_worker", "team_manager", "return_interviewer"] {
            let given = post::add(app, By::Operator, "dana", &wanted(role, "larkfield"), WHY).await;
            assert!(matches!(given, Err(Refused::Invalid(_))), "{role} in a home: {given:?}");
        }
        post::add(app, By::Operator, "dana", &wanted("home_manager", "larkfield"), WHY).await.unwrap();
    });
}

#[test]
fn whoever_broke_the_glass_reads_and_does_not_write() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let agency =
            Agency { id: "t2".into(), name: "Team two".into(), kind: "social_work_team".into(), ..Agency::default() };
        world.app.store().add_agency(&agency).await.unwrap();
        hire(&world, "paige", "Paige Other", "team_manager", "t2").await;
        let paige = world.actor("paige").await;
        assert!(queries::child(&world.app, &paige, RILEY).await.is_err());
        relation::break_glass(&world.app, &paige, RILEY, WHY, "g").await.unwrap();
        assert!(queries::child(&world.app, &paige, RILEY).await.is_ok());
        for event in ["return.recorded", "disclosure.refused", "search.made"] {
            let tried = world.record("paige", event, &[]).await;
            assert!(matches!(tried, Err(Refused::NotAllowed(_))), "{event}: {tried:?}");
        }
        let id = world.app.store().episodes_of_child(RILEY).await.unwrap().remove(0).id;
        let page = queries::episode(&world.app, &paige, RILEY, &id).await.unwrap();
        assert!(page.mine.is_empty() && page.folded.is_empty(), "nothing of it is hers to do");
    });
}

#[test]
fn a_withheld_place_is_not_lifted_by_one_alone() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let (tess, hugo) = (world.actor("tess").await, world.actor("hugo").await);
        let app = &world.app;
        relation::withhold(app, &tess, RILEY, "pl1", WHY).await.unwrap();
        for alone in [&tess, &hugo] {
            let tried = relation::lift(app, alone, RILEY, "pl1").await;
            assert!(matches!(tried, Err(Refused::NotAllowed(_))), "{tried:?}");
        }
        relation::want(app, &tess, RILEY, "pl1", WHY, "k").await.unwrap();
        let request = app.store().requests_of_child(RILEY).await.unwrap().remove(0).id;
        relation::second(app, &hugo, RILEY, &request, true, "").await.unwrap();
        relation::lift(app, &tess, RILEY, "pl1").await.unwrap();
        assert!(app.store().withheld(RILEY).await.unwrap().is_empty());
    });
}

#[test]
fn those_who_look_for_a_missing_child_are_not_shut_out() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        world.gone().await;
        let (tess, app) = (world.actor("tess").await, &world.app);
        let tried = relation::bar(app, &tess, RILEY, Whom::Agency("police"), WHY, "b").await;
        assert!(matches!(tried, Err(Refused::NotAllowed(_))), "{tried:?}");
        let relations = app.store().relations_of_child(RILEY).await.unwrap();
        let police = relations.iter().find(|r| r.agency_id.as_deref() == Some("police")).unwrap();
        let tried = relation::end(app, &tess, RILEY, &police.id).await;
        assert!(matches!(tried, Err(Refused::NotAllowed(_))), "{tried:?}");
        // One person can be kept out, at once; those who guard the record hear of it.
        relation::bar(app, &tess, RILEY, Whom::Person("grace"), WHY, "p").await.unwrap();
        assert!(queries::child(app, &world.actor("grace").await, RILEY).await.is_err());
        assert!(app.store().notices_of("hugo").await.unwrap().iter().any(|n| n.says.contains("barred")));
        world.record("dana", "return.recorded", &[]).await.unwrap();
        relation::end(app, &tess, RILEY, &police.id).await.unwrap();
    });
}

#[test]
fn a_concern_that_names_somebody_hides_from_them_whatever_its_kind() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        hire(&world, "max", "Max Manager", "home_manager", "larkfield").await;
        let max = world.actor("max").await;
        let told = [("kind", "harmed"), ("text", "He hit her"), ("about_practitioner", "Max Manager")];
        let told = world.record("dana", "concern.raised", &told).await.unwrap();
        assert!(!episode(&world, &max).await.contains("He hit her"));
        let note = [("text", "Max Manager was seen with the child")];
        let named = world.record("dana", "information.received", &note).await.unwrap();
        let version = queries::child(&world.app, &max, RILEY).await.unwrap().version;
        for one in [&told, &named] {
            let gone = entry::withdraw(&world.app, &max, RILEY, version, &one.entry, ("not-so", WHY), "w").await;
            assert!(matches!(gone, Err(Refused::NotFound | Refused::NotAllowed(_))), "{gone:?}");
        }
        let form = queries::correct_form(&world.app, &max, RILEY, &named.entry, &Asked::default()).await;
        assert!(form.is_err(), "another manager decides on what names him");
    });
}

#[test]
fn an_interview_about_two_episodes_is_about_the_same_two_for_whom_a_line_before_them_is_hidden() {
    on_both(|database| async {
        let world = World::new(database).await;
        let first = world.gone().await.entry;
        hire(&world, "max", "Max Manager", "home_manager", "larkfield").await;
        let told = [("kind", "harmed"), ("text", "He hit her"), ("about_practitioner", "Max Manager")];
        world.record("dana", "concern.raised", &told).await.unwrap();
        world.pass(60);
        world.record("dana", "return.recorded", &[]).await.unwrap();
        world.pass(60);
        let second = world.record("dana", "absence.noticed", &[("status", "missing")]).await.unwrap().entry;
        world.pass(60);
        world.record("dana", "return.recorded", &[]).await.unwrap();
        world.pass(60);
        let about = [
            ("chair", "team_manager"),
            ("attended", "police"),
            ("decisions", "One plan for both"),
            ("episodes", first.as_str()),
            ("episodes", second.as_str()),
        ];
        world.record("owen", "strategy_meeting.held", &about).await.unwrap();
        for who in ["owen", "max"] {
            let who = world.actor(who).await;
            for one in [&first, &second] {
                let page = queries::episode(&world.app, &who, RILEY, one).await.unwrap();
                let said: Vec<&str> = page.timeline.iter().map(|item| item.title.as_str()).collect();
                assert!(said.iter().any(|title| title.contains("trategy meeting")), "{}: {said:?}", who.name);
            }
        }
    });
}

#[test]
fn to_whoever_is_barred_there_is_no_such_child_to_ask_about() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let (tess, app) = (world.actor("tess").await, &world.app);
        relation::bar(app, &tess, RILEY, Whom::Person("grace"), WHY, "p").await.unwrap();
        let grace = world.actor("grace").await;
        let asked = async |child: &str| {
            let page = relation::access(app, &grace, child).await.map(|a| (a.may_ask, a.may_break));
            let ask = relation::ask(app, &grace, child, WHY, "k").await;
            let glass = relation::break_glass(app, &grace, child, WHY, "g").await;
            format!("{page:?} {ask:?} {glass:?}")
        };
        assert_eq!(asked(RILEY).await, asked("no-such-child").await);
        assert!(app.store().requests_of_child(RILEY).await.unwrap().is_empty());
    });
}

#[test]
fn the_log_of_looks_does_not_say_where_a_child_is() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let (dana, owen) = (world.actor("dana").await, world.actor("owen").await);
        for who in [&dana, &owen] {
            queries::child(&world.app, who, RILEY).await.unwrap();
        }
        let hugo = world.actor("hugo").await;
        let said = async || format!("{:?}", looks::who_has_looked(&world.app, &hugo, RILEY).await.unwrap());
        let before = said().await;
        assert!(before.contains("Dana Holt") && before.contains("Larkfield House"), "{before}");
        relation::withhold(&world.app, &world.actor("tess").await, RILEY, "pl1", WHY).await.unwrap();
        // Unusual is what she does as well: it is listed, and does not say who she is.
        let glass = store::NewLook {
            person_id: "dana".into(),
            post: "home_staff".into(),
            agency_id: "larkfield".into(),
            child_id: Some(RILEY.into()),
            what: "child".into(),
            class: "ordinary".into(),
            purpose: "break-glass".into(),
            session: "s".into(),
        };
        world.app.store().look(&[glass], world.app.now().0 * 1_000_000).await.unwrap();
        let unusual = looks::unusual(&world.app, &hugo).await.unwrap();
        assert!(unusual.iter().any(|one| one.why.contains(&"broke the glass".to_owned())), "{unusual:?}");
        let lines = format!("{:?}", unusual.iter().map(|one| (&one.last, &one.why)).collect::<Vec<_>>());
        for text in [said().await, lines] {
            assert!(!text.contains("Dana Holt") && !text.contains("Larkfield"), "{text}");
            assert!(text.contains("Somebody where the child lives"), "{text}");
        }
        assert!(said().await.contains("Owen Pryce"), "who says nothing of the place is named");
    });
}

/// What somebody is told of since a change, waited for: while another transaction of the same PostgreSQL server is open, a change is told
/// a moment later.
async fn told(world: &World, who: &Actor, before: i64, only: Option<&str>) -> Changed {
    for _ in 0..200 {
        let changed = live::changed(&world.app, who, before, only).await;
        if changed != Changed::Nothing {
            return changed;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Changed::Nothing
}

#[test]
fn a_live_page_is_not_told_of_what_is_hidden_from_its_reader() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        lead(&world).await;
        let (dana, owen) = (world.actor("dana").await, world.actor("owen").await);
        let mut before = -1;
        while before < live::look(&world.app).await {
            before = live::look(&world.app).await;
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
        secret_entry(&world, "owen", "She says that somebody of the night shift hit her").await;
        for (only, where_) in [(None, "everywhere"), (Some(RILEY), "on the child's page")] {
            assert_ne!(told(&world, &owen, before, only).await, Changed::Nothing, "{where_}");
            assert_eq!(live::changed(&world.app, &dana, before, only).await, Changed::Nothing, "{where_}");
        }
        // What she sees she is told of, also beside what she does not.
        world.record("dana", "search.made", &[("where", "The park"), ("result", "nothing")]).await.unwrap();
        assert_ne!(told(&world, &dana, before, Some(RILEY)).await, Changed::Nothing);
    });
}

#[test]
fn live_pages_are_told_of_children_of_theirs_alone() {
    on_both(|database| async {
        let world = World::new(database).await;
        let other = Agency { id: "h2".into(), name: "Elm".into(), kind: "childrens_home".into(), ..Agency::default() };
        world.app.store().add_agency(&other).await.unwrap();
        hire(&world, "summer", "Summer Other", "home_staff", "h2").await;
        let before = live::look(&world.app).await;
        world.gone().await;
        let (summer, dana) = (world.actor("summer").await, world.actor("dana").await);
        assert_ne!(told(&world, &dana, before, None).await, Changed::Nothing);
        assert_eq!(live::changed(&world.app, &dana, before, Some("nobody")).await, Changed::Nothing);
        assert_eq!(live::changed(&world.app, &summer, before, None).await, Changed::Nothing);
    });
}
