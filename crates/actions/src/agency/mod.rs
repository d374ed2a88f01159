//! Agencies, as the system's administrator keeps them: what they are, where, and whether their people sign in. And their teams.

mod directory;

pub use directory::{DirectoryForm, cares, directory_form, save_directory};

use crate::app::App;
use crate::keeping::{By, not_yours};
use crate::post::rules;
use crate::refused::{Refused, Result};
use casebook::command::FieldProblem;
use std::collections::HashMap;
use store::{Agency, StoreError};

/// An agency to be added, or as it is to be.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewAgency {
    /// The name.
    pub name: String,
    /// What it is, in the policy's word.
    pub kind: String,
    /// The area whose rulebook says what office hours are; empty for none.
    pub area: String,
    /// It only appears in records.
    pub only_appears: bool,
    /// Whoever adds it has seen that a home is called nearly so, and says that this is another.
    pub another: bool,
}

/// The names of agencies, one for one; those of one name told apart by who works there: `The Okafor household (Eesha Okafor)`.
pub(crate) async fn told_apart(app: &App, agencies: &[&Agency]) -> Result<Vec<String>> {
    let mut named: HashMap<&str, usize> = HashMap::new();
    agencies.iter().for_each(|agency| *named.entry(&agency.name).or_default() += 1);
    let mut called = Vec::new();
    for agency in agencies {
        let shared = named.get(agency.name.as_str()).is_some_and(|count| *count > 1);
        let people = if shared { app.store.posted(&agency.id, app.now_us()).await? } else { Vec::new() };
        let mut people: Vec<String> = people.into_iter().map(|one| one.name).collect();
        people.dedup();
        people.truncate(2);
        called.push(match people.as_slice() {
            [] => agency.name.clone(),
            people => format!("{} ({})", agency.name, people.join(", ")),
        });
    }
    Ok(called)
}

/// Adds an agency: gives its id.
pub async fn add(app: &App, by: By<'_>, wanted: &NewAgency) -> Result<String> {
    let agency = checked(app, by, wanted, "").await?;
    app.store.add_agency(&agency).await?;
    Ok(agency.id)
}

/// Changes an agency. `version` is that of the page.
pub async fn change(app: &App, by: By<'_>, id: &str, version: i64, wanted: &NewAgency) -> Result<()> {
    let agency = Agency { id: id.to_owned(), ..checked(app, by, wanted, id).await? };
    app.store.agency_change(&agency, version).await?;
    Ok(())
}

async fn checked(app: &App, by: By<'_>, wanted: &NewAgency, own: &str) -> Result<Agency> {
    if !by.keeps_agencies() {
        return Err(Refused::NotAllowed("The system's administrator keeps the agencies; you do not.".into()));
    }
    let mut problems = Vec::new();
    let mut say = |field: &str, message: String| problems.push(FieldProblem::new(field, message));
    let name = wanted.name.trim();
    if name.is_empty() || name.chars().count() > 120 {
        say("name", "Enter the name of the agency, at most 120 characters".into());
    }
    let all = app.store.agencies().await?;
    let others = || all.iter().filter(|a| a.id != own);
    if others().any(|a| a.name.to_lowercase() == name.to_lowercase()) {
        say("name", "There is an agency of this name".into());
    } else if cares(app, &wanted.kind) && !wanted.another {
        let like = others().find(|a| cares(app, &a.kind) && is_like(&a.name, name));
        if let Some(like) = like {
            say(ANOTHER, format!("“{}” is here already: use that one, or say that this is another", like.name));
        }
    }
    if !rules().knows_kind(&wanted.kind) {
        let kinds: Vec<&str> = rules().kinds().iter().map(|k| k.id.as_str()).collect();
        say("kind", format!("Choose what it is: {}", kinds.join(", ")));
    }
    if !wanted.area.is_empty() && !areas(app).iter().any(|(id, _)| *id == wanted.area) {
        say("area", format!("There is no rulebook of the area `{}`", wanted.area));
    }
    if !problems.is_empty() {
        return Err(Refused::Invalid(problems));
    }
    let area = Some(wanted.area.clone()).filter(|area| !area.is_empty());
    Ok(Agency {
        id: app.new_id(),
        name: name.into(),
        kind: wanted.kind.clone(),
        area,
        only_appears: wanted.only_appears,
    })
}

/// Asked where a home of nearly the same name is here.
pub const ANOTHER: &str = "another";

/// Words of the name of a home that say nothing of which it is.
const SAYS_NOTHING: [&str; 10] =
    ["the", "house", "hse", "home", "household", "foster", "family", "carers", "and", "of"];

/// Are these two names so alike that they may be of one home? `Larkfield House` and `Larkfeild Hse` are, `Quay House` and `The Quayle household` not.
pub(crate) fn is_like(one: &str, other: &str) -> bool {
    let telling = |name: &str| {
        let all = casebook::likeness::words(name);
        let telling: Vec<&str> = all.iter().map(String::as_str).filter(|word| !SAYS_NOTHING.contains(word)).collect();
        if telling.is_empty() { name.to_owned() } else { telling.join(" ") }
    };
    casebook::likeness::name_likeness(&[telling(one)], &[telling(other)]) >= 0.9
}

/// The areas of which there is a rulebook, with the title of the latest.
pub fn areas(app: &App) -> Vec<(String, String)> {
    let mut areas: Vec<(String, String)> = Vec::new();
    for book in app.rules.library.rulebooks.iter().filter(|book| book.kind == "area") {
        match areas.iter_mut().find(|(id, _)| *id == book.area) {
            Some((_, title)) => title.clone_from(&book.title),
            None => areas.push((book.area.clone(), book.title.clone())),
        }
    }
    areas
}

/// All agencies, for whoever keeps them; those whose people somebody keeps, for them.
pub async fn list(app: &App, by: By<'_>) -> Result<Vec<Agency>> {
    let all = app.store.agencies().await?;
    Ok(all.into_iter().filter(|a| by.keeps_agencies() || by.keeps_people_of(&a.id)).collect())
}

/// An agency and the version of what is said of it.
pub async fn show(app: &App, by: By<'_>, id: &str) -> Result<(Agency, i64)> {
    let known = app.store.agency(id).await?;
    known.filter(|_| by.keeps_agencies() || by.keeps_people_of(id)).ok_or_else(not_yours)
}

/// Adds a team to an agency.
pub async fn add_team(app: &App, by: By<'_>, agency: &str, name: &str) -> Result<()> {
    if !by.keeps_people_of(agency) {
        return Err(not_yours());
    }
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 120 {
        return Err(crate::post::problem("name", "Enter the name of the team, at most 120 characters"));
    }
    let team = store::Team { id: app.new_id(), agency: agency.into(), name: name.into() };
    match app.store.team_put(&team).await {
        Err(StoreError::Taken(_)) => Err(crate::post::problem("name", "The agency has a team of this name")),
        other => Ok(other?),
    }
}

/// The teams of an agency: ids and names.
pub async fn teams(app: &App, agency: &str) -> Result<Vec<(String, String)>> {
    let all = app.store.teams().await?.into_iter();
    Ok(all.filter(|team| team.agency == agency).map(|team| (team.id, team.name)).collect())
}

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn names_of_homes_are_told_apart_by_what_they_are_called() {
        for (one, other) in [
            ("Larkfield House", "Larkfeild Hse"),
            ("The Larkfield", "larkfield house"),
            ("Weir Lodge", "The Weir Lodge"),
        ] {
            assert!(is_like(one, other) && is_like(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("The Quay House", "The Quayle household"),
            ("Larkfield House", "Oakfield House"),
            ("North House", "South House"),
            ("Weir Lodge", "Weir Cottage"),
            ("The House", "The Home"),
        ] {
            assert!(!is_like(one, other) && !is_like(other, one), "{one} {other}");
        }
    }
}
