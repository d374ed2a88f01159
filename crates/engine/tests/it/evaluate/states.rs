//! What a state brings about (`fixtures/evaluate/area/2026/while.toml`).

use super::missing;
use crate::story::story;

#[test]
fn a_state_asks_from_its_beginning_for_as_long_as_it_lasts() {
    let s = story(
        r#"entries = [
  { at = "+0h", event = "absence.noticed", status = "away" },
  { at = "+1h", event = "absence.status_changed", status = "missing" },
  { at = "+3h", event = "return.recorded" },
]"#,
    );
    assert_eq!(s.ask("while.state", "+59m"), "nothing");
    assert_eq!(s.ask("while.state", "+1h"), "due by Tue 6 Jan 01:00");
    assert_eq!(s.ask("while.state", "+2h59m"), "due by Tue 6 Jan 01:00");
    assert_eq!(s.ask("while.state", "+3h"), "lapsed Mon 5 Jan 21:00 by Tue 6 Jan 01:00");
    assert_eq!(s.because("while.state", "+2h"), ["episode.status = missing"]);
}

#[test]
fn a_status_that_comes_and_goes_reopens_nothing_unless_each_spell_asks_anew() {
    let s = story(&missing(
        r#"  { at = "+2h", event = "action.recorded", action = "case.review", duty = "while.anew" },
  { at = "+2h", event = "action.recorded", action = "case.review", duty = "while.state" },
  { at = "+4h", event = "absence.status_changed", status = "away" },
  { at = "+9h", event = "absence.status_changed", status = "missing" },"#,
    ));
    assert_eq!(s.ask("while.state", "+3h"), "done by Tue 6 Jan 00:00");
    assert_eq!(s.ask("while.state", "+9h"), "done by Tue 6 Jan 00:00");
    // An earlier act does not meet what a new spell asks anew.
    assert_eq!(s.ask("while.anew", "+9h"), "done by Tue 6 Jan 00:00; due by Tue 6 Jan 09:00");
}

#[test]
fn a_state_that_has_lasted_long_enough_at_exactly_the_threshold() {
    let back = |at: &str| story(&missing(&format!("  {{ at = \"{at}\", event = \"return.recorded\" }},")));
    let gone = story(&missing(""));
    assert_eq!(gone.ask("while.lasted", "+23h59m"), "upcoming Tue 6 Jan 18:00 by Thu 8 Jan 18:00");
    assert_eq!(gone.ask("while.lasted", "+24h"), "due by Thu 8 Jan 18:00");
    gone.boundary("while.lasted", "+72h");
    assert_eq!(back("+23h59m").ask("while.lasted", "+30h"), "nothing");
    assert_eq!(back("+24h").ask("while.lasted", "+30h"), "lapsed Tue 6 Jan 18:00 by Thu 8 Jan 18:00");
    assert_eq!(back("+25h").ask("while.lasted", "+30h"), "lapsed Tue 6 Jan 19:00 by Thu 8 Jan 18:00");
}

#[test]
fn a_break_moves_no_limit_unless_each_spell_asks_anew() {
    let s = story(&missing(
        r#"  { at = "+23h", event = "absence.status_changed", status = "away" },
  { at = "+24h", event = "absence.status_changed", status = "missing" },"#,
    ));
    assert_eq!(s.ask("while.lasted", "+24h"), "due by Thu 8 Jan 18:00");
    assert_eq!(s.ask("while.lasted-anew", "+47h59m"), "upcoming Wed 7 Jan 18:00 by Fri 9 Jan 18:00");
    assert_eq!(s.ask("while.lasted-anew", "+48h"), "due by Fri 9 Jan 18:00");
    // The same word recorded again is no break.
    let again = story(&missing(r#"  { at = "+23h", event = "absence.status_changed", status = "missing" },"#));
    assert_eq!(again.ask("while.lasted", "+24h"), "due by Thu 8 Jan 18:00");
}

#[test]
fn more_than_is_never_raised_by_a_return_at_exactly_the_threshold() {
    let back = |at: &str| story(&missing(&format!("  {{ at = \"{at}\", event = \"return.recorded\" }},")));
    let gone = story(&missing(""));
    assert_eq!(gone.ask("while.lasted-more", "+11h59m"), "upcoming Tue 6 Jan 06:00");
    // At the threshold the child is not back, so that it will be more: the duty counts from there.
    assert_eq!(gone.ask("while.lasted-more", "+12h"), "due");
    for now in ["+12h", "+12h1m", "+30h"] {
        assert_eq!(back("+11h59m").ask("while.lasted-more", now), "nothing");
        assert_eq!(back("+12h").ask("while.lasted-more", now), "nothing");
    }
    assert_eq!(back("+12h1m").ask("while.lasted-more", "+30h"), "lapsed Tue 6 Jan 06:01");
}

#[test]
fn days_that_a_state_has_lasted_are_calendar_days() {
    // Over the clock change of 29 March: seven days to the same wall-clock time, an hour less by the sun.
    let s = story(&format!("start = \"2026-03-27T18:00+00:00\"\n{}", missing("")));
    assert_eq!(s.ask("while.lasted-days", "+0h"), "upcoming Fri 3 Apr 18:00");
    assert_eq!(s.ask("while.lasted-days", "+166h59m"), "upcoming Fri 3 Apr 18:00");
    assert_eq!(s.ask("while.lasted-days", "+167h"), "due");
}

#[test]
fn since_takes_another_moment_for_the_beginning() {
    let s = story(
        r#"entries = [
  { at = "+0h", event = "absence.noticed", status = "away" },
  { at = "+20h", event = "absence.status_changed", status = "missing" },
]"#,
    );
    assert_eq!(s.ask("while.since", "+19h"), "nothing");
    assert_eq!(s.ask("while.since", "+20h"), "upcoming Tue 6 Jan 18:00 by Tue 6 Jan 20:00");
    s.boundary("while.since", "+26h");
    // Where the time has passed before the state begins, the duty arises with the state.
    let late = story(
        r#"entries = [
  { at = "+0h", event = "absence.noticed", status = "away" },
  { at = "+30h", event = "absence.status_changed", status = "missing" },
]"#,
    );
    assert_eq!(late.ask("while.since", "+30h"), "due by Wed 7 Jan 02:00");
    // The episode starts at the time the child was due back, if that is earlier.
    let due_back =
        story(r#"entries = [ { at = "+2h", event = "absence.noticed", status = "missing", expected_at = "+0h" } ]"#);
    assert_eq!(due_back.ask("while.since", "+3h"), "upcoming Tue 6 Jan 18:00 by Tue 6 Jan 20:00");
}

#[test]
fn since_a_moment_that_is_recorded_only_while_the_state_lasts() {
    let s = story(&missing(r#"  { at = "+5h", event = "police.reported" },"#));
    assert_eq!(s.ask("while.since-recorded", "+5h"), "upcoming Tue 6 Jan 23:00 by Wed 7 Jan 01:00");
    s.boundary("while.since-recorded", "+31h");
}

#[test]
fn since_a_moment_that_nobody_recorded_cannot_be_told() {
    let s = story(&missing(""));
    assert_eq!(s.ask("while.since-recorded", "+5h"), "upcoming Tue 6 Jan 18:00");
    assert_eq!(s.ask("while.since-recorded", "+24h"), "cannot-tell");
    assert_eq!(s.missing("while.since-recorded", "+24h"), ["episode.reported_at"]);
}

#[test]
fn a_duty_that_stands_outlives_its_state() {
    let s = story(&missing(r#"  { at = "+25h", event = "return.recorded" },"#));
    assert_eq!(s.ask("while.stands", "+26h"), "due by Thu 8 Jan 18:00");
    assert_eq!(s.because("while.stands", "+26h"), ["episode.status = missing"]);
    s.boundary("while.stands", "+72h");
    let early = story(&missing(r#"  { at = "+23h59m", event = "return.recorded" },"#));
    assert_eq!(early.ask("while.stands", "+26h"), "nothing");
    let sharp = story(&missing(r#"  { at = "+24h", event = "return.recorded" },"#));
    assert_eq!(sharp.ask("while.stands", "+26h"), "due by Thu 8 Jan 18:00");
}

#[test]
fn where_beside_while_is_judged_when_the_duty_arises() {
    let night = story(&missing(""));
    assert_eq!(night.ask("while.where", "+0h"), "due");
    assert_eq!(night.ask("while.where", "+16h"), "due");
    assert_eq!(night.because("while.where", "+16h"), ["episode.status = missing", "clock.office_hours = false"]);
    let day = story(&format!("start = \"2026-01-05T12:00+00:00\"\n{}", missing("")));
    assert_eq!(day.ask("while.where", "+0h"), "nothing");
    assert_eq!(day.ask("while.where", "+12h"), "nothing");
}

#[test]
fn a_state_that_cannot_be_told_is_shown_until_it_is() {
    let s = story(&missing(""));
    assert_eq!(s.ask("while.unknown", "+1h"), "cannot-tell by Tue 6 Jan 00:00");
    assert_eq!(s.missing("while.unknown", "+1h"), ["child.looked_after"]);
    let learned = |value: &str| {
        let dated = format!("dated_facts = [ {{ fact = \"child.looked_after\", value = {value}, from = \"+2h\" }} ]");
        story(&format!("{dated}\n{}", missing("")))
    };
    assert_eq!(learned("true").ask("while.unknown", "+3h"), "due by Tue 6 Jan 00:00");
    assert_eq!(learned("false").ask("while.unknown", "+3h"), "lapsed Mon 5 Jan 20:00 by Tue 6 Jan 00:00");
}

#[test]
fn what_was_not_known_for_a_part_of_the_time_has_not_certainly_lasted() {
    let s = story(&missing(r#"  { at = "+20h", event = "risk.graded", level = "high" },"#));
    assert_eq!(s.ask("while.lasted-unknown", "+24h"), "cannot-tell");
    assert_eq!(s.missing("while.lasted-unknown", "+24h"), ["episode.risk"]);
    assert_eq!(s.ask("while.lasted-unknown", "+43h59m"), "cannot-tell");
    assert_eq!(s.ask("while.lasted-unknown", "+44h"), "due");
}

#[test]
fn a_condition_on_how_long_since_turns_with_time() {
    let s = story(&missing(""));
    assert_eq!(s.ask("while.since-test", "+71h59m"), "upcoming Thu 8 Jan 18:00");
    assert_eq!(s.ask("while.since-test", "+72h"), "due");
    assert_eq!(s.ask("while.since-more", "+72h"), "upcoming Thu 8 Jan 18:01");
    assert_eq!(s.ask("while.since-more", "+72h1m"), "due");
    // The clock stands still once the child is back: it never gets there, or it stays there.
    let before = story(&missing(r#"  { at = "+71h59m", event = "return.recorded" },"#));
    assert_eq!(before.ask("while.since-test", "+99h"), "nothing");
    let after = story(&missing(r#"  { at = "+72h", event = "return.recorded" },"#));
    assert_eq!(after.ask("while.since-test", "+99h"), "due");
    assert_eq!(after.ask("while.since-more", "+99h"), "nothing");
}

#[test]
fn a_state_of_the_child_needs_no_episode() {
    let care = r#"facts = { "child.date_of_birth" = 2008-03-02, "child.looked_after" = true }"#;
    let s = story(care);
    assert_eq!(s.ask("while.child", "+0h"), "due");
    // The eighteenth birthday is 2 March 2026.
    let s = story(&format!("{care}\n{}", missing("")));
    assert_eq!(s.ask("while.child", "+55d 5h59m"), "due");
    assert_eq!(s.ask("while.child", "+55d 6h"), "lapsed Mon 2 Mar 00:00");
    assert_eq!(s.because("while.child", "+1h"), ["child.looked_after = true", "child.age = 17"]);
}

#[test]
fn whoever_was_born_on_29_february_grows_older_on_1_march() {
    let s = story(
        r#"start = "2026-02-27T18:00+00:00"
facts = { "child.date_of_birth" = 2008-02-29, "child.looked_after" = true }
entries = [ { at = "+0h", event = "absence.noticed", status = "missing" } ]"#,
    );
    assert_eq!(s.ask("while.child", "+1d 5h59m"), "due");
    assert_eq!(s.ask("while.child", "+1d 6h"), "lapsed Sun 1 Mar 00:00");
}

#[test]
fn a_state_ends_early_by_its_until() {
    let s = story(&missing(
        r#"  { at = "+1h", event = "police.reported" },
  { at = "+2h", event = "police.reported", number = "123" },"#,
    ));
    assert_eq!(s.ask("while.until", "+1h"), "due");
    assert_eq!(s.ask("while.until", "+2h"), "lapsed Mon 5 Jan 20:00");
    assert_eq!(s.because("while.until", "+2h"), ["episode.status = missing", "episode.number_known = true"]);
}
