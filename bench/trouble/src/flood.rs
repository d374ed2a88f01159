//! A flood of connections that open and say nothing, or the beginning of a head and no more: how long a page takes meanwhile, each over a
//! connection of its own, and how long after its moment an alert is raised. Whoever is closed opens another at once.

use crate::Fault;
use crate::browser::{Browser, How, open};
use crate::server::{self, Server};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use store::{Alert, AlertKind, DutyRow, Scope, Store};
use testkit::databases::Database;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::task::JoinSet;

/// How many are silent, and from how many addresses.
const FLOODS: [(usize, u8); 4] = [(0, 1), (320, 1), (1_500, 1), (5_000, 50)];
/// How long each measurement takes.
const SPAN: Duration = Duration::from_secs(20);
/// So long after it was closed another connection is opened.
const AGAIN: Duration = Duration::from_millis(200);
/// The demonstration begins here, and limits come after it.
const NIGHT: &str = "2026-01-06T03:12+00:00";
/// The same, in seconds since 1970.
const NIGHT_S: i64 = 1_767_669_120;

pub async fn measure(name: &str, database: &Database) -> Result<(), Fault> {
    let url = database.url();
    let county = [("--children", "200".to_owned()), ("--under-way", "60".to_owned()), ("--now", NIGHT.to_owned())];
    Server::fill(url, &county).await?.stop().await?;
    let people = server::people(url).await?;
    let folder = tempfile::tempdir()?;
    let clock = folder.path().join("clock");
    set_clock(&clock, NIGHT_S + 60)?;
    let server = Server::serve_with(url, &["--clock-file", &clock.display().to_string()]).await?;
    let store = database.open().await;
    let mut from = NIGHT_S + 600;
    println!("{:<12}{:>8}{:>8}{:>8}{:>10}{:>10}{:>10}{:>10}", "", "silent", "open", "pages", "p50 ms", "p99 ms", "max ms", "alert s");
    for (count, addresses) in FLOODS {
        // The clock went on, and a page that nobody touched was locked.
        let mut browser = sign_in(&server.address, &people[0]).await?;
        let (mut flood, held) = (JoinSet::new(), Arc::new(AtomicUsize::new(0)));
        for n in 0..count {
            let at = IpAddr::from([127, 0, if addresses == 1 { 0 } else { 1 }, (n % usize::from(addresses)) as u8 + 1]);
            flood.spawn(silent(server.address.clone(), at, n, held.clone()));
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        let open = held.load(Ordering::Relaxed);
        let mut times = pages(&mut browser).await?;
        let (late, next) = alert(&store, &clock, from).await?;
        from = next;
        flood.shutdown().await;
        times.sort_unstable();
        let ms = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
        println!("{name:<12}{count:>8}{open:>8}{:>8}{:>10.1}{:>10.1}{:>10.1}{late:>10.1}", times.len(), ms(50), ms(99), ms(100));
    }
    store.close().await;
    server.stop().await
}

/// Holds a connection and says nothing, for as long as it is let; then another.
async fn silent(address: String, from: IpAddr, number: usize, held: Arc<AtomicUsize>) {
    loop {
        if let Ok(mut stream) = open(&address, Some(from)).await {
            held.fetch_add(1, Ordering::Relaxed);
            if number % 2 == 0 {
                let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: ").await;
            }
            let _ = stream.read(&mut [0; 16]).await;
            held.fetch_sub(1, Ordering::Relaxed);
        }
        tokio::time::sleep(AGAIN).await;
    }
}

/// Opens the board and home, one after the other.
async fn pages(browser: &mut Browser) -> Result<Vec<Duration>, Fault> {
    let (mut times, until) = (Vec::new(), Instant::now() + SPAN);
    while Instant::now() < until {
        for path in ["/board", "/"] {
            let begun = Instant::now();
            // A connection that was not taken is tried again, as a browser does; the time of both counts.
            let page = match browser.get(path).await {
                Ok(page) => page,
                Err(_) => browser.get(path).await?,
            };
            if page.status != 200 {
                return Err(format!("{path}: {} {}", page.status, page.location).into());
            }
            times.push(begun.elapsed());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(times)
}

pub async fn sign_in(address: &str, username: &str) -> Result<Browser, Fault> {
    let mut browser = Browser::new(address, How { from: None, each_anew: true }).await?;
    let status = try_sign_in(&mut browser, username, "whereabouts").await?;
    if status == 303 { Ok(browser) } else { Err(format!("signing in: {status}").into()) }
}

/// The status of the answer.
pub async fn try_sign_in(browser: &mut Browser, username: &str, password: &str) -> Result<u16, Fault> {
    let page = browser.get("/sign-in").await?;
    let csrf = page.html.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let form = [("csrf", csrf), ("username", username), ("password", password)];
    let form = form.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Ok(browser.post("/sign-in", &form).await?.status)
}

fn present() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}

fn set_clock(file: &Path, seconds: i64) -> Result<(), Fault> {
    let beside = file.with_extension("new");
    std::fs::write(&beside, (seconds - present()).to_string())?;
    Ok(std::fs::rename(&beside, file)?)
}

/// Has the next limit after a moment pass, and says how many seconds after its moment the alert was raised, and from when on to look next.
async fn alert(store: &Store, clock: &Path, after: i64) -> Result<(f64, i64), Fault> {
    let mut found: Vec<DutyRow> = Vec::new();
    for child in store.children_after("", 1000).await? {
        found.extend(store.duties_of_child(&child).await?);
    }
    let to_come = |d: &DutyRow| d.is_open() && !d.silent && d.owner.is_some() && d.due_us.is_some_and(|due| due > after * 1_000_000);
    let duty = found.into_iter().filter(to_come).min_by_key(|d| d.due_us).ok_or("no limit is to come")?;
    let moment = duty.due_us.unwrap_or_default() / 60_000_000 * 60 + 60;
    set_clock(clock, moment - 2)?;
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) {
        if let Some(alert) = alerts(store).await?.into_iter().find(|a| {
            (&a.child_id, &a.duty_key, a.kind, Some(a.due_us)) == (&duty.child_id, &duty.key, AlertKind::Overdue, duty.due_us)
        }) {
            return Ok((alert.raised_us as f64 / 1e6 - moment as f64, moment + 60));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(format!("{}: no alert within a minute", duty.label).into())
}

async fn alerts(store: &Store) -> Result<Vec<Alert>, Fault> {
    let roles: Vec<String> = testkit::library().vocabulary.roles.iter().map(|role| role.id.clone()).collect();
    let scope = Scope { relation_to_all: true, ..Scope::default() };
    Ok(store.alerts_for(&scope, &roles, 10_000).await?)
}
