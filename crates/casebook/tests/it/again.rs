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
use engine::evaluate::{Evaluator, Options};
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
[night]
from = "01:30"
until = "06:00"
local = true
"#;

/// Rules that hang on the clock and the calendar while they are open, and on nothing else that turns.
const TURNING: &str = r#"
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
        assert_eq!(owners.len(), 5, "{evening}: {owners:?}");
    }
}

fn corran() -> Library {
    let mut files: Vec<SourceFile> =
        testkit::library_files().into_iter().filter(|f| f.path.starts_with("vocabulary/")).collect();
    let provision = r#"{"id":"CORRAN-1","text":"Everything.","kind":"duty","actor":"carer"}"#;
    for (name, text) in [("rulebook.toml", TITLE), ("duties.toml", TURNING), ("provisions.jsonl", provision)] {
        files.push(SourceFile::new(format!("corran/2026-01/{name}"), text));
    }
    let (library, problems) = load_library(&files);
    assert!(!casebook::case_file::any_error(&problems), "{problems:#?}");
    library.unwrap()
}
