//! Fills an empty store with a made-up county: for demonstrations, tests and measurements.

use crate::{County, CountyChild};
use actions::App;
use actions::child::{Import, import};
use actions::photograph::bring_in;
use engine::calendar::Calendar;
use engine::time::Moment;
use serde_json::{Value, json};
use std::sync::Arc;
use store::{Agency, Allocation, Listed, Person};
use tokio::task::JoinSet;

/// So many children are brought in at once: one is worked out while others are written.
const AT_ONCE: usize = 8;

/// Whoever has children of their own by name.
const HOLD_CHILDREN: [&str; 2] = ["social_worker", INTERVIEWER];
const INTERVIEWER: &str = "return_interviewer";

/// Draws a made-up picture of a child, as a file of a picture, or leaves it.
pub type Draw = fn(&CountyChild) -> Option<Vec<u8>>;

/// Fills a store. Everybody signs in with the password of this hash. `told` hears how many children are in. People come last, and all
/// at once: a store with people in it was filled to the end.
///
/// # Errors
/// What is wrong with a record, or that the store cannot be reached.
pub async fn fill(
    app: &App,
    county: Arc<County>,
    hash: &str,
    draw: Option<Draw>,
    mut told: impl FnMut(usize),
) -> Result<(), String> {
    let agencies = county.agencies.iter();
    let agencies: Vec<Agency> = agencies
        .map(|a| Agency {
            id: a.id.clone(),
            name: a.name.clone(),
            kind: a.kind.clone(),
            // Whoever keeps the system belongs to no area.
            area: Some(county.area.clone()).filter(|_| a.kind != "systems"),
            ..Agency::default()
        })
        .collect();
    app.store().add_agencies(&agencies).await.map_err(|e| e.to_string())?;
    for one in &county.listed {
        // The address of a household is for those alone who may know where a child lives.
        let class = if one.manager.is_empty() { "whereabouts" } else { "ordinary" };
        let line = Listed {
            agency: one.agency.clone(),
            manager: one.manager.clone(),
            phone_day: one.phone.clone(),
            phone_night: one.phone.clone(),
            address: one.address.clone(),
            address_class: class.into(),
            host: one.host.clone(),
            procedure: one.procedure.clone(),
            ..Listed::default()
        };
        app.store().list(&line).await.map_err(|e| e.to_string())?;
    }
    let mut under_way = JoinSet::new();
    let (mut next, mut done) = (0, 0);
    while done < county.children.len() {
        while next < county.children.len() && under_way.len() < AT_ONCE {
            under_way.spawn(child(app.clone(), county.clone(), next, draw));
            next += 1;
        }
        match under_way.join_next().await {
            Some(Ok(brought)) => brought?,
            Some(Err(broken)) => return Err(broken.to_string()),
            None => break,
        }
        done += 1;
        told(done);
    }
    let people = county.people.iter();
    let people: Vec<Person> = people
        .map(|p| Person {
            id: p.id.clone(),
            username: p.username.clone(),
            name: p.name.clone(),
            role: p.role.clone(),
            agency: p.agency.clone(),
            password_hash: hash.to_owned(),
            relation_to_all: false,
            active: true,
            used_us: None,
        })
        .collect();
    app.store().brought_in().await.map_err(|e| e.to_string())?;
    app.store().add_people(&people).await.map_err(|e| e.to_string())?;
    allocate(app, &county).await
}

/// Each child is allocated to the people of the record who can sign in and who hold children: such as the social worker.
async fn allocate(app: &App, county: &County) -> Result<(), String> {
    for child in &county.children {
        let around = child.case.get("people").and_then(Value::as_array).into_iter().flatten();
        let mut named: Vec<(&str, &str)> =
            around.filter_map(|p| Some((p["role"].as_str()?, p["name"].as_str()?))).collect();
        // Whoever saw to the last interview goes on with it.
        let entries = child.case.get("chronology").and_then(Value::as_array).into_iter().flatten();
        let mut interviewer =
            entries.filter(|entry| entry["by"] == INTERVIEWER).filter_map(|entry| entry["by_name"].as_str());
        named.extend(interviewer.next_back().map(|name| (INTERVIEWER, name)));
        for person in &county.people {
            if !HOLD_CHILDREN.contains(&person.role.as_str()) || !named.contains(&(&person.role, &person.name)) {
                continue;
            }
            let allocation = Allocation {
                id: app.new_id(),
                child_id: child.id.clone(),
                role: person.role.clone(),
                agency: person.agency.clone(),
                team: None,
                person: Some(person.id.clone()),
                from_us: app.now().0 * 1_000_000,
                until_us: None,
                made_by: None,
                before: None,
            };
            app.store().allocation_put(&allocation).await.map_err(|e| e.to_string())?;
        }
    }
    Ok(())
}

/// Brings in one child. Whoever is only named in a record, and cannot sign in, is known by the first of the people.
async fn child(app: App, county: Arc<County>, number: usize, draw: Option<Draw>) -> Result<(), String> {
    let child = &county.children[number];
    let writer = |_: &str, name: &str| {
        let known = county.people.iter().find(|p| p.name == name).or(county.people.first());
        known.map(|p| p.id.clone()).unwrap_or_default()
    };
    let mut case = child.case.clone();
    if let Some(drawn) = draw.and_then(|draw| draw(child)) {
        let at = app.now().plus_minutes(-1440 * (20 + (child.photo_seed % 600) as i64));
        let photograph = bring_in(&app, &child.id, &drawn, at).await?;
        photographed(&mut case, &app.rules().vocabulary().calendar, at, &photograph);
    }
    let whole = Import { id: &child.id, name: &child.name, agencies: &child.agencies, case: &case, writer: &writer };
    import(&app, &whole).await.map(drop).map_err(|e| format!("{}: {e}", child.name))
}

/// Adds the entry of a photograph, by the child's social worker.
fn photographed(case: &mut Value, calendar: &Calendar, at: Moment, id: &str) {
    let role = "social_worker";
    let people = case.get("people").and_then(Value::as_array).into_iter().flatten();
    let name = people.into_iter().find(|p| p["role"] == role).map(|p| p["name"].clone());
    let stamp = calendar.stamp(at);
    let mut entry = json!({
        "id": "photograph", "event": "child.photograph_added", "occurred_at": stamp, "recorded_at": stamp, "by": role,
        "photograph": id, "taken_on": calendar.date(at).to_string(), "likeness": true, "child_agrees": true,
    });
    if let (Some(name), Some(entry)) = (name, entry.as_object_mut()) {
        entry.insert("by_name".into(), name);
    }
    match case.get_mut("chronology").and_then(Value::as_array_mut) {
        Some(chronology) => chronology.push(entry),
        None => case["chronology"] = json!([entry]),
    }
}
