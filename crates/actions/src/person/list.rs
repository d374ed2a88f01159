//! People as whoever keeps them sees them. Nothing of a child is here.

use crate::app::{App, moment};
use crate::authorise::Actor;
use crate::keeping::{By, not_yours};
use crate::post::KINDS;
use crate::refused::Result;
use crate::sign_in::is_unused;
use std::collections::HashMap;
use store::{HeldPost, Person};

/// Somebody in a list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Listed {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// What they sign in with.
    pub username: String,
    /// The posts they hold now, in words.
    pub posts: String,
    /// The agency that keeps them.
    pub agency: String,
    /// `may sign in`, `invited`, `has left`, `not used for 60 days`.
    pub standing: String,
}

/// Somebody on a page of their own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shown {
    /// As in the list.
    pub listed: Listed,
    /// The posts, past and to come as well.
    pub posts: Vec<ShownPost>,
    /// May sign in.
    pub active: bool,
    /// Has come in before.
    pub has_come: bool,
    /// Has not been here for long, and is locked out.
    pub unused: bool,
}

/// A post on a page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ShownPost {
    /// The id.
    pub id: String,
    /// `social worker, Kettering team`.
    pub what: String,
    /// `from 5 Jan 2026 until 9 Jan 2026`.
    pub when: String,
    /// The team's id.
    pub team: String,
    /// Until when, as it is typed.
    pub until: String,
    /// The agency's id.
    pub agency: String,
    /// The version.
    pub version: i64,
    /// It is held now or will be.
    pub open: bool,
    /// Whoever looks may change it.
    pub may_change: bool,
}

/// The people whom somebody keeps; all of them for the operator.
pub async fn list(app: &App, by: By<'_>) -> Result<Vec<Listed>> {
    let agencies: HashMap<String, String> = app.store.agencies().await?.into_iter().map(|a| (a.id, a.name)).collect();
    // Whoever acts up or covers somewhere else holds that post beside their own.
    let mut posts: HashMap<String, Vec<HeldPost>> = HashMap::new();
    for one in app.store.posts().await? {
        posts.entry(one.post.person.clone()).or_default().push(one);
    }
    let keeper = |one: &HeldPost| by.keeps_post(&one.post.role, &one.post.agency);
    let mut found = Vec::new();
    for person in app.store.people().await? {
        let held = posts.remove(&person.id).unwrap_or_default();
        if by.keeps_people_of(&person.agency) || held.iter().any(keeper) {
            let agency = agencies.get(&person.agency).map_or("", String::as_str);
            found.push(listed(app, &person, held.iter(), agency));
        }
    }
    Ok(found)
}

fn listed<'a>(app: &App, person: &Person, posts: impl Iterator<Item = &'a HeldPost>, agency: &str) -> Listed {
    let now = app.now_us();
    let posts: Vec<String> = posts.filter(|one| one.post.holds_at(now)).map(|one| what(app, one)).collect();
    let standing = if !person.active {
        "has left"
    } else if is_unused(app, person) {
        "not used for 60 days"
    } else {
        "may sign in"
    };
    Listed {
        id: person.id.clone(),
        name: person.name.clone(),
        username: person.username.clone(),
        posts: if posts.is_empty() { "no post".into() } else { posts.join("; ") },
        agency: agency.into(),
        standing: standing.into(),
    }
}

/// A post in words: `social worker, Kettering team`.
pub(crate) fn what(app: &App, one: &HeldPost) -> String {
    let role = app.role(&one.post.role).1;
    let kind = KINDS.iter().find(|(kind, _)| *kind == one.post.kind && *kind != "own");
    let kind = kind.map(|(_, name)| format!(" ({})", name.to_lowercase())).unwrap_or_default();
    let team = one.team_name.as_ref().map(|team| format!(", {team}")).unwrap_or_default();
    format!("{role}{kind}, {}{team}", one.agency_name)
}

/// Somebody whom this person keeps.
pub async fn show(app: &App, actor: &Actor, id: &str) -> Result<Shown> {
    let by = By::Person(actor);
    let person = app.store.person(id).await?.ok_or_else(not_yours)?;
    let posts = app.store.posts_of(id).await?;
    let keeps = |one: &HeldPost| by.keeps_post(&one.post.role, &one.post.agency);
    if !by.keeps_people_of(&person.agency) && !posts.iter().any(keeps) {
        return Err(not_yours());
    }
    let (now, agency) = (app.now_us(), app.agency_name(&person.agency).await?);
    let calendar = &app.rules.vocabulary().calendar;
    let date = |us: i64| calendar.local(moment(us)).strftime("%-d %b %Y").to_string();
    let shown = |one: &HeldPost| ShownPost {
        id: one.post.id.clone(),
        what: what(app, one),
        when: match (one.post.from_us, one.post.until_us) {
            (0, None) => String::new(),
            (0, Some(until)) => format!("until {}", date(until)),
            (from, None) => format!("from {}", date(from)),
            (from, Some(until)) => format!("from {} until {}", date(from), date(until)),
        },
        team: one.post.team.clone().unwrap_or_default(),
        until: one
            .post
            .until_us
            .map(|us| calendar.local(moment(us)).strftime("%Y-%m-%d %H:%M").to_string())
            .unwrap_or_default(),
        agency: one.post.agency.clone(),
        version: one.post.version,
        open: one.post.until_us.is_none_or(|until| until > now),
        may_change: keeps(one),
    };
    Ok(Shown {
        listed: listed(app, &person, posts.iter(), &agency),
        posts: posts.iter().map(shown).collect(),
        active: person.active,
        has_come: !person.password_hash.is_empty() || !app.store.passkeys_of(id).await?.is_empty(),
        unused: person.active && is_unused(app, &person),
    })
}
