//! Facts that a rulebook sets: they hold while something else is so, with the rule as their reason, and are undone with it.

use super::missing;
use crate::story::{Story, told};

fn flagged(more: &str) -> Story {
    let dated = r#"dated_facts = [ { fact = "child.exploitation_risk", value = true, from = "+1h20m" }, { fact = "child.exploitation_risk", value = false, from = "+6h" } ]"#;
    let facts = r#"facts = { "child.responsible_authority" = "holding", "child.exploitation_risk" = false, "episode.police_category" = "absent", "episode.risk" = "low" }"#;
    let entries =
        format!("entries = [\n  {{ at = \"+0h\", event = \"absence.noticed\", status = \"absent\" }},\n{more}]");
    told(&format!("{facts}\n{dated}\n{entries}"), None, &["holding"])
}

#[test]
fn a_flag_makes_the_child_missing_and_high_from_that_minute_and_is_undone_with_it() {
    let s = flagged("");
    assert_eq!(s.ask("review.high", "+1h19m"), "nothing");
    assert_eq!(s.ask("review.high", "+1h20m"), "due by Mon 5 Jan 21:20");
    assert_eq!(s.because("review.high", "+2h"), ["episode.status = missing", "episode.risk = high"]);
    let said = serde_json::to_string(&s.view("review.high", "+2h").because).unwrap();
    assert!(said.contains("holding/flag-makes-missing") && said.contains("holding/flag-makes-high"), "{said}");
    assert_eq!(s.ask("review.high", "+6h"), "lapsed Tue 6 Jan 00:00 by Mon 5 Jan 21:20");
}

#[test]
fn it_ends_with_the_episode_and_holds_for_nobody_elses_child() {
    let back = flagged("  { at = \"+2h\", event = \"return.recorded\" },\n");
    assert_eq!(back.ask("review.high", "+3h"), "lapsed Mon 5 Jan 20:00 by Mon 5 Jan 21:20");
    let facts = r#"facts = { "child.exploitation_risk" = true, "child.responsible_authority" = "elsewhere" }"#;
    let other = told(&format!("{facts}\n{}", missing("")), None, &["holding"]);
    assert_eq!(other.ask("review.high", "+2h"), "nothing");
}
