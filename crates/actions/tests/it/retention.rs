//! How long records are kept: by which law, held with a reason, let go by two; and nothing of them left.

use crate::staff::hire;
use actions::{Refused, queries, relation, retention, upkeep, worker};
use serde_json::{Value, json};
use std::sync::Arc;
use store::{Agency, Draft, Promised};
use testkit::databases::on_both;
use testkit::world::World;

/// A name that stands nowhere else.
const NAME: &str = "Quillfeather Dunmorrow";
const WHY: &str = "Nothing is owed and nobody asked for it";

fn lived(id: &str, born: &str, facts: &[Value]) -> Value {
    let mut all = vec![json!({ "fact": "child.date_of_birth", "value": born })];
    all.extend(facts.iter().cloned());
    json!({
        "case": id,
        "facts": all,
        "chronology": [
            { "id": "gone", "event": "absence.noticed", "occurred_at": "1966-03-01T20:00+00:00", "by": "home_staff", "status": "missing",
              "note": if id == "old" { "Friends say Quillfeather" } else { "Nothing more" } },
            { "id": "back", "event": "return.recorded", "occurred_at": "1966-03-02T09:00+00:00", "by": "home_staff" },
        ],
    })
}

fn fact(fact: &str, value: impl Into<Value>) -> Value {
    json!({ "fact": fact, "value": value.into() })
}

async fn led(world: &World) {
    let authority = Agency {
        id: "lead".into(),
        name: "Northamptonshire County Council".into(),
        kind: "local_authority".into(),
        area: Some("northamptonshire".into()),
        ..Agency::default()
    };
    world.app.store().add_agency(&authority).await.unwrap();
    for (id, name) in [("hana", "Hana Roy"), ("hugo", "Hugo Vane")] {
        hire(world, id, name, "head_of_service", "lead").await;
    }
}

#[test]
fn the_longest_of_the_kinds_that_a_record_is_of_counts() {
    on_both(|database| async {
        let world = World::new(database).await;
        led(&world).await;
        let hana = world.actor("hana").await;
        let looked_after = fact("child.looked_after", true);
        for (child, born, facts, says) in [
            ("home", "1955-05-02", vec![], "It is kept until 2 May 1980."),
            ("care", "1955-05-02", vec![looked_after.clone()], "It is kept until 2 May 2030."),
            ("leap", "1952-02-29", vec![looked_after.clone()], "It is kept until 1 March 2027."),
            (
                "died",
                "1955-05-02",
                vec![looked_after.clone(), fact("child.date_of_death", "1971-05-01")],
                "It is kept until 1 May 1986.",
            ),
            (
                "grown",
                "1955-05-02",
                vec![looked_after.clone(), fact("child.date_of_death", "1990-05-01")],
                "It is kept until 2 May 2030.",
            ),
            ("house", "1955-05-02", vec![fact("placement.type", "childrens_home")], "It is kept until 2 May 2030."),
            (
                "disputed",
                "1955-05-02",
                vec![looked_after.clone(), fact("child.date_of_birth_disputed", "1957-05-02")],
                "It is kept until 2 May 2032.",
            ),
        ] {
            world.child(child, "Vale Ashby", &lived(child, born, &facts), &["lead"]).await;
            let shown = retention::show(&world.app, &hana, child).await.unwrap();
            assert_eq!(shown.says, says, "{child}: {:?}", shown.kept);
            assert!(shown.kept.iter().all(|one| !one.law.is_empty()));
        }
        // Nobody can tell of whom no date of birth is known, and nothing is let go of them.
        let mut unborn = lived("unknown", "1950-01-01", &[]);
        unborn["facts"] = json!([looked_after]);
        world.child("unknown", "Vale Ashby", &unborn, &["lead"]).await;
        let list = retention::list(&world.app, &hana).await.unwrap();
        let ids = |of: &[retention::Ending]| of.iter().map(|one| one.child.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&list.ending), ["home", "died"], "the first first");
        assert_eq!(ids(&list.unknown), ["unknown"]);
        for who in ["dana", "owen", "grace", "mel"] {
            let who = world.actor(who).await;
            let refused = retention::show(&world.app, &who, "home").await;
            assert!(matches!(refused, Err(Refused::NotFound | Refused::NotAllowed(_))), "{}: {refused:?}", who.role);
        }
        assert!(matches!(retention::list(&world.app, &world.actor("dana").await).await, Err(Refused::NotAllowed(_))));
    });
}

#[test]
fn an_agency_that_worked_with_the_child_keeps_its_record_for_longer() {
    on_both(|database| async {
        let mut world = World::new(database).await;
        led(&world).await;
        // A health service and a police force, each with what it wrote; one that is related to no child counts for none.
        for (id, kind) in [("clinic", "health"), ("far", "health")] {
            let agency = Agency { id: id.into(), name: format!("The {id}"), kind: kind.into(), ..Agency::default() };
            world.app.store().add_agency(&agency).await.unwrap();
        }
        let own = "[[kind]]\nof = \"agency\"\nagency = \"the clinic\"\nsays = \"Record of the clinic\"\nyears_from_last_entry = 61\n\
                   law = \"Local: decided in March\"\n[[kind]]\nof = \"agency\"\nagency = \"Nobody\"\nsays = \"Of nobody\"\n\
                   years_from_birth = 90\nlaw = \"Local\"";
        let hana = world.actor("hana").await;
        world.child("plain", "Vale Ashby", &lived("plain", "1950-05-02", &[]), &["lead"]).await;
        world.child("treated", "Vale Ashby", &lived("treated", "1950-05-02", &[]), &["lead", "clinic"]).await;
        let says = async |world: &World, child: &str| retention::show(&world.app, &hana, child).await.unwrap();
        assert_eq!(says(&world, "plain").await.says, "It is kept until 2 May 1975.");
        let treated = says(&world, "treated").await;
        assert_eq!(treated.says, "It is kept until 2 May 1976.");
        assert_eq!(treated.kept[0].says, "Record of a health service: The clinic");
        assert_eq!(retention::unknown_agencies(&world.app).await.unwrap(), Vec::<String>::new());
        // What the county adds lengthens, also for what came to its own end long ago.
        world.app = world.app.clone().with_retention(casebook::retention::Retention::with_own(own).unwrap());
        assert_eq!(retention::unknown_agencies(&world.app).await.unwrap(), ["Nobody"]);
        assert_eq!(says(&world, "plain").await.says, "It is kept until 2 May 1975.");
        assert_eq!(says(&world, "treated").await.says, "It is kept until 2 March 2027.");
        let ids = async |world: &World| {
            let list = retention::list(&world.app, &hana).await.unwrap();
            list.ending.into_iter().map(|one| one.child).collect::<Vec<_>>()
        };
        assert_eq!(ids(&world).await, ["plain"], "its time comes later than it would by itself");
        let early = retention::release(&world.app, &hana, "treated", WHY, "", "k1").await;
        assert!(matches!(early, Err(Refused::NotAllowed(_))), "{early:?}");
        assert_eq!(retention::tell(&world.app).await.unwrap(), 2, "of the one that may go");
        world.set("2027-02-10T09:00+00:00");
        assert_eq!(retention::tell(&world.app).await.unwrap(), 2, "and of the other, thirty days ahead");
        assert_eq!(retention::tell(&world.app).await.unwrap(), 0);
        assert_eq!(ids(&world).await, ["plain", "treated"], "the first first");
    });
}

#[test]
fn a_countys_own_periods_are_checked() {
    let kind = |rest: &str| format!("[[kind]]\nof = \"any\"\nsays = \"Ours\"\nlaw = \"Local\"\n{rest}");
    let fault = |text: &str| casebook::retention::Retention::with_own(text).unwrap_err();
    assert!(casebook::retention::Retention::with_own("").is_ok());
    assert!(casebook::retention::Retention::with_own(&kind("years_from_birth = 30")).is_ok());
    for (rest, says) in [
        ("", "write either `years_from_birth` or `years_from_last_entry`"),
        ("years_from_birth = 30\nyears_from_last_entry = 3", "write either"),
        ("years_from_birth = 0", "years are from 1 to 120"),
        ("years_from_birth = 30\nagency = \"police\"", "with `of = \"agency\"`, and only with it"),
        ("years_from_birth = 30\nyear = 3", "unknown field `year`"),
    ] {
        assert!(fault(&kind(rest)).contains(says), "{rest}: {}", fault(&kind(rest)));
    }
    assert!(fault("listed_days_before = 3").contains("listed_days_before"));
}

#[test]
fn two_let_a_record_go_and_nothing_of_it_is_left() {
    on_both(|database| async {
        let world = World::new(database).await;
        led(&world).await;
        let (app, store) = (&world.app, world.app.store());
        let (hana, hugo) = (world.actor("hana").await, world.actor("hugo").await);
        let facts = [fact("child.looked_after", true)];
        world.child("old", NAME, &lived("old", "1949-05-02", &facts), &["lead", "team"]).await;
        world.child("young", "Vale Ashby", &lived("young", "1960-05-02", &facts), &["lead"]).await;
        let draft = Draft {
            id: "d".into(),
            kind: "report".into(),
            child_id: Some("old".into()),
            body: NAME.into(),
            updated_us: 1,
            ..Draft::default()
        };
        store.draft_put("hana", &draft).await.unwrap();
        relation::bar(app, &hana, "old", relation::Whom::Agency("police"), &format!("{NAME} asked for it"), "k0")
            .await
            .unwrap();
        // Those who decide are told, once, and nobody else.
        assert_eq!(retention::tell(app).await.unwrap(), 2);
        assert_eq!(retention::tell(app).await.unwrap(), 0);
        let notices = store.notices_of("hana").await.unwrap();
        assert!(notices.iter().any(|one| one.says.starts_with("1 record comes to the end")), "{notices:?}");
        // Whoever has begun to report the child is not passed over.
        let typing = retention::show(app, &hugo, "old").await.unwrap().stopped;
        assert!(typing.iter().any(|one| one.starts_with("Hana Roy has begun a report")), "{typing:?}");
        store.draft_delete("hana", "d").await.unwrap();
        // One whose time is not over is not let go; one that is held neither.
        let early = retention::release(app, &hana, "young", WHY, "", "k1").await;
        assert!(
            matches!(&early, Err(Refused::NotAllowed(says)) if says.contains("not over before 2 May 2035")),
            "{early:?}"
        );
        retention::hold(app, &hugo, "old", "The inquiry of the council asks for it", "k2").await.unwrap();
        let held = retention::release(app, &hana, "old", WHY, "", "k3").await;
        assert!(matches!(&held, Err(Refused::NotAllowed(says)) if says.contains("held")), "{held:?}");
        let shown = retention::show(app, &hana, "old").await.unwrap();
        retention::lift(app, &hana, "old", &shown.holds[0].id, "The inquiry is over by now").await.unwrap();
        // One person alone, however often; a hold ends what the first has said.
        assert!(!retention::release(app, &hana, "old", WHY, "", "k4").await.unwrap());
        assert!(!retention::release(app, &hana, "old", WHY, "", "k4").await.unwrap(), "the same press again");
        assert!(matches!(retention::release(app, &hana, "old", WHY, "", "k5").await, Err(Refused::NotAllowed(_))));
        retention::hold(app, &hugo, "old", "The inquiry of the council asks once more", "k6").await.unwrap();
        let shown = retention::show(app, &hugo, "old").await.unwrap();
        assert!(shown.release.is_none() && shown.holds.len() == 1);
        retention::lift(app, &hugo, "old", &shown.holds[0].id, "Nothing more is asked for").await.unwrap();
        assert!(!retention::release(app, &hana, "old", WHY, "", "k7").await.unwrap());
        assert!(retention::list(app, &hugo).await.unwrap().ending[0].waits);
        assert!(matches!(retention::release(app, &hugo, "old", "no", "", "k8").await, Err(Refused::Invalid(_))));
        // From a page that is older than what the first has said nothing is erased; nor after anything more was recorded.
        let old = retention::release(app, &hugo, "old", WHY, "", "k9").await;
        assert!(
            matches!(&old, Err(Refused::Invalid(problems)) if problems[0].message.contains("would erase the record")),
            "{old:?}"
        );
        let first = retention::show(app, &hugo, "old").await.unwrap().release.unwrap();
        world.pass(1);
        let fresh = [("text", "Somebody rang and asked for the file"), ("from", "school")];
        let version = queries::child(app, &hugo, "old").await.unwrap().version;
        let form = world.form("information.received", &fresh);
        actions::entry::record(app, &hugo, "old", version, &form, "k9b").await.unwrap();
        let shown = retention::show(app, &hugo, "old").await.unwrap();
        assert!(shown.release.is_none() && shown.before.iter().any(|one| one.ended == "more was recorded since"));
        world.pass(1);
        assert!(!retention::release(app, &hugo, "old", WHY, &first.id, "k10").await.unwrap(), "he is the first now");
        world.pass(1);
        let first = retention::show(app, &hana, "old").await.unwrap().release.unwrap();
        assert!(retention::release(app, &hana, "old", WHY, &first.id, "k11").await.unwrap());
        // There is no such child any more, for anybody.
        for who in [&hana, &hugo, &world.actor("owen").await] {
            let gone = queries::child(app, who, "old").await;
            assert!(matches!(&gone, Err(Refused::NotAllowed(says)) if says.contains("no such child")), "{}", who.name);
            let found = queries::search(app, who, &"quillfeather dunmorrow".into()).await.unwrap();
            assert!(found.rows.is_empty(), "{}", who.name);
        }
        let list = retention::list(app, &hana).await.unwrap();
        assert!(list.ending.is_empty());
        assert!(list.gone[0].says.contains("Hugo Vane and Hana Roy decided."), "{:?}", list.gone);
        assert!(list.gone[0].says.contains("regulation 50"), "{:?}", list.gone);
        // The chain is whole, and so is everything else; the lists are what the empty record gives.
        let verified = store.verify("old").await.unwrap();
        assert!(verified.faults.is_empty() && verified.erased > 3, "{verified:?}");
        assert_eq!(store.audit(&Arc::new(Promised::default()), 1).await.unwrap().fault, None);
        worker::tick(app).await.unwrap();
        assert_eq!(upkeep::compare_lists(app).await.unwrap().fault, None);
        // Not one byte of the name is left in the file; the other child's record is there.
        if let Some(path) = world.database.url().strip_prefix("sqlite:") {
            for file in [path.to_owned(), format!("{path}-wal")] {
                let bytes = std::fs::read(&file).unwrap_or_default();
                let at = bytes.windows(12).position(|part| part.eq_ignore_ascii_case(b"quillfeather"));
                let near = at.map(|at| String::from_utf8_lossy(&bytes[at.saturating_sub(200)..at + 60]).into_owned());
                assert_eq!(near, None, "{file}");
            }
        }
        assert!(queries::child(app, &hana, "young").await.is_ok());
    });
}

/// A hold of a record holds what it is merged into.
#[test]
fn a_hold_stays_when_records_are_made_one() {
    on_both(|database| async {
        let world = World::new(database).await;
        led(&world).await;
        let app = &world.app;
        let (hana, hugo) = (world.actor("hana").await, world.actor("hugo").await);
        for id in ["one", "two"] {
            world.child(id, "Vale Ashby", &lived(id, "1949-05-02", &[]), &["lead"]).await;
        }
        retention::hold(app, &hugo, "two", "A claim is under way about this person", "k1").await.unwrap();
        world.pass(1);
        actions::same::merge(app, &hana, "one", "two", "They are one person", "k2").await.unwrap();
        for address in ["one", "two"] {
            let shown = retention::show(app, &hana, address).await.unwrap();
            assert_eq!(shown.holds.len(), 1, "{address}");
            assert!(shown.stopped.iter().any(|one| one == "It is held."), "{address}: {:?}", shown.stopped);
        }
        world.pass(1);
        let held = retention::release(app, &hana, "one", WHY, "", "k3").await;
        assert!(matches!(&held, Err(Refused::NotAllowed(_))), "{held:?}");
        // Lifted where it stands now, with a reason, and whoever held it is told.
        let id = retention::show(app, &hana, "one").await.unwrap().holds[0].id.clone();
        assert!(matches!(retention::lift(app, &hana, "one", &id, "").await, Err(Refused::Invalid(_))));
        retention::lift(app, &hana, "one", &id, "The claim was settled in spring").await.unwrap();
        let told = app.store().notices_of("hugo").await.unwrap();
        assert!(told.iter().any(|one| one.says.contains("lifted your hold")), "{told:?}");
        assert!(!retention::release(app, &hana, "one", WHY, "", "k4").await.unwrap());
        let first = retention::show(app, &hugo, "one").await.unwrap().release.unwrap();
        assert!(retention::release(app, &hugo, "one", WHY, &first.id, "k5").await.unwrap());
        for id in ["one", "two"] {
            let rows = app.store().record(id).await.unwrap().rows;
            assert!(rows.iter().all(|row| row.kind == store::RowKind::Erasure || row.payload.is_none()), "{id}");
            assert!(app.store().verify(id).await.unwrap().faults.is_empty(), "{id}");
            assert!(app.store().duties_of_child(id).await.unwrap().is_empty(), "{id}");
        }
        worker::tick(app).await.unwrap();
        assert_eq!(upkeep::compare_lists(app).await.unwrap().fault, None);
    });
}
