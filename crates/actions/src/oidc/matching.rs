//! Who somebody of a provider is here, and which posts its claims make.

use super::Rule;
use super::keep::allowed;
use crate::app::App;
use crate::post::{self, NewPost, rules};
use serde_json::{Map, Value};
use store::{HeldPost, Person, Post, Provider, StoreError, Team};

/// The person, with the posts that the rules make of these claims. None if nothing makes a post, and nobody gave them one.
pub(super) async fn matched(
    app: &App,
    provider: &Provider,
    subject: &str,
    claims: &Map<String, Value>,
) -> Result<Option<Person>, StoreError> {
    let wanted = wanted(app, provider, claims).await?;
    let known = match app.store.identity(&provider.id, subject).await? {
        Some(id) => app.store.person(&id).await?,
        None => by_address(app, provider, claims).await?,
    };
    let person = match known {
        Some(person) => person,
        None if wanted.is_empty() => return Ok(None),
        None => added(app, provider, claims, &wanted).await?,
    };
    app.store.identity_put(&provider.id, subject, &person.id, app.now_us()).await?;
    // Two who come by one subject at once are one person: whoever was first.
    let id = app.store.identity(&provider.id, subject).await?.unwrap_or_default();
    let Some(person) = app.store.person(&id).await? else { return Ok(None) };
    agree(app, provider, &person, &wanted).await?;
    let now = app.now_us();
    let holds = app.store.posts_of(&person.id).await?.iter().any(|one| one.post.holds_at(now));
    Ok(Some(person).filter(|_| holds))
}

/// The rules that hold of these claims, and that may make a post.
pub(super) async fn holding(
    app: &App,
    provider: &Provider,
    claims: &Map<String, Value>,
) -> Result<Vec<Rule>, StoreError> {
    let Some((agency, _)) = app.store.agency(&provider.agency).await? else { return Ok(Vec::new()) };
    let holds = |rule: &Rule| match claims.get(&rule.claim) {
        Some(Value::String(one)) => *one == rule.value,
        Some(Value::Array(many)) => many.iter().any(|one| one.as_str() == Some(&rule.value)),
        _ => false,
    };
    let all = super::rules_of(provider).into_iter();
    Ok(all.filter(|rule| allowed(app, &agency, rule).is_none() && holds(rule)).collect())
}

/// The posts that the claims make.
async fn wanted(app: &App, provider: &Provider, claims: &Map<String, Value>) -> Result<Vec<NewPost>, StoreError> {
    let mut found: Vec<NewPost> = Vec::new();
    for rule in holding(app, provider, claims).await? {
        let team = team(app, &provider.agency, &rule.team).await?;
        let post = NewPost {
            role: rule.role.clone(),
            agency: provider.agency.clone(),
            team,
            kind: "own".into(),
            ..NewPost::default()
        };
        if !found.contains(&post) {
            found.push(post);
        }
    }
    Ok(found)
}

async fn team(app: &App, agency: &str, name: &str) -> Result<String, StoreError> {
    if name.is_empty() {
        return Ok(String::new());
    }
    let find = async || {
        let teams = app.store.teams().await?;
        Ok::<_, StoreError>(teams.into_iter().find(|t| t.agency == agency && t.name == name).map(|t| t.id))
    };
    if let Some(known) = find().await? {
        return Ok(known);
    }
    let team = Team { id: app.new_id(), agency: agency.into(), name: name.into() };
    match app.store.team_put(&team).await {
        Ok(()) => Ok(team.id),
        Err(StoreError::Taken(_)) => Ok(find().await?.unwrap_or_default()),
        Err(error) => Err(error),
    }
}

/// Somebody of the provider's own agency who is here already, by an address that the provider has verified. Whoever keeps the system or an
/// agency's people is never taken for somebody of a provider.
async fn by_address(app: &App, provider: &Provider, claims: &Map<String, Value>) -> Result<Option<Person>, StoreError> {
    if claims.get("email_verified") != Some(&Value::Bool(true)) {
        return Ok(None);
    }
    let Some(address) = claims.get("email").and_then(Value::as_str) else { return Ok(None) };
    let Some(person) = app.store.person_by_username(address).await?.filter(|p| p.agency == provider.agency) else {
        return Ok(None);
    };
    let much = app.store.posts_of(&person.id).await?.iter().any(|one| rules().needs_two(&one.post.role));
    Ok(Some(person).filter(|_| !much))
}

async fn added(
    app: &App,
    provider: &Provider,
    claims: &Map<String, Value>,
    wanted: &[NewPost],
) -> Result<Person, StoreError> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let name = text("name").or(text("preferred_username")).or(text("email")).unwrap_or("Somebody without a name");
    let id = app.new_id();
    let person = Person {
        // Nobody types it: they come in by their agency's account.
        username: format!("{id}@{}", provider.id),
        name: name.chars().filter(|c| !c.is_control()).take(120).collect(),
        role: wanted.first().map(|post| post.role.clone()).unwrap_or_default(),
        agency: provider.agency.clone(),
        active: true,
        used_us: Some(app.now_us()),
        id,
        ..Person::default()
    };
    app.store.bring_in(&[], std::slice::from_ref(&person), &[], &[]).await?;
    Ok(person)
}

/// The posts that rules made are those that they make now; what an administrator gave stays as it is.
async fn agree(app: &App, provider: &Provider, person: &Person, wanted: &[NewPost]) -> Result<(), StoreError> {
    let now = app.now_us();
    let held: Vec<HeldPost> = app.store.posts_of(&person.id).await?;
    let held: Vec<&HeldPost> = held.iter().filter(|one| one.post.holds_at(now)).collect();
    let is = |one: &Post, post: &NewPost| {
        one.role == post.role && one.agency == post.agency && one.team.as_deref().unwrap_or_default() == post.team
    };
    for one in held.iter().filter(|one| one.post.source == "rule" && one.post.agency == provider.agency) {
        if !wanted.iter().any(|post| is(&one.post, post)) {
            let ended = Post { until_us: Some(now.max(one.post.from_us + 1)), ..one.post.clone() };
            app.store.post_change(&ended, &rules().keeps_agencies, now).await?;
        }
    }
    for post in wanted.iter().filter(|post| !held.iter().any(|one| is(&one.post, post))) {
        app.store.post_put(&post::made(app, &person.id, post)).await?;
    }
    Ok(())
}
