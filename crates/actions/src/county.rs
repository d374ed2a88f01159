//! Fills an empty store with a made-up county: for demonstrations, tests and measurements.

use crate::app::App;
use crate::child::{Import, import};
use casebook::county::County;
use std::sync::Arc;
use store::{Agency, Person};
use tokio::task::JoinSet;

/// So many children are brought in at once: one is worked out while others are written.
const AT_ONCE: usize = 8;

/// Fills a store. Everybody signs in with the password of this hash. `told` hears how many children are in. People come last, and all
/// at once: a store with people in it was filled to the end.
///
/// # Errors
/// What is wrong with a record, or that the store cannot be reached.
pub async fn fill(app: &App, county: Arc<County>, hash: &str, mut told: impl FnMut(usize)) -> Result<(), String> {
    let agencies = county.agencies.iter();
    let agencies: Vec<Agency> =
        agencies.map(|a| Agency { id: a.id.clone(), name: a.name.clone(), kind: a.kind.clone() }).collect();
    app.store().add_agencies(&agencies).await.map_err(|e| e.to_string())?;
    let mut under_way = JoinSet::new();
    let (mut next, mut done) = (0, 0);
    while done < county.children.len() {
        while next < county.children.len() && under_way.len() < AT_ONCE {
            under_way.spawn(bring_in(app.clone(), county.clone(), next));
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
        })
        .collect();
    app.store().brought_in().await.map_err(|e| e.to_string())?;
    app.store().add_people(&people).await.map_err(|e| e.to_string())
}

/// Brings in one child. Whoever is only named in a record, and cannot sign in, is known by the first of the people.
async fn bring_in(app: App, county: Arc<County>, number: usize) -> Result<(), String> {
    let child = &county.children[number];
    let writer = |_: &str, name: &str| {
        let known = county.people.iter().find(|p| p.name == name).or(county.people.first());
        known.map(|p| p.id.clone()).unwrap_or_default()
    };
    let whole =
        Import { id: &child.id, name: &child.name, agencies: &child.agencies, case: &child.case, writer: &writer };
    import(&app, &whole).await.map(drop).map_err(|e| format!("{}: {e}", child.name))
}
