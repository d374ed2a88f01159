//! A browser comes back from its agency's provider. What the provider says is believed only as far as it can be proven: the answer belongs
//! to this browser, the token is signed by the provider for us, is fresh, and is of this very sign-in.

use super::matching::matched;
use super::trial::{self, Tried};
use super::{Half, client, http, provider};
use crate::app::App;
use crate::authorise::Actor;
use crate::session::{How, SignedIn, begin};
use crate::sign_in::{Knock, SignInRefused, begun, is_unused};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::core::CoreIdToken;
use openidconnect::{AuthorizationCode, Nonce, PkceCodeVerifier, TokenResponse as _};
use serde_json::{Map, Value};
use store::Provider;

/// Why somebody of an agency was not signed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// What came back is not of this browser's sign-in, or too late.
    NotOurs,
    /// The provider does not answer.
    Down(String),
    /// The provider's answer cannot be believed.
    False(String),
    /// The provider itself refused.
    AtProvider,
    /// A provider was tried out, and does not do: the agency, the provider, and why.
    Trial(String, String, String),
    /// Nothing that the provider says of the person makes a post.
    NoPost(String),
    /// As for every way in.
    SignIn(SignInRefused),
}

impl From<store::StoreError> for Refusal {
    fn from(error: store::StoreError) -> Refusal {
        Refusal::SignIn(error.into())
    }
}

/// What came of a browser that came back.
#[derive(Clone, PartialEq, Debug)]
pub enum Finished {
    /// Somebody is signed in, and led on to where they wanted.
    SignedIn(Box<SignedIn>, String),
    /// Whoever keeps the provider has tried it: nobody is signed in.
    Tried(Tried),
}

/// Somebody comes back: they are signed in, and led on to where they wanted. Whoever tries a provider out is `trying`.
///
/// # Errors
/// Why not.
pub async fn finish(
    app: &App,
    state: &str,
    code: Option<&str>,
    browser: &str,
    knock: &Knock<'_>,
    trying: Option<&Actor>,
) -> Result<Finished, Refusal> {
    let half = app.store.ceremony_take(state, "agency", app.now_us()).await?.ok_or(Refusal::NotOurs)?;
    let half: Half = serde_json::from_str(&half.body).map_err(|_| Refusal::NotOurs)?;
    if half.browser != app.fingerprint("browser", browser).await? {
        return Err(Refusal::NotOurs);
    }
    let provider = provider(app, &half.provider).await?.ok_or(Refusal::NotOurs)?;
    if half.trial.is_some() {
        return trial::finish(app, &provider, half, code, trying).await.map(Finished::Tried);
    }
    let provider = Some(provider).filter(|one| one.active).ok_or(Refusal::NotOurs)?;
    let to = half.to.clone();
    let name = provider.name.clone();
    let said = said(app, &provider, half, code.ok_or(Refusal::AtProvider)?).await;
    let (subject, claims) = said.map_err(|wrong| {
        tracing::warn!(provider = name, error = wrong.says(), "a provider of accounts");
        match wrong {
            Wrong::Down(_) => Refusal::Down(name.clone()),
            Wrong::False(_) => Refusal::False(name.clone()),
        }
    })?;
    let person = matched(app, &provider, &subject, &claims).await?.ok_or(Refusal::NoPost(name))?;
    if !person.active {
        return Err(Refusal::SignIn(SignInRefused::Wrong));
    }
    if is_unused(app, &person) {
        return Err(Refusal::SignIn(SignInRefused::Unused));
    }
    let known = match knock.device {
        Some(device) => app.store.device_known(device, &person.id).await?,
        None => false,
    };
    let signed_in = begun(begin(app, &person, How::Agency, knock.browser, knock.device.filter(|_| known)).await);
    Ok(Finished::SignedIn(Box::new(signed_in.map_err(Refusal::SignIn)?), to))
}

/// Why what a provider says is not believed.
pub(super) enum Wrong {
    /// It does not answer.
    Down(String),
    /// Its answer cannot be believed.
    False(String),
}

impl Wrong {
    pub(super) fn says(&self) -> &str {
        match self {
            Wrong::Down(says) | Wrong::False(says) => says,
        }
    }
}

/// What the provider says of whoever came back, proven: who it is there, and its claims.
pub(super) async fn said(
    app: &App,
    provider: &Provider,
    half: Half,
    code: &str,
) -> Result<(String, Map<String, Value>), Wrong> {
    let http = http().map_err(Wrong::Down)?;
    let client = client(app, provider, &http).await.map_err(Wrong::Down)?;
    let untrue = |error: String| Wrong::False(error);
    let exchange = client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(|e| untrue(e.to_string()))?;
    let verifier = PkceCodeVerifier::new(half.verifier);
    let tokens = exchange.set_pkce_verifier(verifier).request_async(&http).await;
    let tokens = tokens.map_err(|e| untrue(format!("{e}: {e:?}").chars().take(400).collect()))?;
    let token: &CoreIdToken = tokens.id_token().ok_or_else(|| untrue("no token says who it is".into()))?;
    let believed = token.claims(&client.id_token_verifier(), &Nonce::new(half.nonce));
    let subject = believed.map_err(|e| untrue(e.to_string()))?.subject().to_string();
    let claims = claims(&token.to_string()).ok_or_else(|| untrue("the token cannot be read".into()))?;
    Ok((subject, claims))
}

/// All claims of a token that has been verified.
fn claims(token: &str) -> Option<Map<String, Value>> {
    let payload = token.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}
