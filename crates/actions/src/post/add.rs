//! Giving somebody a post. What makes somebody see much is only proposed, and somebody else confirms it.

use super::{KINDS, is_role};
use crate::app::{App, micros};
use crate::keeping::{By, not_yours, takes_two};
use crate::refused::{Refused, Result};
use casebook::command::FieldProblem;
use engine::time::Moment;
use serde::{Deserialize, Serialize};
use store::{Post, Proposal};

/// A post to be given.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct NewPost {
    /// The role.
    pub role: String,
    /// The agency's id.
    pub agency: String,
    /// The team's id; empty for none.
    pub team: String,
    /// `own`, `acting`, `on_call` or `cover`.
    pub kind: String,
    /// From when; from now on if it is none.
    pub from_us: Option<i64>,
    /// Until when; until somebody ends it if it is none.
    pub until_us: Option<i64>,
}

/// What became of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Given {
    /// The post is held.
    Held,
    /// It waits for a second person.
    Proposed,
}

/// Gives somebody a post, or proposes it.
pub async fn add(app: &App, by: By<'_>, person: &str, wanted: &NewPost, reason: &str) -> Result<Given> {
    let problems = problems(app, wanted).await?;
    if !problems.is_empty() {
        return Err(Refused::Invalid(problems));
    }
    if !by.keeps_post(&wanted.role, &wanted.agency) {
        return Err(not_yours());
    }
    let person = app.store.person(person).await?.ok_or(Refused::NotFound)?;
    let now = app.now_us();
    let held = app.store.posts_of(&person.id).await?;
    let same = |one: &&store::HeldPost| {
        let post = &one.post;
        post.until_us.is_none_or(|until| until > now)
            && (&post.role, &post.agency, post.team.as_deref().unwrap_or_default(), &post.kind)
                == (&wanted.role, &wanted.agency, &wanted.team, &wanted.kind)
    };
    if held.iter().any(|one| same(&one)) {
        return Err(problem("role", "They hold this post already"));
    }
    if takes_two(app, &wanted.role).await? {
        propose(app, by, &person.id, wanted, reason).await?;
        return Ok(Given::Proposed);
    }
    app.store.post_put(&row(app, &person.id, wanted, by.id())).await?;
    Ok(Given::Held)
}

pub(crate) async fn propose(app: &App, by: By<'_>, person: &str, wanted: &NewPost, reason: &str) -> Result<()> {
    if reason.trim().is_empty() {
        return Err(problem("reason", "Say why, for whoever confirms it"));
    }
    let proposal = Proposal {
        id: app.new_id(),
        kind: "post".into(),
        agency: wanted.agency.clone(),
        person: Some(person.to_owned()),
        body: serde_json::to_string(wanted).map_err(|_| Refused::NotFound)?,
        reason: reason.trim().chars().take(500).collect(),
        proposed_by: by.id(),
        proposed_us: app.now_us(),
        ..Proposal::default()
    };
    app.store.proposal_put(&proposal).await?;
    let who = match by {
        By::Person(actor) => actor.name.as_str(),
        By::Operator => "Whoever runs the server",
    };
    let says = format!("{who} proposes a post that sees much. It waits for a second person.");
    crate::proposal::tell_deciders(app, &proposal, &says).await
}

/// The row of a post.
pub(crate) fn row(app: &App, person: &str, wanted: &NewPost, by: Option<String>) -> Post {
    Post {
        id: app.new_id(),
        person: person.to_owned(),
        role: wanted.role.clone(),
        agency: wanted.agency.clone(),
        team: Some(wanted.team.clone()).filter(|team| !team.is_empty()),
        kind: wanted.kind.clone(),
        from_us: wanted.from_us.unwrap_or(app.now_us()),
        until_us: wanted.until_us,
        source: "kept".into(),
        made_by: by,
        version: 1,
    }
}

/// A post by rule of a provider.
pub(crate) fn made(app: &App, person: &str, wanted: &NewPost) -> Post {
    Post { source: "rule".into(), ..row(app, person, wanted, None) }
}

/// What is wrong with a post.
pub(crate) async fn problems(app: &App, wanted: &NewPost) -> Result<Vec<FieldProblem>> {
    let mut found = Vec::new();
    let mut say = |field: &str, message: String| found.push(FieldProblem::new(field, message));
    if wanted.role.is_empty() {
        say("role", "Choose a role".into());
    } else if !is_role(app, &wanted.role) {
        say("role", format!("There is no role `{}`", wanted.role));
    }
    match app.store.agency(&wanted.agency).await? {
        None => say("agency", "Choose an agency".into()),
        Some((agency, _)) if agency.only_appears => {
            say("agency", format!("{} only appears in records; nobody of it signs in", agency.name));
        }
        Some((agency, _))
            if is_role(app, &wanted.role) && !app.policies.roles().employs(&agency.kind, &wanted.role) =>
        {
            say("role", not_there(app, &agency.name, &wanted.role));
        }
        Some(_) => {}
    }
    if !wanted.team.is_empty()
        && !app.store.teams().await?.iter().any(|t| t.id == wanted.team && t.agency == wanted.agency)
    {
        say("team", "The agency has no such team".into());
    }
    if !KINDS.iter().any(|(kind, _)| *kind == wanted.kind) {
        say("kind", "Choose what kind of post it is".into());
    }
    let from = wanted.from_us.unwrap_or(app.now_us());
    if wanted.until_us.is_some_and(|until| until <= from) {
        say("until", "The post has to end after it begins".into());
    }
    if wanted.kind != "own" && wanted.kind != "acting" && wanted.until_us.is_none() {
        say("until", "Say until when they cover or are on call".into());
    }
    Ok(found)
}

/// What is said of a role that an agency of its kind does not have.
pub(crate) fn not_there(app: &App, agency: &str, role: &str) -> String {
    format!("{agency} has no {}: choose a role of an agency of its kind", app.role(role).1)
}

pub(crate) fn problem(field: &str, message: &str) -> Refused {
    Refused::Invalid(vec![FieldProblem::new(field, message)])
}

/// The start of a day, such as `2026-01-05`, or a moment of that day with its time: `2026-01-05 17:30`.
pub(crate) fn day(app: &App, text: &str) -> Option<i64> {
    let (date, time) = text.trim().split_once([' ', 'T']).unwrap_or((text.trim(), "00:00"));
    let calendar = &app.rules.vocabulary().calendar;
    let Ok(engine::value::Value::Date(date)) = date.parse().map(engine::value::Value::Date) else { return None };
    let start: Moment = calendar.start_of(date);
    let (hours, minutes) = time.trim().split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then(|| micros(start.plus_minutes(hours * 60 + minutes)))
}
