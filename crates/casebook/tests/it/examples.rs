//! The examples of the repository, and the schema that describes them.

use crate::{EVALUATOR, LIBRARY};
use casebook::case_file::{any_error, read};
use casebook::known::{check, known};
use casebook::schema;
use engine::evaluate::{Evaluator, Options, State};
use engine::source::SourceFile;
use engine::time::Moment;

fn example(name: &str) -> SourceFile {
    let files = testkit::example_files();
    files.into_iter().find(|f| f.path.starts_with(name)).unwrap_or_else(|| panic!("no example {name}"))
}

#[test]
fn examples_are_sound() {
    let files = testkit::example_files();
    assert!(files.len() >= 10);
    for file in files {
        let found = check(&file, &EVALUATOR, None);
        assert!(!any_error(&found), "{found:#?}");
        let texts: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert!(texts.is_empty(), "{}", texts.join("\n"));
    }
}

#[test]
fn the_schema_in_the_documentation_is_that_of_the_vocabulary() {
    testkit::golden("docs/case-file.schema.json", &schema::text(&LIBRARY.vocabulary));
}

#[test]
fn examples_are_valid_under_the_schema() {
    let validator = jsonschema::draft202012::new(&schema::schema(&LIBRARY.vocabulary)).unwrap();
    for file in testkit::example_files() {
        let value: serde_json::Value = serde_json::from_str(&file.text).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {}", file.path, errors.join("\n"));
    }
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let validator = jsonschema::draft202012::new(&schema::schema(&LIBRARY.vocabulary)).unwrap();
    let entry = |more: &str| {
        format!(
            r#"{{ "case": "t", "chronology": [ {{ "event": "risk.graded", "occurred_at": "2026-01-05T18:00Z"{more} }} ] }}"#
        )
    };
    assert!(validator.is_valid(&serde_json::from_str(&entry(r#", "level": "high""#)).unwrap()));
    let faulty = [
        entry(""),
        entry(r#", "level": "hihg""#),
        entry(r#", "level": "high", "status": "missing""#),
        entry(r#", "level": "high", "by": "polise""#),
        entry(r#", "level": "high", "recorded_at": "2026-01-05T18:00""#),
        r#"{ "chronology": [] }"#.into(),
        r#"{ "case": "t", "facts": [ { "fact": "child.age", "value": 14 } ] }"#.into(),
        r#"{ "case": "t", "facts": [ { "fact": "child.looked_after", "value": "perhaps" } ] }"#.into(),
        r#"{ "case": "t", "chronology": [ { "corrects": "a", "withdrawn": true } ] }"#.into(),
        r#"{ "case": "t", "placements": [ { "type": "castle", "from": "2026-01-05T18:00Z" } ] }"#.into(),
    ];
    for text in faulty {
        assert!(!validator.is_valid(&serde_json::from_str(&text).unwrap()), "{text}");
        assert!(any_error(&check(&SourceFile::new("t.json", text.as_str()), &EVALUATOR, None)), "{text}");
    }
}

/// The state and limit of a duty of an example at a moment, in London's time.
fn duty(name: &str, rulebook: &str, rule: &str, at: &str, known_at: Option<&str>) -> Option<(State, Option<String>)> {
    let moment = |text: &str| Moment::parse(text).unwrap();
    let file = read(&example(name), &LIBRARY.vocabulary, None).case.unwrap();
    let (case, _) = known(&file, &EVALUATOR, known_at.map(moment));
    let evaluator = Evaluator::new(&LIBRARY.vocabulary, &LIBRARY.rulebooks);
    let duties = evaluator.evaluate(&case, &Options::at(moment(at)));
    let mine = duties.iter().rfind(|d| evaluator.book(d.book).id == rulebook && evaluator.rule(d).id == rule);
    mine.map(|d| (d.state, d.due.map(|due| LIBRARY.vocabulary.calendar.words(due))))
}

fn northamptonshire(name: &str, rule: &str, at: &str, known_at: Option<&str>) -> (State, String) {
    let (state, due) = duty(name, "northamptonshire", rule, at, known_at).unwrap();
    (state, due.unwrap_or_default())
}

#[test]
fn the_first_strategy_meeting_of_the_third_and_fourth_example() {
    let rule = "strategy-meeting.first";
    assert_eq!(duty("03", "northamptonshire", rule, "2026-02-04T15:59Z", None).unwrap().0, State::Upcoming);
    assert_eq!(northamptonshire("03", rule, "2026-02-04T16:00Z", None), (State::Due, "Fri 6 Feb 2026 16:00".into()));
    assert_eq!(northamptonshire("03", rule, "2026-02-05T15:00Z", None).0, State::Done);
    // Graded high at 50 hours: the limit of 48 hours has passed, so it is due at once.
    assert_eq!(northamptonshire("04", rule, "2026-02-12T21:59Z", None), (State::Due, "Fri 13 Feb 2026 20:00".into()));
    assert_eq!(northamptonshire("04", rule, "2026-02-12T22:00Z", None), (State::Due, "Thu 12 Feb 2026 22:00".into()));
    assert_eq!(northamptonshire("04", rule, "2026-02-13T12:00Z", None).0, State::DoneLate);
}

#[test]
fn who_was_invited_and_what_was_put_together_ticks_the_checklist_of_the_third_example() {
    let file = read(&example("03"), &LIBRARY.vocabulary, None).case.unwrap();
    let (case, _) = known(&file, &EVALUATOR, None);
    let evaluator = Evaluator::new(&LIBRARY.vocabulary, &LIBRARY.rulebooks);
    let ticked = |at: &str| {
        let options = Options::at(Moment::parse(at).unwrap());
        let duties = evaluator.evaluate(&case, &options);
        let first = duties.iter().find(|d| evaluator.rule(d).id == "strategy-meeting.first").unwrap();
        let lines = evaluator.view(&case, &options, first).checklist;
        let start = |text: &str| text.split([',', ':']).next().unwrap_or_default().to_string();
        lines.iter().filter(|line| line.done_at.is_some()).map(|line| start(&line.text)).collect::<Vec<_>>()
    };
    let invited = ["Invite the police", "Invite the social worker", "Invite the carers"];
    assert_eq!(ticked("2026-02-04T18:00Z"), invited, "by the plan, before the meeting");
    let after =
        [&invited[..], &["Health takes part", "Pool what is known", "Set a provisional date for the next meeting"]];
    assert_eq!(ticked("2026-02-05T15:00Z"), after.concat());
}

#[test]
fn seventy_days_are_a_series_that_a_late_meeting_does_not_move() {
    let file = read(&example("05"), &LIBRARY.vocabulary, None).case.unwrap();
    let (case, _) = known(&file, &EVALUATOR, None);
    let evaluator = Evaluator::new(&LIBRARY.vocabulary, &LIBRARY.rulebooks);
    let duties = evaluator.evaluate(&case, &Options::at(Moment::parse("2026-03-16T12:00Z").unwrap()));
    let further =
        duties.iter().filter(|d| evaluator.rule(d).id == "strategy-meeting.further" && d.due.is_some()).take(6);
    let found: Vec<String> =
        further.map(|d| format!("{} {}", d.due.map_or(String::new(), |m| m.to_string()), d.state.word())).collect();
    let expected = [
        "2026-01-12T20:30:00Z done",
        "2026-01-15T20:30:00Z done",
        "2026-01-29T20:30:00Z done",
        "2026-02-12T20:30:00Z done-late",
        "2026-02-26T20:30:00Z done",
        "2026-03-12T20:30:00Z done",
    ];
    assert_eq!(found, expected);
}

#[test]
fn interviews_across_the_clock_changes() {
    let rule = "return-interview.hold";
    assert_eq!(northamptonshire("07", rule, "2026-04-01T00:00Z", None), (State::Done, "Tue 31 Mar 2026 23:30".into()));
    assert_eq!(northamptonshire("07", rule, "2026-10-27T22:15Z", None), (State::Due, "Tue 27 Oct 2026 22:15".into()));
    assert_eq!(northamptonshire("07", rule, "2026-10-27T22:16Z", None).0, State::Overdue);
    assert_eq!(northamptonshire("07", rule, "2026-10-28T00:00Z", None).0, State::DoneLate);
}

#[test]
fn declining_is_no_interview_and_a_correction_moves_the_limit() {
    let rule = "return-interview.hold";
    assert_eq!(northamptonshire("08", rule, "2026-05-17T00:00Z", None), (State::Due, "Tue 19 May 2026 04:20".into()));
    // Somebody whom the child would rather talk to is welcome, and is no formal interview (NORTHANTS-5.15-e to g).
    assert_eq!(northamptonshire("08", rule, "2026-05-20T00:00Z", None).0, State::Overdue);
    assert_eq!(
        northamptonshire("10", rule, "2026-01-07T12:00Z", Some("2026-01-07T08:00Z")),
        (State::Due, "Fri 9 Jan 2026 06:30".into())
    );
    assert_eq!(northamptonshire("10", rule, "2026-01-07T12:00Z", None), (State::Due, "Fri 9 Jan 2026 02:10".into()));
}

#[test]
fn a_child_of_another_authority_has_three_rulebooks() {
    let file = read(&example("09"), &LIBRARY.vocabulary, None).case.unwrap();
    let (case, _) = known(&file, &EVALUATOR, None);
    let evaluator = Evaluator::new(&LIBRARY.vocabulary, &LIBRARY.rulebooks);
    let duties = evaluator.evaluate(&case, &Options::at(Moment::parse("2026-04-21T22:00Z").unwrap()));
    let mut books: Vec<&str> = duties.iter().map(|d| evaluator.book(d.book).id.as_str()).collect();
    books.dedup();
    assert_eq!(books, ["bedfordshire", "childrens-home", "northamptonshire"]);
}
