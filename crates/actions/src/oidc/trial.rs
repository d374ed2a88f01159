//! Trying a provider out: whoever keeps it goes there and back, and is shown what it says of them and which posts that would make. Nobody is
//! signed in by it, and nothing is kept.

use super::Half;
use super::begin::lead;
use super::finish::{Refusal, said};
use super::keep::{kept, of_agency};
use super::matching::holding;
use crate::app::App;
use crate::authorise::Actor;
use crate::keeping::By;
use crate::refused::{Refused, Result};
use serde_json::Value;
use store::Provider;

/// What came of a trial.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tried {
    /// The agency's id.
    pub agency: String,
    /// The provider's id.
    pub provider: String,
    /// Its name.
    pub name: String,
    /// What it says of whoever tried it: claims with their values.
    pub claims: Vec<(String, String)>,
    /// The posts that the rules would make of that.
    pub posts: Vec<String>,
    /// It says nothing of what this service knows: a claim that no token brought.
    pub missing: Vec<String>,
}

/// Leads whoever keeps a provider there, to try it.
pub async fn begin_trial(app: &App, actor: &Actor, agency: &str, id: &str, browser: &str) -> Result<String> {
    kept(app, By::Person(actor), agency).await?;
    let provider = of_agency(app, agency, id).await?;
    lead(app, &provider, browser, "/", Some(actor.person.clone())).await.map_err(|error| {
        Refused::Unavailable(format!("{} does not answer as a provider of accounts has to: {error}", provider.name))
    })
}

/// Whoever tried it comes back.
pub(super) async fn finish(
    app: &App,
    provider: &Provider,
    half: Half,
    code: Option<&str>,
    trying: Option<&Actor>,
) -> std::result::Result<Tried, Refusal> {
    let actor = trying.filter(|actor| half.trial.as_ref() == Some(&actor.person)).ok_or(Refusal::NotOurs)?;
    kept(app, By::Person(actor), &provider.agency).await.map_err(|_| Refusal::NotOurs)?;
    let fails = |why: &str| Refusal::Trial(provider.agency.clone(), provider.id.clone(), why.to_owned());
    let code = code.ok_or_else(|| fails("The provider did not sign you in."))?;
    let (_, claims) = said(app, provider, half, code).await.map_err(|wrong| fails(wrong.says()))?;
    let posts = holding(app, provider, &claims).await?;
    let missing = super::rules_of(provider).into_iter().map(|rule| rule.claim);
    let mut missing: Vec<String> = missing.filter(|claim| !claims.contains_key(claim)).collect();
    missing.dedup();
    let shown = claims.iter().map(|(name, value)| (name.clone(), in_words(value)));
    Ok(Tried {
        agency: provider.agency.clone(),
        provider: provider.id.clone(),
        name: provider.name.clone(),
        claims: shown.collect(),
        posts: posts
            .iter()
            .map(|rule| {
                if rule.team.is_empty() {
                    app.role(&rule.role).1
                } else {
                    format!("{}, {}", app.role(&rule.role).1, rule.team)
                }
            })
            .collect(),
        missing,
    })
}

fn in_words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(in_words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
