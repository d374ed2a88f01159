//! `make bench-pages`: fills a county of 4,000 children and ten years into each database, runs the server on it, and prints how long
//! pages and a save take: the first time that somebody looks at something, and afterwards. Fifty users are fifty people, nearly all of
//! agencies of their own, and more than a hundred episodes are open. Figures, and no judgement of them: they hang on the machine, and the
//! users share it with the server. With each, how long the decisions took on who may see what.
//!
//! In the end boards stand open while others write: what a change costs the server, by how many show it.
//!
//! `CHILDREN`, `YEARS` and `UNDER_WAY` in the environment ask for another county, `ONLY=sqlite` or `ONLY=postgres` for one of the databases,
//! `BOARDS=only` for that last measurement alone.

mod boards;
mod browser;
mod deciding;
mod postgres;
mod server;
mod user;

use server::Server;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use user::{KINDS, Times, User};

/// How long each measurement takes.
const SPAN: Duration = Duration::from_secs(20);
/// So many work at most.
const USERS: usize = 50;

type Fault = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Fault> {
    let asked = |name: &str, usual: &str| std::env::var(name).unwrap_or_else(|_| usual.into());
    let county = [("--children", "CHILDREN", "4000"), ("--years", "YEARS", "10"), ("--under-way", "UNDER_WAY", "176")];
    let county: Vec<(&str, String)> = county.map(|(option, name, usual)| (option, asked(name, usual))).into();
    let only = asked("ONLY", "");
    if only != "postgres" {
        let folder = tempfile::tempdir()?;
        let file = format!("sqlite:{}", folder.path().join("bench.db").display());
        measure("SQLite", &file, &county).await?;
    }
    if only != "sqlite" {
        let cluster = postgres::start().await?;
        measure("PostgreSQL", &cluster.url, &county).await?;
    }
    Ok(())
}

async fn measure(name: &str, url: &str, county: &[(&str, String)]) -> Result<(), Fault> {
    let start = Instant::now();
    Server::fill(url, county).await?.stop().await?;
    println!(
        "{name}: {} children and {} years made up and written down in {:.0} s",
        county[0].1,
        county[1].1,
        start.elapsed().as_secs_f64()
    );
    let people = server::people(url).await?;
    let start = Instant::now();
    let figures = deciding::free_address()?;
    let server = Server::serve_with(url, &["--metrics", &figures]).await?;
    println!("started again in {:.2} s", start.elapsed().as_secs_f64());
    let mut users = sign_in(&server, &people).await?;
    let open = users.iter().map(|user| user.open);
    println!("{} people of their own agencies; boards of {} to {} open episodes", users.len(), open.clone().min().unwrap_or(0), open.max().unwrap_or(0));
    println!("{:<34}{:>8}{:>10}{:>10}{:>10}", "", "count", "p50 ms", "p99 ms", "max ms");
    let all = [(1, Duration::ZERO), (50, Duration::from_secs(1)), (50, Duration::ZERO)];
    let wanted = if std::env::var("BOARDS").is_ok_and(|asked| asked == "only") { &[][..] } else { &all[..] };
    for (number, pause) in wanted.iter().copied() {
        let times;
        let before = deciding::so_far(&figures).await?;
        (users, times) = together(users, number, pause).await?;
        let users = number;
        let how = if pause.is_zero() { "without pause" } else { "a second between pages" };
        println!("{users} user{}, {how}", if users == 1 { "" } else { "s" });
        for kind in KINDS {
            print(&format!("{kind}, first"), times.of(kind, true));
            print(&format!("{kind}, again"), times.of(kind, false));
        }
        println!("  {}", deciding::so_far(&figures).await?.since(before, times.count()));
        if times.stale > 0 {
            println!("  ({} saves met a newer entry, and were sent again)", times.stale);
        }
    }
    boards::measure(&server, &mut users).await?;
    println!();
    server.stop().await
}

/// The people who work: the first sees every child who is missing, the others are those of their agencies who have children of their own
/// with episodes.
async fn sign_in(server: &Server, people: &[String]) -> Result<Vec<User>, Fault> {
    let mut users = Vec::new();
    for username in people {
        users.extend(User::sign_in(&server.address, username, users.len()).await?);
        if users.len() == USERS {
            return Ok(users);
        }
    }
    Err(format!("only {} people have anything to do", users.len()).into())
}

/// So many users at once. The first time is over for what they have looked at now.
async fn together(mut users: Vec<User>, number: usize, pause: Duration) -> Result<(Vec<User>, Times), Fault> {
    let mut idle = users.split_off(number);
    let mut under_way = JoinSet::new();
    for mut user in users {
        under_way.spawn(async move { user.work(SPAN, pause).await.map(|times| (user, times)) });
    }
    let (mut users, mut all) = (Vec::new(), Times::default());
    while let Some(done) = under_way.join_next().await {
        let (user, times) = done??;
        users.push(user);
        all.add(times);
    }
    users.append(&mut idle);
    Ok((users, all))
}

fn print(kind: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: usize| times.get((times.len() * part / 100).min(times.len().saturating_sub(1)));
    let ms = |time: Option<&Duration>| time.map_or("-".into(), |t| format!("{:.1}", t.as_secs_f64() * 1e3));
    println!("  {kind:<32}{:>8}{:>10}{:>10}{:>10}", times.len(), ms(at(50)), ms(at(99)), ms(times.last()));
}
