//! Closed answers: read whatever their capitals, refused where they are no answer; and what a rulebook refuses eases nothing.

use crate::{EVALUATOR, LIBRARY, at, chronology, findings, known};
use engine::evaluate::flags;
use engine::value::Value;
use engine::words::sym;

/// The value of a field of the one entry.
fn field(entry: &str, word: &str) -> Option<Value> {
    let (case, _) = known(&chronology(entry), None);
    case.entries[0].get(LIBRARY.vocabulary.field(word).unwrap())
}

#[test]
fn an_answer_is_read_whatever_its_capitals() {
    let decided = |answer: &str| {
        let entry = format!(
            r#"{{ "event": "decision.recorded", "occurred_at": "2026-01-05T20:00Z", "decision": "section47.consider", "answer": {answer} }}"#
        );
        field(&entry, "answer")
    };
    for yes in [r#""yes""#, r#""Yes""#, r#""YES""#, r#"" y ""#, r#""Y""#, "true"] {
        assert_eq!(decided(yes), Some(Value::Word(sym("yes"))), "{yes}");
    }
    for no in [r#""No""#, r#""n""#, "false"] {
        assert_eq!(decided(no), Some(Value::Word(sym("no"))), "{no}");
    }
    assert_eq!(decided(r#""Section 17""#), Some(Value::Word(sym("section_17"))));
    let back = |how: &str| {
        field(
            &format!(
                r#"{{ "event": "absence.noticed", "occurred_at": "2026-01-05T20:00Z", "status": "missing", {how} }}"#
            ),
            "emergency",
        )
    };
    assert_eq!(back(r#""emergency": "Yes""#), Some(Value::Bool(true)));
    assert_eq!(back(r#""emergency": "n""#), Some(Value::Bool(false)));
    let by = r#"{ "event": "Absence.noticed", "occurred_at": "2026-01-05T20:00Z", "status": "Missing", "by": "Foster carer" }"#;
    assert_eq!(field(&by.replace("Absence", "absence"), "by"), Some(Value::Word(sym("foster_carer"))));
    assert_eq!(field(&by.replace("Absence", "absence"), "status"), Some(Value::Word(sym("missing"))));
}

#[test]
fn what_is_no_answer_is_an_error_and_never_a_no() {
    let decided = |decision: &str, answer: &str| {
        findings(&chronology(&format!(
            r#"{{ "event": "decision.recorded", "occurred_at": "2026-01-05T20:00Z", "decision": "{decision}", "answer": {answer} }}"#
        )))
    };
    let wrong = |answer: &str| decided("section47.consider", answer);
    assert_eq!(
        wrong(r#""at risk""#),
        ["2:113 C01 `at risk` is not a value of `answer` | write one of `no`, `section_17`, `yes`"]
    );
    assert_eq!(wrong(r#""yes, because of the aunt""#).len(), 1);
    assert_eq!(wrong(r#""yess""#), ["2:113 C01 `yess` is not a value of `answer` | did you mean `yes`?"]);
    assert_eq!(wrong(r#""""#).len(), 1);
    // The words of one decision are no answer to another.
    assert_eq!(decided("publicity.decide", r#""section_17""#).len(), 1);
    assert!(!decided("Publicity.decide", r#""Yes""#).iter().any(|f| f.contains("C01")));
    let harm = |value: &str| {
        findings(&chronology(&format!(
            r#"{{ "event": "risk.assessed", "occurred_at": "2026-01-05T20:00Z", "by": "social_worker", "significant": {value} }}"#
        )))
    };
    assert!(harm(r#""at risk""#).iter().any(|f| f.contains("C02 `at risk` in `significant` is neither yes nor no")));
    assert!(!harm(r#""Yes""#).iter().any(|f| f.contains("C02")));
}

#[test]
fn a_text_says_only_that_it_is_there() {
    let entry = r#"{ "event": "decision.recorded", "occurred_at": "2026-01-05T20:00Z", "decision": "publicity.decide", "answer": "yes", "reason": "yes" }"#;
    assert_eq!(field(entry, "reason"), Some(Value::Text));
    assert_eq!(field(&entry.replace(r#""reason": "yes""#, r#""reason": "  ""#), "reason"), None);
}

/// A looked-after child of Northamptonshire, missing, with a grade of high; and two grades of low, which are refused under 18.
fn graded(grades: &str) -> String {
    format!(
        r#"{{ "case": "t",
"facts": [ {{ "fact": "child.date_of_birth", "value": "2011-01-20" }}, {{ "fact": "child.looked_after", "value": true }},
  {{ "fact": "child.responsible_authority", "value": "northamptonshire" }} ],
"placements": [ {{ "type": "foster_care", "host_authority": "northamptonshire", "from": "2025-01-06T10:00+00:00" }} ],
"chronology": [
  {{ "id": "gone", "event": "absence.noticed", "occurred_at": "2026-05-11T10:00+01:00", "status": "missing" }},
  {{ "id": "high", "event": "risk.graded", "occurred_at": "2026-05-11T10:40+01:00", "by": "police", "level": "high" }}{grades} ] }}"#
    )
}

#[test]
fn a_refused_grade_is_kept_and_sets_nothing() {
    let low = r#",
  { "id": "low", "event": "risk.graded", "occurred_at": "2026-05-12T16:00+01:00", "by": "police", "level": "low" },
  { "id": "low-2", "event": "risk.graded", "occurred_at": "2026-05-12T17:00+01:00", "by": "police", "level": "low" }"#;
    let (case, _) = known(&graded(low), None);
    let refused: Vec<&str> = case.entries.iter().filter(|e| e.refused).map(|e| e.id.as_str()).collect();
    assert_eq!(refused, ["low", "low-2"]);
    assert_eq!(case.entries.len(), 4, "they are kept");
    let risk = LIBRARY.vocabulary.fact("episode.risk").unwrap();
    assert_eq!(case.episodes[0].facts.value_at(risk, at("2026-05-12T18:00+01:00")), Value::Word(sym("high")));
    let flagged = flags(&EVALUATOR, &case, at("2026-05-12T18:00+01:00"), false);
    assert!(flagged.iter().any(|f| f.entry == "low" && f.kind == "refusal"), "{flagged:?}");
    // Nothing is refused before it was recorded, nor where nothing is.
    let (case, _) = known(&graded(""), None);
    assert!(case.entries.iter().all(|e| !e.refused));
}

#[test]
fn a_second_return_is_void_and_sets_nothing_at_all() {
    let back = r#",
  { "id": "back", "event": "return.recorded", "occurred_at": "2026-05-12T08:00+01:00" },
  { "id": "again", "event": "return.recorded", "occurred_at": "2026-05-12T09:00+01:00", "harm_suspected": true }"#;
    let (case, flags) = known(&graded(back), None);
    assert_eq!(flags, ["C11 again"]);
    let void: Vec<&str> = case.entries.iter().filter(|e| e.void).map(|e| e.id.as_str()).collect();
    assert_eq!(void, ["again"]);
    assert_eq!(case.entries_of(LIBRARY.vocabulary.event("return.recorded").unwrap()).len(), 1);
}

#[test]
fn entries_of_before_the_birth_are_as_they_should_be_until_it_is_known() {
    let text = |known: &str, recorded: &str| {
        format!(
            r#"{{ "case": "t", "facts": [ {{ "fact": "child.date_of_birth", "value": "2027-01-28"{known} }} ], "chronology": [
{{ "event": "absence.noticed", "occurred_at": "2026-11-20T20:00Z", "recorded_at": "{recorded}", "status": "missing" }} ] }}"#
        )
    };
    let born = r#", "recorded_at": "2027-02-02T10:00Z""#;
    assert_eq!(findings(&text(born, "2026-11-20T20:00Z")), Vec::<String>::new());
    assert_eq!(findings(&text(born, "2027-02-02T09:59Z")), Vec::<String>::new());
    assert_eq!(
        findings(&text(born, "2027-02-02T10:00Z")).len(),
        1,
        "now the birth is known, and the time cannot be right"
    );
    assert!(findings(&text("", "2026-11-20T20:00Z"))[0].contains("C14"), "it was always known");
}
