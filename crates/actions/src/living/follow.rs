//! The relations of homes follow the placements: who cares for the child sees the record, and who does not any more, no longer.

use super::Doing;
use crate::app::{App, micros};
use crate::authorise::Actor;
use crate::case::{Opened, placements};
use crate::refused::Result;
use crate::relation::{Ends, GRACE_US, PutRight, arrived, left, left_otherwise, never};
use engine::time::Moment;
use serde_json::Value;
use store::Agency;

/// A placement, by what decides who sees the child.
struct At {
    id: String,
    agency: Option<String>,
    from: Moment,
    until: Option<Moment>,
}

/// Brings the relations in line with the record as it is now. Done again it does nothing.
pub(super) async fn follow(app: &App, actor: &Actor, opened: &Opened, doing: &Doing, respite: bool) -> Result<()> {
    let (child, now) = (opened.permit.child.as_str(), app.now());
    let all = all(app, opened).await?;
    let lives = |one: &&At| one.from <= now && one.until.is_none_or(|until| until > now);
    let here: Vec<&str> = all.iter().filter(lives).filter_map(|one| one.agency.as_deref()).collect();
    let written_us = opened.last_placement_us().unwrap_or_else(|| app.now_us());
    // A home of which no placement says until when left when the child came to where it lives now.
    let since = all.iter().filter(lives).map(|one| micros(one.from)).max().filter(|_| doing.begins());
    let left_us = |agency: &str| {
        let of_it = all.iter().filter(|one| one.agency.as_deref() == Some(agency));
        let over = of_it.filter_map(|one| one.until.filter(|until| *until <= now)).max();
        over.map(micros).or(since).unwrap_or(written_us)
    };
    let ends = Ends { left_us: &left_us, written_us, grace_us: GRACE_US };
    match doing {
        // A plan takes nothing from whoever cares for the child now, nor does respite that begins beside it.
        Doing::Plan => {}
        _ if doing.begins() && respite => {}
        // What ended beside the placement, or was put right, is that home's alone.
        Doing::End(id) | Doing::Correct(id) if respite || matches!(doing, Doing::Correct(_)) => {
            let its = homes_of(app, opened, id).await?;
            // A home in which the child never was has nothing to finish.
            let never_was = matches!(doing, Doing::Correct(_)) && !all.iter().any(|one| one.id == *id);
            let ends = Ends { grace_us: if never_was { 0 } else { GRACE_US }, ..ends };
            left(app, actor, child, (&here, Some(&its)), &ends).await?;
            if never_was {
                never(app, actor, child, id).await?;
            }
        }
        _ => left(app, actor, child, (&here, None), &ends).await?,
    }
    if matches!(doing, Doing::Correct(_)) {
        left_otherwise(app, actor, child, &put_right(app, opened, &all)).await?;
    }
    for one in all.iter().filter(|one| one.until.is_none_or(|until| until > now)) {
        let Some(agency) = &one.agency else { continue };
        let place = (one.id.as_str(), micros(one.from), one.until.map(micros));
        arrived(app, actor, child, agency, place).await?;
    }
    Ok(())
}

/// The homes of which another moment was said before, at which the child left; of each the last time that it lived there.
fn put_right(app: &App, opened: &Opened, all: &[At]) -> Vec<PutRight> {
    let rows: Vec<Value> = placements(opened).filter_map(|payload| serde_json::from_str(payload).ok()).collect();
    let mut found: Vec<PutRight> = Vec::new();
    for one in all {
        let Some((agency, until)) = one.agency.as_ref().zip(one.until.filter(|until| *until <= app.now())) else {
            continue;
        };
        let left_us = micros(until);
        let said = rows.iter().filter(|says| says["id"] == one.id.as_str());
        let said = said.filter_map(|says| says["until"].as_str().and_then(|text| Moment::parse(text).ok()));
        let before_us: Vec<i64> = said.filter(|said| said.minute() != until.minute()).map(micros).collect();
        if found.iter().any(|other| other.agency == *agency && other.left_us > left_us) {
            continue;
        }
        found.retain(|other| other.agency != *agency);
        found.push(PutRight { agency: agency.clone(), before_us, left_us });
    }
    found
}

/// The homes that a placement was ever said to be at.
async fn homes_of(app: &App, opened: &Opened, id: &str) -> Result<Vec<String>> {
    let agencies = app.store.agencies().await?;
    let rows = placements(opened).filter_map(|payload| serde_json::from_str::<Value>(payload).ok());
    let own = rows.filter(|says| says.get("id").and_then(Value::as_str) == Some(id));
    Ok(own.filter_map(|says| agency(&agencies, &says)).collect())
}

/// The agency where a placement is: the home of the directory, or else the one of its name.
fn agency(agencies: &[Agency], says: &Value) -> Option<String> {
    let name = says.get("name").and_then(Value::as_str).unwrap_or_default();
    let home = says.get("details").and_then(|d| d.get("home")).and_then(Value::as_str).unwrap_or_default();
    let is_it = |agency: &&Agency| agency.id == home || home.is_empty() && agency.name == name;
    agencies.iter().find(is_it).map(|agency| agency.id.clone())
}

/// The placements that are not there by mistake.
async fn all(app: &App, opened: &Opened) -> Result<Vec<At>> {
    let agencies = app.store.agencies().await?;
    let mut found: Vec<At> = Vec::new();
    for payload in placements(opened) {
        let Ok(says) = serde_json::from_str::<Value>(payload) else { continue };
        let text = |key: &str| says.get(key).and_then(Value::as_str).unwrap_or_default();
        let agency = agency(&agencies, &says);
        found.retain(|one| one.id != text("id"));
        if says.get("void") == Some(&Value::Bool(true)) {
            continue;
        }
        let Ok(from) = Moment::parse(text("from")) else { continue };
        found.push(At { id: text("id").into(), agency, from, until: Moment::parse(text("until")).ok() });
    }
    Ok(found)
}
