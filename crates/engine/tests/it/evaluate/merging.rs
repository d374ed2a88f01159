//! One act, several rulebooks: one line, with the strictest limit; each duty is still there by itself.

use super::missing;
use crate::story::{Story, told, words};
use engine::evaluate::{Evaluator, Line, Options, merge};

fn returned(facts: &str, more: &str) -> Story {
    let entries = missing(&format!("  {{ at = \"+5h\", event = \"return.recorded\" }},\n{more}"));
    told(&format!("facts = {{ {facts} }}\n{entries}"), None, &["area", "other"])
}

/// The lines on which a rule stands: `due by ... must: area/met.interview, other/other.interview`.
fn lines(s: &Story, rule: &str, at: &str) -> Vec<String> {
    let evaluator: Evaluator<'_> = s.evaluator();
    let duties = evaluator.evaluate(&s.case, &Options::at(s.at(at)));
    let name = |i: &usize| {
        let duty = &duties[*i];
        format!("{}/{}", evaluator.book(duty.book).id, evaluator.rule(duty).id)
    };
    let say = |line: &Line| {
        let due = line.due.map(|due| format!(" by {}", words(due))).unwrap_or_default();
        format!(
            "{}{due} {}: {}",
            line.state.word(),
            line.modality.word(),
            line.duties.iter().map(name).collect::<Vec<_>>().join(", ")
        )
    };
    let on = |line: &&Line| line.duties.iter().any(|i| evaluator.rule(&duties[*i]).id == rule);
    merge(&evaluator, &duties).iter().filter(on).map(say).collect()
}

const THEIRS: &str = r#""child.responsible_authority" = "other""#;

#[test]
fn duties_of_two_rulebooks_for_one_act_are_one_line() {
    let s = returned(THEIRS, "");
    assert_eq!(
        lines(&s, "met.interview", "+6h"),
        ["due by Wed 7 Jan 23:00 must: other/other.interview, area/met.interview"]
    );
    // Past the strictest limit the line is overdue, though one of its duties is not.
    assert_eq!(
        lines(&s, "met.interview", "+60h"),
        ["overdue by Wed 7 Jan 23:00 must: other/other.interview, area/met.interview"]
    );
    assert_eq!(s.ask("met.interview", "+60h"), "due by Thu 8 Jan 23:00");
    assert_eq!(s.ask("other.interview", "+60h"), "overdue by Wed 7 Jan 23:00");
}

#[test]
fn one_act_meets_both_each_by_its_own_limit() {
    let s = returned(THEIRS, "  { at = \"+60h\", event = \"interview.held\" },");
    assert_eq!(s.ask("met.interview", "+61h"), "done by Thu 8 Jan 23:00");
    assert_eq!(s.ask("other.interview", "+61h"), "done-late by Wed 7 Jan 23:00");
}

#[test]
fn duties_to_tell_different_people_are_different_lines() {
    let s = returned(THEIRS, "");
    assert_eq!(lines(&s, "other.tell", "+6h"), ["due must: other/other.tell"]);
}

#[test]
fn duties_of_one_rulebook_are_never_merged() {
    let s = returned(THEIRS, "");
    let all = ["met.meeting", "except.meeting", "table.chair-now", "table.chair-at-due"];
    for rule in all {
        for line in lines(&s, rule, "+6h") {
            assert!(!line.contains(", "), "{line}");
        }
    }
}

#[test]
fn a_rulebook_that_does_not_apply_asks_nothing_and_one_that_may_cannot_be_told() {
    let elsewhere = returned(r#""child.responsible_authority" = "elsewhere""#, "");
    assert_eq!(elsewhere.ask("other.interview", "+6h"), "nothing");
    let unknown = returned("", "");
    assert_eq!(unknown.ask("other.interview", "+6h"), "cannot-tell by Wed 7 Jan 23:00");
    assert_eq!(unknown.missing("other.interview", "+6h"), ["child.responsible_authority"]);
}

#[test]
fn two_contradictions_are_two_things_to_settle() {
    let facts = format!("facts = {{ {THEIRS}, \"child.exploitation_risk\" = true }}");
    let s = told(
        &format!("{facts}\nentries = [ {{ at = \"+0h\", event = \"absence.noticed\", status = \"absent\" }} ]"),
        None,
        &["area", "other"],
    );
    assert_eq!(lines(&s, "verdict.exploited-but-absent", "+1h"), ["due must: area/verdict.exploited-but-absent"]);
    assert_eq!(lines(&s, "other.hidden-and-absent", "+1h"), ["due must: other/other.hidden-and-absent"]);
}

#[test]
fn steps_under_two_editions_of_one_rulebook_are_steps_of_one_duty() {
    let s = told(
        r#"start = "2025-12-01T12:00+00:00"
facts = { "child.looked_after" = true }
entries = [ { at = "+0h", event = "absence.noticed", status = "missing" } ]"#,
        None,
        &["moving"],
    );
    assert_eq!(lines(&s, "moving.monthly", "+70d").len(), s.duties("moving.monthly", "+70d").len());
}

#[test]
fn duties_that_different_people_owe_are_different_lines_and_each_meets_its_own() {
    let s = returned(THEIRS, "");
    assert_eq!(lines(&s, "other.review", "+6h"), ["due must: other/other.review"]);
    let by = |who: &str| {
        let more =
            format!("  {{ at = \"+6h\", event = \"action.recorded\", action = \"risk.grade\", by = \"{who}\" }},\n");
        let s = returned(THEIRS, &more);
        (s.ask("met.by-police", "+7h"), s.ask("other.review", "+7h"))
    };
    assert_eq!(by("police").1, "due");
    assert_eq!(by("social_worker").1, "done");
}

#[test]
fn protocols_that_contradict_are_two_lines_that_say_so() {
    let s = returned(THEIRS, "");
    let evaluator = s.evaluator();
    let duties = evaluator.evaluate(&s.case, &Options::at(s.at("+6h")));
    let found = merge(&evaluator, &duties);
    let of =
        |rule: &str| found.iter().find(|l| l.duties.iter().any(|i| evaluator.rule(&duties[*i]).id == rule)).unwrap();
    let (ours, theirs) = (of("met.talk-by-worker"), of("other.talk-by-another"));
    assert!(ours.contradicts.contains(&theirs.duties[0]));
    assert_eq!(theirs.contradicts, ours.duties);
    assert_eq!(ours.owners.len(), 1);
}

#[test]
fn whoever_has_to_choose_between_protocols_that_contradict_says_which_was_followed() {
    let held = |followed: &str| {
        let more = format!("  {{ at = \"+6h\", event = \"interview.held\", by = \"social_worker\"{followed} }},\n");
        let s = returned(THEIRS, &more);
        let flags = engine::evaluate::flags(&s.evaluator(), &s.case, s.at("+7h"), false);
        let flags: Vec<String> = flags.iter().map(|f| format!("{} {}", f.kind, f.rule)).collect();
        (flags, s.ask("met.talk-by-worker", "+7h"), s.ask("other.talk-by-another", "+7h"))
    };
    let [refusal, warning] = ["refusal", "warning"].map(|kind| vec![format!("{kind} other.not-by-the-worker")]);
    // Nobody said: what the other rulebook refuses meets nothing.
    assert_eq!(held(""), (refusal.clone(), "due".into(), "due".into()));
    assert_eq!(held(", followed = \"area\""), (warning, "done".into(), "due".into()));
    // The refusing one, or one that there is not, was followed: it stays refused.
    for followed in ["other", "nowhere"] {
        let said = held(&format!(", followed = \"{followed}\""));
        assert_eq!(said, (refusal.clone(), "due".into(), "due".into()), "{followed}");
    }
}
