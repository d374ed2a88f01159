//! While the database is away: each session gets the pages back that it was shown last, marked with their time, and a page to print and write
//! on. What somebody is shown again they were shown before, in the same session; nobody else gets it, and a session that was locked, ended or
//! left alone for long gets nothing.

use crate::around::End;
use crate::flash::Flash;
use crate::frame::{Answer, Frame, on_to_saying, page};
use crate::state::Site;
use crate::visit::Visit;
use actions::downtime::{Downtime, clock, downtime};
use actions::session::{IDLE, LONGEST};
use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::Query;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use hashlink::LruCache;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The page to print.
pub const ADDRESS: &str = "/downtime";
/// A page of a child is shown again for so many minutes: by then somebody may be allowed no more what they were for an hour.
const OF_CHILD: i64 = 15;
/// Larger pages are not kept; and no more than this of all, in bytes.
const PAGE: usize = 256 << 10;
const MOST: usize = 64 << 20;

/// For so many seconds after it did not answer the database is not asked for a page that is kept: each try may take ten.
const NOT_ASKED_S: i64 = 15;
/// So often, in seconds, the end of a session is tried that came while the database was away.
const AGAIN_S: u64 = 5;

/// The pages that sessions were shown last.
#[derive(Default)]
pub(crate) struct Last {
    kept: Mutex<Kept>,
    /// When the database last did not answer, in seconds since 1970.
    failed_s: AtomicI64,
}

struct Kept {
    sessions: LruCache<[u8; 32], Session>,
    bytes: usize,
}

impl Default for Kept {
    fn default() -> Kept {
        Kept { sessions: LruCache::new_unbounded(), bytes: 0 }
    }
}

struct Session {
    /// Since when it is known here, and when somebody last did something.
    since_s: i64,
    seen_s: i64,
    /// Where its person works; empty where that is nowhere.
    area: String,
    pages: BTreeMap<String, (i64, String)>,
}

impl Session {
    fn bytes(&self) -> usize {
        self.pages.values().map(|(_, html)| html.len()).sum()
    }

    /// Nobody left it alone for long, and the shift is not over.
    fn is_awake(&self, now_s: i64) -> bool {
        now_s - self.seen_s < IDLE * 60 && now_s - self.since_s < LONGEST * 60
    }
}

impl Last {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, token: &str, area: &str, path: &str, now_s: i64, html: String) {
        let mut kept = self.kept();
        let id = id(token);
        let mut session = match kept.sessions.remove(&id) {
            Some(session) => {
                kept.bytes -= session.bytes();
                session
            }
            None => Session { since_s: now_s, seen_s: now_s, area: String::new(), pages: BTreeMap::new() },
        };
        session.seen_s = now_s;
        area.clone_into(&mut session.area);
        session.pages.insert(path.to_owned(), (now_s, html));
        session.pages.retain(|path, (at, _)| minutes(path).is_some_and(|most| now_s - *at < most * 60));
        kept.bytes += session.bytes();
        kept.sessions.insert(id, session);
        while kept.bytes > MOST
            && let Some((_, gone)) = kept.sessions.remove_lru()
        {
            kept.bytes -= gone.bytes();
        }
    }

    /// Forgets a session: it ended, or is locked.
    pub(crate) fn forget(&self, token: &str) {
        let mut kept = self.kept();
        if let Some(gone) = kept.sessions.remove(&id(token)) {
            kept.bytes -= gone.bytes();
        }
    }

    /// Forgets all of them: somebody may see less than before.
    fn forget_all(&self) {
        *self.kept() = Kept::default();
    }

    /// What a session was shown last at this address, and when.
    fn get(&self, token: &str, path: &str, now_s: i64) -> Option<(i64, String)> {
        let mut kept = self.kept();
        let session = kept.sessions.get_mut(&id(token)).filter(|session| session.is_awake(now_s))?;
        session.seen_s = now_s;
        let (at, html) = session.pages.get(path)?;
        (now_s - at < minutes(path)? * 60).then(|| (*at, html.clone()))
    }

    fn area(&self, token: &str) -> Option<String> {
        self.kept().sessions.get(&id(token)).map(|session| session.area.clone()).filter(|area| !area.is_empty())
    }
}

fn id(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// For how many minutes a page is shown again; none for one that is not kept.
fn minutes(path: &str) -> Option<i64> {
    let path = path.split('?').next().unwrap_or_default();
    if matches!(path, "/" | "/board" | "/alerts" | "/interviews")
        || path.starts_with("/to-do/")
        || path.starts_with("/protocol/")
    {
        return Some(LONGEST);
    }
    let parts: Vec<&str> = path.strip_prefix("/children/")?.split('/').collect();
    matches!(parts.as_slice(), [_] | [_, "episodes", _]).then_some(OF_CHILD)
}

/// Keeps a page that was made for somebody, should the database be away when they ask for it again.
pub(crate) async fn keep(visit: &Visit, method: &Method, answer: Response) -> Response {
    let last = &visit.site.last;
    let Some(who) = &visit.signed_in else {
        if !visit.token.is_empty() && visit.asleep.is_some() {
            last.forget(&visit.token);
        }
        return answer;
    };
    let html = answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if *method != Method::GET || answer.status() != StatusCode::OK || !html || minutes(&visit.path).is_none() {
        return answer;
    }
    let (parts, body) = answer.into_parts();
    // Pages are made whole before they are sent, so that nothing waits here.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    if bytes.len() <= PAGE
        && let Ok(html) = std::str::from_utf8(&bytes)
    {
        let area = who.actor.area().unwrap_or_default();
        last.put(&visit.token, area, &visit.path, visit.site.app.now().0, html.to_owned());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// After these acts somebody may see less than before, or a session is over: no page from before is shown again.
pub(crate) fn acted(site: &Site, method: &Method, path: &str, answer: &Response) {
    const PLACES: [&str; 7] = ["/account", "/people", "/agencies", "/proposals", "/team", "/sign-out", "/area"];
    const OF_CHILD: [&str; 5] = ["/relations", "/access", "/placements", "/same", "/retention"];
    let weighty = PLACES.iter().any(|place| path.starts_with(place)) && path != "/account/awake"
        || path.starts_with("/children/") && OF_CHILD.iter().any(|part| path.contains(part));
    if *method == Method::POST && weighty && (answer.status().is_redirection() || answer.status().is_success()) {
        site.last.forget_all();
    }
}

/// The database did not answer.
pub(crate) fn failed(site: &Site) {
    site.last.failed_s.store(site.app.now().0, Ordering::Relaxed);
}

/// A kept page, without asking a database that did not answer just now.
pub(crate) fn at_once(site: &Site, token: &str, path: &str, method: &Method) -> Option<Response> {
    let since = site.app.now().0 - site.last.failed_s.load(Ordering::Relaxed);
    if (0..NOT_ASKED_S).contains(&since) { shown(site, token, path, method) } else { None }
}

/// Somebody signs out while the database is away: their browser forgets the session now, and the session ends once the database is back.
pub(crate) fn left(visit: &Visit) -> Response {
    let (app, token) = (visit.site.app.clone(), visit.token.clone());
    visit.site.last.forget(&token);
    tokio::spawn(async move {
        while actions::sign_in::sign_out(&app, &token).await.is_err() {
            tokio::time::sleep(Duration::from_secs(AGAIN_S)).await;
        }
    });
    let mut answer = on_to_saying("/downtime", Flash::information("You have signed out"));
    answer.extensions_mut().insert(End);
    answer
}

/// The page that a session was shown last at this address, with its time above it.
pub(crate) fn last(visit: &Visit, method: &Method) -> Option<Response> {
    shown(&visit.site, &visit.token, &visit.path, method)
}

fn shown(site: &Site, token: &str, path: &str, method: &Method) -> Option<Response> {
    if *method != Method::GET || token.is_empty() {
        return None;
    }
    let app = &site.app;
    let (at, html) = site.last.get(token, path, app.now().0)?;
    let at = clock(app, at);
    let begins = html.find("<main")?;
    let inside = begins + html[begins..].find('>')? + 1;
    let marked = [&html[..inside], &Marked { at }.render().ok()?, &html[inside..]].concat();
    Some((StatusCode::OK, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], marked).into_response())
}

#[derive(Template)]
#[template(path = "away/marked.html")]
struct Marked {
    at: String,
}

#[derive(Template)]
#[template(path = "away/downtime.html")]
struct Page {
    frame: Frame,
    view: Downtime,
}

/// Which area.
#[derive(Deserialize)]
pub struct Asked {
    area: Option<String>,
}

/// `GET /downtime`: to print and write on, while the database is away or before. It shows what protocols print and nothing of anybody, and asks
/// for no session.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let site: &Site = &visit.site;
    let own = visit.signed_in.as_ref().and_then(|who| who.actor.area()).map(str::to_owned);
    let area = asked.area.or(own).or_else(|| site.last.area(&visit.token)).unwrap_or_default();
    let view = downtime(&site.app, &area);
    page(&Page { frame: visit.bare_frame("When the computer is away").back("/", "Whereabouts"), view })
}
