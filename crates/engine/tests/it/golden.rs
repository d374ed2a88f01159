//! Golden texts: everything that is said of three duties of the fixture rulebook, as JSON, field by field.

use crate::story::{LIBRARY, story};
use engine::evaluate::DutyView;

/// The view as JSON. The hash is that of the fixture's own files and changes with each of them.
fn json(mut view: DutyView) -> String {
    assert_eq!(view.hash, LIBRARY.rulebooks.iter().find(|b| b.id == view.rulebook).unwrap().hash);
    assert_eq!(view.hash.len(), 12);
    view.hash = "(hash)".into();
    serde_json::to_string_pretty(&view).unwrap()
}

#[test]
fn an_overdue_meeting_under_two_exceptions() {
    let s = story(
        r#"facts = { "child.date_of_birth" = 2016-05-02 }
entries = [
  { id = "gone", at = "+0h", event = "absence.noticed", status = "missing" },
  { id = "low", at = "+1h", event = "risk.graded", level = "low" },
  { id = "high", at = "+30h", event = "risk.graded", level = "high", recorded = "+31h" },
]"#,
    );
    insta::assert_snapshot!(json(s.view("except.meeting", "+32h")));
}

#[test]
fn a_notice_of_the_return_partly_given() {
    let s = story(
        r#"facts = { "child.in_education" = true }
entries = [
  { id = "gone", at = "+0h", event = "absence.noticed", status = "missing" },
  { id = "told", at = "+1h", event = "notification.sent", to = ["school", "health"], about = "missing" },
  { id = "back", at = "+5h", event = "return.recorded", recorded = "+5h30m" },
  { id = "word", at = "+5h40m", event = "notification.sent", to = ["parent"], about = "return" },
]"#,
    );
    insta::assert_snapshot!(json(s.view("tell.return", "+5h50m")));
}

#[test]
fn a_limit_that_cannot_be_told_with_a_checklist() {
    let s = story(
        r#"entries = [
  { id = "gone", at = "+0h", event = "absence.noticed", status = "missing" },
]"#,
    );
    insta::assert_snapshot!(json(s.view("except.meeting", "+1h")));
}
