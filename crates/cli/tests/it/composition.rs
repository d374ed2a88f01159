//! Several rulebooks at once: a child of one authority, placed in another's area, in a home with its own procedure.

use crate::run::{json, run};
use serde_json::Value;
use std::collections::HashSet;

const CASE: &str = "examples/09-placed-from-another-authority.json";

/// The middle of the chronology: the child is missing.
fn at() -> String {
    let text = std::fs::read_to_string(testkit::root().join(CASE)).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let gone =
        file["chronology"].as_array().unwrap().iter().find(|e| e["event"] == "absence.noticed").unwrap()["occurred_at"]
            .clone();
    let start = engine::time::Moment::parse(gone.as_str().unwrap()).unwrap();
    start.plus_minutes(180).to_string()
}

#[test]
fn three_rulebooks_apply_by_their_own_rules() {
    let answer = json(&["duties", CASE, "--at", &at(), "--all"]);
    let applies: Vec<&str> = answer["rulebooks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|b| b["applies"] == "yes")
        .map(|b| b["id"].as_str().unwrap())
        .collect();
    assert_eq!(applies, ["bedfordshire", "childrens-home", "northamptonshire"]);
    let asked: HashSet<&str> =
        answer["duties"].as_array().unwrap().iter().map(|d| d["rulebook"].as_str().unwrap()).collect();
    assert_eq!(asked, applies.into_iter().collect());
}

#[test]
fn one_list_and_no_duty_twice() {
    let answer = json(&["duties", CASE, "--at", &at(), "--all"]);
    let lines = answer["lines"].as_array().unwrap();
    let all: Vec<&str> =
        lines.iter().flat_map(|l| l["duties"].as_array().unwrap()).map(|d| d.as_str().unwrap()).collect();
    let unique: HashSet<&str> = all.iter().copied().collect();
    assert_eq!(all.len(), unique.len(), "a duty stands on two lines");
    assert_eq!(all.len(), answer["duties"].as_array().unwrap().len(), "every duty is on a line");
    assert!(lines.iter().any(|l| l["duties"].as_array().unwrap().len() > 1), "nothing was merged");
}

#[test]
fn a_merged_line_has_the_strictest_limit() {
    let answer = json(&["duties", CASE, "--at", &at(), "--all"]);
    let due = |id: &Value| {
        let duties = answer["duties"].as_array().unwrap();
        duties.iter().find(|d| d["id"] == *id).unwrap()["due_at"].as_str().map(str::to_string)
    };
    for line in answer["lines"].as_array().unwrap() {
        let strictest = line["duties"].as_array().unwrap().iter().filter_map(due).min();
        assert_eq!(line["due_at"].as_str().map(str::to_string), strictest, "{line}");
    }
}

#[test]
fn explain_names_every_rulebook_of_an_action() {
    let ran = run(&["explain", CASE, "return_home_interview.hold", "--at", "2026-12-01T12:00+00:00"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    for prefix in ["NORTHANTS-", "BEDS-"] {
        assert!(ran.out.contains(prefix), "{prefix} is missing from\n{}", ran.out);
    }
}
