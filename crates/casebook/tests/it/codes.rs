//! Each code of `docs/case-file.md`, with the message and help that somebody would read.

use crate::{LIBRARY, at, chronology, findings};
use casebook::case_file::{LARGEST, read, read_bytes};
use engine::source::SourceFile;

const GONE: &str =
    r#"{ "id": "gone", "event": "absence.noticed", "occurred_at": "2026-01-05T18:00+00:00", "status": "missing" }"#;

/// Findings of a chronology that begins with an absence on line 2; the rest is on line 3.
fn after_gone(rest: &str) -> Vec<String> {
    findings(&chronology(&format!("{GONE},\n{rest}")))
}

#[track_caller]
fn assert_found(found: &[String], expected: &[&str]) {
    assert_eq!(found, expected, "\n{}", found.join("\n"));
}

#[test]
fn a_sound_file_has_nothing_wrong() {
    assert_found(&findings(&chronology(GONE)), &[]);
    assert_found(&findings("\u{feff}{ \"case\": \"t\" }"), &[]);
}

#[test]
fn c00_malformed() {
    let broken = "{ \"case\": \"t\",\n  \"chronology\": [ {} {} ] }";
    assert_found(
        &findings(broken),
        &["2:21 C00 this is not JSON: expected comma | look at the commas, quotes and brackets here and just before"],
    );
    assert_found(
        &findings(""),
        &["1:1 C00 the file is empty | begin with `{ \"case\": \"...\", \"chronology\": [ ... ] }`"],
    );
    assert_found(
        &findings("{ \"case\": \"a\", \"case\": \"b\" }"),
        &["1:16 C00 the key `case` is written twice | keep one of them"],
    );
    let deep = format!("{{ \"case\": {}{} }}", "[".repeat(40), "]".repeat(40));
    assert_found(
        &findings(&deep),
        &["1:43 C00 the values are nested more than 32 deep | write the file as docs/case-file.md shows it"],
    );
    let long = format!("{{ \"case\": \"t\", \"people\": [{}{{}}] }}", "{},".repeat(100_000));
    assert_found(
        &findings(&long),
        &["1:26 C00 `people` has 100001 items; it may have 100000 | one file is for one child; split it"],
    );
    let very_deep = "[".repeat(100_000);
    assert!(findings(&very_deep)[0].contains("C00"));
}

#[test]
fn c00_not_text_or_too_large() {
    let found = read_bytes("t.json", b"{ \"case\":\n \"\xff\" }", &LIBRARY.vocabulary, None).problems;
    assert_eq!(
        found[0].to_string(),
        "t.json:2:3: error C00: the file is not text in UTF-8 from here on\n    help: save it as UTF-8"
    );
    let large = SourceFile::new("t.json", " ".repeat(LARGEST + 1));
    let found = read(&large, &LIBRARY.vocabulary, None).problems;
    let expected = "t.json: error C00: the file has 21 MB; a case file may have 20 MB\n    help: one file is for one child; split it";
    assert_eq!(found[0].to_string(), expected);
}

#[test]
fn c01_unknown_words() {
    assert_found(
        &findings("{ \"case\": \"t\", \"chronolgy\": [] }"),
        &["1:16 C01 the case file has no key `chronolgy` | did you mean `chronology`?"],
    );
    let found = after_gone(
        r#"{ "event": "return.recoded", "occurred_at": "2026-01-05T19:00Z" },
{ "event": "risk.graded", "occurred_at": "2026-01-05T19:00Z", "level": "hihg", "by": "polise", "lvl": 1 },
{ "event": "episode.started", "occurred_at": "2026-01-05T19:00Z" },
{ "event": "decision.recorded", "occurred_at": "2026-01-05T19:00Z", "decision": "publicty.decide", "answer": "yes" },
{ "event": "form.completed", "occurred_at": "2026-01-05T19:00Z", "form": "incident" }"#,
    );
    assert_found(
        &found,
        &[
            "3:12 C01 unknown event `return.recoded` | did you mean `return.recorded`?",
            "4:72 C01 `hihg` is not a value of `level` | did you mean `high`?",
            "4:86 C01 `polise` in `by` is not a role | did you mean `police`?",
            "4:96 C01 `risk.graded` has no key `lvl` | ",
            "5:12 C01 `episode.started` is worked out, never recorded | record what starts or ends the episode",
            "6:81 C01 `publicty.decide` in `decision` is not an action | did you mean `publicity.decide`?",
            "7:74 C01 `incident` in `form` is not a form | did you mean `incident_form`?",
        ],
    );
}

#[test]
fn c01_facts_and_settings() {
    let text = r#"{ "case": "t",
"facts": [ { "fact": "child.looked_aftr", "value": true } ],
"placements": [ { "from": "2025-01-01T00:00Z", "typ": "other" } ],
"people": [ { "role": "nobody" } ],
"settings": { "northamptonshir": { "a": "b" } } }"#;
    assert_found(
        &findings(text),
        &[
            "2:22 C01 unknown fact `child.looked_aftr` | did you mean `child.looked_after`?",
            "3:48 C01 a placement has no key `typ` | did you mean `type`?",
            "4:23 C01 `nobody` in `role` is not a role | ",
        ],
    );
    let settings = |inner: &str| findings(&format!("{{ \"case\": \"t\", \"settings\": {{ {inner} }} }}"));
    let expected = "1:51 C01 there is no rulebook `northamptonshir` | did you mean `northamptonshire`?";
    assert_found(&settings("\"northamptonshir\": { \"a\": \"b\" }"), &[expected]);
    assert!(settings("\"wakefield\": { \"missing_plan_ownr\": \"carer\" }")[0].contains(
        "C01 the rulebook `wakefield` has no setting `missing_plan_ownr` | did you mean `missing_plan_owner`?"
    ));
    assert!(
        settings("\"wakefield\": { \"missing_plan_owner\": \"cook\" }")[0]
            .contains("C02 `cook` is not a value of `missing_plan_owner`")
    );
    assert_found(&settings("\"wakefield\": { \"missing_plan_owner\": \"carer\" }"), &[]);
}

#[test]
fn c02_wrong_values() {
    let found = after_gone(
        r#"{ "event": "return.recorded", "occurred_at": "2026-01-05T19:00Z", "harm_suspected": 1, "where": 4, "note": null },
{ "event": "notification.sent", "occurred_at": "2026-01-05T19:00Z", "to": { "role": "police" }, "about": ["missing"] },
{ "event": "search.made", "occurred_at": 1767639600, "where": "a\u0000b" },
7"#,
    );
    assert_found(
        &found,
        &[
            "3:85 C02 `harm_suspected` takes true or false, not a number | write true or false, or leave the key out where nobody knows",
            "3:97 C02 `where` takes a text, not a number | write it in quotes",
            "3:108 C02 `note` takes a text, not null | leave the key out where nothing is known",
            "4:75 C02 `to` takes a role, not an object | see docs/case-file.md for what is written there",
            "4:106 C02 `about` takes a text, not a list | see docs/case-file.md for what is written there",
            "5:42 C02 `occurred_at` takes a time, not a number | write it in quotes",
            "5:63 C02 `where` holds a NUL character | delete it; it is no part of any writing",
            "6:1 C02 `chronology` takes objects, not a number | see docs/case-file.md for what is written there",
        ],
    );
    let facts = r#"{ "case": "t", "facts": [
{ "fact": "child.age", "value": 14 },
{ "fact": "child.responsible_authority", "value": "Bedfordshire" },
{ "fact": "child.looked_after", "value": "truely" } ] }"#;
    assert_found(
        &findings(facts),
        &[
            "2:11 C02 `child.age` is worked out, never recorded | delete the line",
            "3:51 C02 `Bedfordshire` in `child.responsible_authority` is not an area's id | write the id in small letters with hyphens, like the folder of a rulebook",
            "4:42 C02 `truely` in `child.looked_after` is neither yes nor no | write true or false, or leave the key out where nobody knows",
        ],
    );
}

#[test]
fn c03_missing() {
    assert_found(
        &findings("{ }"),
        &["1:1 C03 the case file has no `case` | give the case an id, such as `\"case\": \"riley-01\"`"],
    );
    let found = after_gone(
        r#"{ "event": "risk.graded", "occurred_at": "2026-01-05T19:00Z" },
{ "occurred_at": "2026-01-05T19:00Z" },
{ "event": "return.recorded" },
{ "event": "notification.sent", "occurred_at": "2026-01-05T19:00Z", "to": [], "about": "missing" },
{ "withdrawn": true, "recorded_at": "2026-01-05T19:00Z" },
{ "withdrawn": true, "corrects": "gone" }"#,
    );
    assert_found(
        &found,
        &[
            "3:1 C03 `risk.graded` has no `level` | The grade.",
            "4:1 C03 the entry has no `event` | write what happened, such as `absence.noticed`",
            "5:1 C03 the entry has no `occurred_at` | write when it happened, with an offset: `2026-01-05T18:00+00:00`",
            "6:75 C03 `to` is empty | Who was told: one role or several.",
            "7:1 C03 the withdrawal has no `corrects` | name the entry that it is about",
            "8:1 C03 the entry has no `recorded_at` | write when it was withdrawn, confirmed or disputed",
        ],
    );
    let records =
        "{ \"case\": \"\", \"facts\": [ { \"value\": true } ],\n\"placements\": [ { \"type\": \"other\" } ] }";
    assert_found(
        &findings(records),
        &[
            "1:11 C03 `case` is empty | write something, or leave the key out",
            "1:26 C03 this line has no `fact` | name a fact, such as `child.looked_after`",
            "2:17 C03 the placement has no `from` | write when it began or is to begin",
        ],
    );
}

#[test]
fn c04_times() {
    let found = after_gone(
        r#"{ "event": "return.recorded", "occurred_at": "2026-07-05T19:00" },
{ "event": "return.recorded", "occurred_at": "5 January", "recorded_at": "20026-01-05T19:00Z" },
{ "event": "return.recorded", "occurred_at": "2062-02-30T19:00Z" },
{ "event": "return.recorded", "occurred_at": "0206-02-20T19:00Z" }"#,
    );
    assert_found(
        &found,
        &[
            "3:46 C04 `2026-07-05T19:00` has no offset from UTC | write `2026-07-05T19:00+00:00` in winter time or `2026-07-05T19:00+01:00` in summer time",
            "4:46 C04 `5 January` is not a time | write it like `2026-01-05T18:00+00:00`",
            "4:74 C04 `20026-01-05T19:00Z` is not a time | write it like `2026-01-05T18:00+00:00`",
            "5:46 C04 `2062-02-30T19:00Z` is not a time | write it like `2026-01-05T18:00+00:00`",
            "6:46 C04 `0206-02-20T19:00Z` is in the year 206 | write a year from 1900 to 2199",
        ],
    );
    let birth = "{ \"case\": \"t\", \"facts\": [ { \"fact\": \"child.date_of_birth\", \"value\": \"02/05/2011\" } ] }";
    assert_found(
        &findings(birth),
        &["1:69 C04 `02/05/2011` is not a date for `child.date_of_birth` | write it like `2011-05-02`"],
    );
}

#[test]
fn c05_references() {
    let found = after_gone(
        r#"{ "id": "gone", "event": "police.attended", "occurred_at": "2026-01-05T19:00Z" },
{ "id": "b", "event": "police.attended", "occurred_at": "2026-01-05T19:00Z", "corrects": "b" },
{ "id": "c", "event": "police.attended", "occurred_at": "2026-01-05T19:00Z", "corrects": "gonne" },
{ "id": "d", "event": "police.attended", "occurred_at": "2026-01-05T19:00Z", "corrects": "e" },
{ "id": "e", "event": "police.attended", "occurred_at": "2026-01-05T19:00Z", "corrects": "d" },
{ "id": "f", "event": "police.attended", "occurred_at": "2026-01-05T19:00Z", "episode": "c" }"#,
    );
    assert_found(
        &found,
        &[
            "3:1 C05 the id `gone` is used twice, first on line 2 | give each an id of its own",
            "4:90 C05 the entry `b` corrects itself | name the entry that was wrong",
            "5:90 C05 `corrects` names `gonne`, and no entry has this id | did you mean `gone`?",
            "6:1 C05 the corrections of `d` run in a circle | the first entry of a chain corrects nothing",
            "8:89 C05 `episode` names `c`, which starts no episode | name the entry with absence.noticed",
        ],
    );
    let placement = "{ \"case\": \"t\", \"placements\": [ { \"from\": \"2025-02-01T00:00Z\", \"until\": \"2025-01-01T00:00Z\" } ] }";
    assert_found(&findings(placement), &["1:32 C05 the placement ends before it begins | check `from` and `until`"]);
}

#[test]
fn c10_to_c12_episodes() {
    let early = chronology(&format!(
        "{{ \"id\": \"back\", \"event\": \"return.recorded\", \"occurred_at\": \"2026-01-05T17:00+00:00\" }},\n{GONE}"
    ));
    let expected = "2:1 C10 `back` is a return at Mon 5 Jan 2026 17:00, and no episode had begun | record `absence.noticed` first, or check the times";
    assert_found(&findings(&early), &[expected]);
    let twice = after_gone(
        r#"{ "id": "back", "event": "return.recorded", "occurred_at": "2026-01-05T19:00Z" },
{ "id": "again", "event": "return.recorded", "occurred_at": "2026-01-05T20:00Z" }"#,
    );
    let expected = "4:1 C11 `again` is a second return of `gone` | the return at Mon 5 Jan 2026 19:00 counts; correct the wrong one, or record what started another episode";
    assert_found(&twice, &[expected]);
    let overlapping = after_gone(
        r#"{ "id": "gone2", "event": "absence.noticed", "occurred_at": "2026-01-05T19:00Z", "status": "absent" },
{ "event": "return.recorded", "occurred_at": "2026-01-05T21:00Z" },
{ "id": "gone3", "event": "absence.noticed", "occurred_at": "2026-01-05T22:00Z", "status": "missing", "expected_at": "2026-01-05T20:00Z" }"#,
    );
    assert_found(
        &overlapping,
        &[
            "3:1 C12 `gone2` would start an episode while `gone` is open | it counts as a change in the open episode; record the return first if there was one",
            "5:1 C12 `gone3` would start before the last episode ended | the episode is taken to start at that return; check both times",
        ],
    );
}

#[test]
fn c13_c14_c16_times_that_are_hard_to_believe() {
    let found = after_gone(
        r#"{ "id": "x", "event": "police.attended", "occurred_at": "2026-01-05T19:00Z", "recorded_at": "2026-01-05T18:58Z" }"#,
    );
    assert_found(
        &found,
        &["3:1 C13 the entry `x` was recorded before it happened | check the two times; a plan has a field of its own"],
    );
    let source = SourceFile::new("t.json", chronology(GONE));
    let found = read(&source, &LIBRARY.vocabulary, Some(at("2026-01-05T17:00Z"))).problems;
    assert_eq!(found[0].message, "the entry `gone` is later than now, Mon 5 Jan 2026 17:00");
    let corrected = after_gone(
        r#"{ "id": "a", "event": "police.attended", "occurred_at": "2026-01-05T19:00Z", "recorded_at": "2026-01-05T20:00Z" },
{ "id": "b", "event": "police.attended", "occurred_at": "2026-01-05T19:10Z", "recorded_at": "2026-01-05T19:15Z", "corrects": "a" }"#,
    );
    assert_found(
        &corrected,
        &["4:1 C13 the correction was recorded before `a`, which it corrects | check `recorded_at` of both"],
    );
    let unborn = format!(
        "{{ \"case\": \"t\", \"facts\": [ {{ \"fact\": \"child.date_of_birth\", \"value\": \"2026-02-01\" }} ], \"chronology\": [\n{GONE} ] }}"
    );
    assert_found(
        &findings(&unborn),
        &["2:1 C14 the entry `gone` happened before the child was born | check the time and the date of birth"],
    );
    let order = after_gone(
        r#"{ "id": "x", "event": "police.attended", "occurred_at": "2026-01-05T17:00Z", "recorded_at": "2026-01-05T18:30Z" }"#,
    );
    assert_found(&order, &[]);
    let order = after_gone(r#"{ "id": "x", "event": "police.attended", "occurred_at": "2026-01-05T17:00Z" }"#);
    let expected = "3:1 C16 the entry `x` happened, and was recorded, before the one above it | write entries in the order in which they happened, or in which they were recorded";
    assert_found(&order, &[expected]);
}

#[test]
fn c15_deceiving_characters_are_kept_and_flagged() {
    let found = after_gone(
        "{ \"event\": \"search.made\", \"occurred_at\": \"2026-01-05T19:00Z\", \"where\": \"Р\u{430}rk\", \"result\": \"a\\u0007b\", \"note\": \"x\u{202e}y\" }",
    );
    assert_found(
        &found,
        &[
            "3:72 C15 in `where`, the character U+0420 looks like a Latin letter | the text is kept; check that it says what it seems to say",
            "3:90 C15 in `result`, the character U+0007 is a control character | the text is kept; check that it says what it seems to say",
            "3:110 C15 in `note`, the character U+202E changes the direction of the text | the text is kept; check that it says what it seems to say",
        ],
    );
}

#[test]
fn c17_entries_that_need_an_episode() {
    let entries = r#"{ "id": "r", "event": "police.reported", "occurred_at": "2026-01-05T19:00Z" },
{ "id": "form", "event": "form.completed", "form": "incident_form", "occurred_at": "2026-01-05T19:00Z" }"#;
    let expected = "2:1 C17 `r`, `police.reported` at Mon 5 Jan 2026 19:00, belongs to an episode, and none had begun | record `absence.noticed` first, or name its `episode`";
    assert_found(&findings(&chronology(entries)), &[expected]);
    let fact = "{ \"case\": \"t\", \"facts\": [ { \"fact\": \"episode.emergency\", \"value\": true, \"from\": \"2026-01-05T19:00Z\" } ] }";
    let expected = "1:27 C17 `episode.emergency` belongs to an episode, and none had begun | check `from`, or record `absence.noticed` first";
    assert_found(&findings(fact), &[expected]);
}

#[test]
fn everything_wrong_is_said_at_once_and_counted_past_a_thousand() {
    let many = format!("{{ \"case\": \"t\", \"chronology\": [{}{{}}] }}", "{},".repeat(2999));
    let found = findings(&many);
    assert_eq!(found.len(), 1001);
    assert_eq!(found[1000], "0:0 C00 5000 more errors are not listed | put these right first, then check again");
}
