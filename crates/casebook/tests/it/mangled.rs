//! No text, however broken, makes a panic: random texts, random JSON, and the examples and rulebooks with bytes changed.
//! The stand-in on stable Rust for the fuzz targets in `fuzz/`.

use crate::{EVALUATOR, LIBRARY};
use casebook::case_file::{any_error, read, read_bytes};
use casebook::known::{corrected, known};
use casebook::scenario;
use engine::evaluate::{Evaluator, Options, flags};
use engine::rulebook::load_library;
use engine::source::SourceFile;
use engine::time::Moment;
use proptest::prelude::*;
use std::fmt::Write as _;

/// Reads bytes as a case file and does everything with it that can be done.
fn exercise(bytes: &[u8]) {
    let reading = read_bytes("t.json", bytes, &LIBRARY.vocabulary, Some(Moment(1_767_700_000)));
    assert_eq!(reading.case.is_none(), any_error(&reading.problems));
    let Some(file) = reading.case else { return };
    for known_at in [None, Some(Moment(1_767_700_000))] {
        let (case, _) = known(&file, &EVALUATOR, known_at);
        assert!(case.entries.is_sorted_by_key(|e| e.occurred));
        assert!(case.episodes.is_sorted_by_key(|e| e.start));
        assert!(case.episodes.windows(2).all(|w| w[0].end.is_some_and(|end| end <= w[1].start)), "episodes overlap");
        corrected(&file, known_at);
    }
}

/// A text with some of its bytes changed, removed or doubled.
fn mangle(text: &str, changes: &[(prop::sample::Index, u8, u8)]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for (index, how, with) in changes {
        if bytes.is_empty() {
            break;
        }
        let at = index.index(bytes.len());
        match how % 4 {
            0 => bytes[at] = *with,
            1 => _ = bytes.remove(at),
            2 => bytes.insert(at, *with),
            _ => {
                let end = (at + usize::from(*with)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
        }
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, u8)>> {
    prop::collection::vec(any::<(prop::sample::Index, u8, u8)>(), 1..6)
}

/// JSON of any shape, with many of the words that case files are made of.
fn json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::{Value, json};
    let words = [
        "absence.noticed",
        "return.recorded",
        "risk.graded",
        "high",
        "missing",
        "e1",
        "e2",
        "2026-01-05T18:00+00:00",
        "2026-03-29T01:30+00:00",
        "1899-01-01T00:00Z",
        "police",
        "child.looked_after",
        "episode.risk",
        "",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(words.to_vec()).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let keys = [
        "case",
        "facts",
        "people",
        "placements",
        "settings",
        "chronology",
        "id",
        "event",
        "occurred_at",
        "recorded_at",
        "by",
        "status",
        "level",
        "corrects",
        "episode",
        "withdrawn",
        "fact",
        "value",
        "from",
        "until",
        "type",
        "expected_at",
    ];
    let tree = leaf.prop_recursive(5, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((prop::sample::select(keys.to_vec()), inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().map(|(k, v)| (k.to_string(), v)).collect())),
        ]
    });
    tree.prop_map(|value| if value.is_array() { json!({ "case": "t", "chronology": value }) } else { value })
}

/// Chronologies in which every entry is sound by itself, in any order, with references of every kind.
fn entries() -> impl Strategy<Value = String> {
    let events =
        ["absence.noticed", "return.recorded", "police.reported", "absence.status_changed", "return_interview.held"];
    let entry = (
        prop::sample::select(events.to_vec()),
        0..60_i64,
        0..30_i64,
        prop::option::of(0..8_usize),
        any::<bool>(),
        prop::option::of(0..60_i64),
    );
    prop::collection::vec(entry, 1..14).prop_map(|entries| {
        let stamp = |minutes: i64| Moment(1_767_636_000 + minutes * 600).to_string();
        let lines = entries.iter().enumerate().map(|(n, (event, occurred, later, other, withdrawn, expected))| {
            let mut line = format!(
                r#"{{ "id": "e{n}", "event": "{event}", "occurred_at": "{}", "recorded_at": "{}""#,
                stamp(*occurred),
                stamp(occurred + later)
            );
            if event.starts_with("absence") {
                line += r#", "status": "missing""#;
            }
            if let (Some(expected), "absence.noticed") = (expected, *event) {
                let _ = write!(line, r#", "expected_at": "{}""#, stamp(*expected));
            }
            if let Some(other) = other.filter(|o| *o < n) {
                if *withdrawn {
                    line += r#", "withdrawn": true"#;
                }
                let _ = write!(line, r#", "corrects": "e{other}""#);
            }
            line + " }"
        });
        crate::chronology(&lines.collect::<Vec<_>>().join(",\n"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        exercise(&bytes);
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        exercise(text.as_bytes());
    }

    #[test]
    fn any_json(value in json()) {
        exercise(value.to_string().as_bytes());
    }

    #[test]
    fn any_chronology(text in entries()) {
        prop_assert!(read(&SourceFile::new("t.json", text.as_str()), &LIBRARY.vocabulary, None).case.is_some(), "{text}");
        exercise(text.as_bytes());
    }

    #[test]
    fn examples_with_bytes_changed(which in any::<prop::sample::Index>(), changes in changes()) {
        let files = testkit::example_files();
        exercise(&mangle(&which.get(&files).text, &changes));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// A rulebook or scenario file with bytes changed: the library is loaded, asked about an example, its scenarios run.
    #[test]
    fn rulebooks_with_bytes_changed(which in any::<prop::sample::Index>(), changes in changes()) {
        let mut files: Vec<SourceFile> = testkit::library_files();
        let rules: Vec<usize> = (0..files.len()).filter(|i| !files[*i].path.starts_with("vocabulary/") && files[*i].path.contains("wakefield")).collect();
        let chosen = *which.get(&rules);
        let bytes = mangle(&files[chosen].text, &changes);
        files[chosen].text = String::from_utf8_lossy(&bytes).into_owned();
        files.retain(|f| f.path.starts_with("vocabulary/") || f.path.starts_with("wakefield/"));
        let (library, _) = load_library(&files);
        let Some(library) = library else { return Ok(()) };
        let example = testkit::example_files().swap_remove(1);
        let file = read(&example, &library.vocabulary, None).case.unwrap();
        let (case, _) = known(&file, &Evaluator::new(&library.vocabulary, &library.rulebooks), None);
        let evaluator = Evaluator::new(&library.vocabulary, &library.rulebooks);
        let now = Moment(1_768_500_000);
        let options = Options { forced: true, ..Options::at(now) };
        for duty in evaluator.evaluate(&case, &options) {
            evaluator.view(&case, &options, &duty);
        }
        flags(&evaluator, &case, now, true);
        let (scenarios, _) = scenario::read_all(&library);
        scenario::run(&library, &scenarios);
    }
}
