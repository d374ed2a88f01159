//! When a post ends, or its person leaves: the children that were theirs stay with the team, and the manager is told.

use super::rules;
use crate::app::App;
use crate::authorise::Actor;
use crate::refused::Result;
use std::collections::BTreeSet;
use store::{Allocation, HeldPost, NewNotice};

/// Passes on what is left of every post that has ended. Whoever is first does it, and it is done once.
pub async fn settle(app: &App) -> Result<()> {
    let now = app.now_us();
    for ended in app.store.posts_to_settle(now).await? {
        let left = left(app, &ended, now).await?;
        let mut told = if left.is_empty() { Vec::new() } else { told(app, &ended, left.len(), now).await? };
        told.extend(unled(app, &ended, now).await?);
        app.store.post_settle(&ended.post.id, &left, &told, now).await?;
    }
    Ok(())
}

/// The children that were theirs by this post, now the team's.
async fn left(app: &App, ended: &HeldPost, now: i64) -> Result<Vec<Allocation>> {
    let person = app.store.person(&ended.post.person).await?;
    let stays = app.store.posts_of(&ended.post.person).await?.into_iter().any(|one| {
        let (a, b) = (&one.post, &ended.post);
        a.id != b.id && a.holds_at(now) && a.role == b.role && a.agency == b.agency
    });
    if stays && person.is_some_and(|p| p.active) {
        return Ok(Vec::new());
    }
    let theirs = app.store.allocations_of_person(&ended.post.person).await?;
    let by_this = theirs.into_iter().filter(|one| one.agency == ended.post.agency && one.role == ended.post.role);
    let to_team = by_this.map(|one| Allocation {
        id: app.new_id(),
        team: ended.post.team.clone(),
        before: one.person.clone(),
        person: None,
        from_us: now,
        made_by: None,
        ..one
    });
    Ok(to_team.collect())
}

/// The posts of an agency that somebody holds who can sign in.
async fn holding(app: &App, agency: &str, now: i64) -> Result<Vec<HeldPost>> {
    let here: BTreeSet<String> = app.store.posted(agency, now).await?.into_iter().map(|one| one.id).collect();
    let held = app.store.posts_of_agency(agency).await?.into_iter();
    Ok(held.filter(|one| one.post.holds_at(now) && here.contains(&one.post.person)).collect())
}

/// Where the last post that manages others ended, what managers are asked and told reaches nobody: who keeps the people of the agency is told, or
/// else who keeps agencies.
async fn unled(app: &App, ended: &HeldPost, now: i64) -> Result<Vec<NewNotice>> {
    let held = holding(app, &ended.post.agency, now).await?;
    if !rules().manages(&ended.post.role) || held.iter().any(|one| rules().manages(&one.post.role)) {
        return Ok(Vec::new());
    }
    let keeps = held.iter().filter(|one| one.post.role == rules().keeps_people);
    let mut people: BTreeSet<String> = keeps.map(|one| one.post.person.clone()).collect();
    let mut link = "/people";
    if people.is_empty() {
        let keep_agencies = app.store.holders(&rules().keeps_agencies, now).await?;
        people.extend(keep_agencies.into_iter().map(|one| one.post.person));
        link = "/agencies";
    }
    let name = app.store.person(&ended.post.person).await?.map(|p| p.name).unwrap_or_default();
    let agencies = app.store.agencies().await?;
    let agency = agencies.iter().find(|one| one.id == ended.post.agency).map_or("the agency", |one| &one.name);
    let says = format!(
        "{name} has left the post, and nobody manages anybody at {agency} now: what managers are asked and told there reaches nobody. Give \
         somebody a post that manages, or that acts for one."
    );
    Ok(people.into_iter().map(|person| NewNotice { person, says: says.clone(), link: link.into() }).collect())
}

/// What is said to everybody at an agency where nobody holds a post that answers for what the protocols ask of it alone: it stands on nobody's
/// list. Empty where somebody does.
pub(crate) async fn said_at_home(app: &App, actor: &Actor) -> Result<String> {
    let roles = app.policies.roles();
    let owed = actor.held().map_or(&[][..], |held| roles.owed_by(&held.agency_kind));
    let own = roles.answers_for(&actor.role);
    if owed.iter().all(|owner| own.contains(owner)) {
        return Ok(String::new());
    }
    let here = app.store.posted(&actor.agency, app.now_us()).await?;
    let held: BTreeSet<String> = here.iter().flat_map(|one| roles.answers_for(&one.role)).collect();
    let unheld = owed.iter().filter(|owner| !held.contains(*owner)).map(|owner| app.role(owner).1);
    let unheld = unheld.collect::<Vec<_>>().join(" or ");
    if unheld.is_empty() {
        return Ok(unheld);
    }
    Ok(format!(
        "Nobody at {} holds the post of {unheld}, or acts for them: what the protocol asks of that post is on nobody's list. It stands on the page of \
         each episode, under this agency. Whoever keeps the people of {0} gives somebody the post.",
        actor.agency_name
    ))
}

/// Who manages the team, or else keeps the people of the agency, is told.
async fn told(app: &App, ended: &HeldPost, children: usize, now: i64) -> Result<Vec<NewNotice>> {
    let name = app.store.person(&ended.post.person).await?.map(|p| p.name).unwrap_or_default();
    let held = holding(app, &ended.post.agency, now).await?;
    let here = |one: &&HeldPost| one.post.person != ended.post.person;
    let manages = |one: &&HeldPost| here(one) && rules().manages(&one.post.role);
    let of_team = held.iter().filter(|one| manages(one) && one.post.team == ended.post.team);
    let mut people: BTreeSet<&str> = of_team.map(|one| one.post.person.as_str()).collect();
    if people.is_empty() {
        people.extend(held.iter().filter(manages).map(|one| one.post.person.as_str()));
    }
    if people.is_empty() {
        let keeps = held.iter().filter(here).filter(|one| one.post.role == rules().keeps_people);
        people.extend(keeps.map(|one| one.post.person.as_str()));
    }
    let (is, their) = if children == 1 { ("child is", "It stays") } else { ("children are", "They stay") };
    let says = format!(
        "{name} has left the post. {children} {is} nobody's now. {their} with the team until you allocate them."
    );
    Ok(people
        .into_iter()
        .map(|person| NewNotice { person: person.into(), says: says.clone(), link: "/allocations".into() })
        .collect())
}
