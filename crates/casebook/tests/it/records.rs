//! Dated facts, placements, settings: what the record says beside the chronology.

use crate::{LIBRARY, at, findings, known};
use engine::case::{Case, Source};
use engine::rulebook::SettingValue;
use engine::time::Moment;
use engine::value::Value;
use engine::words::sym;

fn fact(case: &Case, id: &str, moment: &str) -> Option<Value> {
    case.facts.at(LIBRARY.vocabulary.fact(id).unwrap(), at(moment)).map(|c| c.value)
}

fn word(word: &str) -> Value {
    Value::Word(sym(word))
}

#[test]
fn facts_are_dated_and_may_be_recorded_late() {
    let text = r#"{ "case": "t", "facts": [
{ "fact": "child.looked_after", "value": false },
{ "fact": "child.looked_after", "value": true, "from": "2025-01-10T09:00+00:00", "recorded_at": "2025-01-11T09:00+00:00" },
{ "fact": "child.date_of_birth", "value": "2011-05-02" } ] }"#;
    let (case, _) = known(text, None);
    assert_eq!(fact(&case, "child.looked_after", "2025-01-10T08:59Z"), Some(Value::Bool(false)));
    assert_eq!(fact(&case, "child.looked_after", "2025-01-10T09:00Z"), Some(Value::Bool(true)));
    let source = case.facts.at(LIBRARY.vocabulary.fact("child.looked_after").unwrap(), Moment::NEVER).unwrap().source;
    assert_eq!(source, Source::Record(1));
    let (case, _) = known(text, Some("2025-01-11T08:59Z"));
    assert_eq!(fact(&case, "child.looked_after", "2025-01-11T00:00Z"), Some(Value::Bool(false)));
    assert!(matches!(fact(&case, "child.date_of_birth", "2025-01-11T00:00Z"), Some(Value::Date(_))));
}

#[test]
fn facts_of_an_episode_go_to_the_episode_of_their_time() {
    let text = r#"{ "case": "t", "facts": [
{ "fact": "episode.whole_family", "value": false },
{ "fact": "episode.risk", "value": "high", "from": "2026-01-09T00:00Z" } ], "chronology": [
{ "event": "absence.noticed", "occurred_at": "2026-01-05T18:00Z", "status": "missing" },
{ "event": "return.recorded", "occurred_at": "2026-01-05T20:00Z" },
{ "event": "absence.noticed", "occurred_at": "2026-01-08T18:00Z", "status": "missing", "whole_family": true } ] }"#;
    let (case, flags) = known(text, None);
    assert!(flags.is_empty());
    let v = &LIBRARY.vocabulary;
    let at_end =
        |episode: usize, id: &str| case.episodes[episode].facts.at(v.fact(id).unwrap(), Moment::NEVER).map(|c| c.value);
    assert_eq!(at_end(0, "episode.whole_family"), Some(Value::Bool(false)), "undated: of every episode");
    assert_eq!(at_end(1, "episode.whole_family"), Some(Value::Bool(true)), "the entry of the same moment counts");
    assert_eq!(at_end(0, "episode.risk"), None);
    assert_eq!(at_end(1, "episode.risk"), Some(word("high")));
}

const PLACEMENTS: &str = r#"{ "case": "t", "facts": [ { "fact": "placement.type", "value": "family_home" } ], "placements": [
{ "id": "home", "type": "childrens_home", "host_authority": "essex", "provider": "childrens-home", "planned": true, "from": "2025-01-01T10:00Z", "until": "2025-03-01T10:00Z" },
{ "id": "respite", "type": "foster_care", "host_authority": "essex", "from": "2025-02-01T10:00Z", "until": "2025-02-08T10:00Z" },
{ "id": "next", "type": "kinship", "host_authority": "wakefield", "from": "2025-03-01T10:00Z", "until": "2025-04-01T10:00Z", "recorded_at": "2025-02-20T00:00Z" } ] }"#;

#[test]
fn placements_set_the_facts_while_they_last() {
    let (case, _) = known(PLACEMENTS, None);
    let kinds = [
        ("2024-12-31T00:00Z", "family_home"),
        ("2025-01-01T10:00Z", "childrens_home"),
        ("2025-02-01T10:00Z", "foster_care"),
        ("2025-02-08T10:00Z", "childrens_home"),
        ("2025-03-01T10:00Z", "kinship"),
    ];
    for (moment, kind) in kinds {
        assert_eq!(fact(&case, "placement.type", moment), Some(word(kind)), "{moment}");
    }
    assert_eq!(
        fact(&case, "placement.type", "2025-04-01T10:00Z"),
        Some(Value::Unknown),
        "after the last one nobody knows"
    );
    // What a placement does not say is not carried over from the one before.
    assert_eq!(fact(&case, "placement.provider", "2025-01-15T00:00Z"), Some(word("childrens-home")));
    assert_eq!(fact(&case, "placement.provider", "2025-02-02T00:00Z"), Some(Value::Unknown));
    assert_eq!(fact(&case, "placement.start", "2025-03-02T00:00Z"), Some(Value::Moment(at("2025-03-01T10:00Z"))));
    assert_eq!(case.words.get(&sym("wakefield")).map(String::as_str), Some("wakefield"));
}

#[test]
fn a_placement_is_known_from_when_it_was_recorded() {
    let (case, _) = known(PLACEMENTS, Some("2025-02-19T00:00Z"));
    assert_eq!(fact(&case, "placement.type", "2025-03-02T00:00Z"), Some(Value::Unknown));
    let (case, _) = known(PLACEMENTS, Some("2025-02-20T00:00Z"));
    assert_eq!(fact(&case, "placement.type", "2025-03-02T00:00Z"), Some(word("kinship")));
}

#[test]
fn settings_are_read_by_their_rulebook() {
    let (case, flags) =
        known(r#"{ "case": "t", "settings": { "wakefield": { "missing_plan_owner": "carer" } } }"#, None);
    assert!(flags.is_empty());
    let value = case.settings.get(&("wakefield".to_string(), "missing_plan_owner".to_string()));
    assert_eq!(value, Some(&vec![(Moment::EVER, SettingValue::Choice(sym("carer")))]));
}

#[test]
fn a_setting_that_was_changed_is_a_list_with_from_when_each_holds() {
    let text = r#"{ "case": "t", "settings": { "essex": { "report_limit_when_vulnerable": [
        { "value": "2h" }, { "value": "30m", "from": "2026-01-05T19:00Z" } ] } } }"#;
    let (case, flags) = known(text, None);
    assert!(flags.is_empty());
    let set = &case.settings[&("essex".to_string(), "report_limit_when_vulnerable".to_string())];
    let minutes = |n| SettingValue::Length(engine::calendar::Length::Minutes(n));
    assert_eq!(*set, vec![(Moment::EVER, minutes(120)), (at("2026-01-05T19:00Z"), minutes(30))]);
    // Written and read again it is the same.
    let library = &*LIBRARY;
    let file = casebook::case_file::read_bytes("t.json", text.as_bytes(), &library.vocabulary, None).case.unwrap();
    let written = casebook::case_file::written(&file, &library.vocabulary);
    assert_eq!(known(&written, None).0.settings, case.settings, "{written}");
    let wrong = findings(r#"{ "case": "t", "settings": { "essex": { "very_young": [ { "since": "x" } ] } } }"#);
    assert_eq!(wrong.len(), 2, "{wrong:?}");
}
