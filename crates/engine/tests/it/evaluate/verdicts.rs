//! Refusals and warnings on an entry, and contradictions to settle.

use super::missing;
use crate::story::story;

#[test]
fn a_refusal_looks_at_the_entry_and_at_what_was_known_before_it() {
    let change = |by: &str, report: &str| {
        story(&format!(
            "entries = [\n  {{ at = \"+0h\", event = \"absence.noticed\", status = \"absent\" }},\n{report}  {{ id = \"change\", at = \"+2h\", event = \"absence.status_changed\", status = \"missing\", by = \"{by}\" }},\n]"
        ))
    };
    let report = "  { at = \"+1h\", event = \"police.reported\", number = \"123\" },\n";
    let refused = change("emergency_team", "");
    assert_eq!(refused.flags("+1h59m"), [""; 0]);
    assert_eq!(refused.flags("+2h"), ["refusal verdict.number on change"]);
    assert_eq!(change("emergency_team", report).flags("+2h"), [""; 0]);
    assert_eq!(change("social_worker", "").flags("+2h"), [""; 0]);
    // A number that comes later does not excuse the entry.
    let late = "  { at = \"+3h\", event = \"police.reported\", number = \"123\" },\n";
    assert_eq!(change("emergency_team", late).flags("+4h"), ["refusal verdict.number on change"]);
}

#[test]
fn a_warning_is_given_once_for_an_entry_that_fits_twice() {
    let s = story(&missing(r#"  { id = "grade", at = "+1h", event = "risk.graded", level = "low", by = "carer" },"#));
    assert_eq!(s.flags("+2h"), ["warning verdict.low on grade"]);
}

#[test]
fn an_entry_does_not_excuse_itself() {
    let s = story(&missing(
        r#"  { id = "up", at = "+1h", event = "risk.graded", level = "high" },
  { id = "down", at = "+2h", event = "risk.graded", level = "medium" },"#,
    ));
    assert_eq!(s.flags("+3h"), ["warning verdict.already-high on down"]);
}

#[test]
fn a_contradiction_is_for_somebody_to_settle() {
    let exploited = r#"facts = { "child.exploitation_risk" = true }"#;
    let absent = |more: &str| {
        story(&format!(
            "{exploited}\nentries = [\n  {{ at = \"+0h\", event = \"absence.noticed\", status = \"absent\" }},\n{more}]"
        ))
    };
    let rule = "verdict.exploited-but-absent";
    let s = absent("");
    assert_eq!(s.ask(rule, "+1h"), "due");
    let view = s.view(rule, "+1h");
    assert!(view.conflict);
    assert_eq!(view.label, "Settle: At risk of exploitation, and only absent.");
    assert_eq!(view.owner.as_deref(), Some("social_worker"));
    assert_eq!(s.because(rule, "+1h"), ["child.exploitation_risk = true", "episode.status = absent"]);
    let settled = absent(
        "  { at = \"+2h\", event = \"decision.recorded\", decision = \"conflict.settle\", answer = \"missing\" },\n",
    );
    assert_eq!(settled.ask(rule, "+3h"), "done");
    let gone = absent("  { at = \"+2h\", event = \"absence.status_changed\", status = \"missing\" },\n");
    assert_eq!(gone.ask(rule, "+3h"), "lapsed Mon 5 Jan 20:00");
}
