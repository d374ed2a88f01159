//! Which providers there are: kept on the command line by whoever runs the server, since their secret is with the server's.

use super::Rule;
use crate::app::App;
use crate::keeping::By;
use crate::post::{is_role, problem, rules};
use crate::refused::{Refused, Result};
use store::Provider;
use url::Url;

/// A provider to be added, or changed where the agency has one of this name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewProvider {
    /// The agency's id.
    pub agency: String,
    /// What the button says.
    pub name: String,
    /// The issuer's address.
    pub issuer: String,
    /// By what it knows us.
    pub client_id: String,
    /// What proves that it is us.
    pub client_secret: String,
    /// Which claim makes which post.
    pub rules: Vec<Rule>,
}

/// Adds a provider, or changes it: gives its id.
pub async fn put(app: &App, by: By<'_>, wanted: &NewProvider) -> Result<String> {
    if !matches!(by, By::Operator) {
        return Err(Refused::NotAllowed("Providers are kept on the command line of the server.".into()));
    }
    if app.store.agency(&wanted.agency).await?.is_none() {
        return Err(problem("agency", "there is no such agency"));
    }
    if wanted.name.trim().is_empty() || wanted.client_id.is_empty() {
        return Err(problem("name", "a provider needs a name and a client id"));
    }
    let address = Url::parse(&wanted.issuer)
        .map_err(|e| problem("issuer", &format!("the issuer's address cannot be read: {e}")))?;
    let local = address.host_str().is_some_and(|host| ["127.0.0.1", "localhost", "[::1]"].contains(&host));
    if address.scheme() != "https" && !local {
        return Err(problem("issuer", "the issuer's address has to begin with https://"));
    }
    if let Some(wrong) = wanted.rules.iter().find_map(|rule| allowed(app, rule)) {
        return Err(problem("rules", &wrong));
    }
    let known =
        app.store.providers().await?.into_iter().find(|p| p.agency == wanted.agency && p.name == wanted.name.trim());
    let provider = Provider {
        id: known.map_or_else(|| app.new_id(), |p| p.id),
        agency: wanted.agency.clone(),
        name: wanted.name.trim().into(),
        issuer: wanted.issuer.clone(),
        client_id: wanted.client_id.clone(),
        client_secret: wanted.client_secret.clone(),
        rules: serde_json::to_string(&wanted.rules).map_err(|e| problem("rules", &e.to_string()))?,
        active: true,
    };
    app.store.provider_put(&provider).await?;
    Ok(provider.id)
}

/// What is wrong with a rule; nothing if it may make a post.
pub(super) fn allowed(app: &App, rule: &Rule) -> Option<String> {
    if !is_role(app, &rule.role) {
        return Some(format!("there is no role `{}`", rule.role));
    }
    rules().needs_two(&rule.role).then(|| format!("`{}` sees much: no rule makes it, two people do", rule.role))
}

/// What the sign-in page offers: ids and names of providers.
pub async fn choices(app: &App) -> Result<Vec<(String, String)>> {
    let all = app.store.providers().await?.into_iter();
    Ok(all.filter(|provider| provider.active).map(|provider| (provider.id, provider.name)).collect())
}
