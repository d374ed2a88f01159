//! The campaign that changes cases notices what it is for: a rulebook with a rule written wrongly for each property that a rule can
//! break, and an engine with a fault for each that only the engine can.

use crate::LIBRARY;
use casebook::case_file::{CaseFile, read, written};
use casebook::metamorphic::{Answers, PROPERTIES, Report, Wanted, World, run, subjects};
use casebook::scenario::read_all;
use engine::evaluate::State;
use engine::rulebook::{Library, load_library};
use engine::source::SourceFile;

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
"#;

/// What everybody must do, written well.
const SOUND: &str = r#"
[[duty]]
id = "report"
action = "police.report"
says = "The carer reports the child."
cite = ["CORRAN-1"]
modality = "must"
owner = "carer"
arises = { while = "episode.status = missing", spell = "one" }
due = { within = "2h" }
[[duty]]
id = "interview"
action = "return_home_interview.hold"
says = "An interview."
cite = ["CORRAN-1"]
modality = "must"
owner = "return_interviewer"
arises = { on = "return.recorded", once = "episode" }
due = { within = "72h" }
[[refusal]]
id = "never-low"
on = "risk.graded"
where = "entry.level = low"
says = "Never low."
instead = "Grade it medium."
cite = ["CORRAN-1"]
"#;

const SCENARIO: &str = r#"
[[scenario]]
id = "night"
says = "A night."
start = "2026-01-12T18:10+00:00"
[scenario.facts]
"child.date_of_birth" = "2011-05-02"
"child.responsible_authority" = "corran"
"child.looked_after" = true
"placement.type" = "foster_care"
[[scenario.entries]]
id = "gone"
at = "+0h"
event = "absence.noticed"
status = "missing"
[[scenario.entries]]
id = "told"
at = "+1h"
event = "police.reported"
by = "foster_carer"
incident_number = "C-1"
[[scenario.entries]]
id = "back"
at = "+11h"
event = "return.recorded"
by = "foster_carer"
how = "own_accord"
[[scenario.entries]]
id = "talk"
at = "+20h"
event = "return_interview.held"
by = "return_interviewer"
interviewer = "return_interviewer"
[[scenario.expect]]
at = "+3d"
duty = "report"
state = "done"
"#;

/// The vocabulary of the repository with one small rulebook.
fn corran(rules: &str) -> Library {
    let mut files: Vec<SourceFile> =
        testkit::library_files().into_iter().filter(|f| f.path.starts_with("vocabulary/")).collect();
    for (name, text) in [
        ("rulebook.toml", TITLE),
        ("duties.toml", &format!("{SOUND}\n{rules}")),
        ("provisions.jsonl", r#"{"id":"CORRAN-1","text":"Everything.","kind":"duty","actor":"carer"}"#),
        ("scenarios/night.toml", SCENARIO),
    ] {
        files.push(SourceFile::new(format!("corran/2026-01/{name}"), text));
    }
    let (library, problems) = load_library(&files);
    assert!(!casebook::case_file::any_error(&problems), "{problems:#?}");
    library.unwrap()
}

fn report(name: &str, rules: &str, spoil: Option<fn(&CaseFile, &mut Answers)>) -> Report {
    let library = corran(rules);
    let (scenarios, problems) = read_all(&library);
    let cases = subjects(&library, scenarios, Vec::new());
    assert_eq!(cases.len(), 1, "{problems:#?}");
    let world = World::new(&library);
    let world = match spoil {
        Some(spoil) => world.spoilt(spoil),
        None => world,
    };
    let property = PROPERTIES.iter().find(|p| p.name == name).unwrap();
    let report = run(&world, &cases, property, Wanted { cases: 10, seed: 3 });
    assert!(report.cases > 0, "{name}: nothing was changed: {:?}", report.aside);
    report
}

/// A rule of some id, with what is wrong about it.
fn duty(id: &str, rest: &str) -> String {
    format!(
        "[[duty]]\nid = \"{id}\"\naction = \"risk.assess\"\nsays = \"Wrong.\"\ncite = [\"CORRAN-1\"]\nmodality = \"must\"\nowner = \"social_worker\"\n{rest}\n"
    )
}

#[test]
fn a_rule_that_is_written_wrongly_is_named() {
    let wrong = [
        ("away", "arises = { on = \"absence.status_changed\", where = \"entry.status = missing\" }"),
        ("moved", "arises = { on = \"return.recorded\" }\nwhen = \"placement.type = foster_care\""),
        ("birthday", "arises = { on = \"return.recorded\" }\nwhen = \"child.age < 15\""),
    ];
    for (property, rest) in wrong {
        assert_eq!(report(property, "", None).broken_answers, 0, "{property} without the rule");
        let found = report(property, &duty("wrong", rest), None);
        let named: Vec<&str> = found.broken.keys().map(|(_, rule)| rule.as_str()).collect();
        assert_eq!(named, ["wrong"], "{property}");
    }
}

#[test]
fn what_the_rule_says_in_the_language_is_no_fault() {
    let anew =
        duty("anew", "arises = { while = \"episode.status = missing\", spell = \"anew\" }\ndue = { within = \"1h\" }");
    assert_eq!(report("away", &anew, None).broken_answers, 0);
    let anyone = duty(
        "anyone",
        "by = \"anyone\"\nmet_by = { event = \"return_interview.held\" }\narises = { on = \"return.recorded\" }",
    );
    assert_eq!(report("unfit", &anyone, None).broken_answers, 0);
    let silent = duty("silent", "arises = { on = \"return.recorded\", where = \"child.looked_after is recorded\" }");
    assert_eq!(report("unknown", &silent, None).broken_answers, 0);
}

/// A fault of an engine, made in its answers.
type Spoil = fn(&CaseFile, &mut Answers);

#[test]
fn an_engine_with_a_fault_is_found_out() {
    let spoils: [(&str, Spoil); 10] = [
        ("unfit", |_, answers| {
            // Whoever did it: an interview that is overdue is done by the entry that there is.
            answers.list.iter_mut().for_each(|a| {
                (a.state, a.done_by) = (State::Done, Some("talk".into()));
            });
        }),
        ("refused", |case, answers| move_if(case.chronology.iter().any(|e| e.id.starts_with("refused")), answers)),
        ("capitals", |case, answers| move_if(case.file == "changed", answers)),
        ("late", |case, answers| {
            move_if(case.chronology.iter().any(|e| e.recorded > e.occurred.plus_minutes(20)), answers);
        }),
        ("order", |case, answers| {
            let in_order = ["gone", "told", "back", "talk"];
            move_if(case.chronology.iter().map(|e| e.id.as_str()).ne(in_order), answers);
        }),
        ("parts", |case, answers| move_if(case.chronology.iter().any(|e| e.id.ends_with("-rest")), answers)),
        ("later", |case, answers| {
            if case.chronology.iter().any(|e| e.id.ends_with("-corrected")) {
                answers.list.iter_mut().for_each(|a| a.state = State::Due);
            }
        }),
        ("minute", |_, answers| on_the_hour(answers)),
        ("week", |case, answers| move_if(case.chronology[0].occurred.0 > 1_768_700_000, answers)),
        ("second", |case, answers| move_if(case.chronology.iter().any(|e| e.id.ends_with("-again")), answers)),
    ];
    for (property, spoil) in spoils {
        let found = report(property, "", Some(spoil));
        assert!(found.broken_cases > 0 && !found.broken.is_empty(), "{property}: {found:#?}");
    }
    // Whatever is not known falls silent: seen on a duty that is still open.
    let open = duty("open", "arises = { on = \"return.recorded\" }");
    let found = report(
        "unknown",
        &open,
        Some(|case, answers| {
            if case.facts.len() < 4 {
                answers.list.iter_mut().for_each(|a| a.state = State::Lapsed);
            }
        }),
    );
    assert!(found.broken_cases > 0, "{found:#?}");
}

fn move_if(fault: bool, answers: &mut Answers) {
    if fault {
        answers.list.iter_mut().for_each(|a| a.due = a.due.map(|due| due.plus_minutes(60)));
    }
}

fn on_the_hour(answers: &mut Answers) {
    for answer in &mut answers.list {
        answer.due = answer.due.map(|due| due.plus_minutes(-(due.minute() % 60)));
    }
}

#[test]
fn a_case_that_is_written_out_reads_as_the_same_case() {
    let (scenarios, _) = read_all(&LIBRARY);
    assert!(scenarios.len() > 500);
    let evaluator = engine::evaluate::Evaluator::new(&LIBRARY.vocabulary, &LIBRARY.rulebooks);
    for scenario in scenarios {
        let text = written(&scenario.case, &LIBRARY.vocabulary);
        let reading = read(&SourceFile::new("again.json", text.as_str()), &LIBRARY.vocabulary, None);
        let Some(case) = reading.case else { panic!("{}: {:#?}\n{text}", scenario.id, reading.problems) };
        assert_eq!(written(&case, &LIBRARY.vocabulary), text, "{}", scenario.id);
        let known = |case: &CaseFile| {
            let mut known = casebook::known::known(case, &evaluator, None).0;
            known.words.clear();
            // Of the fields of an entry the order says nothing, but for several values of one.
            known.entries.iter_mut().for_each(|e| e.fields.sort_by_key(|(field, _)| *field));
            known
        };
        assert!(known(&case) == known(&scenario.case), "{}", scenario.id);
    }
}
