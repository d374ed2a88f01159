//! How the chronology is cut into episodes, and which facts they get.

use crate::{LIBRARY, at, chronology, known};
use engine::case::Case;
use engine::ids::{EntryNo, EpisodeNo};
use engine::time::Moment;
use engine::value::Value;
use engine::words::sym;

fn status(case: &Case, episode: usize, moment: &str) -> Option<Value> {
    let fact = LIBRARY.vocabulary.known.status;
    case.episodes[episode].facts.at(fact, at(moment)).map(|c| c.value)
}

fn word(word: &str) -> Value {
    Value::Word(sym(word))
}

fn episode_of(case: &Case, id: &str) -> Option<EpisodeNo> {
    case.entries.iter().find(|e| e.id == id).unwrap().episode
}

#[test]
fn an_episode_starts_when_the_child_was_expected() {
    let (case, flags) = known(
        &chronology(
            r#"{ "id": "looked", "event": "search.made", "occurred_at": "2026-01-05T17:30Z" },
{ "id": "gone", "event": "absence.noticed", "occurred_at": "2026-01-05T18:00Z", "status": "missing", "expected_at": "2026-01-05T17:00Z" },
{ "id": "back", "event": "return.recorded", "occurred_at": "2026-01-05T20:00Z" },
{ "id": "talk", "event": "return_interview.held", "occurred_at": "2026-01-07T20:00Z" }"#,
        ),
        None,
    );
    assert!(flags.is_empty(), "{flags:?}");
    assert_eq!(case.episodes.len(), 1);
    let episode = &case.episodes[0];
    assert_eq!(
        (episode.id.as_str(), episode.start, episode.end),
        ("gone", at("2026-01-05T17:00Z"), Some(at("2026-01-05T20:00Z")))
    );
    assert_eq!((episode.start_entry, episode.end_entry), (EntryNo(1), Some(EntryNo(2))));
    // True from the start, though it was noticed an hour later; what happened in between belongs to the episode.
    assert_eq!(status(&case, 0, "2026-01-05T17:00Z"), Some(word("missing")));
    assert_eq!(status(&case, 0, "2026-01-05T16:59Z"), None);
    assert_eq!(status(&case, 0, "2026-01-05T20:00Z"), Some(word("returned")));
    assert_eq!(episode_of(&case, "looked"), Some(EpisodeNo(0)));
    assert_eq!(episode_of(&case, "talk"), Some(EpisodeNo(0)));
}

#[test]
fn a_later_expected_time_does_not_delay_the_start() {
    let entry = r#"{ "event": "absence.noticed", "occurred_at": "2026-01-05T18:00Z", "status": "missing", "expected_at": "2026-01-05T19:00Z" }"#;
    let (case, _) = known(&chronology(entry), None);
    assert_eq!(case.episodes[0].start, at("2026-01-05T18:00Z"));
}

#[test]
fn a_second_absence_in_an_open_episode_changes_its_status() {
    let (case, flags) = known(
        &chronology(
            r#"{ "id": "a", "event": "absence.noticed", "occurred_at": "2026-01-05T18:00Z", "status": "absent" },
{ "id": "b", "event": "absence.noticed", "occurred_at": "2026-01-05T21:00Z", "status": "missing", "expected_at": "2026-01-05T17:00Z" }"#,
        ),
        None,
    );
    assert_eq!(flags, ["C12 b"]);
    assert_eq!(case.episodes.len(), 1);
    assert_eq!(status(&case, 0, "2026-01-05T20:59Z"), Some(word("absent")));
    assert_eq!(status(&case, 0, "2026-01-05T21:00Z"), Some(word("missing")));
}

#[test]
fn a_second_return_changes_nothing() {
    let (case, flags) = known(
        &chronology(
            r#"{ "id": "a", "event": "absence.noticed", "occurred_at": "2026-01-05T18:00Z", "status": "missing" },
{ "id": "b", "event": "return.recorded", "occurred_at": "2026-01-05T21:00Z" },
{ "id": "c", "event": "return.recorded", "occurred_at": "2026-01-05T23:00Z", "harm_suspected": true }"#,
        ),
        None,
    );
    assert_eq!(flags, ["C11 c"]);
    assert_eq!(case.entries.len(), 3, "it is kept");
    assert_eq!(case.episodes[0].end, Some(at("2026-01-05T21:00Z")));
    let harm = LIBRARY.vocabulary.fact("episode.harm_suspected").unwrap();
    assert!(case.episodes[0].facts.changes(harm).is_empty());
}

#[test]
fn entries_go_to_the_episode_of_their_time_or_the_one_named() {
    let text = chronology(
        r#"{ "id": "a", "event": "absence.noticed", "occurred_at": "2026-01-05T18:00Z", "status": "missing" },
{ "id": "a-back", "event": "return.recorded", "occurred_at": "2026-01-05T21:00Z" },
{ "id": "b", "event": "absence.noticed", "occurred_at": "2026-01-08T18:00Z", "status": "away" },
{ "id": "late-talk", "event": "return_interview.held", "occurred_at": "2026-01-08T19:00Z", "episode": "a" },
{ "id": "report", "event": "police.reported", "occurred_at": "2026-01-08T19:00Z" },
{ "id": "before", "event": "form.completed", "form": "incident_form", "occurred_at": "2026-01-01T19:00Z", "recorded_at": "2026-01-08T19:00Z" },
{ "id": "also-noticed", "event": "absence.noticed", "occurred_at": "2026-01-08T20:00Z", "status": "missing", "episode": "b" }"#,
    );
    let (case, flags) = known(&text, None);
    assert!(flags.is_empty(), "{flags:?}");
    let found: Vec<_> =
        ["a", "a-back", "b", "late-talk", "report", "before", "also-noticed"].map(|id| episode_of(&case, id)).into();
    let found: Vec<_> = found.into_iter().map(|e| e.map(EpisodeNo::place)).collect();
    assert_eq!(found, [Some(0), Some(0), Some(1), Some(0), Some(1), None, Some(1)]);
    assert_eq!(status(&case, 1, "2026-01-08T20:00Z"), Some(word("missing")));
    let interview = LIBRARY.vocabulary.fact("episode.return_interview").unwrap();
    assert_eq!(case.episodes[0].facts.at(interview, at("2026-01-09T00:00Z")).map(|c| c.value), Some(word("held")));
    assert_eq!(case.episodes[1].facts.at(interview, at("2026-01-09T00:00Z")), None);
}

#[test]
fn events_set_moments_fields_and_values_only_where_they_say_so() {
    let text = chronology(
        r#"{ "event": "absence.noticed", "occurred_at": "2026-01-05T18:00Z", "status": "missing" },
{ "event": "police.reported", "occurred_at": "2026-01-05T19:00Z", "incident_number": "  " },
{ "event": "strategy_meeting.planned", "occurred_at": "2026-01-05T20:00Z", "planned_for": "2026-01-06T10:00Z" },
{ "event": "strategy_meeting.planned", "occurred_at": "2026-01-05T21:00Z" },
{ "event": "concern.raised", "occurred_at": "2026-01-05T22:00Z", "kind": "trafficking" }"#,
    );
    let (case, _) = known(&text, None);
    let v = &LIBRARY.vocabulary;
    let in_episode = |id: &str| case.episodes[0].facts.at(v.fact(id).unwrap(), Moment::NEVER).map(|c| c.value);
    assert_eq!(in_episode("episode.reported_at"), Some(Value::Moment(at("2026-01-05T19:00Z"))));
    assert_eq!(in_episode("episode.incident_number_known"), None, "an empty number is none");
    // An empty field changes nothing.
    assert_eq!(in_episode("episode.strategy_meeting_booked_for"), Some(Value::Moment(at("2026-01-06T10:00Z"))));
    let trafficking = case.facts.at(v.fact("child.trafficking_suspected").unwrap(), Moment::NEVER);
    assert_eq!(trafficking.map(|c| (c.at, c.value)), Some((at("2026-01-05T22:00Z"), Value::Bool(true))));
    assert_eq!(case.facts.changes(v.fact("child.exploitation_risk").unwrap()), []);
}

#[test]
fn an_answer_is_a_word_and_a_text_is_only_there() {
    let long = "x".repeat(65);
    let text = chronology(&format!(
        r#"{{ "event": "decision.recorded", "occurred_at": "2026-01-05T20:00Z", "decision": "publicity.decide", "answer": "yes", "reason": "{long}" }}"#
    ));
    let (case, _) = known(&text, None);
    let v = &LIBRARY.vocabulary;
    assert_eq!(case.entries[0].get(v.field("answer").unwrap()), Some(word("yes")));
    assert_eq!(case.entries[0].get(v.field("reason").unwrap()), Some(Value::Text));
}
