//! Two protocols contradict each other in who does an act: whoever records it says which was followed, and the other's stays open.

use crate::databases::on_both;
use crate::world::World;
use actions::queries::Asked;
use actions::{App, Refused, Rules, entry, queries};
use engine::rulebook::load_library;
use engine::source::SourceFile;
use serde_json::json;
use std::sync::{Arc, OnceLock};
use testkit::clock::TestChance;

const KIT: &str = "kit";

const WORKER: &str = r#"
[[duty]]
id = "interview.by-worker"
action = "return_home_interview.hold"
label = "Hold the return interview yourself"
says = "The social worker holds the interview of an open case."
cite = ["WEXCOMBE-1"]
modality = "must"
owner = "social_worker"
arises = { on = "return.recorded", where = "episode.was_missing" }
due = { within = "72h", from = "episode.returned_at" }
met_by = { event = "return_interview.held", where = "entry.interviewer = social_worker" }
"#;

const INDEPENDENT: &str = r#"
[[duty]]
id = "interview.independent"
action = "return_home_interview.hold"
label = "Hold the return home interview"
says = "Somebody independent holds the interview."
cite = ["TARNSIDE-1"]
modality = "must"
owner = "return_interviewer"
arises = { on = "return.recorded", where = "episode.was_missing" }
due = { within = "72h", from = "episode.returned_at" }

[[refusal]]
id = "not-the-worker"
on = "return_interview.held"
where = "entry.interviewer = social_worker"
says = "The child's own worker does not hold the interview."
instead = "Ask the return interviewer."
cite = ["TARNSIDE-2"]
"#;

/// The rulebooks of this repository, and two that contradict each other.
fn rules() -> Arc<Rules> {
    static RULES: OnceLock<Arc<Rules>> = OnceLock::new();
    let made = || {
        let mut files = testkit::library_files();
        for (area, applies, rules) in [
            ("wexcombe", "child.responsible_authority = here", WORKER),
            ("tarnside", "placement.host_authority = here", INDEPENDENT),
        ] {
            let upper = area.to_uppercase();
            let title = format!(
                "id = \"{area}\"\nedition = \"2020\"\ntitle = \"{}: children who go missing\"\narea = \"{area}\"\nkind = \"area\"\n\
                 in_force_from = \"2020-01-01\"\napplies_to = \"episodes-started\"\nrunning_episodes = \"It keeps its edition.\"\n\
                 applies = {{ when = \"{applies}\", cite = [\"{upper}-1\"] }}\n\
                 concerns = {{ when = \"child.age < 18\", cite = [\"{upper}-1\"] }}\n",
                area[..1].to_uppercase() + &area[1..]
            );
            let provision = |n: u8| {
                let line = json!({
                    "id": format!("{upper}-{n}"), "section": "1", "title": "Interviews", "kind": "duty",
                    "actor": "social_worker", "modality": "must", "paraphrase": "Who holds the interview.",
                });
                line.to_string() + "\n"
            };
            files.push(SourceFile::new(format!("{area}/2020/rulebook.toml"), title));
            files.push(SourceFile::new(format!("{area}/2020/interview.toml"), rules));
            files.push(SourceFile::new(format!("{area}/2020/provisions.jsonl"), provision(1) + &provision(2)));
        }
        let (library, problems) = load_library(&files);
        Rules::new(library.unwrap_or_else(|| panic!("{problems:#?}")))
    };
    RULES.get_or_init(made).clone()
}

#[test]
fn whoever_records_it_says_which_of_two_protocols_was_followed() {
    on_both(|database| async {
        let mut world = World::new(database).await;
        let store = world.database.open().await;
        world.app = App::new(store, rules(), world.clock.clone(), Arc::new(TestChance::of(5)));
        let case = json!({
            "case": KIT,
            "facts": [
                { "fact": "child.date_of_birth", "value": "2011-05-02" },
                { "fact": "child.responsible_authority", "value": "wexcombe" },
            ],
            "placements": [
                { "id": "p", "type": "childrens_home", "host_authority": "tarnside", "from": "2025-01-05T10:00+00:00" },
            ],
            "chronology": [
                { "id": "gone", "event": "absence.noticed", "occurred_at": "2026-01-04T20:00+00:00", "status": "missing" },
                { "id": "back", "event": "return.recorded", "occurred_at": "2026-01-05T07:00+00:00" },
            ],
        });
        world.child(KIT, "Kit Rowan", &case, &["larkfield", "team", "missing", "police"]).await;
        let owen = world.actor("owen").await;
        let due = world.due(&owen, KIT, "gone").await;
        let lines = || due.iter();
        let line = lines().find(|l| l.label == "Hold the return interview yourself").expect("the worker's own");
        assert_eq!(
            line.contradicts,
            "Another protocol contradicts this. Tarnside: Hold the return home interview, by the return interviewer (TARNSIDE-1). \
             Say which was followed when you record it."
        );
        let form =
            queries::event_form(&world.app, &owen, KIT, "return_interview.held", &Asked::default()).await.unwrap();
        let field = form.fields.iter().find(|f| f.name == "followed").expect("it is asked");
        let mut offered: Vec<&str> = field.options.iter().map(|o| o.value.as_str()).collect();
        offered.sort_unstable();
        assert_eq!((offered, field.required), (vec!["tarnside", "wexcombe"], true));
        let other = queries::event_form(&world.app, &owen, KIT, "contact.made", &Asked::default()).await;
        assert!(
            other.is_err() || other.unwrap().fields.iter().all(|f| f.name != "followed"),
            "only of what they contradict in"
        );

        let record = |followed: &'static str| {
            let mut form = world.form("return_interview.held", &[("interviewer", "social_worker")]);
            if !followed.is_empty() {
                form.answers.set("followed", followed);
            }
            form
        };
        let send = async |followed: &'static str| {
            let version = world.version(KIT).await;
            entry::record(&world.app, &owen, KIT, version, &record(followed), &world.app.new_key()).await
        };
        for unsaid in ["", "nowhere"] {
            assert_eq!(
                crate::recording::messages(send(unsaid).await),
                ["followed: Which protocol was followed: they contradict each other here; choose Tarnside or Wexcombe"],
            );
        }
        let refused = send("tarnside").await.unwrap_err();
        assert!(matches!(refused, Refused::RuleRefuses(found) if found[0].says.starts_with("The child's own worker")));
        let held = send("wexcombe").await.unwrap();
        assert_eq!(held.warnings[0].says, "The child's own worker does not hold the interview.");
        assert!(held.warnings[0].instead.ends_with("Wexcombe: children who go missing."), "{:?}", held.warnings);

        let page = queries::episode(&world.app, &owen, KIT, "gone").await.unwrap();
        let item = page.timeline.iter().find(|i| i.event == "return_interview.held").unwrap();
        let followed = item.fields.iter().find(|f| f.field == "followed").unwrap();
        assert_eq!(followed.value, "Wexcombe");
        let due = world.due(&owen, KIT, "gone").await;
        let open: Vec<&str> = due.iter().map(|l| l.label.as_str()).collect();
        assert!(open.contains(&"Hold the return home interview"), "the independent one stays open: {open:?}");
        assert!(!open.contains(&"Hold the return interview yourself"));
        let done = page.past.iter().find(|l| l.label == "Hold the return interview yourself").unwrap();
        assert_eq!(done.state.word(), "done");
    });
}
