//! A checklist that is answered: read, written, kept by its key, and refused where a no has no reason.

use crate::LIBRARY;
use casebook::case_file::{self, CheckAnswer, Checked};
use casebook::command::{Answers, CHECKS, check_key, checked, why_of};
use engine::source::SourceFile;
use serde_json::json;

/// The first rule with two lines or more.
fn rule() -> (&'static str, &'static str, Vec<&'static str>) {
    let books = LIBRARY.rulebooks.iter();
    let mut rules = books.flat_map(|book| book.rules.iter().map(move |rule| (book, rule)));
    let (book, rule) = rules.find(|(_, rule)| rule.checklist.len() > 2).unwrap();
    (&book.id, &rule.id, rule.checklist.iter().map(|item| item.text.as_str()).collect())
}

#[test]
fn answers_become_lines_with_what_was_asked_and_the_provisions() {
    let (book, rule, asked) = rule();
    let keys: Vec<String> = asked.iter().take(3).map(|text| check_key(book, rule, text)).collect();
    let mut answers = Answers::default();
    assert_eq!(checked(&LIBRARY.rulebooks, &[], &answers), Ok(Vec::new()));
    answers.set(CHECKS, keys.join(" "));
    // Nothing was answered: nothing is kept.
    assert_eq!(checked(&LIBRARY.rulebooks, &[], &answers), Ok(Vec::new()));
    answers.set(&keys[0], "yes");
    answers.set(&keys[1], "no");
    let wrong = checked(&LIBRARY.rulebooks, &[], &answers).unwrap_err();
    assert_eq!(wrong.len(), 1);
    assert_eq!(wrong[0].field, why_of(&keys[1]));
    assert!(wrong[0].message.ends_with("write why not"), "{}", wrong[0].message);
    answers.set(why_of(&keys[1]), "Nobody has a key");
    let lines = checked(&LIBRARY.rulebooks, &[], &answers).unwrap();
    let said: Vec<(&str, CheckAnswer, Option<&str>)> =
        lines.iter().map(|line| (line.asked.as_str(), line.answer, line.why.as_deref())).collect();
    assert_eq!(
        said,
        [
            (asked[0], CheckAnswer::Yes, None),
            (asked[1], CheckAnswer::No, Some("Nobody has a key")),
            (asked[2], CheckAnswer::Open, None),
        ]
    );
    assert!(lines.iter().all(|line| line.rulebook == book && line.rule == rule && !line.provisions.is_empty()));
}

#[test]
fn a_key_that_no_rulebook_asks_is_no_line_but_one_that_the_entry_has_stays() {
    let old = Checked {
        rulebook: "gone".into(),
        rule: "old".into(),
        provisions: vec!["GONE-1".into()],
        asked: "Was it so?".into(),
        answer: CheckAnswer::Yes,
        why: None,
    };
    let key = check_key("gone", "old", "Was it so?");
    let answers = Answers::from_iter([(CHECKS, key.as_str()), (key.as_str(), "not-applicable")]);
    assert_eq!(checked(&LIBRARY.rulebooks, &[], &answers), Ok(Vec::new()));
    let kept = checked(&LIBRARY.rulebooks, std::slice::from_ref(&old), &answers).unwrap();
    assert_eq!(kept, [Checked { answer: CheckAnswer::NotApplicable, ..old }]);
}

fn case(checklist: &serde_json::Value) -> SourceFile {
    let case = json!({
        "case": "c",
        "chronology": [{
            "event": "search.made", "occurred_at": "2026-01-05T18:00+00:00", "where": "The garden", "result": "nothing",
            "checklist": checklist,
        }],
    });
    SourceFile::new("c.json", case.to_string())
}

#[test]
fn what_was_answered_is_read_and_written_as_it_was() {
    let lines = json!([
        { "rulebook": "area", "rule": "r", "provisions": ["A-1", "A-2"], "asked": "Looked?", "answer": "no", "why": "Dark" },
        { "rulebook": "area", "rule": "r", "provisions": [], "asked": "Rang?", "answer": "open" },
    ]);
    let file = case_file::read(&case(&lines), &LIBRARY.vocabulary, None).case.unwrap();
    let read = &file.chronology[0].checklist;
    assert_eq!((read[0].answer, read[0].why.as_deref()), (CheckAnswer::No, Some("Dark")));
    assert_eq!(read[1].answer, CheckAnswer::Open);
    let written = case_file::write(&file, &LIBRARY.vocabulary);
    assert_eq!(written["chronology"][0]["checklist"], lines);
}

#[test]
fn a_line_without_a_question_or_with_a_word_that_is_no_answer_is_an_error() {
    for (lines, code) in [
        (json!([{ "rulebook": "a", "rule": "r", "answer": "yes" }]), "C03"),
        (json!([{ "rulebook": "a", "rule": "r", "asked": "q", "answer": "perhaps" }]), "C01"),
        (json!([{ "rulebook": "a", "rule": "r", "asked": "q", "answer": "yes", "when": "now" }]), "C01"),
        (json!(["yes"]), "C02"),
        (json!("yes"), "C02"),
    ] {
        let reading = case_file::read(&case(&lines), &LIBRARY.vocabulary, None);
        assert!(reading.case.is_none(), "{lines}");
        assert!(reading.problems.iter().any(|p| p.code == code), "{lines}: {:?}", reading.problems);
    }
}
