//! By when: every form of a limit, a minute before, at it, and a minute after.

use super::missing;
use crate::story::story;

#[test]
fn a_duty_without_a_limit_is_due_and_never_overdue() {
    let s = story(&missing(""));
    assert_eq!(s.ask("due.none", "+0h"), "due");
    assert_eq!(s.ask("due.none", "+500d"), "due");
}

#[test]
fn immediately_is_the_trigger_minute() {
    let s = story(&missing(""));
    assert_eq!(s.ask("due.immediately", "+0h"), "due by Mon 5 Jan 18:00");
    s.boundary("due.immediately", "+0h");
}

#[test]
fn within_counts_from_when_it_arose() {
    story(&missing("")).boundary("due.within", "+72h");
}

#[test]
fn days_and_months_are_calendar_steps() {
    let s = story(&missing(""));
    s.boundary("due.days", "+7d");
    s.boundary("due.months", "+31d");
    // A month that lacks the day uses its last one.
    let s = story(&format!("start = \"2026-01-31T18:00+00:00\"\n{}", missing("")));
    assert_eq!(s.ask("due.months", "+0h"), "due by Sat 28 Feb 18:00");
}

#[test]
fn working_days_skip_weekends_and_bank_holidays() {
    for (start, due) in [
        ("2026-01-05T18:00+00:00", "Mon 12 Jan 18:00"),
        ("2025-12-19T15:00+00:00", "Tue 30 Dec 2025 15:00"), // Christmas: 22, 23, 24, 29, 30
        ("2025-12-24T15:00+00:00", "Mon 5 Jan 15:00"),       // 29, 30, 31, 2, 5
        ("2026-04-01T10:00+01:00", "Fri 10 Apr 10:00"),      // Easter: 2, 7, 8, 9, 10
        ("2026-04-04T10:00+01:00", "Mon 13 Apr 10:00"),      // from a Saturday: 7, 8, 9, 10, 13
        ("2026-03-26T12:00+00:00", "Thu 2 Apr 12:00"),       // over the clock change, at the same wall-clock time
    ] {
        let s = story(&format!("start = \"{start}\"\n{}", missing("")));
        assert_eq!(s.ask("due.working-days", "+0h"), format!("due by {due}"), "{start}");
    }
}

#[test]
fn from_a_fact_cannot_be_told_until_the_fact_is_known() {
    let s = story(&missing(r#"  { at = "+3h", event = "police.reported" },"#));
    assert_eq!(s.ask("due.from-fact", "+2h59m"), "cannot-tell");
    assert_eq!(s.missing("due.from-fact", "+2h59m"), ["episode.reported_at"]);
    assert_eq!(s.ask("due.from-fact", "+3h"), "due by Tue 6 Jan 03:00");
    s.boundary("due.from-fact", "+9h");
    assert_eq!(s.because("due.from-fact", "+3h"), ["absence.noticed", "episode.reported_at = Mon 5 Jan 2026 21:00"]);
}

#[test]
fn from_a_field_of_the_entry() {
    let s = story(&missing(
        r#"  { at = "+1h", event = "meeting.planned", planned_for = "+20h" },
  { at = "+2h", event = "meeting.planned" },"#,
    ));
    assert_eq!(s.ask("due.from-field", "+3h"), "due by Wed 7 Jan 14:00; cannot-tell");
}

#[test]
fn by_a_moment_known_or_not() {
    let s = story(&missing(""));
    assert_eq!(s.ask("due.by-fact", "+1h"), "cannot-tell");
    assert_eq!(s.missing("due.by-fact", "+1h"), ["placement.start"]);
    let s = story(&format!("facts = {{ \"placement.start\" = \"2026-01-06T12:00+00:00\" }}\n{}", missing("")));
    s.boundary("due.by-fact", "+18h");
}

#[test]
fn by_a_field_or_else_within_a_time() {
    let s = story(&missing(
        r#"  { at = "+1h", event = "meeting.planned", planned_for = "+20h" },
  { at = "+2h", event = "meeting.planned" },"#,
    ));
    assert_eq!(s.ask("due.by-field-else", "+3h"), "due by Tue 6 Jan 14:00; due by Tue 6 Jan 20:00");
}

#[test]
fn the_end_of_the_local_day() {
    let s = story(&missing(""));
    s.boundary("due.end-of-day", "+5h59m");
    // In summer 23:30 by Greenwich is the next day in London.
    let s = story(&format!("start = \"2026-07-05T23:30+00:00\"\n{}", missing("")));
    assert_eq!(s.ask("due.end-of-day", "+0h"), "due by Mon 6 Jul 23:59");
}

#[test]
fn a_table_gives_the_limit() {
    let rated = |more: &str| story(&missing(more));
    let s = rated("");
    // While the rating is missing the strictest row shows; past the longest, it is late whatever the rating.
    assert_eq!(s.ask("due.table", "+1h"), "cannot-tell by Mon 5 Jan 20:00");
    assert_eq!(s.missing("due.table", "+1h"), ["episode.rating"]);
    assert_eq!(s.ask("due.table", "+7d"), "cannot-tell by Mon 5 Jan 20:00");
    assert_eq!(s.ask("due.table", "+7d 1m"), "overdue by Mon 12 Jan 18:00");
    let s = rated(r#"  { at = "+1h", event = "triage.rated", rating = "amber" },"#);
    assert_eq!(s.ask("due.table", "+1h"), "due by Tue 6 Jan 18:00");
    assert_eq!(s.because("due.table", "+1h"), ["absence.noticed", "episode.rating = amber"]);
    let s = rated(r#"  { at = "+1h", event = "triage.rated", rating = "green" },"#);
    assert_eq!(s.ask("due.table", "+1h"), "due by Mon 12 Jan 18:00");
    let s = rated(r#"  { at = "+1h", event = "triage.rated", rating = "red" },"#);
    assert_eq!(s.view("due.table", "+1h").provisions, ["E-1", "E-2"]);
}

#[test]
fn a_table_that_tightens_makes_the_duty_due_at_once_and_not_in_the_past() {
    let s = story(&missing(
        r#"  { at = "+1h", event = "triage.rated", rating = "amber" },
  { at = "+10h", event = "triage.rated", rating = "red" },"#,
    ));
    assert_eq!(s.ask("due.table", "+9h59m"), "due by Tue 6 Jan 18:00");
    assert_eq!(s.ask("due.table", "+10h"), "due by Tue 6 Jan 04:00");
    assert_eq!(s.ask("due.table", "+10h1m"), "overdue by Tue 6 Jan 04:00");
}

#[test]
fn a_local_setting_gives_the_limit_and_is_labelled() {
    let s = story(&missing(""));
    s.boundary("due.setting", "+1h");
    let view = s.view("due.setting", "+0h");
    assert_eq!(view.local_setting.as_deref(), Some("report_limit"));
    assert_eq!(view.limit.as_deref(), Some("by the local setting report_limit"));
    let s = story(&format!("settings = {{ report_limit = \"30m\" }}\n{}", missing("")));
    s.boundary("due.setting", "+30m");
}

#[test]
fn a_prompt_is_never_overdue() {
    let s = story(&missing(""));
    assert_eq!(s.ask("due.prompt", "+50h"), "due by Mon 5 Jan 19:00");
}

#[test]
fn done_at_the_limit_is_in_time_and_a_minute_after_it_late() {
    let done = |at: &str| {
        let act = r#"event = "action.recorded", action = "case.review", duty = "due.within""#;
        story(&missing(&format!("  {{ at = \"{at}\", {act} }},")))
    };
    assert_eq!(done("+71h59m").ask("due.within", "+99h"), "done by Thu 8 Jan 18:00");
    assert_eq!(done("+72h").ask("due.within", "+99h"), "done by Thu 8 Jan 18:00");
    assert!(!done("+72h").view("due.within", "+99h").breached);
    assert_eq!(done("+72h1m").ask("due.within", "+99h"), "done-late by Thu 8 Jan 18:00");
    assert!(done("+72h1m").view("due.within", "+99h").breached);
    // What lies after the moment asked about is not known.
    assert_eq!(done("+71h").ask("due.within", "+70h59m"), "due by Thu 8 Jan 18:00");
}
