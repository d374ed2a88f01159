//! What a provider takes two people for: whoever keeps one lets people in whom nobody here knows.

use super::Rule;
use crate::app::App;
use crate::authorise::Actor;
use crate::post::{problem, rules};
use crate::proposal::{deciders, tell_deciders};
use crate::refused::{Refused, Result};
use serde::{Deserialize, Serialize};
use store::{Proposal, Provider};

/// A provider as it is to be; its secret is sealed.
#[derive(Serialize, Deserialize)]
struct Body {
    id: String,
    version: i64,
    name: String,
    issuer: String,
    client_id: String,
    client_secret: String,
    rules: String,
}

/// Does it take two people now? As with posts: while no record of a child is kept, one person sets the house up.
pub(super) async fn takes_two(app: &App) -> Result<bool> {
    Ok(rules().providers_take_two && app.store.any_children().await?)
}

/// Whether a second person is asked, for pages.
pub async fn asks_for_two(app: &App) -> Result<bool> {
    takes_two(app).await
}

fn body(proposal: &Proposal) -> Option<Body> {
    if proposal.kind == "provider" { serde_json::from_str(&proposal.body).ok() } else { None }
}

pub(super) fn is_about(proposal: &Proposal, provider: &str) -> bool {
    body(proposal).is_some_and(|body| body.id == provider)
}

/// Proposes that a provider becomes this row, and is on.
pub(super) async fn propose(app: &App, actor: &Actor, row: &Provider, reason: &str) -> Result<()> {
    if reason.trim().is_empty() {
        return Err(problem("reason", "Say why, for whoever confirms it"));
    }
    if app.store.proposals_waiting().await?.iter().any(|waiting| is_about(waiting, &row.id)) {
        let says = "A change of it waits for a second person already. Once that is decided, it can be changed again.";
        return Err(Refused::NotAllowed(says.into()));
    }
    let row = row.clone();
    let body = Body {
        id: row.id,
        version: row.version,
        name: row.name,
        issuer: row.issuer,
        client_id: row.client_id,
        client_secret: row.client_secret,
        rules: row.rules,
    };
    let proposal = Proposal {
        id: app.new_id(),
        kind: "provider".into(),
        agency: row.agency,
        body: serde_json::to_string(&body).map_err(|_| Refused::NotFound)?,
        reason: reason.trim().chars().take(500).collect(),
        proposed_by: Some(actor.person.clone()),
        proposed_us: app.now_us(),
        ..Proposal::default()
    };
    if deciders(app, &proposal).await?.is_empty() {
        return Err(Refused::NotAllowed(
            "Nobody else keeps people here, who could confirm it. Ask the system's administrator for a second one."
                .into(),
        ));
    }
    app.store.proposal_put(&proposal).await?;
    tell_deciders(app, &proposal, &format!("{} proposes how people sign in. It waits for a second person.", actor.name))
        .await
}

/// What is proposed, for whoever decides: the provider's name, and what it will do.
pub(crate) fn in_words(app: &App, proposal: &Proposal) -> Option<(String, Vec<String>)> {
    let body = body(proposal)?;
    let rules: Vec<Rule> = serde_json::from_str(&body.rules).unwrap_or_default();
    let mut details = vec![format!("Issuer: {}", body.issuer), format!("Client id: {}", body.client_id)];
    details.extend(rules.iter().map(|rule| {
        let team = if rule.team.is_empty() { String::new() } else { format!(", {}", rule.team) };
        format!("Whoever's {} is {} becomes {}{team}", rule.claim, rule.value, app.role(&rule.role).1)
    }));
    if rules.is_empty() {
        details.push("No rule makes a post: only those come in whom you have added".into());
    }
    Some((body.name, details))
}

/// The row that a confirmed proposal makes; an error where the provider was changed since.
pub(crate) async fn confirmed(app: &App, proposal: &Proposal) -> Result<Option<Provider>> {
    let Some(body) = body(proposal) else { return Ok(None) };
    let known = super::keep::of_agency(app, &proposal.agency, &body.id).await?;
    if known.version + 1 != body.version {
        let says = "The sign-in was changed since this was proposed. Refuse it; it can then be proposed anew.";
        return Err(Refused::NotAllowed(says.into()));
    }
    Ok(Some(Provider {
        name: body.name,
        issuer: body.issuer,
        client_id: body.client_id,
        client_secret: body.client_secret,
        rules: body.rules,
        active: true,
        version: body.version,
        changed_by: proposal.proposed_by.clone(),
        changed_us: Some(app.now_us()),
        ..known
    }))
}
