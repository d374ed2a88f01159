//! What is told on somebody's behalf, confirmed, disputed.

use casebook::case_file::read_bytes;
use casebook::known::known;
use engine::case::Case;
use engine::evaluate::{Options, State};
use engine::ids::EpisodeNo;
use engine::time::Moment;
use serde_json::{Value, json};

fn case(more: &[Value], known_at: Option<&str>) -> Case {
    let mut chronology = vec![
        json!({ "id": "gone", "event": "absence.noticed", "status": "missing", "occurred_at": "2026-01-05T18:00+00:00", "by": "home_staff" }),
        json!({ "id": "back", "event": "return.recorded", "occurred_at": "2026-01-05T20:00+00:00", "by": "foster_carer", "told_by": "police" }),
    ];
    chronology.extend(more.iter().cloned());
    let text = json!({ "case": "c", "chronology": chronology }).to_string();
    let library = &*crate::LIBRARY;
    let reading = read_bytes("case.json", text.as_bytes(), &library.vocabulary, None);
    let file = reading.case.unwrap_or_else(|| panic!("{:?}", reading.problems));
    let known_at = known_at.map(|at| Moment::parse(at).unwrap());
    known(&file, &crate::EVALUATOR, known_at).0
}

fn remark(what: &str, at: &str) -> Value {
    json!({ "id": what, "corrects": "back", what: true, "recorded_at": at, "by": "police_control_room", "note": "n" })
}

#[test]
fn what_is_told_closes_nothing_until_it_is_confirmed() {
    let told = case(&[], None);
    assert!(told.entries[1].told && !told.entries[0].told);
    assert_eq!(told.episodes.len(), 1);
    assert_eq!(told.episodes[0].end, None, "the child is still looked for");
    assert_eq!(told.entries[1].episode, Some(EpisodeNo(0)));
    let more = [remark("confirmed", "2026-01-05T21:00+00:00")];
    let confirmed = case(&more, None);
    assert!(!confirmed.entries[1].told);
    assert_eq!(confirmed.episodes[0].end, Some(confirmed.entries[1].occurred));
    assert!(case(&more, Some("2026-01-05T20:59+00:00")).entries[1].told, "as it was known before");
}

#[test]
fn a_dispute_lets_both_stand() {
    let disputed = case(&[remark("disputed", "2026-01-05T21:00+00:00")], None);
    assert_eq!(disputed.entries.len(), 2);
    assert!(disputed.entries[1].told);
}

#[test]
fn a_correction_of_what_was_confirmed_is_told_anew() {
    let correction = json!({
        "id": "fix", "event": "return.recorded", "corrects": "back", "occurred_at": "2026-01-05T20:30+00:00",
        "recorded_at": "2026-01-05T22:00+00:00", "by": "foster_carer", "told_by": "police",
    });
    let case = case(&[remark("confirmed", "2026-01-05T21:00+00:00"), correction], None);
    assert!(case.entries[1].told);
    assert_eq!(case.episodes[0].end, None);
}

/// Whoever says what meets a duty has said it to those whom the entry names, whatever else they are told by.
#[test]
fn what_carries_a_duty_out_tells_those_whom_it_names() {
    let text = json!({
        "case": "c",
        "facts": [
            { "fact": "child.date_of_birth", "value": "2011-05-02" },
            { "fact": "child.responsible_authority", "value": "northamptonshire" },
            { "fact": "placement.host_authority", "value": "northamptonshire" },
        ],
        "chronology": [
            { "event": "absence.noticed", "status": "missing", "occurred_at": "2026-01-05T18:00+00:00", "by": "parent" },
            { "event": "concern.raised", "kind": "abduction", "occurred_at": "2026-01-05T20:00+00:00", "by": "parent" },
            { "event": "notification.sent", "about": "concern", "to": ["police"], "occurred_at": "2026-01-05T20:05+00:00", "by": "parent" },
        ],
    });
    let (case, _) = crate::known(&text.to_string(), None);
    let options = Options::at(crate::at("2026-01-05T20:30+00:00"));
    let duties = crate::EVALUATOR.evaluate(&case, &options);
    let duty = duties.iter().find(|d| crate::EVALUATOR.rule(d).id == "abduction.report").unwrap();
    assert_eq!(duty.state, State::DoneLate);
    let told = crate::EVALUATOR.view(&case, &options, duty).recipients;
    assert_eq!(told[0].told_at.as_deref(), Some("2026-01-05T20:05:00+00:00"));
}
