//! The sign-in page: passkeys first, then a password, then the accounts of agencies.

use super::{TO, entered, knock, ours};
use crate::around::End;
use crate::components::{Asks as _, ErrorSummary, Input, PasswordInput};
use crate::flash::Flash;
use crate::frame::{Answer, Frame, on_to, on_to_saying, page_with};
use crate::posted::Posted;
use crate::state::DemoPerson;
use crate::visit::Visit;
use actions::sign_in::{self, Knock, SignInRefused, UNUSED_DAYS};
use actions::{oidc, passkey, session};
use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Deserialize;

/// Where somebody goes who has signed in.
#[derive(Deserialize, Default)]
pub struct Wanted {
    #[serde(default)]
    to: String,
}

#[derive(Template)]
#[template(path = "sign_in/show.html")]
struct Show {
    frame: Frame,
    username: Input,
    password: PasswordInput,
    summary: Option<ErrorSummary>,
    to: String,
    /// What was typed waits for whoever typed it.
    kept: bool,
    /// The page was locked, and opens again for its own person.
    locked: bool,
    /// The host at which passkeys can be used; empty for none.
    passkeys: String,
    /// Providers of agencies' own accounts: ids and names.
    agencies: Vec<(String, String)>,
    /// What areas call themselves, and whom they say to ask for help.
    called: Vec<(String, String)>,
    people: Vec<DemoPerson>,
}

/// `GET /sign-in`.
pub async fn show(visit: Visit, Query(wanted): Query<Wanted>) -> Answer {
    if visit.signed_in.is_some() {
        return Ok(on_to(ours(&wanted.to)));
    }
    form(&visit, StatusCode::OK, &wanted.to, "", "").await
}

/// The page for somebody whose session ended before what they posted could be saved. It holds nothing of what was typed.
pub(crate) fn instead(visit: &Visit, kept: bool) -> Answer {
    draw(visit, StatusCode::UNAUTHORIZED, &visit.path, "", "", kept, Vec::new())
}

/// `POST /sign-in`.
pub async fn enter(visit: Visit, posted: Posted) -> Answer {
    let (username, password) = (posted.get("username").trim(), posted.get("password"));
    let to = posted.get(TO);
    if username.is_empty() || password.is_empty() {
        let says = if username.is_empty() { "Enter your username" } else { "Enter your password" };
        return form(&visit, StatusCode::UNPROCESSABLE_ENTITY, to, username, says).await;
    }
    let refused = match sign_in::enter(&visit.site.app, &Knock { username, password, ..knock(&visit) }).await {
        Ok(signed_in) => return entered(&visit, signed_in, to).await,
        Err(SignInRefused::Code(ceremony)) => {
            let pairs = [("half", ceremony.as_str()), (TO, ours(to))];
            let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
            return Ok(on_to(&format!("/sign-in/code?{query}")));
        }
        Err(refused) => refused,
    };
    let (status, says) = words(&refused);
    let mut answer = form(&visit, status, to, username, &says).await?;
    if let SignInRefused::Throttled { minutes } = refused {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(u64::from(minutes) * 60));
    }
    Ok(answer)
}

/// Why somebody was not signed in, in their words.
pub(crate) fn words(refused: &SignInRefused) -> (StatusCode, String) {
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    match refused {
        SignInRefused::Wrong => (wrong, "The username or the password is not right".into()),
        SignInRefused::WrongCode | SignInRefused::ClockOff { .. } => (wrong, actions::totp::words(refused)),
        SignInRefused::Throttled { minutes } => {
            let unit = if *minutes == 1 { "minute" } else { "minutes" };
            (StatusCode::TOO_MANY_REQUESTS, format!("Too many attempts. Wait {minutes} {unit}, then try again"))
        }
        SignInRefused::PasskeyFirst => {
            (wrong, "Sign in with your passkey: a password alone is not enough. If you have lost it, ask whoever keeps your agency's people".into())
        }
        SignInRefused::Unused => {
            (wrong, format!("This account was not used for {UNUSED_DAYS} days, and is locked. Ask whoever keeps your agency's people to let you in"))
        }
        SignInRefused::TooLate | SignInRefused::Code(_) => (wrong, "That took too long. Enter your username and password again".into()),
        SignInRefused::NoKey => (StatusCode::SERVICE_UNAVAILABLE, actions::totp::NO_KEY.into()),
        SignInRefused::Busy => (StatusCode::SERVICE_UNAVAILABLE, "Many people are signing in. Try again in a moment".into()),
        SignInRefused::Unavailable => {
            (StatusCode::SERVICE_UNAVAILABLE, "We could not check your password just now. Try again in a moment".into())
        }
    }
}

/// `POST /sign-out`.
pub async fn leave(visit: Visit) -> Answer {
    if visit.signed_in.is_some() || visit.asleep.is_some() {
        session::sign_out(&visit.site.app, &visit.token).await?;
    }
    let mut answer = on_to_saying("/sign-in", Flash::information("You have signed out"));
    answer.extensions_mut().insert(End);
    // Nobody who sits down at this computer next finds these pages by the Back button.
    let clear = HeaderName::from_static("clear-site-data");
    answer.headers_mut().insert(clear, HeaderValue::from_static("\"cache\""));
    Ok(answer)
}

async fn form(visit: &Visit, status: StatusCode, to: &str, username: &str, problem: &str) -> Answer {
    let agencies = oidc::choices(&visit.site.app).await?;
    draw(visit, status, to, username, problem, false, agencies)
}

fn draw(
    visit: &Visit,
    status: StatusCode,
    to: &str,
    username: &str,
    problem: &str,
    kept: bool,
    agencies: Vec<(String, String)>,
) -> Answer {
    let field = if problem.ends_with("your password") { "password" } else { "username" };
    let wrong = |name: &str| if name == field { problem } else { "" };
    let summary = (!problem.is_empty()).then(|| ErrorSummary::new([(field.to_string(), problem)]));
    let mut input = Input::new("username", "Username").value(username).autocomplete("username webauthn").code();
    input.autocapitalize = "none".into();
    page_with(
        status,
        &Show {
            frame: visit.bare_frame("Sign in").wrong(summary.is_some()),
            username: input.error(wrong("username")),
            password: PasswordInput::new("password", "Password").error(wrong("password")),
            summary,
            to: to.into(),
            kept,
            locked: visit.asleep.as_ref().is_some_and(|asleep| asleep.locked),
            passkeys: passkey::host(&visit.site.app).into(),
            agencies,
            called: actions::setting::called(&visit.site.app, None),
            people: visit.site.options.people.clone(),
        },
    )
}
