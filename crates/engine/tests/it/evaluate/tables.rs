//! Owners from a decision table, judged now or at the limit.

use super::missing;
use crate::story::story;

#[test]
fn judged_now_the_owner_changes_with_time() {
    let s = story(&missing(""));
    let owner = |at: &str| s.view("table.chair-now", at).owner;
    assert_eq!(owner("+71h59m").as_deref(), Some("social_worker"));
    assert_eq!(owner("+72h").as_deref(), Some("team_manager"));
    assert_eq!(s.view("table.chair-now", "+72h").provisions, ["E-1", "E-6"]);
}

#[test]
fn judged_at_the_limit_the_owner_is_known_from_the_start() {
    let s = story(&missing(""));
    for at in ["+0h", "+71h", "+95h"] {
        assert_eq!(s.view("table.chair-at-due", at).owner.as_deref(), Some("team_manager"), "{at}");
    }
    assert_eq!(s.view("table.chair-at-due", "+0h").provisions, ["E-1", "E-6"]);
}

#[test]
fn once_it_is_done_the_owner_is_who_it_was_then() {
    let s = story(&missing(
        r#"  { at = "+10h", event = "action.recorded", action = "meeting.hold", duty = "table.chair-now" },"#,
    ));
    assert_eq!(s.ask("table.chair-now", "+90h"), "done by Fri 9 Jan 18:00");
    assert_eq!(s.view("table.chair-now", "+90h").owner.as_deref(), Some("social_worker"));
}

#[test]
fn an_owner_that_cannot_be_told_leaves_the_duty_due_and_says_what_is_missing() {
    let s = story(&missing(""));
    assert_eq!(s.ask("table.unknown", "+1h"), "due");
    let view = s.view("table.unknown", "+1h");
    assert_eq!((view.owner, view.owner_name), (None, None));
    assert_eq!(s.missing("table.unknown", "+1h"), ["child.social_care"]);
    let known = story(&format!("facts = {{ \"child.social_care\" = \"open\" }}\n{}", missing("")));
    assert_eq!(known.view("table.unknown", "+1h").owner.as_deref(), Some("social_worker"));
    assert_eq!(known.because("table.unknown", "+1h"), ["absence.noticed", "child.social_care = open"]);
}
