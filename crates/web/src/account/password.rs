//! Another password for oneself.

use crate::components::{Asks as _, ErrorSummary, PasswordInput};
use crate::flash::Flash;
use crate::form::Form;
use crate::frame::{Answer, Frame, on_to_saying, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::{Refused, account, queries};
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "account/password.html")]
struct Page {
    frame: Frame,
    password: PasswordInput,
    summary: Option<ErrorSummary>,
}

/// `GET /account/password`.
pub async fn show(member: Member) -> Answer {
    member.fresh()?;
    draw(&member, &Form::default()).await
}

/// `POST /account/password`.
pub async fn change(member: Member, posted: Posted) -> Answer {
    member.fresh()?;
    match account::change_password(member.app(), &member.signed_in, posted.get("password")).await {
        Ok(()) => Ok(on_to_saying(
            "/account",
            Flash::success("Your password was changed").text("Your other sessions have ended."),
        )),
        Err(Refused::Invalid(problems)) => draw(&member, &Form::new(&[], &problems)).await,
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(member: &Member, form: &Form) -> Answer {
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let summary = form.summary();
    let status = if summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut password = PasswordInput::new("password", "New password").error(form.problem("password"));
    password.autocomplete = "new-password".into();
    let password = password
        .hint("At least 10 characters that are hard to guess: three or four random words are easy to remember.");
    let frame = member.frame("Change your password", &viewer).back("/account", "Your account").wrong(summary.is_some());
    page_with(status, &Page { frame, password, summary })
}
