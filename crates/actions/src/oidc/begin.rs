//! Leading a browser to its agency's provider.

use super::{Half, client, http, provider};
use crate::app::App;
use crate::refused::{Refused, Result};
use openidconnect::core::CoreAuthenticationFlow;
use openidconnect::{CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope};
use store::{Ceremony, Provider};

/// So long somebody may take at the provider.
const AWAY_US: i64 = 15 * 60_000_000;

/// Where the browser is led. `browser` is its own secret.
pub async fn begin(app: &App, id: &str, browser: &str, to: &str) -> Result<String> {
    let provider = provider(app, id).await?.filter(|one| one.active).ok_or(Refused::NotFound)?;
    lead(app, &provider, browser, to, None).await.map_err(|error| {
        tracing::warn!(provider = provider.name, error, "a provider of accounts");
        Refused::Unavailable(format!(
            "The sign-in of {} does not answer just now. Try again in a moment, or use a passkey or a password.",
            provider.name
        ))
    })
}

/// The provider's own address, with what has to be remembered until the browser comes back. An error says why it does not answer.
pub(super) async fn lead(
    app: &App,
    provider: &Provider,
    browser: &str,
    to: &str,
    trial: Option<String>,
) -> std::result::Result<String, String> {
    let http = http()?;
    let client = client(app, provider, &http).await?;
    let (state, nonce) = (app.secret(), app.secret());
    let (their_state, their_nonce) = (CsrfToken::new(state.clone()), Nonce::new(nonce.clone()));
    let verifier = PkceCodeVerifier::new(app.secret());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    let (address, _, _) = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || their_state, move || their_nonce)
        .add_scope(Scope::new("profile".into()))
        .add_scope(Scope::new("email".into()))
        .set_pkce_challenge(challenge)
        .url();
    let half = Half {
        provider: provider.id.clone(),
        nonce: nonce.clone(),
        verifier: verifier.secret().clone(),
        browser: app.fingerprint("browser", browser).await.map_err(|e| e.to_string())?,
        to: to.into(),
        trial,
    };
    let ceremony = Ceremony {
        id: state.clone(),
        kind: "agency".into(),
        person: None,
        body: serde_json::to_string(&half).map_err(|e| e.to_string())?,
        expires_us: app.now_us() + AWAY_US,
    };
    app.store.ceremony_put(&ceremony).await.map_err(|e| e.to_string())?;
    Ok(address.into())
}
