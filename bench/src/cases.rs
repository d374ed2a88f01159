//! Children's records of so many entries: those of the made-up county, and one of which nobody takes care.

use casebook::case_file::{self, CaseFile};
use county::{Wanted, county};
use engine::rulebook::Library;
use engine::source::SourceFile;
use engine::time::Moment;
use serde_json::{Value, json};

const START: i64 = 1_735_725_600; // 1 January 2025, 10:00

/// The records of a made-up county.
pub struct County {
    now: Moment,
    children: Vec<(usize, Value)>,
}

impl County {
    pub fn new(library: &'static Library) -> County {
        let now = Moment(START).plus_minutes(370 * 1440);
        let wanted = Wanted { seed: 1, children: 400, under_way: 11, years: 10, now, area: "northamptonshire", provider: "childrens-home" };
        let children = county(&wanted, library).children.into_iter().map(|c| {
            (c.case["chronology"].as_array().map_or(0, Vec::len), c.case)
        });
        County { now, children: children.collect() }
    }

    /// The record whose entries are nearest to so many; and the moment it is kept up to.
    pub fn nearest(&self, library: &Library, entries: usize) -> (CaseFile, Moment) {
        let record = self.children.iter().min_by_key(|(n, _)| n.abs_diff(entries));
        let text = record.map_or_else(String::new, |(_, case)| case.to_string());
        (read(library, text), self.now)
    }
}

fn read(library: &Library, text: String) -> CaseFile {
    let reading = case_file::read(&SourceFile::new("bench.json", text), &library.vocabulary, None);
    reading.case.unwrap_or_else(|| panic!("the case of the benchmark is faulty: {:#?}", reading.problems))
}

/// Episodes of twenty entries each, as they happen in a bad year; little of what is asked is done.
pub fn neglected(library: &Library, entries: usize) -> CaseFile {
    let mut chronology = Vec::new();
    let mut episode = 0;
    while chronology.len() < entries {
        one_episode(episode, &mut chronology);
        episode += 1;
    }
    chronology.truncate(entries);
    let text = json!({
        "case": "bench",
        "facts": facts(),
        "placements": [{ "id": "p", "type": "childrens_home", "host_authority": "northamptonshire", "provider": "childrens-home", "planned": true, "from": "2024-06-01T12:00+01:00" }],
        "chronology": chronology,
    });
    read(library, text.to_string())
}

fn facts() -> Value {
    let yes = ["child.looked_after", "child.in_education"];
    let no = ["child.child_protection_plan", "child.child_in_need_plan", "child.uasc", "child.exploitation_risk", "child.disabled", "child.limited_understanding", "child.particularly_vulnerable", "child.care_leaver"];
    let mut list = vec![
        json!({ "fact": "child.date_of_birth", "value": "2011-05-02" }),
        json!({ "fact": "child.responsible_authority", "value": "bedfordshire" }),
        json!({ "fact": "child.social_care", "value": "open" }),
        json!({ "fact": "child.legal_status", "value": "care_order" }),
    ];
    list.extend(yes.map(|f| json!({ "fact": f, "value": true })));
    list.extend(no.map(|f| json!({ "fact": f, "value": false })));
    Value::Array(list)
}

fn one_episode(number: i64, chronology: &mut Vec<Value>) {
    let start = START + number * 3 * 86_400;
    let events = [
        (0, json!({ "event": "absence.noticed", "status": "missing", "by": "home_staff" })),
        (10, json!({ "event": "search.made", "by": "home_staff" })),
        (15, json!({ "event": "enquiry.made", "of": "family", "by": "home_staff" })),
        (30, json!({ "event": "risk.assessed", "level": "medium", "significant": false, "by": "home_staff" })),
        (45, json!({ "event": "police.reported", "incident_number": "TEST-1", "as": "missing", "by": "home_staff" })),
        (50, json!({ "event": "police.classified", "category": "missing", "by": "police" })),
        (55, json!({ "event": "notification.sent", "to": ["social_worker", "home_manager"], "about": "missing", "by": "home_staff" })),
        (70, json!({ "event": "risk.graded", "level": "medium", "by": "police" })),
        (90, json!({ "event": "notification.received", "at_team": "mash", "by": "mash" })),
        (120, json!({ "event": "triage.rated", "rating": "amber", "by": "mash" })),
        (180, json!({ "event": "contact.made", "with": "police", "by": "social_worker" })),
        (300, json!({ "event": "risk.graded", "level": "high", "by": "police" })),
        (420, json!({ "event": "information.received", "kind": "sighting", "by": "police" })),
        (600, json!({ "event": "contact.made", "with": "family", "by": "social_worker" })),
        (1500, json!({ "event": "strategy_meeting.held", "chair": "team_manager", "by": "team_manager" })),
        (1560, json!({ "event": "strategy_meeting.minutes_issued", "by": "team_manager" })),
        (1800, json!({ "event": "return.recorded", "how": "own_accord", "by": "home_staff" })),
        (1830, json!({ "event": "notification.sent", "to": ["police", "social_worker"], "about": "return", "by": "home_staff" })),
        (2000, json!({ "event": "prevention_interview.held", "by": "police" })),
        (2900, json!({ "event": "return_interview.held", "interviewer": "return_interviewer", "by": "return_interviewer" })),
    ];
    for (minutes, event) in events {
        let mut event = event;
        event["occurred_at"] = json!(Moment(start).plus_minutes(minutes).to_string());
        chronology.push(event);
    }
}
