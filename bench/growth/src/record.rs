//! A record of so many entries, as they come in a bad year; little of what is asked is done, and the last episode is open.

use engine::time::Moment;
use serde_json::{Value, json};

const START: i64 = 1_735_725_600; // 1 January 2025, 10:00

/// A record whose episodes have so many entries, and a moment soon after its last entry.
pub fn record(child: &str, entries: usize, per_episode: usize) -> (Value, Moment) {
    let mut chronology: Vec<Value> = Vec::new();
    let mut at = Moment(START);
    // The last ten entries at least are of the episode that is open.
    while entries - chronology.len() >= per_episode.saturating_add(10) {
        let gone = format!("e{}", chronology.len());
        for n in 0..per_episode {
            let last = n + 1 == per_episode;
            let event = if last { back() } else { event(n) };
            push(&mut chronology, event, at, &gone);
            at = at.plus_minutes(if last { 2880 } else { 40 });
        }
    }
    let gone = format!("e{}", chronology.len());
    for n in 0..entries - chronology.len() {
        push(&mut chronology, event(n), at, &gone);
        at = at.plus_minutes(5);
    }
    let case = json!({
        "case": child,
        "facts": facts(),
        "people": [{ "id": "child", "name": "Riley Marsh", "role": "child" }],
        "placements": [{
            "id": "p", "type": "childrens_home", "host_authority": "northamptonshire", "provider": "childrens-home", "planned": true,
            "from": "2024-06-01T12:00+01:00",
        }],
        "chronology": chronology,
    });
    (case, at.plus_minutes(1))
}

fn push(chronology: &mut Vec<Value>, mut entry: Value, at: Moment, gone: &str) {
    let id = format!("e{}", chronology.len());
    if id != gone {
        entry["episode"] = json!(gone);
    }
    entry["id"] = json!(id);
    entry["occurred_at"] = json!(at.to_string());
    chronology.push(entry);
}

fn back() -> Value {
    json!({ "event": "return.recorded", "how": "own_accord", "by": "home_staff" })
}

fn event(n: usize) -> Value {
    match n {
        0 => json!({ "event": "absence.noticed", "status": "missing", "by": "home_staff" }),
        1 => json!({ "event": "police.reported", "incident_number": "TEST-1", "as": "missing", "by": "home_staff" }),
        2 => json!({ "event": "risk.graded", "level": "medium", "by": "police" }),
        _ => match n % 6 {
            0 => json!({ "event": "search.made", "where": "the park", "by": "home_staff" }),
            1 => json!({ "event": "enquiry.made", "of": "family", "by": "home_staff" }),
            2 => json!({ "event": "information.received", "kind": "sighting", "by": "police" }),
            3 => json!({ "event": "contact.made", "with": "police", "by": "social_worker" }),
            4 => json!({ "event": "notification.sent", "to": ["social_worker", "home_manager"], "about": "missing", "by": "home_staff" }),
            _ => json!({ "event": "risk.assessed", "level": "medium", "significant": false, "by": "home_staff" }),
        },
    }
}

fn facts() -> Value {
    let yes = ["child.looked_after", "child.in_education"];
    let no = [
        "child.child_protection_plan",
        "child.child_in_need_plan",
        "child.uasc",
        "child.exploitation_risk",
        "child.disabled",
        "child.limited_understanding",
        "child.particularly_vulnerable",
        "child.care_leaver",
    ];
    let mut list = vec![
        json!({ "fact": "child.date_of_birth", "value": "2011-05-02" }),
        json!({ "fact": "child.responsible_authority", "value": "northamptonshire" }),
        json!({ "fact": "child.social_care", "value": "open" }),
        json!({ "fact": "child.legal_status", "value": "care_order" }),
    ];
    list.extend(yes.map(|fact| json!({ "fact": fact, "value": true })));
    list.extend(no.map(|fact| json!({ "fact": fact, "value": false })));
    Value::Array(list)
}
