//! What is known of a child, as the lines of a case file: facts, placements, people around the child.

use crate::chance::Chance;
use crate::child::Child;
use crate::directory::Directory;
use crate::places;
use crate::stays::Living;
use crate::{Wanted, names};
use engine::calendar::Calendar;
use engine::time::Moment;
use serde_json::{Map, Value, json};

/// Everything of a case file but its chronology.
pub(crate) fn known(
    child: &Child,
    wanted: &Wanted<'_>,
    directory: &Directory,
    calendar: &Calendar,
    chance: &mut Chance,
) -> Map<String, Value> {
    let mut case = Map::new();
    case.insert("case".into(), json!(child.id));
    case.insert("facts".into(), facts(child, wanted, calendar));
    case.insert("people".into(), people(child, directory, chance));
    case.insert("placements".into(), placements(child, wanted, calendar));
    case
}

fn facts(child: &Child, wanted: &Wanted<'_>, calendar: &Calendar) -> Value {
    let always = |fact: &str, value: Value| json!({ "fact": fact, "value": value });
    let since =
        |fact: &str, value: Value, at: Moment| json!({ "fact": fact, "value": value, "from": calendar.stamp(at) });
    let responsible = child.from_elsewhere.as_deref().unwrap_or(wanted.area);
    let v = child.vulnerable;
    let order = matches!(child.legal, "care_order" | "interim_care_order");
    let social_care = match (child.open_to_social_care, child.age % 3) {
        (true, _) => "open",
        (false, 0) => "early_help",
        (false, 1) => "closed",
        (false, _) => "not_known",
    };
    let mut facts = vec![
        always("child.date_of_birth", json!(child.birthday)),
        always("child.responsible_authority", json!(responsible)),
        always("child.home_area", json!(responsible)),
        always("child.social_care", json!(social_care)),
        always("child.looked_after", json!(false)),
    ];
    if let Some(placed) = child.placed {
        facts.push(since("child.looked_after", json!(true), placed));
        facts.push(since("child.looked_after_since", json!(calendar.stamp(placed)), placed));
        facts.push(since("child.legal_status", json!(child.legal), placed));
        if child.unaccompanied {
            facts.push(always("child.arrived_in_uk_at", json!(calendar.stamp(placed.plus_minutes(-3 * 1440)))));
        }
    } else {
        facts.push(always("child.legal_status", json!(child.legal)));
    }
    let yes_or_no = [
        ("child.authority_has_parental_responsibility", order),
        ("child.child_protection_plan", child.protection_plan),
        ("child.child_in_need_plan", child.in_need_plan),
        ("child.care_leaver", false),
        ("child.in_education", true),
        ("child.persistent_school_absence", v.school_absence),
        ("child.education_welfare_involved", v.school_absence),
        ("child.uasc", child.unaccompanied),
        ("child.exploitation_risk", v.exploitation),
        ("child.contact_with_dangerous_people", v.dangerous_contacts),
        ("child.disabled", v.disabled),
        ("child.limited_understanding", v.limited_understanding),
        ("child.mental_health_issues", v.mental_health),
        ("child.particularly_vulnerable", child.age < 12),
        ("child.fraser_competent", child.age >= 14),
        ("child.others_with_responsibility", false),
    ];
    facts.extend(yes_or_no.into_iter().map(|(fact, yes)| always(fact, json!(yes))));
    json!(facts)
}

fn placements(child: &Child, wanted: &Wanted<'_>, calendar: &Calendar) -> Value {
    let stays = child.stays.iter().enumerate().map(|(number, stay)| {
        let here = match (stay.living, &child.from_elsewhere) {
            (Living::Farther, _) => "kent",
            (Living::Family, Some(elsewhere)) => elsewhere,
            _ => wanted.area,
        };
        let responsible = child.from_elsewhere.as_deref().unwrap_or(wanted.area);
        let mut line = json!({
            "id": format!("p{}", number + 1),
            "type": stay.living.word(),
            "host_authority": here,
            "planned": stay.planned,
            "out_of_area": here != responsible,
            "from": calendar.stamp(stay.from),
            "name": stay.name,
            "address": stay.address,
        });
        match stay.living {
            Living::Home(..) => line["provider"] = json!(wanted.provider),
            Living::Farther => line["provider"] = json!("another-provider"),
            Living::Family | Living::Kinship | Living::Foster(_) => {}
        }
        if let Some(until) = stay.until {
            line["until"] = json!(calendar.stamp(until));
        }
        line
    });
    json!(stays.collect::<Vec<_>>())
}

fn people(child: &Child, directory: &Directory, chance: &mut Chance) -> Value {
    let email = |name: &str| format!("{}@{}", name.to_lowercase().replace(' ', "."), places::DOMAIN);
    let mut people = vec![json!({
        "id": "child", "name": child.name.full(), "role": "child", "phone": places::mobile(chance),
        "details": { "nhs_number": places::nhs_number(chance), "school_name": child.school },
    })];
    let mut add = |id: &str, name: &str, role: &str, phone: String, email: Option<String>, address: Option<&str>| {
        let mut line = json!({ "id": id, "name": name, "role": role, "phone": phone });
        if let Some(email) = email {
            line["email"] = json!(email);
        }
        if let Some(address) = address {
            line["address"] = json!(address);
        }
        people.push(line);
    };
    if !child.unaccompanied {
        add("parent", &child.parent, "parent", places::mobile(chance), None, Some(&child.family_address));
        let relative = format!("{} {}", names::first(chance), child.name.last);
        add("family", &relative, "family", places::mobile(chance), None, None);
    }
    if let Some(stay) = child.stays.last().filter(|_| child.looked_after()) {
        match (stay.living, &stay.carer) {
            (Living::Home(number, _), _) => {
                let home = &directory.homes[number];
                let worker = chance.one_of::<String>(&home.staff);
                add("key-worker", worker, "home_staff", home.phone.clone(), None, None);
                add("manager", &home.manager, "home_manager", home.phone.clone(), Some(email(&home.manager)), None);
            }
            (_, Some(carer)) => add("carer", carer, stay.living.carer(), stay.phone.clone(), None, Some(&stay.address)),
            (_, None) => add("home", &stay.name, "home_staff", stay.phone.clone(), None, Some(&stay.address)),
        }
    }
    if child.open_to_social_care {
        let role = if child.from_elsewhere.is_some() { "responsible_authority_social_worker" } else { "social_worker" };
        add("worker", &child.worker, role, places::mobile(chance), Some(email(&child.worker)), None);
    }
    if child.looked_after() && child.from_elsewhere.is_none() {
        let officer = directory.post("reviewing_officer");
        add("reviewing-officer", &officer, "reviewing_officer", places::landline(chance), Some(email(&officer)), None);
    }
    if child.protection_plan {
        let chair = directory.post("child_protection_chair");
        add("chair", &chair, "child_protection_chair", places::landline(chance), Some(email(&chair)), None);
    }
    add("school", child.school, "school", places::landline(chance), None, None);
    json!(people)
}
