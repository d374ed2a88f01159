//! What happens around every page, in order: who is asking, what is posted, the page, the page for what went wrong, cookies.

use crate::away;
use crate::chance::{bytes, hex};
use crate::cookies;
use crate::csrf::Csrf;
use crate::flash::Flash;
use crate::guard;
use crate::posted::Posted;
use crate::refused::{self, Ends, Refuses};
use crate::state::Site;
use crate::trouble::Trouble;
use crate::trouble_page;
use crate::visit::{Asleep, Inner, Visit};
use actions::copies::{ONE_COPY, in_two_copies, noting};
use actions::session::{self, Who};
use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::sync::OnceLock;

/// A session begins: the cookie holds this from now on. Put into the extensions of an answer.
#[derive(Clone, Debug)]
pub struct Begin(pub String);

/// The browser is known from now on by this. Put into the extensions of an answer.
#[derive(Clone, Debug)]
pub struct Known(pub String);

/// The session ends. Put into the extensions of an answer.
#[derive(Clone, Debug)]
pub struct End;

/// The hidden field that names what was kept and is now sent again.
pub const KEPT: &str = "kept";

/// By what a request is found in the log; also in the header `x-request-id`.
#[derive(Clone, Debug)]
pub struct Reference(pub String);

/// What the layer works with.
#[derive(Clone)]
pub struct Around {
    /// The site.
    pub site: Site,
    /// The pages themselves, without what happens around them.
    pub within: Router,
}

/// The layer around every page.
pub async fn every_page(State(around): State<Around>, request: Request, next: Next) -> Response {
    let Around { site, within } = around;
    let (mut parts, body) = request.into_parts();
    let token = cookies::read(&parts.headers, cookies::session_name(site.options.secure)).unwrap_or_default();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    if let Some(last) = away::at_once(&site, token, path, &parts.method) {
        return last;
    }
    let (visit, failure) = visit(&site, &parts).await;
    parts.extensions.insert(visit.clone());
    let onward = onward(&visit, &parts.method, &parts.uri).await;
    let request = Request::from_parts(parts, body);
    let navigates = refused::navigates(request.headers());
    let opens = navigates && *request.method() == Method::GET;
    let mut posted = None;
    let (method, for_paper) = (request.method().clone(), request.uri().path() == away::ADDRESS);
    let leaves = method == Method::POST && request.uri().path() == "/sign-out";
    let (answer, saved) = noting(async {
        match failure.filter(|_| !for_paper) {
            Some(Trouble::Unavailable(_)) if leaves => away::left(&visit),
            Some(trouble) => trouble.into_response(),
            None if let Some(onward) = onward => onward,
            None => match guard::read(request, &visit).await {
                Ok(request) => {
                    posted = request.extensions().get::<Posted>().cloned();
                    match refused::again(&within, &visit, opens).await {
                        Some(again) => again,
                        None => next.run(request).await,
                    }
                }
                Err((trouble, kept)) => {
                    posted = kept;
                    trouble.into_response()
                }
            },
        }
    })
    .await;
    if let Some(Trouble::Unavailable(_)) = answer.extensions().get::<Trouble>() {
        away::failed(&visit.site);
    }
    let trouble = trouble_of(&answer);
    let ends = Ends::of(navigates, trouble.as_ref());
    let mut answer = match trouble {
        Some(Trouble::Unavailable(_)) if let Some(last) = away::last(&visit, &method) => last,
        Some(trouble) => trouble_page::write(&visit, trouble, posted.as_ref()).await,
        None => away::keep(&visit, &method, answer).await,
    };
    if answer.extensions().get::<End>().is_some() {
        visit.site.last.forget(&visit.token);
    }
    away::acted(&visit.site, &method, visit.path.split('?').next().unwrap_or_default(), &answer);
    // What was typed before, and has been sent now, is kept no longer.
    if let (Some(who), Some(posted)) = (&visit.signed_in, &posted)
        && !posted.get(KEPT).is_empty()
        && (answer.status().is_success() || answer.status().is_redirection())
    {
        let thrown = session::throw_away(&visit.site.app, &who.actor.person, posted.get(KEPT)).await;
        thrown.unwrap_or_else(|error| tracing::warn!(?error, "what was kept"));
    }
    if let Some(posted) = &posted {
        answer = refused::after(&visit, posted, ends, answer).await;
    }
    if let Some(place) = saved.filter(|_| method == Method::POST && visit.signed_in.is_some()) {
        confirm(&visit, place, &mut answer).await;
    }
    bake(&visit, &mut answer);
    answer
}

/// Waits a moment until what was saved stands on the second machine too; where it does not, the confirmation says so. Without a second machine
/// nothing is waited for.
async fn confirm(visit: &Visit, place: i64, answer: &mut Response) {
    let confirms = answer.status() == StatusCode::SEE_OTHER && answer.extensions().get::<End>().is_none();
    if !confirms || in_two_copies(&visit.site.app, place).await {
        return;
    }
    let said = answer.extensions_mut().remove::<Flash>();
    let flash = match said {
        // First, so that nothing is cut off it.
        Some(flash) => {
            let text = format!("{ONE_COPY} {}", flash.text);
            flash.text(text.trim())
        }
        None => Flash::information(ONE_COPY),
    };
    answer.extensions_mut().insert(flash);
}

/// The address of the one record, for an old address of a record that was merged into it: for whoever sees that one, and for nobody else.
/// A form goes on as it was sent.
async fn onward(visit: &Visit, method: &Method, uri: &Uri) -> Option<Response> {
    let path = uri.path().strip_prefix("/children/")?;
    let (child, rest) = path.split_once('/').map_or((path, String::new()), |(child, rest)| (child, format!("/{rest}")));
    let who = visit.signed_in.as_ref()?;
    let other = actions::same::onward(&visit.site.app, &who.actor, child).await.ok()??;
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let address = HeaderValue::from_str(&format!("/children/{other}{rest}{query}")).ok()?;
    let status = if *method == Method::GET { StatusCode::SEE_OTHER } else { StatusCode::TEMPORARY_REDIRECT };
    Some((status, [(header::LOCATION, address)]).into_response())
}

/// Did somebody do something? A page that keeps itself fresh asks by a script, and that is nobody's doing.
fn acts(request: &Parts) -> bool {
    request.method != Method::GET || request.headers.get("sec-fetch-dest").is_none_or(|dest| dest != "empty")
}

/// A browser in a few words, for the list of one's own sessions: `Chrome, Windows`.
fn browser(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let first =
        |known: &[(&str, &'static str)]| known.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    let name = first(&[("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari")]);
    let on = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac", "Mac"),
        ("Linux", "Linux"),
    ]);
    [name, on].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Who is asking. When the store cannot say, nobody is, and that is the trouble.
async fn visit(site: &Site, request: &Parts) -> (Visit, Option<Trouble>) {
    let headers = &request.headers;
    let secure = site.options.secure;
    let brought = cookies::read(headers, cookies::session_name(secure)).filter(|token| !token.is_empty());
    let (who, failure) = match brought {
        Some(token) => match session::who(&site.app, token, acts(request)).await {
            Ok(who) => (who, None),
            Err(refused) => (Who::Nobody, Some(refused.into())),
        },
        None => (Who::Nobody, None),
    };
    let token = brought.map_or_else(String::new, Into::into);
    let known = cookies::read(headers, cookies::visitor_name(secure)).filter(|visitor| visitor.len() == 64);
    let visitor = known.map_or_else(|| hex(&bytes::<32>()), Into::into);
    let of_session = |csrf: &str, person: &str| Csrf::of_session(csrf, &site.app.form_secret(person));
    let (signed_in, asleep, csrf) = match who {
        Who::Nobody => (None, None, Csrf::of_visitor(&visitor)),
        Who::Open(signed_in) => {
            let csrf = of_session(&signed_in.csrf, &signed_in.actor.person);
            (Some(*signed_in), None, csrf)
        }
        Who::Locked { person, csrf } => {
            let csrf = Csrf::of_asleep(&visitor, &csrf, &site.app.form_secret(&person));
            (None, Some(Asleep { person, locked: true }), csrf)
        }
        Who::Over { person, csrf } => {
            let csrf = Csrf::of_asleep(&visitor, &csrf, &site.app.form_secret(&person));
            (None, Some(Asleep { person, locked: false }), csrf)
        }
    };
    let visit = Visit::new(Inner {
        signed_in,
        asleep,
        device: cookies::read(headers, cookies::device_name(secure)).filter(|d| d.len() == 64).map(Into::into),
        browser: browser(headers),
        csrf,
        token,
        new_visitor: known.is_none(),
        visitor,
        flash: cookies::read(headers, cookies::flash_name(secure)).and_then(Flash::read),
        address: address(site, request),
        path: request.uri.path_and_query().map_or("/", |path| path.as_str()).into(),
        reference: request.extensions.get::<Reference>().map(|r| r.0.clone()).unwrap_or_default(),
        framed: Inner::unframed(),
        typed_on: OnceLock::new(),
        kept_for_another: OnceLock::new(),
        wrong: OnceLock::new(),
        refuses: cookies::read(headers, cookies::refused_name(secure)).is_some_and(|hint| !hint.is_empty()),
        gives_back: Inner::unframed(),
        site: site.clone(),
    });
    (visit, failure)
}

fn address(site: &Site, request: &Parts) -> String {
    let forwarded = site.options.behind_proxy.then(|| last_forwarded(&request.headers)).flatten();
    let peer = request.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_string());
    forwarded.or(peer).unwrap_or_default()
}

/// What our own proxy added; what stands before it anybody can write.
fn last_forwarded(headers: &HeaderMap) -> Option<String> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next().map(|address| address.trim().to_string()).filter(|address| !address.is_empty())
}

/// What went wrong, also where axum itself refused.
fn trouble_of(answer: &Response) -> Option<Trouble> {
    if let Some(trouble) = answer.extensions().get::<Trouble>() {
        return Some(trouble.clone());
    }
    if answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return None;
    }
    match answer.status() {
        StatusCode::NOT_FOUND => Some(Trouble::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(Trouble::NotThisWay),
        status if status.is_server_error() => Some(Trouble::Broken),
        status if status.is_client_error() => Some(Trouble::NotUnderstood),
        _ => None,
    }
}

fn bake(visit: &Visit, answer: &mut Response) {
    let secure = visit.site.options.secure;
    let extensions = answer.extensions();
    let begin = extensions.get::<Begin>().map(|begin| begin.0.clone());
    let known = extensions.get::<Known>().map(|known| known.0.clone());
    let end = extensions.get::<End>().is_some();
    let flash = extensions.get::<Flash>().map(Flash::cookie);
    let refuses = extensions.get::<Refuses>().is_some();
    let headers = answer.headers_mut();
    let session = cookies::session_name(secure);
    match begin {
        Some(token) => cookies::write(headers, session, &token, secure),
        None if end => cookies::write(headers, session, "", secure),
        None => {}
    }
    if visit.new_visitor && visit.signed_in.is_none() && visit.was_framed() {
        cookies::write(headers, cookies::visitor_name(secure), &visit.visitor, secure);
    }
    if let Some(known) = known {
        cookies::write_for_long(headers, cookies::device_name(secure), &known, secure);
    }
    if refuses || end {
        cookies::write(headers, cookies::refused_name(secure), if refuses { "yes" } else { "" }, secure);
    }
    match flash {
        Some(flash) => cookies::write(headers, cookies::flash_name(secure), &flash, secure),
        None if visit.flash.is_some() && visit.was_framed() => {
            cookies::write(headers, cookies::flash_name(secure), "", secure);
        }
        None => {}
    }
}
