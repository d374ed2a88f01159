//! The code of an authenticator app, after a right password.

use super::{TO, entered, knock, ours, words};
use crate::components::{Asks as _, ErrorSummary, Input};
use crate::frame::{Answer, Frame, page_with};
use crate::posted::Posted;
use crate::visit::Visit;
use actions::sign_in;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use serde::Deserialize;

/// Which sign-in, and where it leads.
#[derive(Deserialize, Default)]
pub struct Half {
    #[serde(default)]
    half: String,
    #[serde(default)]
    to: String,
}

#[derive(Template)]
#[template(path = "sign_in/code.html")]
struct Page {
    frame: Frame,
    code: Input,
    summary: Option<ErrorSummary>,
    half: String,
    to: String,
}

/// `GET /sign-in/code`.
pub async fn show(visit: Visit, Query(half): Query<Half>) -> Answer {
    draw(&visit, StatusCode::OK, &half.half, &half.to, "")
}

/// `POST /sign-in/code`.
pub async fn check(visit: Visit, posted: Posted) -> Answer {
    let (half, to) = (posted.get("half"), posted.get(TO));
    match sign_in::with_code(&visit.site.app, half, posted.get("code"), &knock(&visit)).await {
        Ok(signed_in) => entered(&visit, signed_in, to).await,
        Err(refused) => {
            let (status, says) = words(&refused);
            draw(&visit, status, half, to, &says)
        }
    }
}

fn draw(visit: &Visit, status: StatusCode, half: &str, to: &str, problem: &str) -> Answer {
    let summary = (!problem.is_empty()).then(|| ErrorSummary::new([("code".to_string(), problem)]));
    let code = code(problem).hint("Six digits, shown by the app for half a minute.");
    let frame = visit.bare_frame("Enter the code of your app").wrong(summary.is_some());
    page_with(status, &Page { frame, code, summary, half: half.into(), to: ours(to).into() })
}

/// The field for a code.
pub(crate) fn code(problem: &str) -> Input {
    Input::new("code", "Code").digits().width(10).autocomplete("one-time-code").code().error(problem)
}
