//! What is found by going on from what was found before is what asking every rule finds; and far fewer rules are asked for it.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a long campaign is asked for by a variable, and prints its sum"
)]

use crate::{LIBRARY, at};
use casebook::case_file::{read, read_bytes};
use casebook::chance::Chance;
use casebook::metamorphic::{Subject, Walked, subjects, walk};
use casebook::scenario::read_all;
use engine::evaluate::{Duty, Evaluator, Options};
use engine::rulebook::{Library, load_library};
use engine::source::SourceFile;
use std::sync::Arc;

/// Every scenario, asked of its rulebook, and every example, asked of all.
fn all() -> Vec<Subject> {
    let files = testkit::example_files().into_iter().filter(|file| file.path.ends_with(".json"));
    let examples = files.filter_map(|file| {
        let case = read_bytes(&file.path, file.text.as_bytes(), &LIBRARY.vocabulary, None).case?;
        Some((file.path, case))
    });
    subjects(&LIBRARY, read_all(&LIBRARY).0, examples.collect())
}

/// `AGAIN=20` goes through every scenario and example twenty times, each time in another way; without it, through every sixth, once.
#[test]
fn what_is_gone_on_from_is_what_is_found_as_a_whole() {
    let often: Option<u64> = std::env::var("AGAIN").ok().and_then(|often| often.parse().ok());
    let all = all();
    let chosen: Vec<&Subject> = all.iter().step_by(if often.is_some() { 1 } else { 6 }).collect();
    let evaluators: Vec<Evaluator<'_>> =
        LIBRARY.rulebooks.iter().map(|book| Evaluator::new(&LIBRARY.vocabulary, [book])).collect();
    let mut sum = Walked::default();
    for time in 0..often.unwrap_or(1) {
        for (number, subject) in chosen.iter().enumerate() {
            let mut chance = Chance::of(time + 1, "again", number as u64);
            let walked = match subject.books[..] {
                [book] => walk(&evaluators[book], &subject.case, &mut chance),
                _ => walk(&crate::EVALUATOR, &subject.case, &mut chance),
            };
            assert!(walked.differences.is_empty(), "{}, time {time}: {:#?}", subject.name, walked.differences);
            sum.steps += walked.steps;
            sum.asked += walked.asked;
            sum.rules += walked.rules;
        }
    }
    println!("{} times gone on, of {} rules {} were asked", sum.steps, sum.rules, sum.asked);
    assert!(sum.asked * 2 < sum.rules, "{sum:?}");
}

const TITLE: &str = r#"
id = "corran"
edition = "2026-01"
title = "Corran"
area = "corran"
kind = "area"
in_force_from = "2020-01-01"
applies_to = "episodes-started"
running_episodes = "An episode keeps the edition it began under."
applies = { when = "child.responsible_authority = here", cite = ["CORRAN-1"] }
concerns = { when = "child.age < 18", cite = ["CORRAN-1"] }
[night]
from = "01:30"
until = "06:00"
local = true
"#;

/// Rules that hang on the clock and the calendar while they are open, and on nothing else that turns.
const TURNING: &str = r#"
[[setting]]
id = "cautious"
type = "yes-no"
default = false
says = "The social worker does it."
cite = ["CORRAN-1"]

[[duty]]
id = "by-setting"
action = "case.review_jointly"
says = "The carer, unless it is set otherwise."
cite = ["CORRAN-1"]
modality = "must"
owner = "carer"
arises = { on = "absence.noticed" }
[[duty.exception]]
id = "cautious"
cite = ["CORRAN-1"]
when = "setting.cautious"
owner = "social_worker"

[[duty]]
id = "by-night"
action = "police.report"
says = "The carer by day, the police by night."
cite = ["CORRAN-1"]
modality = "must"
owner = "carer"
arises = { on = "absence.noticed" }
[[duty.exception]]
id = "night"
cite = ["CORRAN-1"]
when = "clock.night"
owner = "police"

[[duty]]
id = "by-age"
action = "risk.assess"
says = "The carer of a younger child, the social worker of an older one."
cite = ["CORRAN-1"]
modality = "must"
owner = "carer"
arises = { on = "absence.noticed" }
[[duty.exception]]
id = "older"
cite = ["CORRAN-1"]
when = "child.age >= 16"
owner = "social_worker"

[[duty]]
id = "by-day"
action = "return_home_interview.hold"
says = "The next working day."
cite = ["CORRAN-1"]
modality = "must"
owner = "return_interviewer"
arises = { on = "absence.noticed" }
due = { within = "1 working day" }
"#;

/// Minute by minute through a night, over midnight and, in two of them, a change of clocks; on the child's birthday.
#[test]
fn what_turns_with_the_clock_alone_turns_in_its_minute() {
    let library = corran();
    let evaluator = Evaluator::new(&library.vocabulary, &library.rulebooks);
    // An ordinary night, the two on which the clocks change, and the one before the bank holiday of Christmas.
    for evening in ["2026-01-14", "2026-03-28", "2026-10-24", "2026-12-24"] {
        let birthday = "2010".to_string()
            + &evaluator.vocabulary().calendar.date(at(&format!("{evening}T23:59+00:00")).plus_minutes(61)).to_string()
                [4..];
        let text = format!(
            r#"{{ "case": "t", "facts": [ {{ "fact": "child.date_of_birth", "value": "{birthday}" }},
            {{ "fact": "child.responsible_authority", "value": "corran" }} ],
            "chronology": [ {{ "id": "gone", "event": "absence.noticed", "status": "missing", "occurred_at": "{evening}T20:00+00:00" }} ] }}"#
        );
        let file = read(&SourceFile::new("t.json", text), evaluator.vocabulary(), None).case.unwrap();
        let case = Arc::new(casebook::known::known(&file, &evaluator, None).0);
        let mut now = at(&format!("{evening}T20:10+00:00"));
        let mut kept = evaluator.keep(&case, &Options::at(now));
        let mut owners = std::collections::BTreeSet::new();
        for _ in 0..14 * 60 {
            now = now.plus_minutes(1);
            let options = Options::at(now);
            kept = evaluator.again(&kept, &case, &options);
            let whole = evaluator.evaluate(&case, &options);
            assert_eq!(kept.duties(), whole, "{evening} {}", evaluator.vocabulary().calendar.words(now));
            owners.extend(whole.iter().map(|duty| (evaluator.rule(duty).id.as_str(), duty.owner)));
        }
        // It was asked of each of them, by night and by day, and of a younger child and an older one.
        assert_eq!(owners.len(), 6, "{evening}: {owners:?}");
    }
}

/// Asks going on from what was asked of a case at another moment, perhaps of another case; and gives what is asked as a whole as well.
fn both(
    evaluator: &Evaluator<'_>,
    (before, then): (&str, Options),
    (after, now): (&str, Options),
) -> (Vec<Duty>, Vec<Duty>) {
    let case = |text: &str| {
        let file = read(&SourceFile::new("t.json", text), evaluator.vocabulary(), None).case.unwrap();
        Arc::new(casebook::known::known(&file, evaluator, None).0)
    };
    let kept = evaluator.keep(&case(before), &then);
    let after = case(after);
    (evaluator.again(&kept, &after, &now).duties().to_vec(), evaluator.evaluate(&after, &now))
}

/// A child of whom this is known, missing since eight in the evening.
fn gone(more: &str) -> String {
    format!(
        r#"{{ "case": "t", {more}, "chronology": [
        {{ "id": "gone", "event": "absence.noticed", "status": "missing", "occurred_at": "2026-01-14T20:00+00:00" }} ] }}"#
    )
}

fn facts(born: &str) -> String {
    format!(
        r#""facts": [ {{ "fact": "child.date_of_birth", "value": "{born}" }}, {{ "fact": "child.responsible_authority", "value": "corran" }} ]"#
    )
}

#[test]
fn what_all_rules_go_by_is_looked_at_for_each() {
    let library = corran();
    let evaluator = Evaluator::new(&library.vocabulary, &library.rulebooks);
    let options = |text: &str| Options::at(at(text));
    let (child, adult) = (gone(&facts("2010-05-02")), gone(&facts("2004-05-02")));
    // Every rule is about children: of one who turns out to be grown up, none asks anything.
    let night = options("2026-01-14T22:00+00:00");
    let (again, whole) = both(&evaluator, (&child, night), (&adult, night));
    assert_eq!((again, whole), (vec![], vec![]));
    // What is at hand is of another question.
    let (again, whole) = both(&evaluator, (&child, Options { conflicts: true, ..night }), (&child, night));
    assert_eq!(again, whole);
    assert!(!whole.is_empty());
    // A local setting that holds from a moment on.
    let set = format!(
        r#"{}, "settings": {{ "corran": {{ "cautious": [ {{ "value": true, "from": "2026-01-15T00:00+00:00" }} ] }} }}"#,
        facts("2010-05-02")
    );
    let set = gone(&set);
    let (again, whole) = both(&evaluator, (&set, night), (&set, options("2026-01-15T09:00+00:00")));
    assert_eq!(again, whole);
    let (_, before) = both(&evaluator, (&set, night), (&set, night));
    assert!(before.iter().zip(&whole).any(|(one, other)| one.owner != other.owner), "{before:?}");
    // Another edition, that takes over what is under way.
    let (again, whole) = both(&evaluator, (&child, night), (&child, options("2026-03-02T09:00+00:00")));
    assert_eq!(again, whole);
    assert!(whole.iter().all(|duty| evaluator.book(duty.book).edition == "2026-03"), "{whole:?}");
}

fn corran() -> Library {
    let mut files: Vec<SourceFile> =
        testkit::library_files().into_iter().filter(|f| f.path.starts_with("vocabulary/")).collect();
    let provision = r#"{"id":"CORRAN-1","text":"Everything.","kind":"duty","actor":"carer"}"#;
    let next = TITLE.replace("2026-01\"", "2026-03\"").replace("2020-01-01", "2026-03-01");
    let next = next.replace("episodes-started", "all-open");
    for (edition, title) in [("2026-01", TITLE), ("2026-03", &next)] {
        for (name, text) in [("rulebook.toml", title), ("duties.toml", TURNING), ("provisions.jsonl", provision)] {
            files.push(SourceFile::new(format!("corran/{edition}/{name}"), text));
        }
    }
    let (library, problems) = load_library(&files);
    assert!(!casebook::case_file::any_error(&problems), "{problems:#?}");
    library.unwrap()
}
