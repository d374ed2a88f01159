//! What comes in wrong: each fault is said with its place and what to do, and nothing panics.

use crate::run::{Ran, run};
use std::fmt::Write as _;

const HEAD: &str = r#"{"case":"x","facts":[{"fact":"child.date_of_birth","value":"2011-05-02"}],"chronology":["#;

fn case(chronology: &str) -> Ran {
    raw(format!("{HEAD}{chronology}]}}").as_bytes())
}

fn raw(bytes: &[u8]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.json");
    std::fs::write(&path, bytes).unwrap();
    let path = path.to_str().unwrap();
    let checked = run(&["case", "check", path]);
    let asked = run(&["duties", path, "--at", "2026-02-01T12:00+00:00", "--all"]);
    assert!(asked.status <= 1, "duties ended with {}: {}", asked.status, asked.err);
    assert!(!checked.err.contains("panicked") && !asked.err.contains("panicked"));
    checked
}

fn says(ran: &Ran, parts: &[&str]) {
    for part in parts {
        assert!(ran.out.contains(part), "`{part}` is missing from\n{}", ran.out);
    }
}

const GONE: &str = r#"{"id":"a","event":"absence.noticed","occurred_at":"2026-01-05T18:00+00:00","status":"missing"}"#;
const BACK: &str = r#"{"id":"b","event":"return.recorded","occurred_at":"2026-01-06T18:00+00:00"}"#;

#[test]
fn malformed_json_is_placed() {
    let ran = raw(b"{\"case\": \"x\",\n \"facts\": [,]}");
    assert_eq!(ran.status, 1);
    says(&ran, &[":2:", "C00"]);
}

#[test]
fn an_unknown_event_asks_did_you_mean() {
    let ran = case(r#"{"event":"return.recoded","occurred_at":"2026-01-05T18:00+00:00"}"#);
    assert_eq!(ran.status, 1);
    says(&ran, &["C01", "return.recoded", "return.recorded"]);
}

#[test]
fn a_time_without_offset_says_which_to_write() {
    let ran = case(r#"{"event":"return.recorded","occurred_at":"2026-01-05T18:00"}"#);
    assert_eq!(ran.status, 1);
    says(&ran, &["C04", "+00:00", "+01:00"]);
}

#[test]
fn all_faults_are_said_at_once() {
    let ran = case(
        r#"{"event":"no.such","occurred_at":"yesterday"},{"event":"risk.graded","occurred_at":"2026-01-05T18:00+00:00","level":"huge"}"#,
    );
    assert_eq!(ran.status, 1);
    says(&ran, &["no.such", "yesterday", "huge"]);
}

#[test]
fn two_returns_a_return_before_the_start_and_an_overlap_are_flagged_and_kept() {
    let twice = case(&format!("{GONE},{BACK},{}", BACK.replace("\"b\"", "\"c\"").replace("06T18", "06T19")));
    assert_eq!(twice.status, 0, "{}", twice.out);
    says(&twice, &["C11"]);
    let before = case(&format!("{GONE},{}", BACK.replace("06T18", "04T18")));
    assert_eq!(before.status, 0, "{}", before.out);
    says(&before, &["C10"]);
    let overlap = case(&format!("{GONE},{}", GONE.replace("\"a\"", "\"d\"").replace("05T18", "05T20")));
    assert_eq!(overlap.status, 0, "{}", overlap.out);
    says(&overlap, &["C12"]);
}

#[test]
fn an_event_before_birth_and_one_in_the_future_are_flagged() {
    says(&case(&GONE.replace("2026-01-05", "2010-01-05")), &["C14"]);
    says(&case(&GONE.replace("2026-01-05", "2099-01-05")), &["C13"]);
}

#[test]
fn a_nul_and_look_alike_letters_are_said() {
    let nul = case(&GONE.replace("\"status\"", "\"note\":\"a\\u0000b\",\"status\""));
    assert_eq!(nul.status, 1);
    let cyrillic = case(&GONE.replace("missing", "mi\u{0455}sing"));
    assert_eq!(cyrillic.status, 1);
    says(&cyrillic, &["C0"]);
}

#[test]
fn ten_thousand_entries_and_five_megabytes_are_taken_in() {
    let mut many = String::new();
    for n in 0..10_000 {
        let comma = if n == 0 { "" } else { "," };
        let _ = write!(
            many,
            r#"{comma}{{"event":"information.received","occurred_at":"2026-01-{:02}T{:02}:{:02}+00:00"}}"#,
            1 + n / 500,
            n % 24,
            n % 60
        );
    }
    assert_eq!(case(&many).status, 0);
    let long = case(&GONE.replace("\"status\"", &format!("\"note\":\"{}\",\"status\"", "word ".repeat(1_000_000))));
    assert_eq!(long.status, 0, "{}", &long.out[..long.out.len().min(500)]);
}

#[test]
fn what_is_not_text_is_refused() {
    let ran = raw(&[0xff, 0xfe, 0x00, 0x80]);
    assert_eq!(ran.status, 1);
}

#[test]
fn a_missing_file_and_a_missing_rulebook_have_their_own_status() {
    assert_eq!(run(&["duties", "no-such-file.json"]).status, 3);
    let ran = run(&["rulebook", "check", "northamptonshir"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("did you mean `northamptonshire`"), "{}", ran.err);
}
