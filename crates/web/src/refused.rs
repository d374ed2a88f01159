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
use crate::refill::refill;
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
/// No page is larger by far.
const LARGEST_PAGE: usize = 4 * 1024 * 1024;
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
    if is_page(&answer) && (answer.status() == StatusCode::OK || is_refusal(answer.status())) {
        return Some(answer);
    }
    let wrong = match answer.extensions().get::<Trouble>() {
        Some(Trouble::Wrong(problems)) => problems.clone(),
        _ => Vec::new(),
    };
    let filled = filled(within, visit, &kept.path, &kept.body, wrong).await;
    visit.gives_back.store(filled.is_some(), Ordering::Relaxed);
    filled
}

/// The page itself, with what was typed put back into its form: where what was posted has no page of its own to say what is wrong, or where
/// it could not be judged at all.
async fn filled(within: &Router, visit: &Visit, action: &str, body: &str, wrong: Vec<String>) -> Option<Response> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    // Once for each request: nothing else says what is wrong on it.
    let _ = visit.wrong.set(wrong);
    let mut request = Request::get(visit.path.as_str()).body(Body::empty()).ok()?;
    request.extensions_mut().insert(visit.clone());
    let answer = within.clone().oneshot(request).await.ok()?;
    if answer.status() != StatusCode::OK || !is_page(&answer) {
        return None;
    }
    let (mut parts, body) = answer.into_parts();
    let bytes = axum::body::to_bytes(body, LARGEST_PAGE).await.ok()?;
    let page = String::from_utf8_lossy(&bytes);
    let page = refill(&page, action, &pairs)?;
    parts.status = status;
    parts.headers.remove(header::CONTENT_LENGTH);
    Some(Response::from_parts(parts, Body::from(page)))
}

/// What becomes of what was typed, by what came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ends {
    /// The page of the form says what is wrong, or that something newer stands there: the browser is led to it.
    OnItsPage,
    /// A page says what went wrong: what was typed waits on the page of the form, for whoever goes back.
    Elsewhere,
    /// Nothing is kept: a script sent it, or it was nobody's to send.
    Nowhere,
}

impl Ends {
    /// By the trouble that came of it, where one did. `navigates`: a browser opened it, and shows what comes.
    pub fn of(navigates: bool, trouble: Option<&Trouble>) -> Ends {
        match trouble {
            _ if !navigates => Ends::Nowhere,
            None | Some(Trouble::Wrong(_)) => Ends::OnItsPage,
            Some(Trouble::SignIn | Trouble::Confirm | Trouble::SetUp | Trouble::Forged | Trouble::TooLarge) => {
                Ends::Nowhere
            }
            Some(_) => Ends::Elsewhere,
        }
    }
}

/// What comes after something was posted: what was refused leads back to its page, and is kept for that; what was done lets go of it.
pub async fn after(visit: &Visit, posted: &Posted, ends: Ends, mut answer: Response) -> Response {
    let (Some(who), Some(page)) = (&visit.signed_in, visit.typed_on.get().filter(|page| !page.is_empty())) else {
        return answer;
    };
    let app = &visit.site.app;
    let refused = match ends {
        Ends::OnItsPage => is_refusal(answer.status()) && is_page(&answer),
        Ends::Elsewhere => true,
        Ends::Nowhere => false,
    };
    if refused && may_be_kept(posted) {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(posted.pairs()).finish();
        return match session::keep_refused(app, who, page, &visit.path, &body).await {
            Ok(()) => {
                if ends == Ends::OnItsPage {
                    answer = on_to(page);
                }
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
