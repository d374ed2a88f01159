//! One's own passkeys and authenticator app.

use crate::components::{ErrorSummary, Input};
use crate::flash::Flash;
use crate::form::Form;
use crate::frame::{Answer, Frame, on_to_saying, page_with};
use crate::posted::Posted;
use crate::sign_in::{PasskeyAnswer, code_field, json};
use crate::trouble::Trouble;
use crate::visit::Member;
use actions::totp::Beginning;
use actions::{Refused, passkey, queries, totp};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

#[derive(Template)]
#[template(path = "account/codes.html")]
struct Codes {
    frame: Frame,
    beginning: Beginning,
    code: Input,
    summary: Option<ErrorSummary>,
}

/// `POST /account/passkeys/ask`.
pub async fn ask_to_add_passkey(member: Member) -> Result<Response, Trouble> {
    member.fresh()?;
    Ok(json(&passkey::ask_to_add(member.app(), &member.signed_in).await?))
}

/// `POST /account/passkeys`.
pub async fn add_passkey(member: Member, posted: Posted) -> Answer {
    let PasskeyAnswer { ceremony, answer } = (&posted).into();
    match passkey::add(member.app(), &member.signed_in, ceremony, posted.get("name"), answer).await {
        Ok(()) => Ok(on_to_saying("/account", Flash::success("The passkey was added"))),
        Err(Refused::NotAllowed(says)) => Ok(on_to_saying("/account", Flash::warning(says))),
        Err(refused) => Err(refused.into()),
    }
}

/// `POST /account/passkeys/remove`.
pub async fn remove_passkey(member: Member, posted: Posted) -> Answer {
    member.fresh()?;
    match passkey::remove(member.app(), &member.signed_in, posted.get("passkey")).await {
        Ok(()) => Ok(on_to_saying("/account", Flash::success("The passkey was taken away"))),
        Err(Refused::NotAllowed(says)) => Ok(on_to_saying("/account", Flash::warning(says))),
        Err(refused) => Err(refused.into()),
    }
}

/// `GET /account/codes`.
pub async fn begin_codes(member: Member) -> Answer {
    member.fresh()?;
    match totp::begin(member.app(), &member.signed_in).await {
        Ok(beginning) => codes(&member, beginning, &Form::default()).await,
        Err(Refused::NotAllowed(says)) => Ok(on_to_saying("/account", Flash::warning(says))),
        Err(refused) => Err(refused.into()),
    }
}

/// `POST /account/codes`.
pub async fn finish_codes(member: Member, posted: Posted) -> Answer {
    member.fresh()?;
    match totp::finish(member.app(), &member.signed_in, posted.get("code")).await {
        Ok(()) => Ok(on_to_saying("/account", Flash::success("The authenticator app is set up"))),
        Err(Refused::Invalid(problems)) => {
            let beginning = totp::begin(member.app(), &member.signed_in).await?;
            codes(&member, beginning, &Form::new(&[], &problems)).await
        }
        Err(refused) => Err(refused.into()),
    }
}

/// `POST /account/codes/remove`.
pub async fn remove_codes(member: Member) -> Answer {
    member.fresh()?;
    match totp::remove(member.app(), &member.signed_in).await {
        Ok(()) => Ok(on_to_saying("/account", Flash::success("The authenticator app was taken away"))),
        Err(Refused::NotAllowed(says)) => Ok(on_to_saying("/account", Flash::warning(says))),
        Err(refused) => Err(refused.into()),
    }
}

async fn codes(member: &Member, beginning: Beginning, form: &Form) -> Answer {
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let summary = form.summary();
    let status = if summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let code = code_field(form.problem("code"));
    let frame =
        member.frame("Set up an authenticator app", &viewer).back("/account", "Your account").wrong(summary.is_some());
    page_with(status, &Codes { frame, beginning, code, summary })
}
