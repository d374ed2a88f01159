//! What meets a duty.

use super::missing;
use crate::story::story;

#[test]
fn by_the_event_that_the_vocabulary_says_or_an_entry_that_names_the_action() {
    let s = story(&missing(
        r#"  { at = "+5h", event = "return.recorded" },
  { at = "+20h", event = "interview.held" },"#,
    ));
    assert_eq!(s.ask("met.interview", "+19h59m"), "due by Thu 8 Jan 23:00");
    assert_eq!(s.ask("met.interview", "+20h"), "done by Thu 8 Jan 23:00");
    let s = story(&missing(
        r#"  { at = "+5h", event = "return.recorded" },
  { id = "chat", at = "+20h", event = "action.recorded", action = "interview.hold" },"#,
    ));
    assert_eq!(s.ask("met.interview", "+20h"), "done by Thu 8 Jan 23:00");
    assert_eq!(s.view("met.interview", "+20h").done_by.as_deref(), Some("chat"));
    // An act of another sort does not meet it.
    let s = story(&missing(
        r#"  { at = "+5h", event = "return.recorded" },
  { at = "+20h", event = "action.recorded", action = "case.review" },"#,
    ));
    assert_eq!(s.ask("met.interview", "+20h"), "due by Thu 8 Jan 23:00");
}

#[test]
fn the_area_has_its_own_names() {
    let s = story(&missing(r#"  { at = "+5h", event = "return.recorded" },"#));
    let view = s.view("met.interview", "+6h");
    assert_eq!(view.label, "Home Talk");
    assert_eq!(view.owner.as_deref(), Some("interviewer"));
    assert_eq!(view.owner_name.as_deref(), Some("Home Visitor"));
    assert_eq!(s.view("met.meeting", "+6h").label, "Hold a meeting");
}

#[test]
fn a_decision_recorded_meets_a_decision_to_make_and_no_is_an_answer() {
    let s = story(&missing(
        r#"  { at = "+5h", event = "decision.recorded", decision = "publicity.consider", answer = "no" },"#,
    ));
    assert_eq!(s.ask("met.decision", "+4h"), "due by Tue 6 Jan 18:00");
    assert_eq!(s.ask("met.decision", "+5h"), "done by Tue 6 Jan 18:00");
    assert_eq!(s.view("met.decision", "+5h").modality, "consider");
}

#[test]
fn a_meeting_held_meets_a_meeting_to_hold() {
    let s = story(&missing(r#"  { at = "+5h", event = "meeting.held", meeting = "meeting.hold" },"#));
    assert_eq!(s.ask("met.meeting", "+5h"), "done by Thu 8 Jan 18:00");
}

#[test]
fn a_rule_may_narrow_what_meets_it() {
    let s = story(&missing(
        r#"  { at = "+1h", event = "police.reported" },
  { at = "+2h", event = "action.recorded", action = "form.complete" },
  { at = "+3h", event = "police.reported", number = "123" },"#,
    ));
    assert_eq!(s.ask("met.narrowed", "+2h"), "due by Tue 6 Jan 00:00");
    assert_eq!(s.ask("met.narrowed", "+3h"), "done by Tue 6 Jan 00:00");
    // The second way: facts are taken as they stand when the entry occurs.
    let s = story(&missing(r#"  { at = "+2h", event = "risk.graded", level = "high" },"#));
    assert_eq!(s.ask("met.narrowed", "+2h"), "done by Tue 6 Jan 00:00");
}

#[test]
fn entries_count_from_the_trigger_from_the_episode_or_from_ever() {
    let act = |at: &str| format!("  {{ at = \"{at}\", event = \"action.recorded\", action = \"contact.daily\" }},\n");
    let back = "  { at = \"+5h\", event = \"return.recorded\" },\n";
    let before = story(&missing(&format!("{}{back}", act("+1h"))));
    assert_eq!(before.ask("met.from-trigger", "+6h"), "due");
    assert_eq!(before.ask("met.from-episode", "+6h"), "done");
    assert_eq!(before.ask("met.from-ever", "+6h"), "done");
    // At the trigger minute itself it counts.
    let at = story(&missing(&format!("{}{back}", act("+5h"))));
    assert_eq!(at.ask("met.from-trigger", "+6h"), "done");
    // In an earlier episode: only for the one that counts from ever.
    let earlier = story(&format!(
        "entries = [\n  {{ at = \"+0h\", event = \"absence.noticed\", status = \"away\" }},\n{}  {{ at = \"+2h\", event = \"return.recorded\" }},\n  {{ at = \"+30h\", event = \"absence.noticed\", status = \"away\" }},\n  {{ at = \"+35h\", event = \"return.recorded\" }},\n]",
        act("+1h")
    ));
    assert!(earlier.ask("met.from-trigger", "+36h").ends_with("; due"));
    assert!(earlier.ask("met.from-episode", "+36h").ends_with("; due"));
    assert!(earlier.ask("met.from-ever", "+36h").ends_with("; done"));
}

#[test]
fn an_entry_belongs_to_the_rule_its_doer_owns_or_that_it_names() {
    let graded = |more: &str| {
        let entry = format!("  {{ at = \"+2h\", event = \"action.recorded\", action = \"risk.grade\"{more} }},");
        let s = story(&missing(&format!("  {{ at = \"+1h\", event = \"police.reported\" }},\n{entry}")));
        (s.ask("met.by-police", "+3h"), s.ask("met.by-social-worker", "+3h"))
    };
    let (due, done) = ("due".to_string(), "done".to_string());
    assert_eq!(graded(r#", by = "police""#), (done.clone(), due.clone()));
    assert_eq!(graded(r#", by = "social_worker""#), (due.clone(), done.clone()));
    // The school owns neither, and acts for neither owner.
    assert_eq!(graded(r#", by = "school""#), (due.clone(), due.clone()));
    assert_eq!(graded(""), (done.clone(), done.clone()));
    // Naming a rule does not make a doer fit for it.
    assert_eq!(graded(r#", by = "police", duty = "met.by-social-worker""#), (due.clone(), due.clone()));
    assert_eq!(graded(r#", by = "social_worker", duty = "met.by-social-worker""#), (due, done));
}

#[test]
fn what_comes_after_another_of_the_same_act_needs_an_entry_of_its_own() {
    let act = |at: &str| {
        format!("  {{ at = \"{at}\", event = \"action.recorded\", action = \"form.complete\", by = \"carer\" }},\n")
    };
    let s = story(&missing(&format!("{}{}", act("+1h"), act("+3h"))));
    assert_eq!(s.ask("met.form-first", "+2h"), "done by Tue 6 Jan 00:00");
    assert_eq!(s.ask("met.form-again", "+2h"), "due by Tue 6 Jan 18:00");
    assert_eq!(s.ask("met.form-again", "+3h"), "done by Tue 6 Jan 18:00");
}
