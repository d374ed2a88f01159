//! An agency's own accounts, by OpenID Connect: its provider says who somebody is, and rules of ours say which posts that makes. A provider
//! speaks for its own agency and for no other, and never makes a post that sees much.

mod begin;
mod finish;
mod keep;
mod matching;
mod trial;
mod two;

pub use begin::begin;
pub use finish::{Finished, Refusal, finish};
pub use keep::{NewProvider, Put, ShownProvider, add, change, choices, list, operate, roles_to_make, show, turn};
pub use trial::{Tried, begin_trial};
pub use two::asks_for_two;
pub(crate) use two::{confirmed, in_words};

use crate::app::App;
use crate::secrets::PROVIDER;
use openidconnect::core::{CoreClient, CoreProviderMetadata};
use openidconnect::{
    ClientId, ClientSecret, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, RedirectUrl, reqwest,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use store::Provider;

/// So long a provider is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// A client of a provider whose addresses were asked for.
type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// A rule: whoever's claim has this value holds this post.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The claim, such as `groups`.
    pub claim: String,
    /// Its value, or one of its values.
    pub value: String,
    /// The role that it makes.
    pub role: String,
    /// The name of the team; empty for none.
    #[serde(default)]
    pub team: String,
}

/// What has to be remembered until the provider answers.
#[derive(Serialize, Deserialize)]
struct Half {
    provider: String,
    nonce: String,
    verifier: String,
    /// The browser's own secret: only that browser may end what it began.
    browser: String,
    to: String,
    /// Whoever tries it out, and is not signed in by it.
    #[serde(default)]
    trial: Option<String>,
}

/// Which claim makes which post, as a provider keeps it.
fn rules_of(provider: &Provider) -> Vec<Rule> {
    serde_json::from_str(&provider.rules).unwrap_or_default()
}

fn http() -> Result<reqwest::Client, String> {
    // A provider that leads elsewhere is not followed.
    let builder = reqwest::ClientBuilder::new().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE);
    builder.build().map_err(|e| e.to_string())
}

/// Asks a provider for its addresses and keys.
async fn client(app: &App, provider: &Provider, http: &reqwest::Client) -> Result<Client, String> {
    let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|e| e.to_string())?;
    let metadata = CoreProviderMetadata::discover_async(issuer, http).await.map_err(|e| format!("discovery: {e}"))?;
    let back = way_back(app).ok_or("the server does not know its own address")?;
    let back = RedirectUrl::new(back).map_err(|e| e.to_string())?;
    let secret = app.unseal(PROVIDER, &provider.id, &provider.client_secret);
    let secret = ClientSecret::new(secret.map_err(|shut| format!("its secret does not open: {shut:?}"))?);
    Ok(CoreClient::from_provider_metadata(metadata, ClientId::new(provider.client_id.clone()), Some(secret))
        .set_redirect_uri(back))
}

/// Where a provider leads a browser back to.
pub fn way_back(app: &App) -> Option<String> {
    let address = app.doors().address.as_ref()?;
    address.join("/sign-in/agency/return").ok().map(Into::into)
}

/// A provider, also one that is off.
async fn provider(app: &App, id: &str) -> Result<Option<Provider>, store::StoreError> {
    Ok(app.store.providers().await?.into_iter().find(|one| one.id == id))
}
