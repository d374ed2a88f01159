//! Leading a browser to its agency's provider.

use super::{Half, client, http, provider};
use crate::app::App;
use crate::refused::{Refused, Result};
use openidconnect::core::CoreAuthenticationFlow;
use openidconnect::{CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope};
use store::Ceremony;

/// So long somebody may take at the provider.
const AWAY_US: i64 = 15 * 60_000_000;

/// Where the browser is led. `browser` is its own secret.
pub async fn begin(app: &App, id: &str, browser: &str, to: &str) -> Result<String> {
    let provider = provider(app, id).await?.ok_or(Refused::NotFound)?;
    let down = |error: String| {
        tracing::warn!(provider = provider.name, error, "a provider of accounts");
        Refused::Unavailable(format!(
            "The sign-in of {} does not answer just now. Try again in a moment, or use a passkey or a password.",
            provider.name
        ))
    };
    let http = http().map_err(down)?;
    let client = client(app, &provider, &http).await.map_err(down)?;
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
        browser: app.fingerprint("browser", browser).await?,
        to: to.into(),
    };
    let ceremony = Ceremony {
        id: state.clone(),
        kind: "agency".into(),
        person: None,
        body: serde_json::to_string(&half).map_err(|e| down(e.to_string()))?,
        expires_us: app.now_us() + AWAY_US,
    };
    app.store.ceremony_put(&ceremony).await?;
    Ok(address.into())
}
