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
