//! Forms that are refused, all of them alike: the answer is the page on which it was typed, drawn again with what was typed and what is wrong.
//! So nothing in a browser's history asks to send a form again, and its Back finds what was typed.
//!
//! Each form says beside its token on which page it stands. What was refused is kept for the session and that page; whoever opens the page
//! then gets what its form answers, worked out anew by what they may see now, and with every write undone. It goes with whatever is saved from
//! the page, and when its person signs out. Browsers that do not say whether they open a page are answered at once, as scripts are.

use crate::around::KEPT;
use crate::chance::{hex, unhex};
use crate::frame::on_to;
use crate::posted::{File, Posted};
use crate::trouble::Trouble;
use crate::trouble_page::is_secret;
use crate::visit::Visit;
use actions::session;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use std::sync::atomic::Ordering;
use tower::ServiceExt as _;

/// Between the token of a form and the address of its page.
const MARK: char = '~';
/// A longer address is none of ours.
const LONGEST: usize = 1500;

/// A form was refused: this browser asks for what was typed from now on. Put into the extensions of an answer.
#[derive(Clone, Debug)]
pub struct Refuses;

/// A token, with the page for which it is made: in letters that nobody reads, so that a page does not say again what was in its address.
pub fn with_page(token: &str, page: &str) -> String {
    match sound(page) {
        "" => token.to_owned(),
        page => format!("{token}{MARK}{}", hex(page.as_bytes())),
    }
}

/// The token, and the page on which it stood; empty where it does not say.
pub fn without_page(token: &str) -> (&str, String) {
    let Some((token, page)) = token.split_once(MARK) else { return (token, String::new()) };
    let page = unhex(page).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    (token, sound(&page).to_owned())
}

/// An address of a page of ours that gives back what was typed on it. Where people show who they are nothing is kept.
pub fn sound(page: &str) -> &str {
    let letters = page.bytes().all(|byte| byte.is_ascii_graphic());
    let ours = page.starts_with('/') && !page.starts_with("//") && !page.contains('\\');
    let kept = !["/sign-in", "/account", "/resume", "/welcome"].iter().any(|start| page.starts_with(start));
    if ours && letters && kept && page.len() <= LONGEST { page } else { "" }
}

/// Does a browser open a page? It says so itself.
pub fn navigates(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-dest").is_some_and(|dest| dest == "document")
}

/// The page with what was typed on it and refused before, if something was.
pub async fn again(within: &Router, visit: &Visit, opens: bool) -> Option<Response> {
    if !opens || !visit.refuses {
        return None;
    }
    let who = visit.signed_in.as_ref()?;
    let kept = session::refused_on(&visit.site.app, who, sound(&visit.path)).await.ok()??;
    let pairs = form_urlencoded::parse(kept.body.as_bytes()).into_owned().collect();
    let mut request = Request::post(kept.path.as_str()).body(Body::empty()).ok()?;
    request.extensions_mut().insert(visit.clone());
    request.extensions_mut().insert(Posted::new(pairs, File::None));
    visit.gives_back.store(true, Ordering::Relaxed);
    let answer = session::trying(within.clone().oneshot(request)).await.ok()?;
    let drawn = is_page(&answer) && (answer.status() == StatusCode::OK || is_refusal(answer.status()));
    visit.gives_back.store(drawn, Ordering::Relaxed);
    drawn.then_some(answer)
}

/// What comes after something was posted: what was refused leads back to its page, and is kept for that; what was done lets go of it.
/// `may_lead`: a browser opened it, and the answer is the page of the form and not one that says what went wrong.
pub async fn after(visit: &Visit, posted: &Posted, may_lead: bool, answer: Response) -> Response {
    let (Some(who), Some(page)) = (&visit.signed_in, visit.typed_on.get().filter(|page| !page.is_empty())) else {
        return answer;
    };
    let app = &visit.site.app;
    if is_refusal(answer.status()) && is_page(&answer) && may_lead && may_be_kept(posted) {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(posted.pairs()).finish();
        return match session::keep_refused(app, who, page, &visit.path, &body).await {
            Ok(()) => {
                let mut answer = on_to(page);
                answer.extensions_mut().insert(Refuses);
                answer
            }
            Err(error) => {
                tracing::warn!(?error, "what was refused is not kept");
                answer
            }
        };
    }
    if visit.refuses && (answer.status().is_success() || answer.status().is_redirection()) {
        let forgotten = session::forget_refused(app, who, page).await;
        forgotten.unwrap_or_else(|error| tracing::warn!(?error, "what was refused"));
    }
    answer
}

/// No file, no secret, and nothing that is kept already in another way.
fn may_be_kept(posted: &Posted) -> bool {
    let named = |name: &str| is_secret(name) || name == KEPT;
    matches!(posted.file(), File::None) && !posted.pairs().iter().any(|(name, _)| named(name))
}

fn is_refusal(status: StatusCode) -> bool {
    matches!(status, StatusCode::UNPROCESSABLE_ENTITY | StatusCode::CONFLICT)
}

/// Is it a page of its own, and not one that says what went wrong?
fn is_page(answer: &Response) -> bool {
    let html = answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    html && answer.extensions().get::<Trouble>().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_on_which_page_it_stands() {
        let page = "/children/c-1/record/search.made?duty=a~b~1&back=%2F";
        assert_eq!(without_page(&with_page("abc", page)), ("abc", page.to_owned()));
        for nowhere in ["abc", "abc~", "abc~zz", "abc~2f2f65", "abc~ff"] {
            assert_eq!(without_page(nowhere), ("abc", String::new()), "{nowhere}");
        }
    }

    #[test]
    fn nobody_is_led_elsewhere_or_to_where_a_password_is_typed() {
        for other in ["", "//evil.example", "/\\evil", "https://evil.example", "/account/password", "/sign-in", "/a b"]
        {
            assert_eq!(sound(other), "", "{other}");
            assert_eq!(with_page("abc", other), "abc");
        }
    }
}
