//! Reading scenarios and running them.

use crate::LIBRARY;
use casebook::scenario::{self, Scenario, Wanted};
use engine::rulebook::{Library, load_library};
use engine::source::SourceFile;

const BOOK: &str = r#"
[[duty]]
id = "interview"
action = "return_home_interview.hold"
says = "An interview within 72 hours of the return, 24 if the risk was high."
cite = ["T-1"]
modality = "must"
owner = "return_interviewer"
arises = { on = "return.recorded" }
due = { within = "72h" }
[[duty.exception]]
id = "high"
cite = ["T-2"]
when = "episode.risk = high"
due = { within = "24h" }

[[duty]]
id = "tell"
action = "return.notify"
says = "Tell police and parents of the return."
cite = ["T-1"]
modality = "must"
owner = "home_staff"
arises = { on = "return.recorded" }
recipients = [ { role = "police", cite = ["T-1"] }, { role = "parent", cite = ["T-1"] } ]

[[warning]]
id = "low"
on = "risk.graded"
where = "entry.level = low"
says = "Low is rare."
instead = "Say why."
cite = ["T-1"]
"#;

/// A library of one small rulebook and one file of scenarios.
fn library(scenarios: &str) -> Library {
    let title =
        "id = \"test\"\nedition = \"2026\"\ntitle = \"Test\"\narea = \"test\"\nin_force_from = \"2020-01-01\"\n";
    let mut files: Vec<SourceFile> =
        testkit::library_files().into_iter().filter(|f| f.path.starts_with("vocabulary/")).collect();
    files.push(SourceFile::new("test/2026/rulebook.toml", title));
    files.push(SourceFile::new("test/2026/rules.toml", BOOK));
    files.push(SourceFile::new("test/2026/scenarios/a.toml", scenarios));
    let (library, problems) = load_library(&files);
    library.unwrap_or_else(|| panic!("{problems:#?}"))
}

fn read(library: &Library) -> (Vec<Scenario>, Vec<String>) {
    let (scenarios, problems) = scenario::read_all(library);
    let problems =
        problems.iter().map(|d| format!("{}:{} {} {} | {}", d.place.line, d.place.column, d.code, d.message, d.help));
    (scenarios, problems.collect())
}

const SOUND: &str = r#"[base.care.facts]
"child.looked_after" = true
child.date_of_birth = 2011-05-02

[[scenario]]
id = "one"
says = "Back after a night."
base = "care"
facts = { "child.uasc" = false }
start = "2026-03-28T18:00+00:00"
entries = [
  { id = "gone", at = "+0h", event = "absence.noticed", status = "missing" },
  { id = "grade", at = "+1h", event = "risk.graded", level = "low", by = "police" },
  { id = "back", at = "+1d 2h", event = "return.recorded", recorded = "+1d 4h" },
  { at = "+1d 5h", event = "notification.sent", to = ["police"], about = "return" },
]
expect = [
  { at = "+1d 3h", known_at = "+1d 3h", duty = "interview", state = "none" },
  { at = "+1d 3h", duty = "interview", state = "due", due = "2026-04-01T20:00+01:00", owner = "return_interviewer", because = ["return.recorded"] },
  { boundary = "interview", due = "2026-04-01T20:00+01:00" },
  { at = "+1d 6h", duty = "tell", state = "due", due = "none", told = ["police", "parent"] },
  { at = "+2h", flag = "low", entry = "grade" },
  { at = "+30m", flag = "low", state = "none" },
  { at = "+1d 6h", open_at_most = { role = "home_staff", duties = 1 } },
]
"#;

#[test]
fn a_sound_scenario_is_read_and_passes() {
    let library = library(SOUND);
    let (scenarios, problems) = read(&library);
    assert_eq!(problems, [""; 0]);
    assert_eq!(scenarios[0].case.chronology.len(), 4);
    assert_eq!(scenarios[0].case.facts.len(), 3);
    let outcomes = scenario::run(&library, &scenarios);
    assert_eq!(outcomes[0].expectations, 7);
    assert_eq!(outcomes[0].failures, []);
}

#[test]
fn what_differs_is_said_with_what_came() {
    let wrong = SOUND
        .replace("due = \"2026-04-01T20:00+01:00\", owner", "due = \"2026-04-01T19:00+01:00\", owner")
        .replace("entry = \"grade\"", "entry = \"back\"")
        .replace("told = [\"police\", \"parent\"]", "told = [\"school\"]")
        .replace("duties = 1", "duties = 0");
    let library = library(&wrong);
    let (scenarios, problems) = read(&library);
    assert_eq!(problems, [""; 0]);
    let outcomes = scenario::run(&library, &scenarios);
    let found: Vec<String> =
        outcomes[0].failures.iter().map(|f| format!("{}: {} / {}", f.place.line, f.expected, f.found)).collect();
    assert_eq!(
        found,
        [
            "19: interview at Sun 29 Mar 2026 21:00: limit Wed 1 Apr 2026 19:00 / limit Wed 1 Apr 2026 20:00",
            "21: tell at Mon 30 Mar 2026 00:00: told school / told police, parent",
            "22: flag low on the entry back at Sat 28 Mar 2026 20:00 / on grade",
            "24: at most 0 open duties of home_staff at Mon 30 Mar 2026 00:00 / 1: tell",
        ]
    );
}

#[test]
fn everything_wrong_is_said_at_its_place() {
    let library = library(
        r#"[base.care.facts]
"child.looked_aftr" = true
[[scenario]]
id = "one"
says = "x"
base = "car"
start = "2026-03-28T18:00"
settings = { none = true }
entries = [ { at = "+1x", event = "return.recorded" }, { at = "2026-03-28T18:00Z", event = "retrn.recorded" } ]
expect = [
  { at = "2026-03-28T18:00Z", duty = "intervew", state = "don" },
  { at = "2026-03-28T18:00Z", duty = "interview", flag = "low" },
  { duty = "interview" },
]
[[scenario]]
id = "two"
base = "care"
start = "2026-03-28T18:00Z"
"#,
    );
    let (scenarios, problems) = read(&library);
    assert!(scenarios.is_empty());
    assert_eq!(
        problems,
        [
            "2:1 C01 unknown fact `child.looked_aftr` | did you mean `child.looked_after`?",
            "6:8 C01 unknown base `car` | did you mean `care`?",
            "7:9 C04 `2026-03-28T18:00` has no offset from UTC | write `2026-03-28T18:00+00:00` in winter time or `2026-03-28T18:00+01:00` in summer time",
            "8:14 C01 the rulebook has no setting `none` | ",
            "9:20 C04 `+1x` is not a time | write it like `2026-01-05T18:00+00:00`",
            "9:92 C01 unknown event `retrn.recorded` | did you mean `return.recorded`?",
            "11:38 C01 the rulebook has no duty `intervew` | did you mean `interview`?",
            "11:58 C01 `don` is not a state of a duty | did you mean `done`?",
            "12:3 C03 an expectation is about one thing | write one of duty, boundary, flag, open_at_most",
            "13:3 C03 the expectation has no `at` | write the moment asked about",
            "15:1 C03 the scenario has no `says` | say in a sentence what it shows",
            "15:1 C03 the scenario has no `expect` | write at least one [[scenario.expect]]",
        ]
    );
}

#[test]
fn one_faulty_scenario_does_not_hide_the_others() {
    let two = format!(
        "{SOUND}\n[[scenario]]\nid = \"two\"\nsays = \"x\"\nstart = \"2026-03-28T18:00Z\"\nexpect = [ {{ at = \"+1h\", flag = \"lo\" }} ]\n"
    );
    let (scenarios, problems) = read(&library(&two));
    assert_eq!(scenarios.len(), 1);
    assert_eq!(problems, ["31:33 C01 the rulebook has no refusal, warning or conflict `lo` | did you mean `low`?"]);
    let (_, problems) = read(&library("[[scenario]\n"));
    assert!(problems[0].starts_with("1:"), "{problems:?}");
    assert!(problems[0].contains("C00"));
    let (_, problems) = read(&library(&format!("{SOUND}\n{}", &SOUND[SOUND.find("[[").unwrap()..])));
    assert_eq!(
        problems,
        ["27:1 C05 the scenario `one` is there twice, first at test/2026/scenarios/a.toml:5:1 | rename one"]
    );
}

#[test]
fn mutants_that_no_scenario_notices_survive() {
    let library = library(SOUND);
    let (scenarios, _) = read(&library);
    let found = scenario::mutants(&library.vocabulary, &library.rulebooks[0], &scenarios);
    let found: Vec<(&str, Option<&str>)> = found.iter().map(|m| (m.without.as_str(), m.killed_by.as_deref())).collect();
    assert_eq!(
        found,
        [
            ("the limit of interview", Some("one")),
            ("the exception high of interview", None),
            ("the limit of the exception high of interview", None),
            ("the recipient police of tell", Some("one")),
            ("the recipient parent of tell", Some("one")),
            ("warning low", Some("one")),
        ]
    );
}

#[test]
fn the_scenarios_of_the_library_can_be_read() {
    let (scenarios, _) = scenario::read_all(&LIBRARY);
    assert!(!scenarios.is_empty());
    for scenario in &scenarios {
        assert!(!scenario.expectations.is_empty(), "{}", scenario.id);
        assert!(
            scenario
                .expectations
                .iter()
                .all(|e| !matches!(&e.wanted, Wanted::OpenAtMost { role, .. } if role.is_empty()))
        );
    }
}
