//! `case check` and `case schema`, completions and the manual page.

use crate::run::run;

#[test]
fn every_example_is_sound() {
    for file in testkit::example_files() {
        let ran = run(&["case", "check", &format!("examples/{}", file.path)]);
        assert_eq!(ran.status, 0, "{}: {}", file.path, ran.out);
    }
}

#[test]
fn the_schema_that_is_checked_in_is_the_one_generated() {
    let ran = run(&["case", "schema"]);
    let kept = std::fs::read_to_string(testkit::root().join("docs/case-file.schema.json")).unwrap();
    assert_eq!(ran.out.trim(), kept.trim(), "run `make schema`");
}

#[test]
fn completions_and_manual_page_are_made() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(run(&["completions", shell]).out.contains("forecast"));
    }
    assert!(run(&["man"]).out.contains("whereabouts"));
}

/// The figures of doubles, on a small set: those who are here are found, whatever way they are written down, and hardly anybody else is offered.
#[test]
fn doubles_are_found_and_hardly_anybody_else_is_offered() {
    let ran = run(&["match-figures", "--children", "600", "--format", "json"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    let said: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let ways = said["ways"].as_object().unwrap();
    let sum = |what: &str| ways.values().map(|way| way[what].as_u64().unwrap()).sum::<u64>();
    let there: u64 = ways.values().filter(|way| way["here"] == true).map(|way| way["asked"].as_u64().unwrap()).sum();
    assert_eq!((said["children"].as_u64(), there), (Some(600), 60), "{said}");
    assert!(sum("found") >= there - 1, "{said}");
    // A namesake who was born on another day is another child, and of children who are new hardly one is like somebody.
    assert_eq!(ways["namesake"]["wrongly_offered"], 0, "{said}");
    assert!(ways["new"]["wrongly_offered"].as_u64() <= Some(1), "{said}");
}

#[test]
fn a_county_comes_in_by_its_own_export_and_the_figures_are_printed() {
    let ran = run(&["import-figures", "--children", "12", "--years", "1", "--format", "json"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    let said: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((said["children"].as_u64(), &said["faults"]), (Some(12), &serde_json::json!([])), "{said}");
    assert_eq!(said["again"]["children"], 0, "{said}");
}
