//! What becomes known late: absences told after later ones, returns of the same minute, times put right, several episodes in one entry.

use crate::{LIBRARY, at, chronology, findings, known};
use engine::case::Case;
use engine::ids::{EntryNo, EpisodeNo};
use engine::value::Value;
use engine::words::sym;

/// Of each episode its id, its start and its end, by the clock of London.
fn episodes(case: &Case) -> Vec<String> {
    let stamp = |m| LIBRARY.vocabulary.calendar.stamp(m)[5..16].to_string();
    case.episodes
        .iter()
        .map(|e| format!("{} {}-{}", e.id, stamp(e.start), e.end.map_or(String::new(), stamp)))
        .collect()
}

fn episode_of(case: &Case, id: &str) -> Option<EpisodeNo> {
    case.entries.iter().find(|e| e.id == id).unwrap().episode
}

const TONIGHT: &str =
    r#"{ "id": "tonight", "event": "absence.noticed", "occurred_at": "2026-11-28T20:00Z", "status": "missing" }"#;
const FRIDAY: &str = r#"{ "id": "friday", "event": "absence.noticed", "occurred_at": "2026-11-27T22:00Z", "recorded_at": "2026-11-30T09:00Z", "status": "missing" }"#;
const SATURDAY: &str = r#"{ "id": "saturday", "event": "return.recorded", "occurred_at": "2026-11-28T07:00Z", "recorded_at": "2026-11-30T09:02Z" }"#;

#[test]
fn an_absence_told_late_with_its_return_takes_nothing_of_the_later_one() {
    let orders = [[TONIGHT, FRIDAY, SATURDAY], [TONIGHT, SATURDAY, FRIDAY], [FRIDAY, SATURDAY, TONIGHT]];
    for order in orders {
        let (case, flags) = known(&chronology(&order.join(",\n")), None);
        assert!(flags.is_empty(), "{flags:?}");
        assert_eq!(episodes(&case), ["friday 11-27T22:00-11-28T07:00", "tonight 11-28T20:00-"]);
        assert_eq!(
            (case.episodes[0].known, case.episodes[0].end_known),
            (at("2026-11-30T09:00Z"), Some(at("2026-11-30T09:02Z")))
        );
        assert_eq!((case.episodes[1].known, case.episodes[1].end_known), (at("2026-11-28T20:00Z"), None));
    }
}

#[test]
fn an_absence_told_late_without_its_return_ends_before_the_later_one_and_its_return_is_asked_for() {
    let text = chronology(&[TONIGHT, FRIDAY].join(",\n"));
    let (case, flags) = known(&text, None);
    assert_eq!(flags, ["C18 friday"]);
    assert_eq!(episodes(&case), ["friday 11-27T22:00-11-28T20:00", "tonight 11-28T20:00-"]);
    assert_eq!((case.episodes[0].end_entry, case.episodes[0].end_known), (None, None));
    let status =
        |episode: usize, moment| case.episodes[episode].facts.value_at(LIBRARY.vocabulary.known.status, at(moment));
    assert_eq!(status(0, "2026-11-28T19:59Z"), Value::Word(sym("missing")));
    assert_eq!(status(0, "2026-11-28T20:00Z"), Value::Word(sym("returned")));
    assert_eq!(status(1, "2026-11-28T20:00Z"), Value::Word(sym("missing")));
    let help = "it is taken to have ended by Sat 28 Nov 2026 20:00; record when the child came back";
    assert_eq!(
        findings(&text),
        [format!("3:1 C18 no return of `friday` is recorded, and `tonight` began after it | {help}")]
    );
    // Before it was told, there was nothing of it.
    let (case, flags) = known(&text, Some("2026-11-30T08:59Z"));
    assert!(flags.is_empty(), "{flags:?}");
    assert_eq!(episodes(&case), ["tonight 11-28T20:00-"]);
}

#[test]
fn what_is_noticed_while_the_child_is_gone_starts_nothing() {
    // Told in the order in which it happened: the later one is a change.
    let first = FRIDAY.replace("2026-11-30T09:00Z", "2026-11-27T22:00Z");
    let (case, flags) = known(&chronology(&[first.as_str(), TONIGHT].join(",\n")), None);
    assert_eq!(flags, ["C12 tonight"]);
    assert_eq!(episodes(&case), ["friday 11-27T22:00-"]);
    // Told late, of the time in which the child was known to be gone.
    let (case, flags) = known(
        &chronology(
            &[
                first.as_str(),
                &TONIGHT.replace("\"occurred_at\"", "\"recorded_at\": \"2026-11-30T09:00Z\", \"occurred_at\""),
            ]
            .join(",\n"),
        ),
        None,
    );
    assert_eq!(flags, ["C12 tonight"]);
    assert_eq!(episodes(&case), ["friday 11-27T22:00-"]);
}

#[test]
fn a_return_after_the_next_absence_is_said_to_be_odd() {
    let late = SATURDAY
        .replace("2026-11-28T07:00Z", "2026-11-28T21:00Z")
        .replace("\"event\"", "\"episode\": \"friday\", \"event\"");
    let (case, flags) = known(&chronology(&[TONIGHT, FRIDAY, late.as_str()].join(",\n")), None);
    assert_eq!(flags, ["C12 saturday"]);
    assert_eq!(episodes(&case), ["friday 11-27T22:00-11-28T20:00", "tonight 11-28T20:00-"]);
    assert_eq!(case.episodes[0].end_entry, Some(EntryNo(2)));
}

#[test]
fn another_report_of_the_same_absence_can_name_it() {
    let school = r#"{ "id": "school", "event": "absence.noticed", "occurred_at": "2026-11-28T19:00Z", "recorded_at": "2026-11-28T21:00Z", "status": "absent", "episode": "tonight" }"#;
    let (case, flags) = known(&chronology(&[TONIGHT, school].join(",\n")), None);
    assert!(flags.is_empty(), "{flags:?}");
    assert_eq!(episodes(&case), ["tonight 11-28T20:00-"]);
    assert_eq!(episode_of(&case, "school"), Some(EpisodeNo(0)));
}

#[test]
fn gone_and_back_in_one_minute_is_an_episode_whichever_was_written_first() {
    let back = r#"{ "id": "back", "event": "return.recorded", "occurred_at": "2026-11-28T20:00Z" }"#;
    for order in [[TONIGHT, back], [back, TONIGHT]] {
        let (case, flags) = known(&chronology(&order.join(",\n")), None);
        assert!(flags.is_empty(), "{flags:?}");
        assert_eq!(episodes(&case), ["tonight 11-28T20:00-11-28T20:00"]);
    }
    // A return of the minute in which the next absence begins ends the one before.
    let before = FRIDAY.replace("2026-11-30T09:00Z", "2026-11-27T22:00Z");
    let (case, flags) = known(&chronology(&[before.as_str(), back, TONIGHT].join(",\n")), None);
    assert!(flags.is_empty(), "{flags:?}");
    assert_eq!(episodes(&case), ["friday 11-27T22:00-11-28T20:00", "tonight 11-28T20:00-"]);
}

const CORRECTED: &str = r#"{ "id": "gone", "event": "absence.noticed", "occurred_at": "2026-11-20T16:00Z", "status": "missing" },
{ "id": "rang", "event": "police.reported", "occurred_at": "2026-11-20T16:10Z" },
{ "id": "back", "event": "return.recorded", "occurred_at": "2026-11-20T20:20Z" },
{ "id": "fix", "event": "return.recorded", "occurred_at": "2026-11-20T20:50Z", "recorded_at": "2026-11-21T08:00Z", "corrects": "back" },
{ "id": "fix-2", "event": "absence.noticed", "occurred_at": "2026-11-20T16:30Z", "recorded_at": "2026-11-21T08:00Z", "corrects": "gone", "status": "missing" }"#;

#[test]
fn an_entry_counts_from_its_earliest_time_and_is_known_since_it_was_first_written_down() {
    let (case, flags) = known(&chronology(CORRECTED), None);
    assert!(flags.is_empty(), "{flags:?}");
    let back = case.entries.iter().find(|e| e.id == "back").unwrap();
    let times = (back.occurred, back.earliest, back.known, back.recorded);
    assert_eq!(
        times,
        (at("2026-11-20T20:50Z"), at("2026-11-20T20:20Z"), at("2026-11-20T20:20Z"), at("2026-11-21T08:00Z"))
    );
    let (case, _) = known(&chronology(CORRECTED), Some("2026-11-21T07:59Z"));
    let back = case.entries.iter().find(|e| e.id == "back").unwrap();
    assert_eq!((back.occurred, back.earliest), (at("2026-11-20T20:20Z"), at("2026-11-20T20:20Z")));
    // Of two corrections the one taken back says nothing any more.
    let taken_back = format!(
        r#"{CORRECTED},
{{ "id": "no", "corrects": "fix", "withdrawn": true, "recorded_at": "2026-11-21T09:00Z" }}"#
    );
    let (case, _) = known(&chronology(&taken_back), None);
    let back = case.entries.iter().find(|e| e.id == "back").unwrap();
    assert_eq!((back.occurred, back.earliest), (at("2026-11-20T20:20Z"), at("2026-11-20T20:20Z")));
}

#[test]
fn what_was_done_before_a_start_that_was_put_right_stays_in_its_episode() {
    let (case, _) = known(&chronology(CORRECTED), None);
    assert_eq!(case.episodes[0].start, at("2026-11-20T16:30Z"));
    assert_eq!(episode_of(&case, "rang"), Some(EpisodeNo(0)), "it was told while the start stood at 16:00");
    let (reported, v) = (LIBRARY.vocabulary.fact("episode.reported").unwrap(), at("2026-11-20T17:00Z"));
    assert_eq!(case.episodes[0].facts.value_at(reported, v), Value::Bool(true));
    // When it was written down makes no difference: what is told late comes to the same.
    let later = CORRECTED.replace(
        r#""occurred_at": "2026-11-20T16:10Z""#,
        r#""occurred_at": "2026-11-20T16:10Z", "recorded_at": "2026-11-21T08:01Z""#,
    );
    let (case, _) = known(&chronology(&later), None);
    assert_eq!(episode_of(&case, "rang"), Some(EpisodeNo(0)));
}

#[test]
fn only_the_first_report_sets_the_clock_and_only_its_correction_moves_it() {
    let twice = |fix: &str| {
        chronology(&format!(
            r#"{{ "id": "gone", "event": "absence.noticed", "occurred_at": "2026-11-20T18:00Z", "status": "missing" }},
{{ "id": "rep", "event": "police.reported", "occurred_at": "2026-11-20T23:10Z" }},
{{ "id": "again", "event": "police.reported", "occurred_at": "2026-11-21T02:00Z" }}{fix}"#
        ))
    };
    let reported = |text: &str| {
        let (case, _) = known(text, None);
        case.episodes[0]
            .facts
            .value_at(LIBRARY.vocabulary.fact("episode.reported_at").unwrap(), at("2026-11-21T12:00Z"))
    };
    assert_eq!(reported(&twice("")), Value::Moment(at("2026-11-20T23:10Z")));
    let fix = r#",
{ "event": "police.reported", "occurred_at": "2026-11-20T22:40Z", "recorded_at": "2026-11-21T03:00Z", "corrects": "rep" }"#;
    assert_eq!(reported(&twice(fix)), Value::Moment(at("2026-11-20T22:40Z")));
    // The first was no report at all: then the second is the first.
    let no = r#",
{ "corrects": "rep", "withdrawn": true, "recorded_at": "2026-11-21T03:00Z" }"#;
    assert_eq!(reported(&twice(no)), Value::Moment(at("2026-11-21T02:00Z")));
}

const THREE: &str = r#"{ "id": "a", "event": "absence.noticed", "occurred_at": "2026-01-05T18:00Z", "status": "missing" },
{ "event": "return.recorded", "occurred_at": "2026-01-05T21:00Z" },
{ "id": "b", "event": "absence.noticed", "occurred_at": "2026-01-06T18:00Z", "status": "missing" },
{ "event": "return.recorded", "occurred_at": "2026-01-06T21:00Z" },
{ "id": "c", "event": "absence.noticed", "occurred_at": "2026-01-07T18:00Z", "status": "missing" },
{ "event": "return.recorded", "occurred_at": "2026-01-07T21:00Z" }"#;

#[test]
fn one_interview_counts_in_every_episode_that_it_names() {
    let talk = |episodes: &str| {
        let text = format!(
            r#"{THREE},
{{ "id": "talk", "event": "return_interview.held", "occurred_at": "2026-01-08T10:00Z", {episodes} }}"#
        );
        let (case, flags) = known(&chronology(&text), None);
        let held = LIBRARY.vocabulary.event("return_interview.held").unwrap();
        let state = LIBRARY.vocabulary.fact("episode.return_interview").unwrap();
        let counts = |n: EpisodeNo| {
            let in_list = case.entries_in(n, held).len() == 1;
            let in_facts =
                case.episodes[n.place()].facts.value_at(state, at("2026-01-09T00:00Z")) == Value::Word(sym("held"));
            assert_eq!(in_list, in_facts, "{episodes} {n:?}");
            in_list
        };
        ((0..3).filter(|n| counts(EpisodeNo(*n))).collect::<Vec<u32>>(), flags)
    };
    assert_eq!(talk(r#""episodes": ["a", "b"]"#), (vec![0, 1], vec![]));
    assert_eq!(talk(r#""episodes": ["a", "c"]"#), (vec![0, 2], vec![]));
    assert_eq!(talk(r#""episodes": "b""#), (vec![1], vec![]), "an id alone is as good as a list");
    assert_eq!(talk(r#""episodes": ["a", "a"], "episode": "c""#), (vec![0, 2], vec![]));
    assert_eq!(talk(r#""episodes": []"#), (vec![2], vec![]));
}

#[test]
fn an_episode_that_is_not_there_is_an_error_with_its_place() {
    let text = |episodes: &str| {
        chronology(&format!(
            r#"{THREE},
{{ "id": "talk", "event": "return_interview.held", "occurred_at": "2026-01-08T10:00Z", "episodes": {episodes} }}"#
        ))
    };
    assert_eq!(
        findings(&text(r#"["a", "d"]"#)),
        [
            "8:105 C05 `episodes` names `d`, and no entry has this id | write one of `#2`, `#4`, `#6`, `a`, `b`, `c`, `talk`"
        ]
    );
    assert_eq!(
        findings(&text(r##"["#2"]"##)),
        ["8:100 C05 `episodes` names `#2`, which starts no episode | name the entry with absence.noticed"]
    );
    assert_eq!(findings(&text("[4]")), ["8:100 C02 `episodes` takes a text, not a number | write it in quotes"]);
    // One that was withdrawn later starts none any more.
    let gone = format!(
        r#"{THREE},
{{ "id": "talk", "event": "return_interview.held", "occurred_at": "2026-01-08T10:00Z", "episodes": ["a", "b"] }},
{{ "corrects": "a", "withdrawn": true, "recorded_at": "2026-01-09T10:00Z" }}"#
    );
    let (case, flags) = known(&chronology(&gone), None);
    assert!(flags.contains(&"C17 talk".to_string()), "{flags:?}");
    assert_eq!(episode_of(&case, "talk"), Some(EpisodeNo(0)), "what is left of what it names");
}

#[test]
fn what_is_withdrawn_and_recorded_once_more_is_no_news() {
    let back = |id: &str, occurred: &str, recorded: &str| {
        format!(
            r#"{{ "id": "{id}", "event": "return.recorded", "occurred_at": "{occurred}", "recorded_at": "{recorded}" }}"#
        )
    };
    let known_of = |occurred: &str| {
        let gone = TONIGHT.replace("11-28T20:00Z", "11-28T16:00Z");
        let first = back("first", "2026-11-28T19:03Z", "2026-11-28T19:10Z");
        let away = r#"{ "id": "away", "event": "return.recorded", "occurred_at": "2026-11-28T19:03Z",
            "recorded_at": "2026-12-01T18:00Z", "corrects": "first", "withdrawn": true }"#;
        let again = back("again", occurred, "2026-12-01T21:00Z");
        let (case, flags) = known(&chronology(&[gone.as_str(), &first, away, &again].join(",\n")), None);
        assert!(flags.is_empty(), "{flags:?}");
        (case.entries.iter().find(|e| e.id == "again").unwrap().known, case.episodes[0].end_known)
    };
    let (first, again) = (at("2026-11-28T19:10Z"), at("2026-12-01T21:00Z"));
    // Of the same time or of another of that evening; a day later it is something else.
    assert_eq!(known_of("2026-11-28T19:03Z"), (first, Some(first)));
    assert_eq!(known_of("2026-11-28T22:30Z"), (first, Some(first)));
    assert_eq!(known_of("2026-11-30T19:03Z"), (again, Some(again)));
}
