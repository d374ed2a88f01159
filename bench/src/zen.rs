//! The same decision table, who chairs a strategy meeting, in this engine and in zen-engine.

use engine::evaluate::{Evaluator, Options};
use engine::rulebook::{Library, load_library};
use engine::source::SourceFile;
use serde_json::json;
use std::hint::black_box;
use std::time::Instant;

const TITLE: &str = "id = \"table\"\nedition = \"1\"\ntitle = \"One table\"\narea = \"table\"\nin_force_from = \"2020-01-01\"\n";
const RULES: &str = r#"
[[duty]]
id = "meet"
action = "strategy_meeting.hold"
says = "A meeting, chaired by the table."
cite = ["T-1"]
owner = { table = "chair" }
arises = { while = "episode.status = missing" }
[[table]]
id = "chair"
says = "Who chairs."
cite = ["T-1"]
output = "role"
rows = [
  { when = "child.social_care = open and episode.gone_for < 48h", then = "consultant_social_worker" },
  { when = "child.social_care = open and episode.gone_for >= 48h and episode.gone_for < 72h and episode.risk != high", then = "consultant_social_worker" },
  { when = "child.social_care = open and episode.gone_for >= 48h and episode.gone_for < 72h and episode.risk = high", then = "team_manager" },
  { when = "child.social_care = open and episode.gone_for >= 72h and episode.gone_for < 168h", then = "team_manager" },
  { when = "child.social_care = open and episode.gone_for >= 168h and episode.gone_for < 240h", then = "service_manager" },
  { when = "child.social_care != open and episode.gone_for < 168h", then = "mash_decision_maker" },
  { when = "child.social_care != open and episode.gone_for >= 168h and episode.gone_for < 240h", then = "mash_manager" },
  { when = "episode.gone_for >= 240h", then = "quality_assurance_manager" },
]
"#;

pub fn compare(library: &Library) {
    let ours = ours();
    let theirs = theirs();
    let _ = library;
    println!("one decision table (8 rows, 3 inputs): this engine {ours:.2} us with the duty around it, zen-engine {theirs:.2} us; ratio {:.3}", ours / theirs);
}

fn ours() -> f64 {
    let mut files: Vec<SourceFile> = testkit::library_files().into_iter().filter(|f| f.path.starts_with("vocabulary/")).collect();
    files.push(SourceFile::new("table/1/rulebook.toml", TITLE));
    files.push(SourceFile::new("table/1/rules.toml", RULES));
    let (library, problems) = load_library(&files);
    let library = library.unwrap_or_else(|| panic!("the table is faulty: {problems:#?}"));
    let file = crate::cases::neglected(&library, 12);
    let (case, _) = casebook::known::known(&file, &engine::evaluate::Evaluator::new(&library.vocabulary, &library.rulebooks), None);
    let evaluator = Evaluator::new(&library.vocabulary, library.rulebooks.iter());
    let now = case.entries[0].occurred.plus_minutes(100 * 60);
    let options = Options { forced: true, ..Options::at(now) };
    assert_eq!(evaluator.evaluate(&case, &options)[0].owner, Some(engine::words::sym("team_manager")));
    median(|| {
        black_box(evaluator.evaluate(black_box(&case), &options));
    })
}

fn theirs() -> f64 {
    let rows = [
        ("'open'", "< 48", "", "consultant_social_worker"),
        ("'open'", "[48..72)", "!= 'high'", "consultant_social_worker"),
        ("'open'", "[48..72)", "'high'", "team_manager"),
        ("'open'", "[72..168)", "", "team_manager"),
        ("'open'", "[168..240)", "", "service_manager"),
        ("!= 'open'", "< 168", "", "mash_decision_maker"),
        ("!= 'open'", "[168..240)", "", "mash_manager"),
        ("", ">= 240", "", "quality_assurance_manager"),
    ];
    let rules: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(i, (care, gone, risk, chair))| json!({ "_id": format!("r{i}"), "care": care, "gone": gone, "risk": risk, "chair": format!("'{chair}'") }))
        .collect();
    let input = |id: &str, field: &str| json!({ "id": id, "name": id, "type": "expression", "field": field });
    let content = json!({
        "nodes": [
            { "id": "in", "name": "in", "type": "inputNode", "position": { "x": 0, "y": 0 } },
            { "id": "t", "name": "t", "type": "decisionTableNode", "position": { "x": 1, "y": 0 }, "content": {
                "hitPolicy": "first",
                "inputs": [input("care", "care"), input("gone", "gone_for"), input("risk", "risk")],
                "outputs": [{ "id": "chair", "name": "chair", "type": "expression", "field": "chair" }],
                "rules": rules } },
            { "id": "out", "name": "out", "type": "outputNode", "position": { "x": 2, "y": 0 } },
        ],
        "edges": [
            { "id": "a", "type": "edge", "sourceId": "in", "targetId": "t" },
            { "id": "b", "type": "edge", "sourceId": "t", "targetId": "out" },
        ],
    });
    let content: zen_engine::model::GraphContent = serde_json::from_value(content).unwrap_or_else(|e| panic!("{e}"));
    let decision = zen_engine::Decision::from(content);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap_or_else(|e| panic!("{e}"));
    let context = json!({ "care": "open", "gone_for": 100, "risk": "medium" });
    let once = || runtime.block_on(decision.evaluate(context.clone().into())).unwrap_or_else(|e| panic!("{e:?}"));
    assert_eq!(once().result.dot("chair").and_then(|c| c.as_str().map(str::to_string)).as_deref(), Some("team_manager"));
    median(|| {
        black_box(once());
    })
}

fn median(mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..5000)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
