//! The words of this repository's vocabulary: what people read is written for people, whatever an event sets has a way back, and what
//! belongs together names the same words.

use engine::rulebook::Library;
use engine::value::{Type, Value};
use engine::vocabulary::{Answer, SetTo};
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(testkit::library);

/// Facts of history: what was once so cannot become untrue by anything that happens later, only by a correction.
const HISTORY: [&str; 6] = [
    "episode.reported",
    "episode.incident_number_known",
    "episode.not_reported",
    "episode.parents_told",
    "episode.social_worker_told",
    "episode.referred",
];

/// A text for people: it begins with a capital or a digit and has nothing of an id in it.
fn is_for_people(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').filter(|w| !w.is_empty());
    let of_an_id = |w: &str| w.contains('_') || w.trim_end_matches('.').contains('.');
    text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '“')
        && !words.into_iter().any(of_an_id)
}

fn closed(of: &str, kind: &Type, answers: &[Answer], faults: &mut Vec<String>) {
    let Type::Choice(values) = kind else { return };
    for value in values {
        match answers.iter().find(|a| a.word == *value) {
            None => faults.push(format!("{of}: `{value}` has no words")),
            Some(answer) if !is_for_people(&answer.label) => faults.push(format!("{of}: `{}`", answer.label)),
            Some(answer) if !answer.hint.is_empty() && !is_for_people(&answer.hint) => {
                faults.push(format!("{of}: `{}`", answer.hint));
            }
            Some(_) => {}
        }
    }
}

#[test]
fn whatever_people_read_of_events_fields_and_facts_is_written_for_them() {
    let v = &LIBRARY.vocabulary;
    let mut faults = Vec::new();
    for event in v.events.iter().filter(|e| !e.made_up) {
        if !is_for_people(&event.hint) || !is_for_people(&event.group) || event.name.contains('_') {
            faults.push(format!("{}: name, hint or group", event.id));
        }
        for field in &event.fields {
            let of = format!("{}.{}", event.id, field.id);
            if !is_for_people(&field.label) || !field.hint.is_empty() && !is_for_people(&field.hint) {
                faults.push(format!("{of}: label `{}`, hint `{}`", field.label, field.hint));
            }
            closed(&of, &field.kind, &field.answers, &mut faults);
        }
    }
    for fact in &v.facts {
        if !is_for_people(&fact.label) {
            faults.push(format!("{}: label `{}`", fact.id, fact.label));
        }
        closed(&fact.id, &fact.kind, &fact.answers, &mut faults);
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn one_field_name_has_one_set_of_answers_or_says_which_event_it_is_of() {
    // Labels of the same answer agree wherever the same word answers the same question.
    let v = &LIBRARY.vocabulary;
    for field in v.events.iter().flat_map(|e| &e.fields) {
        for other in v.events.iter().flat_map(|e| &e.fields).filter(|o| o.id == field.id && o.kind == field.kind) {
            for answer in &field.answers {
                let label = other.answer(&answer.word).map(|a| &a.label);
                assert_eq!(label, Some(&answer.label), "{}: {}", field.id, answer.word);
            }
        }
    }
}

#[test]
fn whatever_an_event_sets_has_a_way_back() {
    let v = &LIBRARY.vocabulary;
    let sets = || v.events.iter().flat_map(|e| &e.sets);
    let mut one_way = Vec::new();
    for one in sets() {
        let SetTo::Value(Value::Bool(yes)) = one.to else { continue };
        let fact = &v.fact_at(one.fact).id;
        let back = sets().filter(|s| s.fact == one.fact).any(|s| match s.to {
            SetTo::Value(value) => value != Value::Bool(yes),
            SetTo::Field(_) => true,
            SetTo::Moment => false,
        });
        if !back && !HISTORY.contains(&fact.as_str()) && !one_way.contains(fact) {
            one_way.push(fact.clone());
        }
    }
    assert!(one_way.is_empty(), "{one_way:?} are set and never set back");
    for fact in HISTORY {
        assert!(sets().any(|s| v.fact_at(s.fact).id == fact), "{fact} is set by nothing");
    }
}

#[test]
fn what_is_planned_is_a_moment_and_lines_are_of_texts() {
    for event in &LIBRARY.vocabulary.events {
        for field in &event.fields {
            assert!(!field.planned || field.kind == Type::Moment, "{}.{}", event.id, field.id);
            assert!(field.lines == 1 || field.kind == Type::Text, "{}.{}", event.id, field.id);
        }
    }
}
