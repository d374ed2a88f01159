//! What an entry brings about.

use super::missing;
use crate::story::story;

#[test]
fn each_entry_of_the_event_brings_a_duty_about_when_it_occurred() {
    let s = story(
        r#"entries = [
  { at = "+0h", event = "absence.noticed", status = "missing" },
  { at = "+5h", event = "return.recorded", recorded = "+9h" },
  { at = "+30h", event = "absence.noticed", status = "away" },
  { at = "+40h", event = "return.recorded" },
]"#,
    );
    assert_eq!(s.ask("on.event", "+4h59m"), "nothing");
    assert_eq!(s.ask("on.event", "+5h"), "due by Thu 8 Jan 23:00");
    assert_eq!(s.ask("on.event", "+40h"), "due by Thu 8 Jan 23:00; due by Sat 10 Jan 10:00");
    assert_eq!(s.ask("on.event", "+77h1m"), "overdue by Thu 8 Jan 23:00; due by Sat 10 Jan 10:00");
    s.boundary("on.event", "+77h");
}

#[test]
fn where_looks_at_the_entry() {
    let s = story(&missing(
        r#"  { at = "+1h", event = "risk.graded", level = "medium" },
  { at = "+2h", event = "risk.graded", level = "high" },"#,
    ));
    assert_eq!(s.ask("on.where", "+1h30m"), "nothing");
    assert_eq!(s.ask("on.where", "+3h"), "due by Mon 5 Jan 21:00");
    s.boundary("on.where", "+3h");
}

#[test]
fn where_is_judged_once_at_the_moment_the_duty_arises() {
    // 18:00 is out of office hours; that it is ten in the morning by now does not matter.
    let night = story(&missing(""));
    assert_eq!(night.ask("on.where-fact", "+0h"), "due by Tue 6 Jan 06:00");
    assert_eq!(night.ask("on.where-fact", "+16h"), "overdue by Tue 6 Jan 06:00");
    assert_eq!(night.because("on.where-fact", "+16h"), ["absence.noticed", "clock.office_hours = false"]);
    for (start, out_of_hours) in [
        ("2026-01-05T08:59+00:00", true),
        ("2026-01-05T09:00+00:00", false),
        ("2026-01-05T16:59+00:00", false),
        ("2026-01-05T17:00+00:00", true),
        ("2026-01-03T12:00+00:00", true),  // a Saturday
        ("2026-04-06T12:00+01:00", true),  // Easter Monday
        ("2026-04-07T12:00+01:00", false), // the day after
        ("2026-12-28T12:00+00:00", true),  // the day given for Boxing Day
    ] {
        let s = story(&format!("start = \"{start}\"\n{}", missing("")));
        assert_eq!(s.ask("on.where-fact", "+0h") != "nothing", out_of_hours, "{start}");
    }
}

#[test]
fn a_night_is_told_by_the_wall_clock() {
    for (start, night) in [
        ("2026-01-05T21:59+00:00", false),
        ("2026-01-05T22:00+00:00", true),
        ("2026-01-06T05:59+00:00", true),
        ("2026-01-06T06:00+00:00", false),
        ("2026-03-28T22:00+00:00", true),
        ("2026-03-29T05:59+01:00", true), // an hour shorter
        ("2026-03-29T06:00+01:00", false),
        ("2026-10-24T22:00+01:00", true),
        ("2026-10-25T01:30+01:00", true), // both of the two 01:30
        ("2026-10-25T01:30+00:00", true),
        ("2026-10-25T06:00+00:00", false), // an hour longer
    ] {
        let s = story(&format!("start = \"{start}\"\n{}", missing("")));
        assert_eq!(s.ask("on.where-night", "+0h") != "nothing", night, "{start}");
    }
}

#[test]
fn where_that_hangs_on_an_unknown_fact_cannot_be_told() {
    let s = story(&missing(""));
    assert_eq!(s.ask("on.where-unknown", "+1h"), "cannot-tell by Tue 6 Jan 06:00");
    assert_eq!(s.missing("on.where-unknown", "+1h"), ["child.looked_after"]);
    let known = |more: &str| story(&format!("facts = {{ \"child.looked_after\" = {more} }}\n{}", missing("")));
    assert_eq!(known("true").ask("on.where-unknown", "+1h"), "due by Tue 6 Jan 06:00");
    assert_eq!(known("false").ask("on.where-unknown", "+1h"), "nothing");
    // Taken as at the moment it arose: care that began later makes no difference.
    let later = story(&format!(
        "facts = {{ \"child.looked_after\" = false }}\ndated_facts = [ {{ fact = \"child.looked_after\", value = true, from = \"+1h\" }} ]\n{}",
        missing("")
    ));
    assert_eq!(later.ask("on.where-unknown", "+2h"), "nothing");
}

#[test]
fn any_of_several_events_each_with_its_own_condition() {
    let s = story(
        r#"entries = [
  { at = "+0h", event = "absence.noticed", status = "away" },
  { at = "+1h", event = "absence.status_changed", status = "absent" },
  { at = "+2h", event = "absence.status_changed", status = "missing" },
  { at = "+3h", event = "police.reported" },
]"#,
    );
    assert_eq!(s.ask("on.any", "+1h"), "nothing");
    assert_eq!(s.ask("on.any", "+3h"), "due by Mon 5 Jan 21:00; due by Mon 5 Jan 22:00");
}

#[test]
fn an_entry_that_fits_two_of_the_events_is_one_occasion() {
    let s = story(&missing(
        r#"  { at = "+1h", event = "risk.graded", level = "high", by = "police" },
  { at = "+2h", event = "risk.graded", level = "low", by = "police" },
  { at = "+3h", event = "risk.graded", level = "low", by = "carer" },"#,
    ));
    assert_eq!(s.ask("on.any-of-one", "+3h"), "overdue by Mon 5 Jan 20:00; due by Mon 5 Jan 21:00");
}

#[test]
fn once_in_the_episode_and_once_for_the_child() {
    let s = story(
        r#"entries = [
  { at = "+0h", event = "absence.noticed", status = "missing" },
  { at = "+1h", event = "risk.graded", level = "low" },
  { at = "+2h", event = "risk.graded", level = "high" },
  { at = "+3h", event = "return.recorded" },
  { at = "+30h", event = "absence.noticed", status = "missing" },
  { at = "+31h", event = "risk.graded", level = "low" },
]"#,
    );
    assert_eq!(s.ask("on.once-in-episode", "+2h"), "due by Mon 5 Jan 20:00");
    assert_eq!(s.ask("on.once-in-episode", "+31h"), "overdue by Mon 5 Jan 20:00; due by Wed 7 Jan 02:00");
    assert_eq!(s.ask("on.once-for-child", "+31h"), "overdue by Mon 5 Jan 19:00");
}

/// Absences that begin so many days after each other, at the same minute but for some minutes more on the last.
fn absences(days: &[u32], minutes: i32) -> String {
    let mut day = 0;
    let mut entries = Vec::new();
    for (n, step) in days.iter().enumerate() {
        day += step;
        let more = if n + 1 == days.len() && minutes > 0 { format!(" {minutes}m") } else { String::new() };
        entries.push(format!("  {{ at = \"+{day}d{more}\", event = \"absence.noticed\", status = \"missing\" }},"));
        entries.push(format!("  {{ at = \"+{day}d 2h\", event = \"return.recorded\" }},"));
    }
    format!("entries = [\n{}\n]", entries.join("\n"))
}

#[test]
fn a_count_in_a_rolling_window_includes_its_edges() {
    assert_eq!(story(&absences(&[0, 40], 0)).ask("on.count", "+100d"), "nothing");
    assert_eq!(story(&absences(&[0, 40, 50], 0)).ask("on.count", "+90d 1h"), "due by Fri 10 Apr 18:00");
    assert_eq!(story(&absences(&[0, 40, 50], 1)).ask("on.count", "+90d 1h"), "nothing");
    assert_eq!(story(&absences(&[0, 40, 51], 0)).ask("on.count", "+91d 1h"), "nothing");
}

#[test]
fn a_further_one_attaches_to_the_duty_that_is_open_unless_each_counts_anew() {
    let s = story(&absences(&[0, 10, 10, 10, 90, 90], 0));
    assert_eq!(s.ask("on.count", "+20d"), "due by Fri 30 Jan 18:00");
    assert_eq!(s.ask("on.count", "+300d"), "overdue by Fri 30 Jan 18:00");
    // The fourth is the third and later; the fifth is 90 days after the fourth, and is only the second in its window.
    assert_eq!(s.ask("on.count-each", "+300d"), "overdue by Fri 30 Jan 18:00; overdue by Mon 9 Feb 18:00");
    assert_eq!(s.duties("on.count-each", "+300d").len(), 2);
}

#[test]
fn a_duty_lapses_once_its_until_is_true() {
    let s = story(&missing(
        r#"  { at = "+1h", event = "risk.graded", level = "low" },
  { at = "+2h", event = "return.recorded" },"#,
    ));
    assert_eq!(s.ask("on.until", "+1h59m"), "due by Mon 5 Jan 21:00");
    assert_eq!(s.ask("on.until", "+2h"), "lapsed Mon 5 Jan 20:00 by Mon 5 Jan 21:00");
    assert_eq!(s.ask("on.until", "+9h"), "lapsed Mon 5 Jan 20:00 by Mon 5 Jan 21:00");
    assert_eq!(s.because("on.until", "+9h"), ["risk.graded", "episode.status = returned"]);
    assert!(!s.view("on.until", "+9h").breached);
}

#[test]
fn a_duty_that_lapses_late_was_breached() {
    let s = story(&missing(
        r#"  { at = "+1h", event = "risk.graded", level = "low" },
  { at = "+3h1m", event = "return.recorded" },"#,
    ));
    assert_eq!(s.ask("on.until", "+3h"), "due by Mon 5 Jan 21:00");
    assert!(s.view("on.until", "+9h").breached);
    let done = story(&missing(
        r#"  { at = "+1h", event = "risk.graded", level = "low" },
  { at = "+2h", event = "action.recorded", action = "case.review", duty = "on.until" },
  { at = "+3h1m", event = "return.recorded" },"#,
    ));
    assert_eq!(done.ask("on.until", "+9h"), "done by Mon 5 Jan 21:00");
}

#[test]
fn an_until_that_cannot_be_told_at_first_ends_the_duty_once_it_is_true() {
    let s = story(&missing(r#"  { at = "+4h", event = "risk.graded", level = "low" },"#));
    assert_eq!(s.ask("on.until-unknown", "+3h"), "due by Tue 6 Jan 00:00");
    assert_eq!(s.ask("on.until-unknown", "+4h"), "lapsed Mon 5 Jan 22:00 by Tue 6 Jan 00:00");
}

#[test]
fn the_made_up_event_at_the_return() {
    let s = story(&missing(r#"  { at = "+5h", event = "return.recorded" },"#));
    assert_eq!(s.ask("on.ended", "+4h59m"), "nothing");
    assert_eq!(s.ask("on.ended", "+5h"), "due by Tue 6 Jan 23:00");
    assert_eq!(s.because("on.ended", "+5h"), ["return.recorded"]);
}

#[test]
fn the_entry_that_brings_a_duty_about_does_not_meet_it() {
    let s = story(&missing(
        r#"  { at = "+1h", event = "risk.graded", level = "low", by = "police" },
  { at = "+5h", event = "risk.graded", level = "low", by = "police" },"#,
    ));
    assert_eq!(s.ask("on.itself", "+2h"), "due by Tue 6 Jan 19:00");
    assert_eq!(s.ask("on.itself", "+5h"), "done by Tue 6 Jan 19:00; due by Tue 6 Jan 23:00");
}

#[test]
fn what_was_recorded_late_was_not_known_before() {
    let body = missing(r#"  { at = "+5h", event = "return.recorded", recorded = "+9h" },"#);
    let before = crate::story::told(&body, Some("+8h59m"), &["area"]);
    assert_eq!(before.ask("on.event", "+8h"), "nothing");
    let after = crate::story::told(&body, Some("+9h"), &["area"]);
    assert_eq!(after.ask("on.event", "+8h"), "due by Thu 8 Jan 23:00");
}

#[test]
fn an_episode_in_which_the_event_comes_twice_counts_once() {
    let s = story(
        r#"entries = [
  { at = "+0h", event = "absence.noticed", status = "missing" },
  { at = "+1h", event = "risk.graded", level = "low" },
  { at = "+2h", event = "risk.graded", level = "high" },
  { at = "+3h", event = "return.recorded" },
  { at = "+10d", event = "absence.noticed", status = "missing" },
  { at = "+10d 1h", event = "risk.graded", level = "high" },
  { at = "+10d 2h", event = "risk.graded", level = "medium" },
]"#,
    );
    assert_eq!(s.ask("on.count-of-episodes", "+5h"), "nothing");
    assert_eq!(s.ask("on.count-of-episodes", "+10d 2h"), "due by Thu 15 Jan 20:00");
    assert_eq!(s.duties("on.count-of-episodes", "+11d").len(), 1);
}
