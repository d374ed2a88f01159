//! Showing once more who one is, before something weighty. What was sent waits meanwhile, and goes on afterwards.

use crate::components::{Asks as _, ErrorSummary, Input, PasswordInput};
use crate::flash::Flash;
use crate::frame::{Answer, Frame, on_to, on_to_saying, page_with};
use crate::posted::Posted;
use crate::sign_in::{PasskeyAnswer, ours, words};
use crate::visit::Member;
use actions::{passkey, queries, session, sign_in, totp};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use serde::Deserialize;

/// Where it leads.
#[derive(Deserialize, Default)]
pub struct Wanted {
    #[serde(default)]
    to: String,
}

#[derive(Template)]
#[template(path = "account/confirm.html")]
struct Page {
    frame: Frame,
    password: PasswordInput,
    code: Option<Input>,
    summary: Option<ErrorSummary>,
    /// The host at which passkeys can be used; empty for none.
    passkeys: String,
    to: String,
}

/// `GET /account/confirm`.
pub async fn show(member: Member, Query(wanted): Query<Wanted>) -> Answer {
    draw(&member, StatusCode::OK, &wanted.to, "", "").await
}

/// `POST /account/confirm`.
pub async fn check(member: Member, posted: Posted) -> Answer {
    let to = posted.get("to");
    match sign_in::confirm(member.app(), &member.signed_in, posted.get("password"), posted.get("code")).await {
        Ok(()) => on(&member, to).await,
        Err(refused) => {
            let (status, says) = words(&refused);
            let code = matches!(refused, sign_in::SignInRefused::WrongCode | sign_in::SignInRefused::ClockOff { .. });
            let says = if matches!(refused, sign_in::SignInRefused::Wrong) {
                "The password is not right".into()
            } else {
                says
            };
            draw(&member, status, to, if code { "code" } else { "password" }, &says).await
        }
    }
}

/// `POST /account/confirm/passkey`.
pub async fn by_passkey(member: Member, posted: Posted) -> Answer {
    let PasskeyAnswer { ceremony, answer } = (&posted).into();
    match passkey::confirm(member.app(), &member.signed_in, ceremony, answer).await {
        Ok(()) => on(&member, posted.get("to")).await,
        Err(actions::Refused::NotAllowed(says)) => Ok(on_to_saying("/account/confirm", Flash::warning(says))),
        Err(refused) => Err(refused.into()),
    }
}

/// On with what was begun.
async fn on(member: &Member, to: &str) -> Answer {
    let waits = !session::give_back(member.app(), &member.actor.person).await?.is_empty();
    Ok(on_to(if waits { "/resume" } else { ours(to) }))
}

async fn draw(member: &Member, status: StatusCode, to: &str, field: &str, problem: &str) -> Answer {
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let wrong = |name: &str| if name == field { problem } else { "" };
    let summary = (!problem.is_empty()).then(|| ErrorSummary::new([(field.to_string(), problem)]));
    let has_code = totp::is_set_up(member.app(), &member.actor.person).await.map_err(actions::Refused::from)?;
    let frame = member.frame("Show that it is you", &viewer).wrong(summary.is_some());
    page_with(
        status,
        &Page {
            frame,
            password: PasswordInput::new("password", "Password").error(wrong("password")),
            code: has_code.then(|| crate::sign_in::code_field(wrong("code"))),
            summary,
            passkeys: passkey::host(member.app()).into(),
            to: ours(to).into(),
        },
    )
}
