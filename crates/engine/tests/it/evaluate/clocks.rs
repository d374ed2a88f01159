//! Both clock changes of 2026: 29 March 01:00 and 25 October 01:00, by Greenwich. Hours are elapsed; days, weeks and months
//! are steps to the same wall-clock time; calendar days are 23 or 25 hours long.

use super::missing;
use crate::story::story;

const SPRING: &str = "start = \"2026-03-28T18:00+00:00\"\n";
const AUTUMN: &str = "start = \"2026-10-24T18:00+01:00\"\n";

#[test]
fn hours_are_elapsed_hours() {
    let spring = story(&format!("{SPRING}{}", missing("")));
    assert_eq!(spring.ask("due.within", "+0h"), "due by Tue 31 Mar 19:00");
    spring.boundary("due.within", "+72h");
    let autumn = story(&format!("{AUTUMN}{}", missing("")));
    assert_eq!(autumn.ask("due.within", "+0h"), "due by Tue 27 Oct 17:00");
    autumn.boundary("due.within", "+72h");
}

#[test]
fn days_keep_the_wall_clock() {
    let spring = story(&format!("{SPRING}{}", missing("")));
    assert_eq!(spring.ask("due.days", "+0h"), "due by Sat 4 Apr 18:00");
    spring.boundary("due.days", "+167h");
    let autumn = story(&format!("{AUTUMN}{}", missing("")));
    assert_eq!(autumn.ask("due.days", "+0h"), "due by Sat 31 Oct 18:00");
    autumn.boundary("due.days", "+169h");
}

#[test]
fn a_wall_clock_time_that_does_not_exist_is_taken_forward_and_one_that_comes_twice_is_the_first() {
    // A week after 22 March 01:30 the clocks jump from one to two.
    let spring = story(&format!("start = \"2026-03-22T01:30+00:00\"\n{}", missing("")));
    assert_eq!(spring.ask("due.days", "+0h"), "due by Sun 29 Mar 02:30");
    spring.boundary("due.days", "+168h");
    // A week after 18 October 01:30 there are two half past ones; summer time comes first.
    let autumn = story(&format!("start = \"2026-10-18T01:30+01:00\"\n{}", missing("")));
    assert_eq!(autumn.ask("due.days", "+0h"), "due by Sun 25 Oct 01:30 BST");
    autumn.boundary("due.days", "+168h");
}

#[test]
fn each_calendar_day_is_one_day_however_long() {
    let spring = story(&format!("{SPRING}{}", missing("")));
    let all = "overdue by Sat 28 Mar 23:59; overdue by Sun 29 Mar 23:59; due by Mon 30 Mar 23:59; upcoming Tue 31 Mar 00:00 by Tue 31 Mar 23:59";
    // From 18:00 to midnight are 6 hours, the Sunday has 23.
    assert_eq!(spring.ask("again.day", "+29h"), all);
    assert!(spring.ask("again.day", "+28h59m").starts_with("overdue by Sat 28 Mar 23:59; due by Sun 29 Mar 23:59; up"));
    let autumn = story(&format!("{AUTUMN}{}", missing("")));
    assert!(autumn.ask("again.day", "+30h59m").starts_with("overdue by Sat 24 Oct 23:59; due by Sun 25 Oct 23:59; up"));
    let all = "overdue by Sat 24 Oct 23:59; overdue by Sun 25 Oct 23:59; due by Mon 26 Oct 23:59; upcoming Tue 27 Oct 00:00 by Tue 27 Oct 23:59";
    assert_eq!(autumn.ask("again.day", "+31h"), all);
}

#[test]
fn every_two_hours_runs_on_through_the_night_of_the_change() {
    let body = |start: &str| {
        let act = r#"event = "action.recorded", action = "case.review", duty = "again.every""#;
        format!("{start}{}", missing(&format!("  {{ at = \"+6h30m\", {act} }},")))
    };
    let spring = story(&body(SPRING));
    // Done at 00:30, due two hours later: half past three by the new clock.
    assert!(spring.ask("again.every", "+7h").ends_with("due by Sun 29 Mar 03:30"));
    let autumn = story(&body(AUTUMN));
    assert!(autumn.ask("again.every", "+7h").ends_with("due by Sun 25 Oct 01:30 GMT"));
}

#[test]
fn a_state_that_has_lasted_hours_counts_them_through_the_change() {
    let spring = story(&format!("{SPRING}{}", missing("")));
    assert_eq!(spring.ask("while.lasted", "+1h"), "upcoming Sun 29 Mar 19:00 by Tue 31 Mar 19:00");
    let autumn = story(&format!("{AUTUMN}{}", missing("")));
    assert_eq!(autumn.ask("while.lasted", "+1h"), "upcoming Sun 25 Oct 17:00 by Tue 27 Oct 17:00");
}

#[test]
fn a_series_that_meets_the_missing_hour_goes_back_to_its_time() {
    // Monthly from 28 February 01:30 over the gap of 29 March; none of the later steps is moved by it.
    let s = story(&format!("start = \"2026-01-29T01:30+00:00\"\n{}", missing("")));
    let steps = s.ask_until("again.monthly-series", "+0h", "+150d");
    for due in ["by Sat 28 Feb 01:30", "by Sun 29 Mar 02:30", "by Wed 29 Apr 01:30", "by Fri 29 May 01:30"] {
        assert!(steps.contains(due), "{due}: {steps}");
    }
}
