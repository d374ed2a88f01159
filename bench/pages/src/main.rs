//! `make bench-pages`: fills a county of 4,000 children and ten years into each database, runs the server on it, and prints how long
//! pages and a save take. Figures, and no judgement of them: they hang on the machine, and the users share it with the server.
//!
//! `CHILDREN` and `YEARS` in the environment ask for another county, `ONLY=sqlite` or `ONLY=postgres` for one of the databases.

mod browser;
mod postgres;
mod server;
mod user;

use server::Server;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use user::{KINDS, Times, User};

/// How long each measurement takes.
const SPAN: Duration = Duration::from_secs(20);

type Fault = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Fault> {
    let asked = |name: &str, usual: &str| std::env::var(name).unwrap_or_else(|_| usual.into());
    let (children, years) = (asked("CHILDREN", "4000"), asked("YEARS", "10"));
    let only = asked("ONLY", "");
    if only != "postgres" {
        let folder = tempfile::tempdir()?;
        let file = format!("sqlite:{}", folder.path().join("bench.db").display());
        measure("SQLite", &file, &children, &years).await?;
    }
    if only != "sqlite" {
        let cluster = postgres::start().await?;
        measure("PostgreSQL", &cluster.url, &children, &years).await?;
    }
    Ok(())
}

async fn measure(name: &str, url: &str, children: &str, years: &str) -> Result<(), Fault> {
    let start = Instant::now();
    let (filled, people) = Server::fill(url, children, years).await?;
    filled.stop().await?;
    println!(
        "{name}: {children} children and {years} years made up and written down in {:.0} s",
        start.elapsed().as_secs_f64()
    );
    let start = Instant::now();
    let server = Server::serve(url).await?;
    println!("started again in {:.2} s", start.elapsed().as_secs_f64());
    println!("{:<34}{:>8}{:>10}{:>10}{:>10}", "", "count", "p50 ms", "p99 ms", "max ms");
    for (users, pause) in [(1, Duration::ZERO), (50, Duration::from_secs(1)), (50, Duration::ZERO)] {
        let times = together(&server, &people, users, pause).await?;
        let how = if pause.is_zero() { "without pause" } else { "a second between pages" };
        println!("{users} user{}, {how}", if users == 1 { "" } else { "s" });
        for kind in KINDS {
            print(kind, times.of(kind));
        }
        if times.stale > 0 {
            println!("  ({} saves met a newer entry, and were sent again)", times.stale);
        }
    }
    println!();
    server.stop().await
}

/// So many users at once, each signed in as one of the people.
async fn together(server: &Server, people: &[String], users: usize, pause: Duration) -> Result<Times, Fault> {
    let mut signed_in = Vec::new();
    for number in 0..users {
        signed_in.push(User::sign_in(&server.address, &people[number % people.len()], number).await?);
    }
    let mut under_way = JoinSet::new();
    for user in signed_in {
        under_way.spawn(user.work(SPAN, pause));
    }
    let mut all = Times::default();
    while let Some(done) = under_way.join_next().await {
        all.add(done??);
    }
    Ok(all)
}

fn print(kind: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: usize| times.get((times.len() * part / 100).min(times.len().saturating_sub(1)));
    let ms = |time: Option<&Duration>| time.map_or("-".into(), |t| format!("{:.1}", t.as_secs_f64() * 1e3));
    println!("  {kind:<32}{:>8}{:>10}{:>10}{:>10}", times.len(), ms(at(50)), ms(at(99)), ms(times.last()));
}
