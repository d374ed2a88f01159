//! What was known when: late entries, corrections, chains of them, withdrawals.

use crate::{LIBRARY, at, chronology, known};
use casebook::case_file::read;
use casebook::known::corrected;
use engine::ids::EpisodeNo;
use engine::source::SourceFile;

const NIGHT: &str = r#"{ "id": "gone", "event": "absence.noticed", "occurred_at": "2026-01-05T18:00Z", "status": "missing" },
{ "id": "back", "event": "return.recorded", "occurred_at": "2026-01-06T06:30Z", "recorded_at": "2026-01-06T06:45Z" },
{ "id": "earlier", "event": "return.recorded", "occurred_at": "2026-01-06T02:10Z", "recorded_at": "2026-01-07T08:30Z", "corrects": "back", "by": "home_manager" },
{ "id": "earlier-still", "event": "return.recorded", "occurred_at": "2026-01-06T01:00Z", "recorded_at": "2026-01-08T08:30Z", "corrects": "earlier" }"#;

/// When the child came back, as known at a moment.
fn end(entries: &str, known_at: Option<&str>) -> Option<String> {
    let (case, _) = known(&chronology(entries), known_at);
    case.episodes[0].end.map(|m| m.to_string())
}

#[test]
fn what_was_not_recorded_yet_was_not_known() {
    assert_eq!(end(NIGHT, Some("2026-01-06T06:44Z")), None);
    assert_eq!(end(NIGHT, Some("2026-01-06T06:45Z")).unwrap(), "2026-01-06T06:30:00Z");
}

#[test]
fn a_correction_counts_from_when_it_was_recorded() {
    assert_eq!(end(NIGHT, Some("2026-01-07T08:29Z")).unwrap(), "2026-01-06T06:30:00Z");
    assert_eq!(end(NIGHT, Some("2026-01-07T08:30Z")).unwrap(), "2026-01-06T02:10:00Z");
    assert_eq!(end(NIGHT, Some("2026-01-08T08:30Z")).unwrap(), "2026-01-06T01:00:00Z");
    assert_eq!(end(NIGHT, None).unwrap(), "2026-01-06T01:00:00Z");
}

#[test]
fn a_corrected_entry_keeps_its_id_and_is_there_once() {
    let (case, flags) = known(&chronology(NIGHT), None);
    assert!(flags.is_empty(), "{flags:?}");
    let ids: Vec<&str> = case.entries.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(ids, ["gone", "back"]);
    assert_eq!(case.entries[1].recorded, at("2026-01-08T08:30Z"));
    let file = read(&SourceFile::new("t.json", chronology(NIGHT)), &LIBRARY.vocabulary, None).case.unwrap();
    let found: Vec<_> = corrected(&file, None).into_iter().map(|c| (c.entry, c.by, c.withdrawn)).collect();
    assert_eq!(found, [("back".to_string(), "earlier-still".to_string(), false)]);
    assert_eq!(corrected(&file, Some(at("2026-01-07T00:00Z"))), []);
}

#[test]
fn a_withdrawn_entry_does_not_count() {
    let entries = format!(
        "{NIGHT},\n{{ \"id\": \"no\", \"corrects\": \"back\", \"withdrawn\": true, \"recorded_at\": \"2026-01-09T00:00Z\" }}"
    );
    assert_eq!(end(&entries, None), None);
    assert_eq!(end(&entries, Some("2026-01-08T23:59Z")).unwrap(), "2026-01-06T01:00:00Z");
}

#[test]
fn withdrawing_a_correction_takes_that_correction_back() {
    let entries = format!(
        "{NIGHT},\n{{ \"id\": \"no\", \"corrects\": \"earlier-still\", \"withdrawn\": true, \"recorded_at\": \"2026-01-09T00:00Z\" }}"
    );
    assert_eq!(end(&entries, None).unwrap(), "2026-01-06T02:10:00Z");
    let entries = format!(
        "{entries},\n{{ \"id\": \"no2\", \"corrects\": \"earlier\", \"withdrawn\": true, \"recorded_at\": \"2026-01-10T00:00Z\" }}"
    );
    assert_eq!(end(&entries, None).unwrap(), "2026-01-06T06:30:00Z");
}

#[test]
fn of_two_corrections_the_one_recorded_last_counts() {
    let entries = format!(
        "{NIGHT},\n{{ \"id\": \"second\", \"event\": \"return.recorded\", \"occurred_at\": \"2026-01-06T05:00Z\", \"recorded_at\": \"2026-01-07T12:00Z\", \"corrects\": \"back\" }}"
    );
    assert_eq!(end(&entries, Some("2026-01-07T12:00Z")).unwrap(), "2026-01-06T05:00:00Z");
    assert_eq!(end(&entries, None).unwrap(), "2026-01-06T01:00:00Z");
}

#[test]
fn a_correction_without_a_time_of_recording_is_not_known_before_what_it_corrects() {
    let entries = r#"{ "id": "gone", "event": "absence.noticed", "occurred_at": "2026-01-05T18:00Z", "status": "missing" },
{ "id": "back", "event": "return.recorded", "occurred_at": "2026-01-06T06:30Z", "recorded_at": "2026-01-06T09:00Z" },
{ "event": "return.recorded", "occurred_at": "2026-01-06T02:10Z", "corrects": "back" }"#;
    assert_eq!(end(entries, Some("2026-01-06T08:59Z")), None);
    assert_eq!(end(entries, Some("2026-01-06T09:00Z")).unwrap(), "2026-01-06T02:10:00Z");
}

#[test]
fn when_the_start_is_withdrawn_what_names_it_is_put_by_time() {
    let entries = r#"{ "id": "a", "event": "absence.noticed", "occurred_at": "2026-01-05T18:00Z", "status": "missing" },
{ "id": "r", "event": "police.reported", "occurred_at": "2026-01-05T19:00Z", "episode": "a" },
{ "id": "no", "corrects": "a", "withdrawn": true, "recorded_at": "2026-01-05T20:00Z" }"#;
    let (case, flags) = known(&chronology(entries), None);
    assert_eq!(flags, ["C17 r"]);
    assert!(case.episodes.is_empty());
    let (case, flags) = known(&chronology(entries), Some("2026-01-05T19:30Z"));
    assert!(flags.is_empty());
    assert_eq!(case.entries[1].episode, Some(EpisodeNo(0)));
}
