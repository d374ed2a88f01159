//! What several do together takes several: who came to a meeting, and what it says of a duty.

use crate::{EVALUATOR, LIBRARY, at};
use casebook::case_file::read_bytes;
use engine::case::Case;
use engine::evaluate::{Options, State};
use engine::value::Truth;
use serde_json::{Value, json};

fn case(held: Value) -> Case {
    let facts = [
        ("child.date_of_birth", json!("2011-05-02")),
        ("child.looked_after", json!(true)),
        ("child.responsible_authority", json!("northamptonshire")),
        ("placement.host_authority", json!("northamptonshire")),
        ("child.social_care", json!("open")),
    ];
    let facts: Vec<Value> = facts.iter().map(|(fact, value)| json!({ "fact": fact, "value": value })).collect();
    let mut meeting = json!({ "id": "mtg", "event": "strategy_meeting.held", "occurred_at": "2026-01-06T12:00+00:00" });
    if let (Value::Object(all), Value::Object(own)) = (&mut meeting, held) {
        all.extend(own);
    }
    let text = json!({ "case": "c", "facts": facts, "chronology": [
        { "id": "gone", "event": "absence.noticed", "occurred_at": "2026-01-05T10:00+00:00", "status": "missing", "by": "foster_carer" },
        { "id": "grade", "event": "risk.graded", "occurred_at": "2026-01-05T11:00+00:00", "level": "medium", "by": "police" },
        meeting,
    ] });
    let reading = read_bytes("case.json", text.to_string().as_bytes(), &LIBRARY.vocabulary, None);
    let file = reading.case.unwrap_or_else(|| panic!("{:?}", reading.problems));
    casebook::known::known(&file, &EVALUATOR, None).0
}

/// Riley is gone since Monday; what came of the duty to meet on Thursday at the latest, and its words.
fn first_meeting(held: Value) -> (State, String, Vec<String>) {
    let case = case(held);
    let options = Options::at(at("2026-01-07T12:00:00Z"));
    let duties = EVALUATOR.evaluate(&case, &options);
    let mut found = duties.iter().map(|duty| (duty.state, EVALUATOR.view(&case, &options, duty)));
    let (state, view) =
        found.find(|(_, view)| view.rulebook == "northamptonshire" && view.rule == "strategy-meeting.first").unwrap();
    let missing = view.missing.iter().map(|one| format!("{} of {}", one.fact, one.entry.clone().unwrap_or_default()));
    (state, view.recorded_by_another.clone().unwrap_or_default(), missing.collect())
}

#[test]
fn a_meeting_of_one_meets_nothing_and_says_why() {
    let (state, said, missing) = first_meeting(json!({ "chair": "team_manager", "attended": ["team_manager"] }));
    assert_eq!((state, missing.len()), (State::Due, 0));
    assert_eq!(said, "recorded with nobody there beside the team manager; what one person did alone is no meeting");
}

#[test]
fn who_came_decides_and_while_nobody_says_it_cannot_be_told() {
    for two in [
        json!({ "chair": "team_manager", "attended": ["police"] }),
        json!({ "chair": "team_manager", "attended": ["team_manager", "police"] }),
    ] {
        assert_eq!(first_meeting(two.clone()).0, State::Done, "{two}");
    }
    for unknown in [json!({ "chair": "team_manager" }), json!({ "chair": "team_manager", "decisions": "None" })] {
        let (state, said, missing) = first_meeting(unknown.clone());
        assert_eq!((state, said.as_str()), (State::CannotTell, ""), "{unknown}");
        assert_eq!(missing, ["attended of mtg"], "{unknown}");
    }
}

#[test]
fn one_side_and_nobody_who_led_is_not_known_to_be_one() {
    let together = |held: Value| {
        let case = case(held);
        LIBRARY.vocabulary.together(case.entries.iter().find(|entry| entry.id == "mtg").unwrap())
    };
    assert_eq!(together(json!({ "attended": ["police"] })), Truth::Unknown);
    assert_eq!(together(json!({ "attended": ["police", "health"] })), Truth::True);
    assert_eq!(together(json!({ "chair": "police", "attended": ["police"] })), Truth::False);
    assert_eq!(together(json!({ "chair": "police" })), Truth::Unknown);
}
