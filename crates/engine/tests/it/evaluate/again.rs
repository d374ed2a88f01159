//! Again and again.

use super::missing;
use crate::story::story;
use engine::evaluate::Options;

/// Entries that carry out a rule at these times.
fn acts(rule: &str, at: &[&str]) -> String {
    let entry = |at: &&str| {
        format!("  {{ at = \"{at}\", event = \"action.recorded\", action = \"case.review\", duty = \"{rule}\" }},\n")
    };
    at.iter().map(entry).collect()
}

#[test]
fn every_two_hours_from_the_last_time() {
    let s = story(&missing(&acts("again.every", &["+1h", "+3h30m"])));
    assert_eq!(s.ask("again.every", "+0h"), "due by Mon 5 Jan 20:00");
    // Done early, it moves the next one earlier.
    assert_eq!(s.ask("again.every", "+1h"), "done by Mon 5 Jan 20:00; due by Mon 5 Jan 21:00");
    s.boundary("again.every", "+3h");
    let both = "done by Mon 5 Jan 20:00; done-late by Mon 5 Jan 21:00; due by Mon 5 Jan 23:30";
    assert_eq!(s.ask("again.every", "+4h"), both);
    s.boundary("again.every", "+5h30m");
}

#[test]
fn the_first_at_once_and_then_every_two_hours() {
    let s = story(&missing(&acts("again.first-at-once", &["+0h"])));
    s.boundary("again.first-at-once", "+2h");
    let undone = story(&missing(""));
    undone.boundary("again.first-at-once", "+0h");
    let s = story(&missing(&acts("again.first-at-once", &["+10m"])));
    assert_eq!(s.ask("again.first-at-once", "+1h"), "done-late by Mon 5 Jan 18:00; due by Mon 5 Jan 20:10");
}

#[test]
fn what_is_late_is_not_followed_by_a_next_one_until_it_is_done() {
    let s = story(&missing(""));
    assert_eq!(s.ask("again.every", "+7h"), "overdue by Mon 5 Jan 20:00");
}

#[test]
fn what_will_arise_is_foreseen_up_to_the_horizon() {
    let s = story(&missing(""));
    let seen = "due by Mon 5 Jan 20:00; upcoming Mon 5 Jan 20:00 by Mon 5 Jan 22:00; upcoming Mon 5 Jan 22:00 by Tue 6 Jan 00:00";
    assert_eq!(s.ask_until("again.every", "+1h", "+5h"), seen);
    // One that is late is taken to be done at once.
    let late = "overdue by Mon 5 Jan 20:00; upcoming Mon 5 Jan 21:01 by Mon 5 Jan 23:00; upcoming Mon 5 Jan 23:00 by Tue 6 Jan 01:00";
    assert_eq!(s.ask_until("again.every", "+3h", "+6h"), late);
}

#[test]
fn nothing_arises_after_the_state_has_ended() {
    let s = story(&missing(r#"  { at = "+5h", event = "return.recorded" },"#));
    assert_eq!(s.ask("again.every", "+6h"), "lapsed Mon 5 Jan 23:00 by Mon 5 Jan 20:00");
    assert_eq!(s.ask_until("again.every", "+6h", "+30h"), "lapsed Mon 5 Jan 23:00 by Mon 5 Jan 20:00");
    let done = format!("{}  {{ at = \"+5h\", event = \"return.recorded\" }},", acts("again.every", &["+4h"]));
    let s = story(&missing(&done));
    assert_eq!(s.ask("again.every", "+6h"), "done-late by Mon 5 Jan 20:00; lapsed Mon 5 Jan 23:00 by Tue 6 Jan 00:00");
}

#[test]
fn what_is_done_as_the_state_ends_is_not_followed_by_another() {
    let last = format!("{}  {{ at = \"+1h\", event = \"return.recorded\" }},", acts("again.every", &["+1h"]));
    assert_eq!(story(&missing(&last)).ask("again.every", "+2h"), "done by Mon 5 Jan 20:00");
}

#[test]
fn where_is_judged_when_the_first_step_arises_and_stays_so() {
    // The absence begins at night; the step after 09:30 is asked for all the same.
    let s = story(&missing(&acts("again.every-where", &["+5h", "+15h30m"])));
    assert!(
        s.ask("again.every-where", "+16h").ends_with("; due by Tue 6 Jan 15:30"),
        "{}",
        s.ask("again.every-where", "+16h")
    );
}

#[test]
fn once_each_calendar_day_touched_by_the_state() {
    let s = story(&missing(&format!(
        "{}  {{ at = \"+54h\", event = \"return.recorded\" }},",
        acts("again.day", &["+1h", "+2h", "+29h"])
    )));
    assert_eq!(s.ask("again.day", "+1h"), "done by Mon 5 Jan 23:59; upcoming Tue 6 Jan 00:00 by Tue 6 Jan 23:59");
    // The second act of a day does not count for the next one. The child is back on Thursday at midnight: Thursday is not touched.
    assert_eq!(
        s.ask("again.day", "+99h"),
        "done by Mon 5 Jan 23:59; done by Tue 6 Jan 23:59; lapsed Thu 8 Jan 00:00 by Wed 7 Jan 23:59"
    );
    assert!(s.duties("again.day", "+99h")[2].breached);
}

#[test]
fn a_day_missed_stays_overdue() {
    let s = story(&missing(&acts("again.day", &["+25h"])));
    s.boundary("again.day", "+5h59m");
    assert_eq!(
        s.ask("again.day", "+26h"),
        "overdue by Mon 5 Jan 23:59; done by Tue 6 Jan 23:59; upcoming Wed 7 Jan 00:00 by Wed 7 Jan 23:59"
    );
}

#[test]
fn weekdays_and_days_of_the_week() {
    // 9 January 2026 is a Friday.
    let s = story(&format!("start = \"2026-01-09T18:00+00:00\"\n{}", missing("")));
    assert_eq!(
        s.ask("again.weekday", "+2d"),
        "overdue by Fri 9 Jan 23:59; upcoming Mon 12 Jan 00:00 by Mon 12 Jan 23:59"
    );
    assert_eq!(
        s.ask("again.days", "+4d"),
        "overdue by Fri 9 Jan 23:59; overdue by Mon 12 Jan 23:59; upcoming Wed 14 Jan 00:00 by Wed 14 Jan 23:59"
    );
}

#[test]
fn once_each_calendar_month() {
    let s = story(&missing(&acts("again.month", &["+2d"])));
    assert_eq!(s.ask("again.month", "+1d"), "due by Sat 31 Jan 23:59; upcoming Sun 1 Feb 00:00 by Sat 28 Feb 23:59");
    assert_eq!(
        s.ask("again.month", "+60d"),
        "done by Sat 31 Jan 23:59; overdue by Sat 28 Feb 23:59; due by Tue 31 Mar 23:59; upcoming Wed 1 Apr 00:00 by Thu 30 Apr 23:59"
    );
}

#[test]
fn a_series_runs_from_its_anchor() {
    let s = story(&missing(""));
    assert_eq!(s.ask("again.series", "+71h"), "upcoming Thu 8 Jan 18:00 by Mon 12 Jan 18:00");
    assert_eq!(s.ask("again.series", "+72h"), "due by Mon 12 Jan 18:00; upcoming Mon 12 Jan 18:00 by Thu 15 Jan 18:00");
    s.boundary("again.series", "+7d");
    s.boundary("again.series", "+10d");
    s.boundary("again.series", "+24d");
    s.boundary("again.series", "+38d");
    // Two months after 12 February, and again, at the same wall-clock time.
    let all = s.ask("again.series", "+200d");
    assert!(all.contains("overdue by Sun 12 Apr 18:00; overdue by Fri 12 Jun 18:00; due by Wed 12 Aug 18:00"), "{all}");
}

#[test]
fn a_late_step_never_moves_the_next() {
    let s = story(&missing(&acts("again.series", &["+8d"])));
    assert_eq!(
        s.ask("again.series", "+9d"),
        "done-late by Mon 12 Jan 18:00; due by Thu 15 Jan 18:00; upcoming Thu 15 Jan 18:00 by Thu 29 Jan 18:00"
    );
}

#[test]
fn an_entry_meets_every_step_past_its_limit_or_else_the_next_open_one() {
    let s = story(&missing(&acts("again.series", &["+11d", "+12d"])));
    // Past day 7 and day 10: the first entry meets both, the second the next.
    assert_eq!(
        s.ask("again.series", "+13d"),
        "done-late by Mon 12 Jan 18:00; done-late by Thu 15 Jan 18:00; done by Thu 29 Jan 18:00; upcoming Thu 29 Jan 18:00 by Thu 12 Feb 18:00"
    );
}

#[test]
fn a_step_can_be_met_early_once_it_is_open() {
    // Before 72 hours nothing is open; at day 5 the first step is, and not the second.
    let s = story(&missing(&acts("again.series", &["+2d", "+5d", "+6d"])));
    assert_eq!(s.ask("again.series", "+6d"), "done by Mon 12 Jan 18:00; upcoming Mon 12 Jan 18:00 by Thu 15 Jan 18:00");
    assert_eq!(
        s.ask("again.series", "+8d"),
        "done by Mon 12 Jan 18:00; due by Thu 15 Jan 18:00; upcoming Thu 15 Jan 18:00 by Thu 29 Jan 18:00"
    );
    // At its very limit a step is still met by itself, and the next stays open.
    let s = story(&missing(&acts("again.series", &["+7d"])));
    assert_eq!(
        s.ask("again.series", "+8d"),
        "done by Mon 12 Jan 18:00; due by Thu 15 Jan 18:00; upcoming Thu 15 Jan 18:00 by Thu 29 Jan 18:00"
    );
}

#[test]
fn a_series_ends_with_its_state() {
    let s = story(&missing(r#"  { at = "+8d", event = "return.recorded" },"#));
    assert_eq!(
        s.ask("again.series", "+9d"),
        "lapsed Tue 13 Jan 18:00 by Mon 12 Jan 18:00; lapsed Tue 13 Jan 18:00 by Thu 15 Jan 18:00"
    );
}

#[test]
fn a_monthly_series_keeps_its_day() {
    // From 31 January: the short month moves one step, not those after it.
    let s = story(&format!("start = \"2026-01-31T18:00+00:00\"\n{}", missing("")));
    let steps = s.ask_until("again.monthly-series", "+0h", "+120d");
    for due in ["by Sat 28 Feb 18:00", "by Tue 31 Mar 18:00", "by Thu 30 Apr 18:00", "by Sun 31 May 18:00"] {
        assert!(steps.contains(due), "{due}: {steps}");
    }
}

#[test]
fn a_review_of_the_child_goes_on_across_episodes() {
    let s = story(
        r#"facts = { "child.looked_after" = true }
entries = [
  { at = "+0h", event = "absence.noticed", status = "missing" },
  { at = "+2h", event = "return.recorded" },
  { at = "+30d", event = "action.recorded", action = "case.review", duty = "again.review-of-child" },
]"#,
    );
    assert_eq!(s.ask("again.review-of-child", "+10d"), "due by Sun 5 Apr 18:00");
    assert_eq!(s.ask("again.review-of-child", "+31d"), "done by Sun 5 Apr 18:00; due by Mon 4 May 18:00");
}

/// Of a day that was missed, nothing is done that was done on another: neither who was told nor what belongs to it.
#[test]
fn what_was_done_another_day_is_not_done_of_this_one() {
    let told = |at: &str, to: &str| {
        format!("  {{ at = \"{at}\", event = \"notification.sent\", to = [{to}], about = \"missing\" }},\n")
    };
    let asked = "  { at = \"+2d\", event = \"information.shared\", with = [\"health\"], what = \"forms\" },\n";
    let log =
        [told("+1h", "\"school\", \"health\""), told("+1d", "\"school\""), told("+2d", "\"health\""), asked.into()];
    let s = story(&missing(&log.concat()));
    let said = |at: &str| {
        let evaluator = s.evaluator();
        let day = |duty| {
            let view = evaluator.view(&s.case, &Options::at(s.at(at)), duty);
            let told = view.recipients.iter().map(|r| r.told_at.as_deref().map_or("-", |at| &at[8..10]).to_string());
            let asked = view.checklist.iter().map(|i| i.done_at.as_deref().map_or("-", |at| &at[8..10]).to_string());
            told.chain(asked).collect::<Vec<_>>().join(" ")
        };
        s.duties("again.tell", at).iter().map(day).collect::<Vec<_>>()
    };
    // School and health on Monday; the school alone on Tuesday; health alone on Wednesday.
    assert_eq!(said("+2d 1h"), ["05 05 -", "06 - -", "- 07 07", "- - -"], "and nothing of the day to come");
}
