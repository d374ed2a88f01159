//! A house to test in: a made-up county in a database of its own, a clock that stands until a test moves it, and browsers that keep
//! their cookie.

use actions::child::{Import, import};
use actions::{App, Chance, Clock, Rules};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use casebook::county::{self, County};
use engine::time::Moment;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// The password of everybody here.
pub const PASSWORD: &str = "a password of the test";

/// A clock that tests move.
pub struct Still(AtomicI64);

impl Still {
    /// Moves it on.
    pub fn pass(&self, minutes: i64) {
        self.0.fetch_add(minutes * 60, Ordering::Relaxed);
    }
}

impl Clock for Still {
    fn now(&self) -> Moment {
        Moment(self.0.load(Ordering::Relaxed))
    }
}

/// Chance that is the same each time.
#[derive(Default)]
struct Steps(AtomicU64);

impl Chance for Steps {
    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            let n = self.0.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            *byte = (n ^ n >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9).to_be_bytes()[0];
        }
    }
}

static RULES: LazyLock<Arc<Rules>> = LazyLock::new(|| Rules::new(testkit::library()));
static HASH: LazyLock<String> =
    LazyLock::new(|| actions::sign_in::hash(PASSWORD, b"sixteen bytes ok").expect("a password is hashed"));
static COUNTY: LazyLock<County> = LazyLock::new(|| {
    let wanted = county::Wanted {
        seed: 7,
        children: 14,
        years: 1,
        now: start(),
        area: "northamptonshire",
        provider: "childrens-home",
    };
    county::county(&wanted, RULES.library)
});

fn start() -> Moment {
    Moment::parse("2026-01-06T03:12:00+00:00").expect("a moment")
}

/// The house.
pub struct House {
    pub app: App,
    pub clock: Arc<Still>,
    pub county: &'static County,
    router: Router,
    _folder: TempDir,
}

impl House {
    /// A county in a new database.
    pub async fn new() -> House {
        House::with(web::Options { notice: "Demonstration".into(), ..web::Options::default() }).await
    }

    /// The same, of a server that is run in another way.
    pub async fn with(options: web::Options) -> House {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store::Store::open(&format!("sqlite:{}", folder.path().join("test.db").display())).await;
        let clock = Arc::new(Still(AtomicI64::new(start().0)));
        let app = App::new(store.expect("a store"), RULES.clone(), clock.clone(), Arc::new(Steps::default()));
        fill(&app, &COUNTY).await;
        let router = web::router(web::Site::new(app.clone(), options));
        House { app, clock, county: &COUNTY, router, _folder: folder }
    }

    /// The first person of this role, signed in.
    pub async fn browser(&self, role: &str) -> Browser {
        let person = self.county.people.iter().find(|p| p.role == role).unwrap_or_else(|| panic!("nobody is {role}"));
        self.browser_of(&person.username).await
    }

    /// A person by name, signed in.
    pub async fn browser_of(&self, username: &str) -> Browser {
        let mut browser = self.visitor();
        browser.get("/sign-in").await;
        let answer = browser.post("/sign-in", &[("username", username), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{username} signs in");
        browser
    }

    /// Who is signed in there.
    pub async fn actor(&self, browser: &Browser) -> actions::Actor {
        let token = &browser.cookies["session"];
        actions::sign_in::who(&self.app, token).await.expect("an answer").expect("somebody").actor
    }

    /// Nobody yet.
    pub fn visitor(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: BTreeMap::new(), csrf: String::new() }
    }
}

/// Puts a county into a store.
pub async fn fill(app: &App, county: &County) {
    for agency in &county.agencies {
        let agency = store::Agency { id: agency.id.clone(), name: agency.name.clone(), kind: agency.kind.clone() };
        app.store().add_agency(&agency).await.expect("an agency");
    }
    for person in &county.people {
        let person = store::Person {
            id: person.id.clone(),
            username: person.username.clone(),
            name: person.name.clone(),
            role: person.role.clone(),
            agency: person.agency.clone(),
            password_hash: HASH.clone(),
            relation_to_all: false,
            active: true,
        };
        app.store().add_person(&person).await.expect("a person");
    }
    let writer = |_: &str, name: &str| {
        let known = county.people.iter().find(|p| p.name == name);
        known.or(county.people.first()).map(|p| p.id.clone()).unwrap_or_default()
    };
    for child in &county.children {
        let whole =
            Import { id: &child.id, name: &child.name, agencies: &child.agencies, case: &child.case, writer: &writer };
        import(app, &whole).await.expect("a child");
    }
}

/// A browser: it keeps its cookie, and the token of the page it saw last.
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    /// The token of the page it saw last.
    pub csrf: String,
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
    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Opens a page, which is there.
    pub async fn open(&mut self, path: &str) -> Page {
        let page = self.get(path).await;
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

    /// Sends a request with its cookies.
    pub async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
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
        let body = self.html.split_once("<main").map_or(self.html.as_str(), |(_, rest)| rest);
        let mut text = String::new();
        let mut inside = false;
        for letter in body.chars() {
            match letter {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push(' ');
                }
                _ if !inside => text.push(letter),
                _ => {}
            }
        }
        let text = text.replace("&#39;", "'").replace("&#x27;", "'").replace("&quot;", "\"").replace("&amp;", "&");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Does its reader see these words?
    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// Addresses of links that begin so.
    pub fn links(&self, start: &str) -> Vec<String> {
        let found = self.html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        found.filter(|href| href.starts_with(start)).map(String::from).collect()
    }

    /// Hidden fields, lines of text and what is filled in or chosen, of the whole page.
    pub fn form(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for tag in self.html.split("<input ").skip(1).filter_map(|rest| rest.split('>').next()) {
            let kind = attribute(tag, "type");
            let chosen = !matches!(kind.as_str(), "radio" | "checkbox") || tag.contains(" checked");
            if chosen && tag.contains("name=\"") {
                pairs.push((attribute(tag, "name"), attribute(tag, "value")));
            }
        }
        for list in self.html.split("<select ").skip(1).filter_map(|rest| rest.split("</select>").next()) {
            let chosen = list.split("<option ").skip(1).find(|option| option.contains(" selected"));
            pairs.push((attribute(list, "name"), chosen.map(|c| attribute(c, "value")).unwrap_or_default()));
        }
        for area in self.html.split("<textarea ").skip(1).filter_map(|rest| rest.split("</textarea>").next()) {
            let typed = area.split_once('>').map_or("", |(_, typed)| typed);
            pairs.push((attribute(area, "name"), typed.into()));
        }
        pairs
    }
}

fn attribute(tag: &str, name: &str) -> String {
    let value = tag.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or_default().to_string()
}
