//! A house to test in: a made-up county in a database of its own, a clock that stands until a test moves it, and browsers that keep
//! their cookie.

use crate::databases::Database;
use crate::html;
use actions::{App, Rules};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use county::County;
use engine::time::Moment;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use testkit::clock::{TestChance, TestClock};
use tower::ServiceExt as _;

/// The password of everybody here.
pub const PASSWORD: &str = "a password of the test";

/// Why an entry is put right, as the form asks.
pub const WHY: [(&str, &str); 2] = [("why", "mistyped"), ("reason", "Read off the wrong line")];

pub static RULES: LazyLock<Arc<Rules>> = LazyLock::new(|| Rules::new(testkit::library()));
static HASH: LazyLock<String> = LazyLock::new(|| testkit::world::quick_hash(PASSWORD));
static COUNTY: LazyLock<Arc<County>> = LazyLock::new(|| county_at(moment(START)));
/// When tests begin, if they do not say when.
const START: &str = "2026-01-06T03:12:00+00:00";

fn county_at(now: Moment) -> Arc<County> {
    let wanted = county::Wanted {
        seed: 7,
        children: 14,
        under_way: 11,
        years: 1,
        now,
        area: "northamptonshire",
        provider: "childrens-home",
    };
    Arc::new(county::county(&wanted, RULES.library))
}

fn moment(text: &str) -> Moment {
    Moment::parse(text).expect("a moment")
}

/// Runs a test in a house on each database.
pub fn on_both<F: Future<Output = ()>>(test: impl Fn(House) -> F) {
    let test = &test;
    crate::databases::on_both(|database| async move {
        test(House::of(database, START, demonstration()).await).await;
    });
}

fn demonstration() -> web::Options {
    web::Options { notice: "Demonstration".into(), ..web::Options::default() }
}

/// The house.
pub struct House {
    pub app: App,
    pub clock: Arc<TestClock>,
    pub county: Arc<County>,
    database: Database,
    pub router: Router,
}

impl House {
    /// A county in a new database.
    pub async fn new() -> House {
        House::with(demonstration()).await
    }

    /// The same, of a server that is run in another way.
    pub async fn with(options: web::Options) -> House {
        House::of(Database::sqlite(), START, options).await
    }

    /// The same, at another time.
    pub async fn at(now: &str) -> House {
        House::of(Database::sqlite(), now, demonstration()).await
    }

    /// In this database, at this moment, run like this.
    pub async fn of(database: Database, now: &str, options: web::Options) -> House {
        let clock = Arc::new(TestClock::at(now));
        let county = if now == START { COUNTY.clone() } else { county_at(moment(now)) };
        let app = App::new(database.open().await, RULES.anew(), clock.clone(), Arc::new(TestChance::of(0)));
        let app = app.with_sealing(testkit::world::sealing());
        county::fill(&app, county.clone(), &HASH, None, |_| ()).await.expect("a county");
        let router = web::router(web::Site::new(app.clone(), options));
        House { app, clock, county, database, router }
    }

    /// A second application on the same database, with chance of its own.
    pub async fn second_app(&self) -> App {
        static SERVERS: AtomicU64 = AtomicU64::new(1);
        let chance = Arc::new(TestChance::of(SERVERS.fetch_add(1, Ordering::Relaxed) << 40));
        App::new(self.database.open().await, RULES.anew(), self.clock.clone(), chance)
            .with_sealing(testkit::world::sealing())
    }

    /// A second server.
    pub async fn second_server(&self) -> Router {
        web::router(web::Site::new(self.second_app().await, demonstration()))
    }

    /// The first person of this role, signed in.
    pub async fn browser(&self, role: &str) -> Browser {
        let person = self.county.people.iter().find(|p| p.role == role).unwrap_or_else(|| panic!("nobody is {role}"));
        self.browser_of(&person.username).await
    }

    /// A person by name, signed in.
    pub async fn browser_of(&self, username: &str) -> Browser {
        self.browser_at(self.visitor(), username).await
    }

    /// A person by name, signed in at a browser of some server.
    pub async fn browser_at(&self, mut browser: Browser, username: &str) -> Browser {
        browser.get("/sign-in").await;
        let answer = browser.post("/sign-in", &[("username", username), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{username} signs in");
        browser.username = username.into();
        browser
    }

    /// Who is signed in there.
    pub async fn actor(&self, browser: &Browser) -> actions::Actor {
        let token = &browser.cookies["session"];
        actions::sign_in::who(&self.app, token).await.expect("an answer").expect("somebody").actor
    }

    /// Nobody yet.
    pub fn visitor(&self) -> Browser {
        House::visitor_of(self.router.clone())
    }

    /// Nobody yet, at some server.
    pub fn visitor_of(router: Router) -> Browser {
        Browser { router, cookies: BTreeMap::new(), csrf: String::new(), says: false, username: String::new() }
    }
}

/// A browser: it keeps its cookie, and the token of the page it saw last.
pub struct Browser {
    pub router: Router,
    pub cookies: BTreeMap<String, String>,
    /// The token of the page it saw last.
    pub csrf: String,
    /// It says that it opens pages, as browsers do.
    pub says: bool,
    /// Who signs in again when the session was locked meanwhile; nobody when empty.
    username: String,
}

/// What a browser sees.
pub struct Page {
    pub status: StatusCode,
    /// Where it is led.
    pub location: String,
    pub headers: HeaderMap,
    pub html: String,
}

impl Browser {
    /// A browser before a server.
    pub fn of(router: &Router) -> Browser {
        Browser {
            router: router.clone(),
            cookies: BTreeMap::new(),
            csrf: String::new(),
            says: false,
            username: String::new(),
        }
    }

    /// The same browser, led to another server.
    pub fn at(&self, router: &Router) -> Browser {
        Browser {
            router: router.clone(),
            cookies: self.cookies.clone(),
            csrf: self.csrf.clone(),
            says: self.says,
            username: self.username.clone(),
        }
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Opens a page, which is there, as a browser does: where an act has a form, it is led to the form. Whose session was locked
    /// meanwhile signs in again.
    pub async fn open(&mut self, path: &str) -> Page {
        let mut page = self.get(path).await;
        if page.location.starts_with("/sign-in") && !self.username.is_empty() {
            self.get("/sign-in").await;
            let username = self.username.clone();
            self.post("/sign-in", &[("username", &username), ("password", PASSWORD)]).await;
            page = self.get(path).await;
        }
        if page.location.contains("/forms/") {
            page = self.get(&page.location.clone()).await;
        }
        assert_eq!(page.status, StatusCode::OK, "{path}\n{}", page.text());
        page
    }

    /// What kind of answer there is; its end is not waited for.
    pub async fn kind(&self, path: &str) -> String {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request =
            Request::get(path).header(header::COOKIE, cookies.join("; ")).body(Body::empty()).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_string()
    }

    /// How many bytes an answer has as it is sent.
    pub async fn size(&self, request: axum::http::request::Builder) -> usize {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(header::COOKIE, cookies.join("; ")).body(Body::empty()).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        axum::body::to_bytes(answer.into_body(), 4_000_000).await.expect("a body").len()
    }

    /// Sends a form from the page it saw last.
    pub async fn post(&mut self, path: &str, pairs: &[(&str, &str)]) -> Page {
        let mut body = form_urlencoded::Serializer::new(String::new());
        let token = self.csrf.clone();
        body.append_pair("csrf", &token).extend_pairs(pairs);
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body.finish())).await
    }

    /// Fills in the form of a page and sends it.
    pub async fn submit(&mut self, path: &str, page: &Page, answers: &[(&str, &str)]) -> Page {
        let mut pairs = page.form();
        for (name, value) in answers {
            pairs.retain(|(key, _)| key != name);
            pairs.push(((*name).into(), (*value).into()));
        }
        let pairs: Vec<(&str, &str)> =
            pairs.iter().filter(|(name, _)| name != "csrf").map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.post(path, &pairs).await
    }

    /// As [`Self::submit`]; where what it changes is told before it is saved, that is read, and saved.
    pub async fn put_right(&mut self, path: &str, page: &Page, answers: &[(&str, &str)]) -> Page {
        let first = self.submit(path, page, answers).await;
        let mark = first.html.split("name=\"changes-read\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        match mark.map(str::to_string) {
            Some(mark) => self.submit(path, &first, &[("changes-read", &mark)]).await,
            None => first,
        }
    }

    /// Sends a request with its cookies.
    pub async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = if self.says { request.header("sec-fetch-dest", "document") } else { request };
        let request = request.header(header::COOKIE, cookies.join("; ")).body(body).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().expect("a cookie").split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a name and a value");
            self.cookies.insert(name.into(), value.into());
        }
        let location =
            answer.headers().get(header::LOCATION).and_then(|l| l.to_str().ok()).unwrap_or_default().to_string();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = axum::body::to_bytes(answer.into_body(), 4_000_000).await.expect("a body");
        let page = Page { status, location, headers, html: String::from_utf8_lossy(&bytes).into_owned() };
        if let Some(token) = page.form().into_iter().find(|(name, _)| name == "csrf") {
            self.csrf = token.1;
        }
        page
    }
}

impl Page {
    /// The page as its reader sees it: without tags.
    pub fn text(&self) -> String {
        html::text(&self.html)
    }

    /// Does its reader see these words?
    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// Addresses of links that begin so.
    pub fn links(&self, start: &str) -> Vec<String> {
        html::links(&self.html, start)
    }

    /// Hidden fields, lines of text and what is filled in or chosen, of the whole page.
    pub fn form(&self) -> Vec<(String, String)> {
        html::form(&self.html)
    }
}
