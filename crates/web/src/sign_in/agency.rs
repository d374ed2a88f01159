//! Signing in by the agency's own account: the browser is led to its provider and comes back.

use super::{begun, knock, ours};
use crate::agency;
use crate::flash::Flash;
use crate::frame::{Answer, on_to, on_to_saying};
use crate::trouble::Trouble;
use crate::visit::{Member, Visit};
use actions::oidc::{self, Finished, Refusal};
use actions::{Refused, session};
use axum::extract::{Path, Query};
use serde::Deserialize;

/// Where somebody goes who has signed in.
#[derive(Deserialize, Default)]
pub struct Wanted {
    #[serde(default)]
    to: String,
}

/// What the provider says by the browser.
#[derive(Deserialize, Default)]
pub struct Back {
    #[serde(default)]
    state: String,
    code: Option<String>,
}

/// `GET /sign-in/agency/{provider}`.
pub async fn begin(visit: Visit, Path(provider): Path<String>, Query(wanted): Query<Wanted>) -> Answer {
    match oidc::begin(&visit.site.app, &provider, visit.browser_secret(), ours(&wanted.to)).await {
        Ok(address) => Ok(on_to(&address)),
        Err(Refused::Unavailable(says)) => Ok(on_to_saying("/sign-in", Flash::warning(says))),
        Err(refused) => Err(refused.into()),
    }
}

/// `GET /sign-in/agency/return`.
pub async fn finish(visit: Visit, Query(back): Query<Back>) -> Answer {
    let app = &visit.site.app;
    let trying = visit.signed_in.as_ref().map(|signed_in| &signed_in.actor);
    let done =
        oidc::finish(app, &back.state, back.code.as_deref(), visit.browser_secret(), &knock(&visit), trying).await;
    let says = match done {
        Ok(Finished::Tried(tried)) => {
            let signed_in = visit.signed_in.clone().ok_or(Trouble::SignIn)?;
            let member = Member { actor: signed_in.actor.clone(), signed_in, visit };
            return agency::tried(&member, tried).await;
        }
        Err(Refusal::Trial(agency, provider, why)) => {
            let says = Flash::warning("It does not do yet").text(why);
            return Ok(on_to_saying(&format!("/agencies/{agency}/providers/{provider}"), says));
        }
        Ok(Finished::SignedIn(signed_in, to)) => {
            if visit.asleep.is_some() {
                session::sign_out(app, &visit.token).await?;
            }
            let waits = !session::give_back(app, &signed_in.actor.person).await?.is_empty();
            return Ok(begun(on_to(if waits { "/resume" } else { ours(&to) }), &signed_in));
        }
        Err(Refusal::NotOurs) => "That sign-in was begun at another browser, or took too long. Begin again.".to_owned(),
        Err(Refusal::AtProvider) => "Your agency did not sign you in. Begin again, or use another way.".to_owned(),
        Err(Refusal::Down(name)) => {
            format!(
                "The sign-in of {name} does not answer just now. Try again in a moment, or use a passkey or a password."
            )
        }
        Err(Refusal::False(name)) => {
            format!(
                "What {name} answered could not be believed, and you were not signed in. Tell whoever runs this service."
            )
        }
        Err(Refusal::NoPost(name)) => {
            format!(
                "{name} knows you, but nothing that it says of you makes a post here. Ask whoever keeps your agency's people."
            )
        }
        Err(Refusal::SignIn(refused)) => super::words(&refused).1,
    };
    Ok(on_to_saying("/sign-in", Flash::warning(says)))
}
