//! Who must be told, what else belongs to the act, and what comes after what.

use super::missing;
use crate::story::{Story, story};

const PUPIL: &str = r#"facts = { "child.in_education" = true, "child.date_of_birth" = 2012-05-02 }"#;

fn told(at: &str, to: &str, about: &str) -> String {
    format!("  {{ at = \"{at}\", event = \"notification.sent\", to = {to}, about = \"{about}\" }},\n")
}

/// `police 2026-01-05T19:00:00+00:00, school -`.
fn recipients(s: &Story, rule: &str, at: &str) -> String {
    let list = s.view(rule, at).recipients;
    let one = |r: &engine::evaluate::RecipientView| {
        let doubt = if r.cannot_tell { "?" } else { "" };
        format!("{}{doubt} {}", r.role, r.told_at.as_deref().map_or("-", |t| &t[11..16]))
    };
    list.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_duty_is_done_when_everyone_it_binds_was_told() {
    let s = story(&format!(
        "{PUPIL}\n{}",
        missing(&format!("{}{}", told("+1h", r#"["police"]"#, "missing"), told("+2h", r#"["school"]"#, "missing")))
    ));
    assert_eq!(recipients(&s, "tell.absence", "+90m"), "police 19:00, school -, health -");
    assert_eq!(s.ask("tell.absence", "+90m"), "overdue by Mon 5 Jan 18:00");
    assert_eq!(recipients(&s, "tell.absence", "+2h"), "police 19:00, school 20:00, health -");
    // Health may be told, and need not.
    assert_eq!(s.ask("tell.absence", "+2h"), "done-late by Mon 5 Jan 18:00");
}

#[test]
fn one_notice_may_go_to_several_and_a_notice_of_something_else_tells_nobody_of_this() {
    let s = story(&format!("{PUPIL}\n{}", missing(&told("+0h", r#"["school", "police"]"#, "missing"))));
    assert_eq!(s.ask("tell.absence", "+1h"), "done by Mon 5 Jan 18:00");
    let s = story(&format!("{PUPIL}\n{}", missing(&told("+0h", r#"["school", "police"]"#, "other"))));
    assert_eq!(s.ask("tell.absence", "+1h"), "overdue by Mon 5 Jan 18:00");
}

#[test]
fn an_event_that_tells_somebody_by_its_nature_counts() {
    let s = story(&missing(r#"  { at = "+0h", event = "police.reported" },"#));
    assert_eq!(recipients(&s, "tell.absence", "+1h"), "police 18:00, school? -, health -");
    // Whether the school has to be told cannot be told, so that the duty stays.
    assert_eq!(s.ask("tell.absence", "+1h"), "overdue by Mon 5 Jan 18:00");
    let not_at_school = format!(
        "facts = {{ \"child.in_education\" = false }}\n{}",
        missing(r#"  { at = "+0h", event = "police.reported" },"#)
    );
    assert_eq!(story(&not_at_school).ask("tell.absence", "+1h"), "done by Mon 5 Jan 18:00");
    assert_eq!(story(&not_at_school).ask("tell.report", "+1h"), "done by Mon 5 Jan 19:00");
}

#[test]
fn an_entry_that_names_the_action_tells_everybody_at_once() {
    let s = story(&missing(
        r#"  { at = "+0h", event = "action.recorded", action = "absence.notify", duty = "tell.absence" },"#,
    ));
    assert_eq!(s.ask("tell.absence", "+1h"), "done by Mon 5 Jan 18:00");
}

#[test]
fn everyone_told_of_the_absence_is_told_of_the_return() {
    let log = format!(
        "{}{}{}",
        told("+1h", r#"["school", "parent"]"#, "missing"),
        r#"  { at = "+2h", event = "police.reported" },
  { at = "+5h", event = "return.recorded" },
"#,
        told("+5h10m", r#"["parent", "police"]"#, "return")
    );
    let s = story(&missing(&log));
    // The parent has a line of their own and is there once; the school and the police are in the log.
    assert_eq!(recipients(&s, "tell.return", "+6h"), "parent 23:10, police 23:10, school -");
    assert_eq!(s.ask("tell.return", "+6h"), "due by Tue 6 Jan 00:00");
    s.boundary("tell.return", "+6h");
    let s = story(&missing(&format!("{log}{}", told("+6h", r#"["school"]"#, "return"))));
    assert_eq!(s.ask("tell.return", "+7h"), "done by Tue 6 Jan 00:00");
}

#[test]
fn notices_after_the_trigger_do_not_lengthen_the_list() {
    let log =
        format!("  {{ at = \"+5h\", event = \"return.recorded\" }},\n{}", told("+6h", r#"["health"]"#, "missing"));
    let s = story(&missing(&log));
    assert_eq!(recipients(&s, "tell.return", "+7h"), "parent -");
}

#[test]
fn where_nobody_was_told_there_is_nobody_to_tell() {
    let s = story(&missing(r#"  { at = "+5h", event = "return.recorded" },"#));
    assert_eq!(s.ask("tell.log-only", "+6h"), "nothing");
    let s = story(&missing(&format!(
        "{}  {{ at = \"+5h\", event = \"return.recorded\" }},",
        told("+1h", r#"["health"]"#, "missing")
    )));
    assert_eq!(s.ask("tell.log-only", "+6h"), "due by Tue 6 Jan 01:00");
    assert_eq!(recipients(&s, "tell.log-only", "+6h"), "health -");
}

#[test]
fn a_change_of_shift_changes_nobodys_list() {
    let night = story(&missing(""));
    for at in ["+0h", "+16h", "+30h"] {
        assert_eq!(recipients(&night, "tell.shift", at), "emergency_team -", "{at}");
    }
    let day = story(&format!("start = \"2026-01-05T12:00+00:00\"\n{}", missing("")));
    assert_eq!(recipients(&day, "tell.shift", "+8h"), "social_worker -");
}

#[test]
fn papers_are_shared_with_each() {
    let s = story(&missing(
        r#"  { at = "+5h", event = "interview.held" },
  { at = "+6h", event = "information.shared", with = ["police"], what = "interview" },
  { at = "+7h", event = "information.shared", with = ["social_worker"], what = "forms" },
  { at = "+8h", event = "information.shared", with = ["social_worker"], what = "interview" },"#,
    ));
    assert_eq!(s.ask("tell.share", "+7h"), "due");
    assert_eq!(s.ask("tell.share", "+8h"), "done");
}

#[test]
fn an_exception_adds_somebody_to_tell() {
    let log = format!(
        "{}  {{ at = \"+2h\", event = \"risk.graded\", level = \"high\" }},\n",
        told("+3h", r#"["parent"]"#, "missing")
    );
    let s = story(&missing(&log));
    assert_eq!(recipients(&s, "tell.exception", "+4h"), "parent 21:00, head_of_service -");
    assert_eq!(s.ask("tell.exception", "+4h"), "due");
    let s = story(&missing(&format!("{log}{}", told("+5h", r#"["head_of_service"]"#, "missing"))));
    assert_eq!(s.ask("tell.exception", "+6h"), "done");
    // Told before the risk was high: done, and it stays done.
    let early = format!(
        "{}  {{ at = \"+2h\", event = \"risk.graded\", level = \"low\" }},\n",
        told("+3h", r#"["parent"]"#, "missing")
    );
    let s = story(&missing(&early));
    assert_eq!(s.ask("tell.exception", "+4h"), "done");
}

#[test]
fn the_rule_that_comes_before_is_named_and_moves_no_limit() {
    let s = story(&missing(""));
    let view = s.view("tell.exception", "+1h");
    assert_eq!(view.after.as_deref(), Some("tell.absence"));
    assert_eq!(view.arose_at, "2026-01-05T18:00:00+00:00");
}

#[test]
fn the_checklist_shows_what_concerns_the_child_and_what_the_record_says_of_it() {
    let lines = |s: &Story, at: &str| {
        let list = s.view("tell.absence", at).checklist;
        let one = |c: &engine::evaluate::ChecklistView| {
            format!(
                "{} {} {}{}",
                c.text,
                c.modality,
                c.done_at.as_deref().map_or("-", |t| &t[11..16]),
                if c.cannot_tell { "?" } else { "" }
            )
        };
        list.iter().map(one).collect::<Vec<_>>()
    };
    let share = r#"  { at = "+2h", event = "information.shared", with = ["health"], what = "forms" },"#;
    let s = story(&format!("{PUPIL}\n{}", missing(share)));
    assert_eq!(lines(&s, "+1h"), ["Ask the hospital must -", "Say when the child was last seen should -"]);
    assert_eq!(lines(&s, "+2h"), ["Ask the hospital must 20:00", "Say when the child was last seen should -"]);
    let older = story(&format!("facts = {{ \"child.date_of_birth\" = 2009-05-02 }}\n{}", missing("")));
    assert_eq!(lines(&older, "+1h"), ["Say when the child was last seen should -"]);
    let unknown = story(&missing(""));
    assert_eq!(lines(&unknown, "+1h")[0], "Ask the hospital must -?");
}
