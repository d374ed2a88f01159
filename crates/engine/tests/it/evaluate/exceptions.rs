//! Base and exceptions: the deepest true one wins; what cannot be told is shown with the strictest limit.

use super::missing;
use crate::story::story;

const YOUNG: &str = r#"facts = { "child.date_of_birth" = 2016-05-02 }"#;
const OLDER: &str = r#"facts = { "child.date_of_birth" = 2010-05-02 }"#;

fn graded(facts: &str, grades: &[(&str, &str)]) -> crate::story::Story {
    let entries = grades
        .iter()
        .map(|(at, level)| format!("  {{ at = \"{at}\", event = \"risk.graded\", level = \"{level}\" }},\n"));
    story(&format!("{facts}\n{}", missing(&entries.collect::<String>())))
}

#[test]
fn the_base_holds_where_no_exception_does() {
    let s = graded(OLDER, &[("+1h", "low")]);
    assert_eq!(s.ask("except.meeting", "+2h"), "due by Thu 8 Jan 18:00");
    s.boundary("except.meeting", "+72h");
    let view = s.view("except.meeting", "+2h");
    assert_eq!(view.owner.as_deref(), Some("social_worker"));
    assert_eq!(view.reading.as_deref(), Some("The clock runs from the start of the absence."));
    assert!(view.overridden.is_empty());
}

#[test]
fn an_exception_replaces_what_it_names_and_nothing_else() {
    let s = graded(OLDER, &[("+1h", "high")]);
    s.boundary("except.meeting", "+48h");
    let view = s.view("except.meeting", "+2h");
    assert_eq!(view.owner.as_deref(), Some("team_manager"));
    assert_eq!(view.modality, "must");
    assert_eq!(view.reading.as_deref(), Some("The clock runs from the start of the absence."));
    assert_eq!(view.provisions, ["E-1", "E-2"]);
    assert_eq!(view.overridden[0].exception, "high");
    assert_eq!(view.overridden[0].when, "episode.risk = high");
    assert_eq!(view.overridden[0].otherwise_due_at.as_deref(), Some("2026-01-08T18:00:00+00:00"));
    assert_eq!(
        s.because("except.meeting", "+2h"),
        ["episode.status = missing", "episode.risk = high", "episode.start = Mon 5 Jan 2026 18:00"]
    );
}

#[test]
fn the_deepest_true_exception_wins_and_keeps_what_the_one_around_it_changed() {
    let s = graded(YOUNG, &[("+1h", "high")]);
    s.boundary("except.meeting", "+12h");
    let view = s.view("except.meeting", "+2h");
    assert_eq!(view.owner.as_deref(), Some("team_manager"));
    assert_eq!(view.modality, "should");
    assert_eq!(view.label, "Meet now");
    assert_eq!(view.says, "A young child at high risk: meet within 12 hours.");
    assert_eq!(view.reading.as_deref(), Some("Young is under twelve."));
    assert_eq!(view.checklist[0].text, "Ask the hospital");
    assert_eq!(view.provisions, ["E-1", "E-2", "E-3", "E-5"]);
    assert_eq!(view.overridden.len(), 2);
    assert_eq!(view.overridden[1].otherwise_due_at.as_deref(), Some("2026-01-07T18:00:00+00:00"));
    // Young at low risk: the outer one is false, and so the inner one is not asked.
    assert_eq!(graded(YOUNG, &[("+1h", "low")]).ask("except.meeting", "+2h"), "due by Thu 8 Jan 18:00");
}

#[test]
fn an_unknown_exception_cannot_be_told_and_shows_the_strictest_limit() {
    let s = graded(OLDER, &[]);
    assert_eq!(s.ask("except.meeting", "+1h"), "cannot-tell by Wed 7 Jan 18:00");
    assert_eq!(s.missing("except.meeting", "+1h"), ["episode.risk"]);
    // Past the strictest limit it is still not certain; past all of them the missing fact no longer matters, and the latest
    // of them is the one that has certainly passed.
    assert_eq!(s.ask("except.meeting", "+48h1m"), "cannot-tell by Wed 7 Jan 18:00");
    assert_eq!(s.ask("except.meeting", "+72h"), "cannot-tell by Wed 7 Jan 18:00");
    assert_eq!(s.ask("except.meeting", "+72h1m"), "overdue by Thu 8 Jan 18:00");
    let nothing_known = graded("", &[]);
    assert_eq!(nothing_known.ask("except.meeting", "+1h"), "cannot-tell by Tue 6 Jan 06:00");
    assert_eq!(nothing_known.missing("except.meeting", "+1h"), ["episode.risk", "child.date_of_birth"]);
}

#[test]
fn what_was_done_before_the_last_limit_that_could_apply_is_not_called_late() {
    let done = |at: &str| {
        story(&format!(
            "{OLDER}\n{}",
            missing(&format!("  {{ at = \"{at}\", event = \"meeting.held\", meeting = \"meeting.hold\" }},"))
        ))
    };
    assert_eq!(done("+60h").ask("except.meeting", "+99h"), "done by Wed 7 Jan 18:00");
    assert!(!done("+60h").view("except.meeting", "+99h").breached);
    assert_eq!(done("+72h1m").ask("except.meeting", "+99h"), "done-late by Thu 8 Jan 18:00");
}

#[test]
fn a_grade_raised_after_its_limit_makes_the_duty_due_at_once() {
    let s = graded(OLDER, &[("+1h", "low"), ("+60h", "high")]);
    assert_eq!(s.ask("except.meeting", "+59h59m"), "due by Thu 8 Jan 18:00");
    assert_eq!(s.ask("except.meeting", "+60h"), "due by Thu 8 Jan 06:00");
    assert_eq!(s.ask("except.meeting", "+60h1m"), "overdue by Thu 8 Jan 06:00");
    let view = s.view("except.meeting", "+61h");
    assert_eq!(view.tightened_at.as_deref(), Some("2026-01-08T06:00:00+00:00"));
    // Raised before the stricter limit: that limit holds.
    let early = graded(OLDER, &[("+1h", "low"), ("+40h", "high")]);
    early.boundary("except.meeting", "+48h");
    assert_eq!(early.view("except.meeting", "+50h").tightened_at, None);
}

#[test]
fn a_deeper_exception_holds_only_since_the_one_around_it_does() {
    // The child was always young; the risk became high at 30 hours, long after the 12.
    let s = graded(YOUNG, &[("+1h", "low"), ("+30h", "high")]);
    assert_eq!(s.ask("except.meeting", "+30h"), "due by Wed 7 Jan 00:00");
    assert_eq!(s.ask("except.meeting", "+30h1m"), "overdue by Wed 7 Jan 00:00");
}

#[test]
fn a_grade_lowered_gives_the_longer_limit_back_unless_the_shorter_had_passed() {
    let in_time = graded(OLDER, &[("+1h", "high"), ("+48h", "low")]);
    assert_eq!(in_time.ask("except.meeting", "+47h"), "due by Wed 7 Jan 18:00");
    assert_eq!(in_time.ask("except.meeting", "+49h"), "due by Thu 8 Jan 18:00");
    let late = graded(OLDER, &[("+1h", "high"), ("+50h", "low")]);
    assert_eq!(late.ask("except.meeting", "+49h"), "overdue by Wed 7 Jan 18:00");
    assert_eq!(late.ask("except.meeting", "+50h"), "overdue by Wed 7 Jan 18:00");
    assert!(late.view("except.meeting", "+50h").breached);
}

#[test]
fn an_exception_may_loosen() {
    let s = |facts: &str| story(&format!("{facts}\n{}", missing(r#"  { at = "+5h", event = "return.recorded" },"#)));
    assert_eq!(s(r#"facts = { "child.looked_after" = true }"#).ask("except.loose", "+6h"), "due by Thu 8 Jan 23:00");
    assert_eq!(s(r#"facts = { "child.looked_after" = false }"#).ask("except.loose", "+6h"), "due by Wed 7 Jan 23:00");
    let unknown = s("");
    assert_eq!(unknown.ask("except.loose", "+53h1m"), "cannot-tell by Wed 7 Jan 23:00");
    assert_eq!(unknown.ask("except.loose", "+77h1m"), "overdue by Thu 8 Jan 23:00");
}

#[test]
fn not_required_asks_nothing_or_lapses() {
    let s = graded("", &[("+0h", "low")]);
    assert_eq!(s.ask("except.not-required", "+1h"), "nothing");
    let s = graded("", &[("+1h", "medium"), ("+2h", "low")]);
    assert_eq!(s.ask("except.not-required", "+1h"), "due by Tue 6 Jan 18:00");
    assert_eq!(s.ask("except.not-required", "+9h"), "lapsed Mon 5 Jan 20:00 by Tue 6 Jan 18:00");
    // Unknown: perhaps it is not owed at all, so that it is never overdue.
    let s = graded("", &[]);
    assert_eq!(s.ask("except.not-required", "+99h"), "cannot-tell by Tue 6 Jan 18:00");
    assert_eq!(s.missing("except.not-required", "+99h"), ["episode.risk"]);
}

#[test]
fn an_exception_may_change_the_owner() {
    let owner = |grade: &str| graded("", &[("+1h", grade)]).view("except.owner", "+2h").owner;
    assert_eq!(owner("low").as_deref(), Some("social_worker"));
    assert_eq!(owner("high").as_deref(), Some("head_of_service"));
}

#[test]
fn settings_choose_the_owner_and_switch_exceptions() {
    let s = |settings: &str| story(&format!("{settings}\n{}", missing("")));
    let plain = s("");
    assert_eq!(plain.ask("except.setting", "+1h"), "due by Tue 6 Jan 18:00");
    assert_eq!(plain.view("except.setting", "+1h").owner.as_deref(), Some("social_worker"));
    assert_eq!(plain.view("except.setting", "+1h").local_setting.as_deref(), Some("lead"));
    let set = s(r#"settings = { lead = "team_manager", cautious = true }"#);
    assert_eq!(set.ask("except.setting", "+0h"), "due by Mon 5 Jan 18:00");
    assert_eq!(set.view("except.setting", "+0h").owner.as_deref(), Some("team_manager"));
}
