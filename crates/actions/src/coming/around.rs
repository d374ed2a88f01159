//! What stands around children: agencies, the directory of homes, and in whose area postcodes lie.

use super::bring::{Brought, By};
use super::mapping::Kind;
use super::plan::Plan;
use super::rows::Fault;
use crate::app::App;
use crate::refused::Result;
use serde_json::{Map, Value};
use std::collections::HashMap;
use store::{Agency, Listed};

type Json = Map<String, Value>;

/// Agencies, homes and postcodes. Gives the agencies by id and by name.
pub(super) async fn around(
    app: &App,
    by: By<'_>,
    plan: &mut Plan,
    done: &mut Brought,
    trial: bool,
) -> Result<HashMap<String, String>> {
    let operator = matches!(by, By::Operator);
    let mut names: HashMap<String, String> = HashMap::new();
    for agency in app.store.agencies().await? {
        names.entry(agency.name.to_lowercase()).or_insert_with(|| agency.id.clone());
        names.insert(agency.id.clone(), agency.id);
    }
    let before = names.clone();
    let text = |says: &Json, key: &str| says.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
    let mut new: Vec<Agency> = Vec::new();
    let homes = plan.homes.iter().filter(|home| !text(&home.says, "kind").is_empty());
    for read in plan.agencies.iter().chain(homes) {
        let (name, kind) = (text(&read.says, "name"), text(&read.says, "kind"));
        if names.contains_key(&read.id) {
            done.unchanged += usize::from(read.kind == Kind::Agency);
            continue;
        }
        // Two rows of one name and two ids are two: families are called alike. One that was here before is that one, unless children live there:
        // whoever mixes up two households shows the children of one to the other.
        if let Some(there) = before.get(&name.to_lowercase()) {
            if crate::agency::cares(app, &kind) {
                let says = format!(
                    "“{name}” is here already: write its id `{there}` in this row if it is that one, or another name if it is not"
                );
                done.faults.push(Fault { table: read.table.clone(), row: read.row, column: "name".into(), says });
            } else {
                names.insert(read.id.clone(), there.clone());
                done.unchanged += usize::from(read.kind == Kind::Agency);
            }
            continue;
        }
        if !crate::post::rules().knows_kind(&kind) || name.is_empty() {
            let says = format!("an agency has a name and a kind, and `{kind}` is none");
            done.faults.push(Fault { table: read.table.clone(), row: read.row, column: "kind".into(), says });
            continue;
        }
        if !operator {
            let says =
                "the system's administrator adds agencies; ask for this one, and bring the file in again".to_string();
            done.faults.push(Fault { table: read.table.clone(), row: read.row, column: String::new(), says });
            continue;
        }
        names.insert(read.id.clone(), read.id.clone());
        names.entry(name.to_lowercase()).or_insert_with(|| read.id.clone());
        let area = Some(text(&read.says, "area")).filter(|area| !area.is_empty());
        new.push(Agency { id: read.id.clone(), name, kind, area, only_appears: true });
        done.count(Kind::Agency);
    }
    if !trial && !new.is_empty() {
        app.store.add_agencies(&new).await?;
    }
    let listed: HashMap<String, Listed> =
        app.store.listed().await?.into_iter().map(|one| (one.agency.clone(), one)).collect();
    for read in &plan.homes {
        let Some(agency) = names.get(&read.id).cloned() else {
            if done.faults.iter().any(|fault| (&fault.table, fault.row) == (&read.table, read.row)) {
                continue;
            }
            let says = format!("there is no agency `{}`; bring the agencies in first", read.id);
            done.faults.push(Fault { table: read.table.clone(), row: read.row, column: "agency".into(), says });
            continue;
        };
        if listed.contains_key(&agency) || !operator {
            done.unchanged += 1;
            continue;
        }
        let class = text(&read.says, "address_class");
        let one = Listed {
            agency,
            registration: text(&read.says, "registration"),
            provider: text(&read.says, "provider"),
            manager: text(&read.says, "manager"),
            phone_day: text(&read.says, "phone_day"),
            phone_night: text(&read.says, "phone_night"),
            address: text(&read.says, "address"),
            // An address of which nobody says that everybody may know it is for few.
            address_class: if class == "ordinary" { class } else { "whereabouts".into() },
            host: text(&read.says, "host"),
            procedure: text(&read.says, "procedure"),
            changed_us: app.now_us(),
            ..Listed::default()
        };
        done.count(Kind::Home);
        if !trial {
            app.store.list(&one).await?;
        }
    }
    let codes: Vec<(String, String)> =
        plan.postcodes.iter().map(|read| (read.id.clone(), text(&read.says, "authority"))).collect();
    if !codes.is_empty() {
        done.others.insert(Kind::Postcode.word().into(), codes.len());
        if !trial {
            app.store.postcodes_put(&codes).await?;
        }
    }
    Ok(names)
}
