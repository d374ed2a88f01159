//! Somebody who works: looks at the board, at home, at an episode, and writes something down, again and again. Every second episode
//! is an open one of the board, which everybody looks at; the others, and what is written, are of children of one's own, as in life.

use crate::Fault;
use crate::browser::{Browser, Page};
use std::time::{Duration, Instant};

/// What is measured.
pub const KINDS: [&str; 4] = ["board", "home page", "episode", "save"];

/// How long things took.
#[derive(Default)]
pub struct Times {
    times: Vec<(&'static str, Duration)>,
    /// Saves that met something newer.
    pub stale: usize,
}

impl Times {
    pub fn add(&mut self, other: Times) {
        self.times.extend(other.times);
        self.stale += other.stale;
    }

    pub fn of(&self, kind: &str) -> Vec<Duration> {
        self.times.iter().filter(|(known, _)| *known == kind).map(|(_, time)| *time).collect()
    }
}

/// So many children are one's own.
const OWN: usize = 8;

pub struct User {
    browser: Browser,
    number: usize,
    /// Episodes of children that this user works with.
    own: Vec<String>,
}

impl User {
    pub async fn sign_in(address: &str, username: &str, number: usize) -> Result<User, Fault> {
        let mut browser = Browser::new(address).await?;
        let page = expect(browser.get("/sign-in").await?, 200, "/sign-in")?;
        let csrf = hidden(&page.html).into_iter().find(|(name, _)| name == "csrf").ok_or("no token")?;
        let form = [csrf, ("username".into(), username.into()), ("password".into(), "whereabouts".into())];
        expect(browser.post("/sign-in", &form).await?, 303, "signing in")?;
        let mut user = User { browser, number, own: Vec::new() };
        user.find_own().await?;
        Ok(user)
    }

    /// Finds episodes of children of this user: on the board, and on what is to be done.
    async fn find_own(&mut self) -> Result<(), Fault> {
        for path in ["/board", "/"] {
            let page = expect(self.browser.get(path).await?, 200, path)?;
            let episodes = links(&page.html, |href| href.starts_with("/children/") && href.contains("/episodes/"));
            for episode in episodes.into_iter().skip(self.number % 7) {
                let episode = episode.split('#').next().unwrap_or_default().to_string();
                if !self.own.contains(&episode) && self.own.len() < OWN {
                    self.own.push(episode);
                }
            }
        }
        if self.own.is_empty() { Err("no child has an episode".into()) } else { Ok(()) }
    }

    /// Works for so long, with a pause after each page.
    pub async fn work(mut self, span: Duration, pause: Duration) -> Result<Times, Fault> {
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
            let open = links(&board.html, |href| href.contains("/episodes/"));
            let open = open.get(round / 2 % open.len().max(1)).ok_or("nobody is missing")?.clone();
            let own = self.own[round % self.own.len()].clone();
            self.timed(&mut times, "episode", if round % 2 == 0 { &open } else { &own }).await?;
            tokio::time::sleep(pause).await;
            self.save(&mut times, &own, round).await?;
            tokio::time::sleep(pause).await;
        }
        Ok(times)
    }

    async fn timed(&mut self, times: &mut Times, kind: &'static str, path: &str) -> Result<Page, Fault> {
        let start = Instant::now();
        let page = self.browser.get(path).await?;
        times.times.push((kind, start.elapsed()));
        expect(page, 200, path)
    }

    /// Opens a form, which is not measured, and sends it, which is.
    async fn save(&mut self, times: &mut Times, episode: &str, round: usize) -> Result<(), Fault> {
        let child = episode.split("/episodes/").next().unwrap_or_default();
        let address = format!("{child}/record/contact.made");
        let mut page = expect(self.browser.get(&address).await?, 200, &address)?;
        loop {
            let mut form = hidden(&page.html);
            form.push(("f-with".into(), "school".into()));
            form.retain(|(name, _)| name != "by");
            form.push(("by".into(), "social_worker".into()));
            form.push(("f-result".into(), format!("Nothing new, {} in round {round}", self.number)));
            let start = Instant::now();
            page = self.browser.post(&address, &form).await?;
            times.times.push(("save", start.elapsed()));
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
