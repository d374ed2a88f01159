//! Signing in and out. Whoever was sent here from a page goes back to it; what somebody posted after their session ended is kept, and
//! offered to be sent once they have signed in.

use crate::around::{Begin, End};
use crate::components::{Asks as _, ErrorSummary, Input, PasswordInput};
use crate::flash::Flash;
use crate::frame::{Answer, Frame, on_to, on_to_saying, page_with};
use crate::posted::Posted;
use crate::state::DemoPerson;
use crate::trouble_page::Again;
use crate::visit::Visit;
use actions::queries;
use actions::sign_in::{self, SignInRefused, SignedIn};
use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Deserialize;

/// The hidden field that holds where to go.
const TO: &str = "to";
/// The hidden field that holds what was posted.
const KEPT: &str = "kept";

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
    kept: String,
    people: Vec<DemoPerson>,
}

#[derive(Template)]
#[template(path = "sign_in/resume.html")]
struct Resume {
    frame: Frame,
    name: String,
    again: Again,
}

/// The address of the sign-in page that leads back to this one.
pub(crate) fn address(to: &str) -> String {
    if to == "/" {
        return "/sign-in".into();
    }
    format!("/sign-in?{TO}={}", form_urlencoded::byte_serialize(to.as_bytes()).collect::<String>())
}

/// `GET /sign-in`.
pub async fn show(visit: Visit, Query(wanted): Query<Wanted>) -> Answer {
    if visit.signed_in.is_some() {
        return Ok(on_to(ours(&wanted.to)));
    }
    form(&visit, StatusCode::OK, &wanted.to, "", "", "")
}

/// The page for somebody whose session ended before what they posted could be saved.
pub(crate) fn keeping(visit: &Visit, posted: &Posted) -> Answer {
    let kept = form_urlencoded::Serializer::new(String::new()).extend_pairs(posted.pairs()).finish();
    form(visit, StatusCode::UNAUTHORIZED, &visit.path, &kept, "", "")
}

/// `POST /sign-in`.
pub async fn enter(visit: Visit, posted: Posted) -> Answer {
    let (username, password) = (posted.get("username").trim(), posted.get("password"));
    let (to, kept) = (posted.get(TO), posted.get(KEPT));
    if username.is_empty() || password.is_empty() {
        let says = if username.is_empty() { "Enter your username" } else { "Enter your password" };
        return form(&visit, StatusCode::UNPROCESSABLE_ENTITY, to, kept, username, says);
    }
    match sign_in::sign_in(&visit.site.app, username, password, &visit.address).await {
        Ok(signed_in) => {
            let token = signed_in.token.clone();
            let mut answer =
                if kept.is_empty() { on_to(ours(to)) } else { resume(&visit, signed_in, to, kept).await? };
            answer.extensions_mut().insert(Begin(token));
            Ok(answer)
        }
        Err(SignInRefused::Wrong) => {
            let says = "The username or the password is not right";
            form(&visit, StatusCode::UNPROCESSABLE_ENTITY, to, kept, username, says)
        }
        Err(SignInRefused::Throttled { minutes }) => {
            let unit = if minutes == 1 { "minute" } else { "minutes" };
            let says = format!("Too many attempts. Wait {minutes} {unit}, then try again");
            let mut answer = form(&visit, StatusCode::TOO_MANY_REQUESTS, to, kept, username, &says)?;
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(u64::from(minutes) * 60));
            Ok(answer)
        }
        Err(SignInRefused::Unavailable) => {
            let says = "We could not check your password just now. Try again in a moment";
            form(&visit, StatusCode::SERVICE_UNAVAILABLE, to, kept, username, says)
        }
    }
}

/// `POST /sign-out`.
pub async fn leave(visit: Visit) -> Answer {
    if visit.signed_in.is_some() {
        sign_in::sign_out(&visit.site.app, &visit.token).await?;
    }
    let mut answer = on_to_saying("/sign-in", Flash::information("You have signed out"));
    answer.extensions_mut().insert(End);
    // Nobody who sits down at this computer next finds these pages by the Back button.
    let clear = HeaderName::from_static("clear-site-data");
    answer.headers_mut().insert(clear, HeaderValue::from_static("\"cache\""));
    Ok(answer)
}

/// What was posted before the session ended, ready to be sent under the new one.
async fn resume(visit: &Visit, signed_in: SignedIn, to: &str, kept: &str) -> Answer {
    let viewer = queries::viewer(&visit.site.app, &signed_in.actor).await?;
    let visit = visit.under(signed_in);
    let again = Again {
        action: ours(to).into(),
        pairs: form_urlencoded::parse(kept.as_bytes()).into_owned().collect(),
        button: "Save what I typed",
    };
    let frame = visit.frame("You are signed in again", &viewer);
    page_with(StatusCode::OK, &Resume { frame, name: viewer.name.clone(), again })
}

fn form(visit: &Visit, status: StatusCode, to: &str, kept: &str, username: &str, problem: &str) -> Answer {
    let field = if problem.ends_with("password") { "password" } else { "username" };
    let wrong = |name: &str| if name == field { problem } else { "" };
    let summary = (!problem.is_empty()).then(|| ErrorSummary::new([(field.to_string(), problem)]));
    let mut input = Input::new("username", "Username").value(username).autocomplete("username").code();
    input.autocapitalize = "none".into();
    page_with(
        status,
        &Show {
            frame: visit.bare_frame("Sign in").wrong(summary.is_some()),
            username: input.error(wrong("username")),
            password: PasswordInput::new("password", "Password").error(wrong("password")),
            summary,
            to: to.into(),
            kept: kept.into(),
            people: visit.site.options.people.clone(),
        },
    )
}

/// An address within this service; anything else leads home.
fn ours(to: &str) -> &str {
    let local =
        to.starts_with('/') && !to.starts_with("//") && !to.contains('\\') && to.bytes().all(|b| b.is_ascii_graphic());
    if local && !to.starts_with("/sign-") { to } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_away_from_this_service() {
        assert_eq!(ours("/children/1?x=y"), "/children/1?x=y");
        for elsewhere in
            ["", "https://example.com", "//example.com", "/\\example.com", "/a b", "/a\nb", "/sign-out", "javascript:x"]
        {
            assert_eq!(ours(elsewhere), "/", "{elsewhere}");
        }
    }

    #[test]
    fn the_way_back_is_written_safely() {
        assert_eq!(address("/"), "/sign-in");
        assert_eq!(address("/search?a=b&c"), "/sign-in?to=%2Fsearch%3Fa%3Db%26c");
    }
}
