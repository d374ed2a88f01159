//! `duties`, `explain` and `forecast` on the examples.

use crate::run::{by_provision, json, run};

const THIRD: &str = "examples/03-first-strategy-meeting.json";

#[test]
fn a_duty_says_everything_an_outsider_needs() {
    let answer = json(&["duties", THIRD, "--at", "2026-02-04T17:30+00:00", "--all"]);
    let found = by_provision(&answer, "NORTHANTS-7.22-e");
    assert_eq!(found.len(), 1);
    let duty = &found[0];
    for key in [
        "rulebook",
        "edition",
        "rule",
        "provisions",
        "action",
        "label",
        "owner",
        "recipients",
        "arose_at",
        "due_at",
        "state",
        "modality",
        "checklist",
        "done_at",
        "because",
        "reading",
        "overridden",
    ] {
        assert!(duty.get(key).is_some(), "`{key}` is missing");
    }
    assert_eq!(duty["arose_at"], "2026-02-04T16:00:00+00:00");
    assert_eq!(duty["due_at"], "2026-02-06T16:00:00+00:00");
    assert_eq!(duty["state"], "due");
    assert_eq!(duty["owner"], "team_manager");
    assert!(answer["rulebooks"][0]["hash"].as_str().unwrap().len() == 12);
}

#[test]
fn the_first_meeting_is_upcoming_before_24_hours_and_arises_at_exactly_24() {
    for (at, state) in [("2026-02-04T15:59+00:00", "upcoming"), ("2026-02-04T16:00+00:00", "due")] {
        let answer = json(&["duties", THIRD, "--at", at, "--rulebook", "northamptonshire"]);
        let found = by_provision(&answer, "NORTHANTS-7.22-e");
        assert_eq!(found[0]["state"], state, "at {at}");
    }
}

#[test]
fn done_duties_are_left_out_unless_all_is_asked() {
    let at = "2026-02-20T12:00+00:00";
    let open = json(&["duties", THIRD, "--at", at]);
    assert!(by_provision(&open, "NORTHANTS-7.22-e").is_empty());
    let all = json(&["duties", THIRD, "--at", at, "--all"]);
    let found = by_provision(&all, "NORTHANTS-7.22-e");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["state"], "done");
}

#[test]
fn a_correction_recorded_late_moves_the_limit_and_known_at_shows_what_was_known() {
    let case = "examples/10-return-corrected.json";
    let text = std::fs::read_to_string(testkit::root().join(case)).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let chronology = file["chronology"].as_array().unwrap();
    let correction = chronology.iter().find(|e| e["corrects"] == "back").unwrap();
    let recorded = correction["recorded_at"].as_str().unwrap();
    let due = |known_at: Option<&str>| {
        let mut args = vec!["duties", case, "--at", recorded, "--rulebook", "northamptonshire", "--all"];
        args.extend(known_at.iter().flat_map(|k| ["--known-at", k]));
        let found = by_provision(&json(&args), "NORTHANTS-5.12bis-a");
        found[0]["due_at"].as_str().unwrap().to_string()
    };
    let wrong = chronology.iter().find(|e| e["id"] == correction["corrects"]).unwrap();
    let before = wrong["recorded_at"].as_str().or(wrong["occurred_at"].as_str()).unwrap();
    let later =
        |at: &serde_json::Value| engine::time::Moment::parse(at.as_str().unwrap()).unwrap().plus_minutes(72 * 60);
    let moment = |text: String| engine::time::Moment::parse(&text).unwrap();
    assert_eq!(moment(due(None)), later(&correction["occurred_at"]));
    assert_eq!(moment(due(Some(before))), later(&wrong["occurred_at"]));
}

#[test]
fn role_narrows_the_list() {
    let answer = json(&["duties", THIRD, "--at", "2026-02-04T17:30+00:00", "--role", "police"]);
    let duties = answer["duties"].as_array().unwrap();
    assert!(!duties.is_empty());
    assert!(duties.iter().all(|d| d["owner"] == "police"));
}

#[test]
fn explain_says_why_in_words() {
    let ran =
        run(&["explain", "examples/04-risk-raised-to-high.json", "NORTHANTS-7.22-f", "--at", "2026-03-01T12:00+00:00"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    for part in [
        "within 48 h from episode.start",
        "episode.risk = high",
        "entry regrade",
        "without it within 72 h",
        "due from then",
    ] {
        assert!(ran.out.contains(part), "`{part}` is missing from\n{}", ran.out);
    }
}

#[test]
fn explain_of_nothing_says_so() {
    let ran = run(&["explain", THIRD, "strategy-meeting.frist", "--at", "2026-02-04T17:30+00:00"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("did you mean `strategy-meeting.first`"), "{}", ran.err);
}

#[test]
fn forecast_leaves_out_what_other_areas_would_ask_and_says_so() {
    let case = std::env::temp_dir().join(format!("whereabouts-forecast-{}.json", std::process::id()));
    let text = r#"{ "case": "x", "chronology": [
        { "event": "absence.noticed", "occurred_at": "2026-02-05T09:00+00:00", "status": "missing", "by": "parent" } ] }"#;
    std::fs::write(&case, text).unwrap();
    let path = case.to_string_lossy().into_owned();
    let asked = ["forecast", &path, "--at", "2026-02-05T12:00+00:00", "--until", "2026-02-08T12:00+00:00"];
    // Nobody has said whose child it is: no area's rulebook is taken for its own.
    let answer = json(&asked);
    assert_eq!(answer["coming"].as_array().unwrap().len(), 0, "{}", answer["coming"]);
    assert!(answer["left_out"].as_array().unwrap().iter().any(|one| one == "bedfordshire"), "{}", answer["left_out"]);
    // One that is named is asked.
    let answer = json(&[&asked[..], &["--rulebook", "bedfordshire"]].concat());
    assert!(!answer["coming"].as_array().unwrap().is_empty());
    std::fs::remove_file(&case).unwrap();
}

#[test]
fn forecast_gives_the_series_of_meetings_with_their_chairs() {
    let case = "examples/03-first-strategy-meeting.json";
    let answer = json(&[
        "forecast",
        case,
        "--at",
        "2026-02-04T17:30+00:00",
        "--until",
        "2026-06-30T12:00+01:00",
        "--rulebook",
        "northamptonshire",
    ]);
    let meetings: Vec<(String, String)> = answer["coming"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|c| c["what"] == "limit" && c["duty"]["rule"] == "strategy-meeting.further")
        .map(|c| (c["at"].as_str().unwrap().to_string(), c["duty"]["owner"].as_str().unwrap().to_string()))
        .collect();
    let days = ["2026-02-10", "2026-02-13", "2026-02-27", "2026-03-13", "2026-03-27", "2026-04-10", "2026-06-10"];
    assert_eq!(meetings.iter().map(|(at, _)| &at[..10]).collect::<Vec<_>>(), days);
    assert_eq!(meetings[0].1, "service_manager");
    assert!(meetings[1..].iter().all(|(_, chair)| chair == "quality_assurance_manager"));
    // The same wall-clock time on both sides of the clock change.
    assert!(meetings.iter().all(|(at, _)| &at[11..16] == "16:00"));
}
