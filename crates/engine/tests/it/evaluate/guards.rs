//! `when`: judged again as facts change, until the duty is done.

use super::missing;
use crate::story::{Story, story};

fn returned(facts: &str, more: &str) -> String {
    let back = r#"  { at = "+5h", event = "return.recorded" },"#;
    format!("{facts}\n{}", missing(&format!("{back}\n{more}")))
}

#[test]
fn a_guard_that_is_false_from_the_start_asks_nothing() {
    let s = story(&returned(r#"facts = { "child.looked_after" = false }"#, ""));
    assert_eq!(s.ask("on.when", "+6h"), "nothing");
}

#[test]
fn a_guard_that_is_unknown_cannot_be_told() {
    let s = story(&returned("", ""));
    assert_eq!(s.ask("on.when", "+6h"), "cannot-tell by Thu 8 Jan 23:00");
    assert_eq!(s.missing("on.when", "+6h"), ["child.looked_after"]);
    // It does not become overdue: nobody knows that it was owed.
    assert_eq!(s.ask("on.when", "+99h"), "cannot-tell by Thu 8 Jan 23:00");
}

#[test]
fn a_guard_that_goes_away_lets_the_duty_lapse_at_that_moment() {
    let leaves_care = |at: &str| {
        story(&returned(
            &format!(
                "facts = {{ \"child.looked_after\" = true }}\ndated_facts = [ {{ fact = \"child.looked_after\", value = false, from = \"{at}\" }} ]"
            ),
            "",
        ))
    };
    let early = leaves_care("+10h");
    assert_eq!(early.ask("on.when", "+9h59m"), "due by Thu 8 Jan 23:00");
    assert_eq!(early.ask("on.when", "+10h"), "lapsed Tue 6 Jan 04:00 by Thu 8 Jan 23:00");
    assert_eq!(early.ask("on.when", "+200h"), "lapsed Tue 6 Jan 04:00 by Thu 8 Jan 23:00");
    assert!(!early.view("on.when", "+200h").breached);
    assert_eq!(early.because("on.when", "+200h"), ["return.recorded", "child.looked_after = false"]);
    // What changes once the limit has passed wipes out no breach: it stays overdue.
    let late = leaves_care("+78h");
    assert_eq!(late.ask("on.when", "+78h"), "overdue by Thu 8 Jan 23:00");
    assert!(late.view("on.when", "+78h").breached);
}

#[test]
fn what_was_done_before_the_guard_went_away_stays_done() {
    let s = story(&returned(
        r#"facts = { "child.looked_after" = true }
dated_facts = [ { fact = "child.looked_after", value = false, from = "+10h" } ]"#,
        r#"  { at = "+8h", event = "action.recorded", action = "case.review", duty = "on.when" },"#,
    ));
    assert_eq!(s.ask("on.when", "+20h"), "done by Thu 8 Jan 23:00");
}

#[test]
fn a_guard_that_becomes_true_late_makes_the_duty_due_then_and_not_in_the_past() {
    let s = story(&missing(
        r#"  { at = "+1h", event = "risk.graded", level = "low" },
  { at = "+9h", event = "risk.graded", level = "high" },
  { at = "+12h", event = "risk.graded", level = "low" },"#,
    ));
    // Unknown at first, then not owed.
    assert_eq!(s.ask("on.when-exploited", "+0h"), "cannot-tell by Tue 6 Jan 00:00");
    assert_eq!(s.ask("on.when-exploited", "+1h"), "nothing");
    // The six hours had passed when the risk became high: due at once, overdue a minute later.
    assert_eq!(s.ask("on.when-exploited", "+9h"), "due by Tue 6 Jan 03:00");
    assert_eq!(s.ask("on.when-exploited", "+9h1m"), "overdue by Tue 6 Jan 03:00");
    assert_eq!(s.view("on.when-exploited", "+10h").tightened_at.as_deref(), Some("2026-01-06T03:00:00+00:00"));
    // It was owed for a while, so that it lapses and is not forgotten.
    assert_eq!(s.ask("on.when-exploited", "+13h"), "lapsed Tue 6 Jan 06:00 by Tue 6 Jan 03:00");
    assert!(s.view("on.when-exploited", "+13h").breached);
}

#[test]
fn a_condition_may_name_a_day() {
    let recorded = |at: &str| {
        let entry = format!("  {{ id = \"back\", at = \"+5h\", event = \"return.recorded\", recorded = \"{at}\" }},\n");
        let s = story(&missing(&entry));
        (s.ask("on.recorded-in-january", "+60d"), s.ask("on.recorded-later", "+60d"))
    };
    assert_eq!(recorded("+6h"), ("due".into(), "nothing".into()));
    // Midnight at the end of January, by the local clock.
    assert_eq!(recorded("+26d 5h59m"), ("due".into(), "nothing".into()));
    assert_eq!(recorded("+26d 6h"), ("nothing".into(), "due".into()));
}

/// A child comes back at 23:00 on Monday, so that a limit passes at 23:00 on Thursday; when it first became known that it was asked, where
/// that was later.
fn known_late(facts: &str) -> Option<String> {
    let s = story(&returned(&format!("dated_facts = [ {facts} ]"), ""));
    let found = s.duties("on.when", "+200h");
    let [duty] = &found[..] else { panic!("one duty: {found:?}") };
    assert_eq!(s.ask("on.when", "+200h"), "overdue by Thu 8 Jan 23:00");
    duty.known.map(|at| format!("+{}h", (at.0 - s.start.0) / 3600))
}

#[test]
fn a_limit_that_had_passed_when_its_reason_was_written_down_is_told_apart() {
    let care = |from: &str, recorded: &str| {
        format!(r#"{{ fact = "child.looked_after", value = true, from = "{from}", recorded = "{recorded}" }}"#)
    };
    assert_eq!(known_late(&care("+0h", "+1h")), None);
    // At the limit it can be kept still, a minute later it cannot.
    assert_eq!(known_late(&care("+0h", "+77h")), None);
    assert_eq!(known_late(&care("+0h", "+78h")), Some("+78h".into()));
    // Whoever writes it down once more, or of a later time, says nothing new.
    let both = |other: String| format!("{}, {other}", care("+0h", "+1h"));
    assert_eq!(known_late(&both(care("+0h", "+150h"))), None);
    assert_eq!(known_late(&both(care("+100h", "+150h"))), None);
    // That it was not so, somebody thought until then.
    let no = r#"{ fact = "child.looked_after", value = false, from = "+0h", recorded = "+1h" }"#;
    assert_eq!(known_late(&format!("{no}, {}", care("+0h", "+150h"))), Some("+150h".into()));
}

#[test]
fn what_is_to_be_done_still_of_a_child_who_is_gone_is_late_however_late_it_was_written_down() {
    let gone = |more: &str| {
        let entry = r#"{ id = "gone", at = "+0h", event = "absence.noticed", status = "missing", recorded = "+80h" }"#;
        story(&format!("entries = [\n  {entry},\n{more}\n]"))
    };
    let known = |s: &Story, at: &str| {
        let found = s.duties("due.within", at);
        let [duty] = &found[..] else { panic!("one duty: {found:?}") };
        (duty.state.word(), duty.known.is_some())
    };
    // A quarter of an hour to do what should have been done three days ago.
    let missing = gone("");
    assert_eq!(known(&missing, "+80h14m"), ("overdue", true));
    assert_eq!(known(&missing, "+80h15m"), ("overdue", false));
    // Once the child is back it is told apart, as what was done is.
    let back = gone(r#"  { at = "+79h", event = "return.recorded", recorded = "+81h" },"#);
    assert_eq!(known(&back, "+99h"), ("overdue", true));
    let act = r#"event = "action.recorded", action = "case.review", duty = "due.within""#;
    let done = gone(&format!("  {{ at = \"+90h\", {act} }},"));
    assert_eq!(known(&done, "+99h"), ("done-late", true));
}
