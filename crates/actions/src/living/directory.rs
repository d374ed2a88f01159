//! The homes and households to choose from, and what the directory says of each.

use crate::agency::told_apart;
use crate::app::App;
use crate::refused::Result;
use casebook::case_file::Placement;
use policy::Tie;
use store::{Agency, Listed};
use views::making::option;
use views::{OptionGroup, Record, Ring, ToRing};

/// An agency that cares for children, with its line in the directory.
#[derive(Clone, Debug)]
pub(super) struct Home {
    /// The agency.
    pub agency: Agency,
    /// What the directory says; empty where it says nothing.
    pub listed: Listed,
}

/// All of them, by name.
pub(super) async fn homes(app: &App) -> Result<Vec<Home>> {
    let listed = app.store.listed().await?;
    let cares = |agency: &Agency| app.policies.roles().tie_of(&agency.kind) == Tie::Placement;
    let agencies = app.store.agencies().await?.into_iter().filter(cares);
    let line = |agency: &Agency| listed.iter().find(|one| one.agency == agency.id).cloned().unwrap_or_default();
    Ok(agencies.map(|agency| Home { listed: line(&agency), agency }).collect())
}

/// As choices, under what they are. Two of one name are told apart by who works there, and by the address where it may be told.
pub(super) async fn choices(app: &App, homes: &[Home], chosen: &str) -> Result<Vec<OptionGroup>> {
    let agencies: Vec<&Agency> = homes.iter().map(|home| &home.agency).collect();
    let mut groups: Vec<OptionGroup> = Vec::new();
    for (home, name) in homes.iter().zip(told_apart(app, &agencies).await?) {
        let title = crate::post::rules().kinds().iter().find(|k| k.id == home.agency.kind).map_or("", |k| &k.name);
        let told = home.listed.address_class == "ordinary" && !home.listed.address.is_empty();
        let label = match &home.listed.address {
            _ if !told => name,
            // An address often begins with the name of the house.
            address if address.starts_with(home.agency.name.as_str()) => address.clone(),
            address => format!("{name}, {address}"),
        };
        let made = option(&home.agency.id, &label, "", &[chosen.to_string()]);
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.options.push(made),
            None => groups.push(OptionGroup { title: title.into(), options: vec![made], rest: false }),
        }
    }
    Ok(groups)
}

/// By which numbers a home is reached.
pub(super) fn rings(day: &str, night: &str) -> Vec<Ring> {
    let ring = |number: &str, what: &str| Ring { number: number.into(), what: what.into() };
    match (day, night) {
        ("", "") => Vec::new(),
        (one, "") => vec![ring(one, "")],
        ("", one) => vec![ring(one, "by night")],
        (one, other) if one == other => vec![ring(one, "by day and by night")],
        (one, other) => vec![ring(one, "by day"), ring(other, "by night")],
    }
}

/// The home where the child lives now, with its numbers: of the directory, or as they were written in.
pub(crate) async fn ring(app: &App, record: &Record) -> Result<Vec<ToRing>> {
    let now = app.now();
    let lives = |p: &&Placement| p.from <= now && p.until.is_none_or(|until| until > now);
    let here: Vec<&Placement> = record.file.placements.iter().filter(lives).collect();
    if here.is_empty() {
        return Ok(Vec::new());
    }
    let homes = homes(app).await?;
    let mut found = Vec::new();
    for place in here.iter().rev() {
        let detail =
            |key: &str| place.details.iter().find(|(known, _)| known == key).map_or("", |(_, value)| value.as_str());
        let (home, name) = (detail("home"), place.name.as_deref().unwrap_or_default());
        let is_it = |one: &&Home| one.agency.id == home || home.is_empty() && one.agency.name == name;
        let (day, night) = match homes.iter().find(is_it) {
            Some(home) => (home.listed.phone_day.as_str(), home.listed.phone_night.as_str()),
            None => (detail("phone"), detail("phone_night")),
        };
        found.extend(rings(day, night).into_iter().map(|ring| ToRing {
            role: if ring.what.is_empty() {
                "Where the child lives".into()
            } else {
                format!("Where the child lives, {}", ring.what)
            },
            name: name.into(),
            phone: ring.number,
        }));
    }
    Ok(found)
}
