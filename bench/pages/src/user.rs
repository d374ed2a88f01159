//! Somebody who works: looks at the board, at home, at an episode and its child, searches, opens a form and sends it, again and again.
//! Every second episode is an open one of the board, which everybody who sees that child looks at; the others, and what is written, are of
//! children of one's own, as in life. The first time that somebody looks at something is told apart from the times after it.

use crate::Fault;
use crate::browser::{Browser, How, Page};
use std::collections::HashSet;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// What is measured.
pub const KINDS: [&str; 7] = ["board", "home page", "episode", "child", "search", "form", "save"];
/// How two words of a name may begin, as somebody types them.
const FIRST: [&str; 10] = ["ma", "jo", "da", "ch", "sa", "ri", "le", "be", "el", "ka"];
const LAST: [&str; 10] = ["sm", "br", "wi", "co", "ha", "ma", "pr", "no", "ta", "gr"];

/// How long things took.
#[derive(Default)]
pub struct Times {
    /// What, whether it was the first time, and how long.
    times: Vec<(&'static str, bool, Duration)>,
    /// Saves that met something newer.
    pub stale: usize,
}

impl Times {
    pub fn add(&mut self, other: Times) {
        self.times.extend(other.times);
        self.stale += other.stale;
    }

    /// How many pages and saves there were.
    pub fn count(&self) -> usize {
        self.times.len()
    }

    pub fn of(&self, kind: &str, first: bool) -> Vec<Duration> {
        self.times.iter().filter(|(known, was, _)| (*known, *was) == (kind, first)).map(|(.., time)| *time).collect()
    }
}

/// So many children are one's own.
const OWN: usize = 8;

pub struct User {
    browser: Browser,
    number: usize,
    /// Episodes of children that this user works with.
    own: Vec<String>,
    /// So many open episodes are on this user's board.
    pub open: usize,
    /// What this user has looked at.
    seen: HashSet<String>,
}

impl User {
    /// Signs somebody in. None of whose children has an episode that they see: there is nothing for them to do here.
    pub async fn sign_in(address: &str, username: &str, number: usize) -> Result<Option<User>, Fault> {
        let mut browser = Browser::new(address, How::default()).await?;
        let page = expect(browser.get("/sign-in").await?, 200, "/sign-in")?;
        let csrf = hidden(&page.html).into_iter().find(|(name, _)| name == "csrf").ok_or("no token")?;
        let form = [csrf, ("username".into(), username.into()), ("password".into(), "whereabouts".into())];
        expect(browser.post("/sign-in", &form).await?, 303, "signing in")?;
        let mut user = User { browser, number, own: Vec::new(), open: 0, seen: HashSet::new() };
        user.find_own().await?;
        Ok(Some(user).filter(|user| !user.own.is_empty()))
    }

    /// Finds episodes of children of this user: on the board, and on what is to be done.
    async fn find_own(&mut self) -> Result<(), Fault> {
        for path in ["/board", "/"] {
            let page = self.browser.get(path).await?;
            // Not everybody works with children.
            if page.status == 403 {
                return Ok(());
            }
            let page = expect(page, 200, path)?;
            let episodes = links(&page.html, |href| href.contains("/episodes/"));
            if path == "/board" {
                let open: HashSet<&str> = episodes.iter().filter_map(|href| href.split('#').next()).collect();
                self.open = open.len();
            }
            for episode in episodes.into_iter().skip(self.number % 7) {
                let episode = episode.split('#').next().unwrap_or_default().to_string();
                if !self.own.contains(&episode) && self.own.len() < OWN {
                    self.own.push(episode);
                }
            }
        }
        Ok(())
    }

    /// Works for so long, with a pause after each page.
    pub async fn work(&mut self, span: Duration, pause: Duration) -> Result<Times, Fault> {
        let mut times = Times::default();
        let until = Instant::now() + span;
        // Not everybody begins in the same moment.
        tokio::time::sleep(pause.mul_f64(self.number as f64 * 0.618 % 1.0)).await;
        let mut round = self.number;
        while Instant::now() < until {
            round += 1;
            let board = self.timed(&mut times, "board", "/board").await?;
            tokio::time::sleep(pause).await;
            self.timed(&mut times, "home page", "/").await?;
            tokio::time::sleep(pause).await;
            let own = self.own[round % self.own.len()].clone();
            let open = links(&board.html, |href| href.contains("/episodes/"));
            // Where nobody of one's own is missing any more, one looks at who was.
            let open = open.get(round / 2 % open.len().max(1)).unwrap_or(&own).clone();
            let episode = if round % 2 == 0 { &open } else { &own };
            self.timed(&mut times, "episode", episode).await?;
            tokio::time::sleep(pause).await;
            self.timed(&mut times, "child", child_of(episode)).await?;
            tokio::time::sleep(pause).await;
            self.search(&mut times, &board, round).await?;
            tokio::time::sleep(pause).await;
            self.save(&mut times, &own, round).await?;
            tokio::time::sleep(pause).await;
        }
        Ok(times)
    }

    /// A stream of events of this user's.
    pub async fn listen(&self, path: &str) -> Result<mpsc::UnboundedReceiver<usize>, Fault> {
        self.browser.listen(path).await
    }

    /// Writes an entry on a record of one's own.
    pub async fn write(&mut self, times: &mut Times, round: usize) -> Result<(), Fault> {
        let own = self.own[round % self.own.len()].clone();
        self.save(times, &own, round).await
    }

    async fn timed(&mut self, times: &mut Times, kind: &'static str, path: &str) -> Result<Page, Fault> {
        let first = self.seen.insert(path.split('#').next().unwrap_or_default().into());
        let start = Instant::now();
        let page = self.browser.get(path).await?;
        times.times.push((kind, first, start.elapsed()));
        expect(page, 200, path)
    }

    /// Looks for a child of whose name two letters of each part are known.
    async fn search(&mut self, times: &mut Times, page: &Page, round: usize) -> Result<(), Fault> {
        let csrf = hidden(&page.html).into_iter().find(|(name, _)| name == "csrf").ok_or("no token")?;
        // Every third search is one that was made before.
        let at = self.number * 31 + if round % 3 == 0 { 0 } else { round };
        let name = format!("{} {}", FIRST[at % FIRST.len()], LAST[at / FIRST.len() % LAST.len()]);
        let first = self.seen.insert(name.clone());
        let start = Instant::now();
        let page = self.browser.post("/search", &[csrf, ("name".into(), name)]).await?;
        times.times.push(("search", first, start.elapsed()));
        expect(page, 200, "/search").map(drop)
    }

    /// Opens a form and sends it.
    async fn save(&mut self, times: &mut Times, episode: &str, round: usize) -> Result<(), Fault> {
        let child = child_of(episode);
        let address = format!("{child}/record/contact.made");
        let mut page = self.timed(times, "form", &address).await?;
        let first = self.seen.insert(format!("{child} saved"));
        loop {
            let mut form = hidden(&page.html);
            form.push(("f-with".into(), "school".into()));
            form.retain(|(name, _)| name != "by");
            form.push(("by".into(), "social_worker".into()));
            form.push(("f-result".into(), format!("Nothing new, {} in round {round}", self.number)));
            let start = Instant::now();
            page = self.browser.post(&address, &form).await?;
            times.times.push(("save", first, start.elapsed()));
            match page.status {
                303 if page.location.starts_with(child) => return Ok(()),
                409 => times.stale += 1,
                _ => return expect(page, 303, &address).map(drop),
            }
        }
    }
}

fn expect(page: Page, status: u16, what: &str) -> Result<Page, Fault> {
    if page.status == status { Ok(page) } else { Err(format!("{what}: {} {}", page.status, page.html).into()) }
}

fn child_of(episode: &str) -> &str {
    episode.split("/episodes/").next().unwrap_or_default()
}

/// The pages on children that a page leads to.
fn links(html: &str, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let all = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    all.filter(|href| href.starts_with("/children/") && wanted(href)).map(Into::into).collect()
}

/// What is filled in on the page already, but for what the event itself asks.
fn hidden(html: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut add = |name: String, value: String| {
        if !name.is_empty() && !found.iter().any(|(known, _)| *known == name) {
            found.push((name, value));
        }
    };
    for tag in html.split("<input ").skip(1).filter_map(|rest| rest.split('>').next()) {
        let choice = tag.contains("type=\"radio\"") || tag.contains("type=\"checkbox\"");
        if !choice || tag.contains(" checked") {
            add(attribute(tag, "name"), attribute(tag, "value"));
        }
    }
    for list in html.split("<select ").skip(1).filter_map(|rest| rest.split("</select>").next()) {
        let chosen = list.split("<option ").skip(1).find(|option| option.contains(" selected"));
        add(attribute(list, "name"), chosen.map(|c| attribute(c, "value")).unwrap_or_default());
    }
    found.retain(|(name, _)| !name.starts_with("f-"));
    found
}

fn attribute(tag: &str, name: &str) -> String {
    let value = tag.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or_default().to_string()
}
