//! Dated facts: put right, taken back, ended; what was known before stays as it was known. And whose rulebook is followed while nobody
//! has said whose child it is.

use crate::{EVALUATOR, LIBRARY, at};
use casebook::case_file::{CaseFile, read, written};
use casebook::known::known;
use engine::evaluate::Options;
use engine::source::SourceFile;
use engine::value::Value;
use engine::words::sym;
use std::collections::BTreeSet;

fn case_of(text: &str) -> CaseFile {
    let reading = read(&SourceFile::new("t.json", text), &LIBRARY.vocabulary, None);
    reading.case.unwrap_or_else(|| panic!("{:#?}", reading.problems))
}

/// The value of a fact at a moment, as it was known at another.
fn value(facts: &str, fact: &str, when: &str, known_at: &str) -> Value {
    let file = case_of(&format!(r#"{{ "case": "c", "facts": [{facts}] }}"#));
    let vocabulary = &LIBRARY.vocabulary;
    let (case, _) = known(&file, &EVALUATOR, Some(at(known_at)));
    case.facts.value_at(vocabulary.fact(fact).unwrap(), at(when))
}

const LOOKED_AFTER: &str = r#"
    { "id": "a", "fact": "child.looked_after", "value": true, "from": "2026-01-01T00:00Z", "source": "told", "told_by": "the school" },
    { "id": "b", "fact": "child.looked_after", "value": false, "from": "2026-01-01T00:00Z", "corrects": "a", "why": "the brother", "recorded_at": "2026-01-03T00:00Z" }"#;

#[test]
fn what_is_put_right_was_known_as_it_was_until_then() {
    let looked_after = |known_at| value(LOOKED_AFTER, "child.looked_after", "2026-01-05T00:00Z", known_at);
    assert_eq!(looked_after("2026-01-02T00:00Z"), Value::Bool(true));
    assert_eq!(looked_after("2026-01-04T00:00Z"), Value::Bool(false));
}

#[test]
fn a_correction_that_is_taken_back_lets_stand_what_stood_before_it() {
    let back = r#", { "id": "c", "fact": "child.looked_after", "corrects": "b", "withdrawn": true, "recorded_at": "2026-01-04T00:00Z" }"#;
    let all = format!("{LOOKED_AFTER}{back}");
    assert_eq!(value(&all, "child.looked_after", "2026-01-05T00:00Z", "2026-01-05T00:00Z"), Value::Bool(true));
    let gone = r#", { "id": "d", "fact": "child.looked_after", "corrects": "a", "withdrawn": true, "recorded_at": "2026-01-04T12:00Z" }"#;
    let all = format!("{all}{gone}");
    assert_eq!(value(&all, "child.looked_after", "2026-01-05T00:00Z", "2026-01-05T00:00Z"), Value::Unknown);
}

#[test]
fn what_is_over_is_known_no_more_unless_something_else_began() {
    let stay = r#"{ "fact": "child.staying_with", "value": "close_relative", "from": "2026-01-01T00:00Z", "until": "2026-01-03T00:00Z" }"#;
    let with = |facts: &str, when| value(facts, "child.staying_with", when, "2026-02-01T00:00Z");
    assert_eq!(with(stay, "2026-01-02T00:00Z"), Value::Word(sym("close_relative")));
    assert_eq!(with(stay, "2026-01-03T00:00Z"), Value::Unknown);
    let next = r#", { "fact": "child.staying_with", "value": "other_person", "from": "2026-01-02T00:00Z" }"#;
    assert_eq!(with(&format!("{stay}{next}"), "2026-01-04T00:00Z"), Value::Word(sym("other_person")));
}

#[test]
fn a_line_is_written_as_it_was_read() {
    let file = case_of(&format!(r#"{{ "case": "c", "facts": [{LOOKED_AFTER}] }}"#));
    let again = case_of(&written(&file, &LIBRARY.vocabulary));
    let plain = |file: &CaseFile| {
        file.facts
            .iter()
            .map(|f| (f.id.clone(), f.taken, f.told_by.clone(), f.corrects.clone(), f.why.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(plain(&file), plain(&again));
}

#[test]
fn an_authority_that_is_part_of_a_rulebooks_area_is_that_area_to_rulebooks() {
    let bedford = r#"{ "fact": "child.responsible_authority", "value": "bedford" }"#;
    let area = value(bedford, "child.responsible_authority", "2026-01-02T00:00Z", "2026-01-02T00:00Z");
    assert_eq!(area, Value::Word(sym("bedfordshire")));
}

/// Which rulebooks ask anything of a child who is gone, with these facts.
fn asking(facts: &str) -> BTreeSet<&'static str> {
    let gone = r#"{ "event": "absence.noticed", "occurred_at": "2026-01-05T18:00Z", "status": "missing" }"#;
    let file = case_of(&format!(r#"{{ "case": "c", "facts": [{facts}], "chronology": [{gone}] }}"#));
    let (case, _) = known(&file, &EVALUATOR, None);
    let duties = EVALUATOR.evaluate(&case, &Options::asking(at("2026-01-05T19:00Z")));
    duties.iter().map(|d| EVALUATOR.book(d.book).id.as_str()).collect()
}

#[test]
fn other_areas_stay_silent_until_a_fact_speaks_for_them() {
    const FROM: &str = r#"{ "fact": "child.known_from", "value": "northamptonshire", "source": "report" }"#;
    let everybody = asking("");
    assert!(everybody.len() > 4, "{everybody:?}");
    assert_eq!(asking(FROM), BTreeSet::from(["northamptonshire"]));
    // Nobody has a rulebook of Kent: then nothing is silent.
    assert_eq!(asking(r#"{ "fact": "child.known_from", "value": "kent" }"#), everybody);
    for speaks in ["child.responsible_authority", "placement.host_authority", "child.home_area"] {
        let facts = format!(r#"{FROM}, {{ "fact": "{speaks}", "value": "wakefield" }}"#);
        let found = asking(&facts);
        assert!(found.contains("wakefield") && found.contains("northamptonshire"), "{speaks}: {found:?}");
    }
    let home = format!(r#"{FROM}, {{ "fact": "placement.type", "value": "childrens_home" }}"#);
    assert!(asking(&home).contains("childrens-home"));
}
