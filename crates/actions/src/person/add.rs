//! Adding somebody: an account with a post, and a link by which they come in the first time.

use super::{free_username, taken, wrong_name, wrong_username};
use crate::app::App;
use crate::door;
use crate::keeping::{By, not_yours, takes_two};
use crate::post::{self, NewPost};
use crate::refused::{Refused, Result};
use casebook::command::FieldProblem;
use std::collections::HashSet;
use store::{Person, StoreError};

/// Somebody to be added.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewPerson {
    /// The name.
    pub name: String,
    /// What they sign in with.
    pub username: String,
    /// Their first post.
    pub post: NewPost,
    /// Why, where it takes two people.
    pub reason: String,
}

/// Somebody who was added.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Added {
    /// The person's id.
    pub person: String,
    /// The part of the link that nobody can guess; shown once.
    pub link: String,
    /// The post waits for a second person.
    pub proposed: bool,
}

/// Adds somebody.
pub async fn add(app: &App, by: By<'_>, wanted: &NewPerson) -> Result<Added> {
    if !by.keeps_post(&wanted.post.role, &wanted.post.agency) {
        return Err(not_yours());
    }
    let mut problems: Vec<FieldProblem> = Vec::new();
    let mut say = |field: &str, message: String| problems.push(FieldProblem::new(field, message));
    wrong_name(&wanted.name).into_iter().for_each(|wrong| say("name", wrong));
    wrong_username(&wanted.username).into_iter().for_each(|wrong| say("username", wrong));
    let other = app.store.person_by_username(&wanted.username).await?;
    if let Some(other) = other {
        say("username", clash(app, by, &other).await?);
    }
    let proposed = takes_two(app, &wanted.post.role).await?;
    if proposed && wanted.reason.trim().is_empty() {
        say("reason", "Say why, for whoever confirms it".into());
    }
    problems.extend(post::problems(app, &wanted.post).await?);
    if !problems.is_empty() {
        return Err(Refused::Invalid(problems));
    }
    let person = person(app, &wanted.name, &wanted.username, &wanted.post);
    let (link, door) = door::prepared(app, "invitation", Some(&person.id));
    let posts = if proposed { Vec::new() } else { vec![post::row(app, &person.id, &wanted.post, by.id())] };
    let doors = [(link.clone(), door)];
    match app.store.bring_in(&[], std::slice::from_ref(&person), &posts, &doors).await {
        // Somebody else came first, in this very moment.
        Err(StoreError::Taken(_)) => {
            let username = &person.username;
            let says = match app.store.person_by_username(username).await? {
                Some(other) => clash(app, by, &other).await?,
                None => "This username is taken; choose another".into(),
            };
            return Err(post::problem("username", &says));
        }
        other => other?,
    }
    if proposed {
        post::propose(app, by, &person.id, &wanted.post, &wanted.reason).await?;
    }
    Ok(Added { person: person.id, link, proposed })
}

/// What is said of a username that somebody has.
async fn clash(app: &App, by: By<'_>, other: &Person) -> Result<String> {
    let all: HashSet<String> = app.store.people().await?.into_iter().map(|one| one.username).collect();
    let free = free_username(&other.username, |username| all.contains(username));
    let kept = by.keeps_people_of(&other.agency);
    Ok(taken(&other.username, kept.then_some(other.name.as_str()), &free))
}

/// Makes another invitation for somebody who has not come in yet. Whoever has, is let back in by two people.
pub async fn invite(app: &App, by: By<'_>, person: &str) -> Result<String> {
    let person = app.store.person(person).await?.filter(|p| p.active).ok_or(Refused::NotFound)?;
    let posts = app.store.posts_of(&person.id).await?;
    if !by.keeps_people_of(&person.agency) && !posts.iter().any(|one| by.keeps_post(&one.post.role, &one.post.agency)) {
        return Err(not_yours());
    }
    let has_key = !app.store.passkeys_of(&person.id).await?.is_empty();
    if has_key || !person.password_hash.is_empty() {
        let why = "They have come in before. If they have lost every way in, two people let them back in.";
        return Err(Refused::NotAllowed(why.into()));
    }
    door::make(app, "invitation", Some(&person.id)).await
}

pub(super) fn person(app: &App, name: &str, username: &str, post: &NewPost) -> Person {
    Person {
        id: app.new_id(),
        username: username.trim().to_lowercase(),
        name: name.trim().into(),
        role: post.role.clone(),
        agency: post.agency.clone(),
        password_hash: String::new(),
        relation_to_all: false,
        active: true,
        used_us: Some(app.now_us()),
    }
}
