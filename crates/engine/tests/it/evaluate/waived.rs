//! Somebody decides that an act will not be done, and says why.

use super::missing;
use crate::story::story;

fn waive(at: &str, rule: &str) -> String {
    format!(
        "  {{ id = \"waiver\", at = \"{at}\", event = \"duty.waived\", action = \"case.review\", reason = \"A reason.\", duty = \"{rule}\" }},\n"
    )
}

#[test]
fn a_duty_is_kept_as_waived() {
    let s = story(&missing(&waive("+10h", "due.within")));
    assert_eq!(s.ask("due.within", "+9h59m"), "due by Thu 8 Jan 18:00");
    assert_eq!(s.ask("due.within", "+10h"), "waived by Thu 8 Jan 18:00");
    assert_eq!(s.ask("due.within", "+99h"), "waived by Thu 8 Jan 18:00");
    assert_eq!(s.view("due.within", "+99h").done_by.as_deref(), Some("waiver"));
    assert!(!s.view("due.within", "+99h").breached);
    // Only that duty, though others ask for the same act.
    assert_eq!(s.ask("due.days", "+10h"), "due by Mon 12 Jan 18:00");
}

#[test]
fn waived_after_its_limit_it_was_breached() {
    let s = story(&missing(&waive("+73h", "due.within")));
    assert_eq!(s.ask("due.within", "+72h30m"), "overdue by Thu 8 Jan 18:00");
    assert_eq!(s.ask("due.within", "+73h"), "waived by Thu 8 Jan 18:00");
    assert!(s.view("due.within", "+73h").breached);
}

#[test]
fn what_was_done_is_not_waived() {
    let act = "  { at = \"+20h\", event = \"action.recorded\", action = \"case.review\", duty = \"due.within\" },\n";
    let s = story(&missing(&format!("{}{act}", waive("+10h", "due.within"))));
    assert_eq!(s.ask("due.within", "+19h"), "waived by Thu 8 Jan 18:00");
    assert_eq!(s.ask("due.within", "+20h"), "done by Thu 8 Jan 18:00");
}

#[test]
fn a_daily_duty_is_waived_for_the_day() {
    let s = story(&missing(&waive("+2h", "again.day")));
    assert_eq!(
        s.ask("again.day", "+25h"),
        "waived by Mon 5 Jan 23:59; due by Tue 6 Jan 23:59; upcoming Wed 7 Jan 00:00 by Wed 7 Jan 23:59"
    );
}

#[test]
fn every_two_hours_goes_on_from_the_waiver() {
    let s = story(&missing(&waive("+90m", "again.every")));
    assert_eq!(s.ask("again.every", "+2h"), "waived by Mon 5 Jan 20:00; due by Mon 5 Jan 21:30");
}

#[test]
fn a_step_of_a_series_is_waived_by_itself() {
    let s = story(&missing(&waive("+5d", "again.series")));
    assert_eq!(
        s.ask("again.series", "+8d"),
        "waived by Mon 12 Jan 18:00; due by Thu 15 Jan 18:00; upcoming Thu 15 Jan 18:00 by Thu 29 Jan 18:00"
    );
}
