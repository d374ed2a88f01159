//! A thousand sign-ins at once, from a hundred addresses: what memory the server takes at the top and keeps a minute later, and how long
//! somebody who works, and somebody who signs in, wait meanwhile. The thousand have passwords of their own and names that nobody has: each is
//! compared with nobody's hash, which takes as long and as much memory as anybody's.

use crate::Fault;
use crate::browser::{Browser, How};
use crate::flood::{sign_in, try_sign_in};
use crate::server::{self, Server};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};
use testkit::databases::Database;
use tokio::task::JoinSet;

const MANY: usize = 1_000;
const ADDRESSES: usize = 100;
/// How often somebody who was turned away tries again, and after how long.
const TRIES: usize = 100;
const AGAIN: Duration = Duration::from_secs(1);

pub async fn measure(name: &str, database: &Database) -> Result<(), Fault> {
    let url = database.url();
    Server::fill(url, &[("--children", "200".to_owned())]).await?.stop().await?;
    let people = server::people(url).await?;
    let server = Server::serve_with(url, &[]).await?;
    let mut browser = sign_in(&server.address, &people[0]).await?;
    browser.get("/board").await?;
    let before = resident(&server, "VmRSS:")?;
    // From here on the most is counted anew.
    std::fs::write(format!("/proc/{}/clear_refs", server.id()), "5")?;
    let begun = Instant::now();
    let mut rush = JoinSet::new();
    for n in 0..MANY {
        rush.spawn(enter(server.address.clone(), n));
    }
    let (address, username) = (server.address.clone(), people[1].clone());
    let genuine = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let begun = Instant::now();
        for _ in 0..TRIES {
            let mut browser = Browser::new(&address, How { from: None, each_anew: true }).await?;
            if try_sign_in(&mut browser, &username, "whereabouts").await.is_ok_and(|status| status == 303) {
                return Ok::<_, Fault>(begun.elapsed());
            }
            tokio::time::sleep(AGAIN).await;
        }
        Err("somebody was not let in".into())
    });
    let mut pages = Vec::new();
    let mut answers: BTreeMap<u16, usize> = BTreeMap::new();
    while !rush.is_empty() {
        let page = Instant::now();
        if browser.get("/board").await?.status == 200 {
            pages.push(page.elapsed());
        }
        while let Some(done) = rush.try_join_next() {
            for status in done? {
                *answers.entry(status).or_default() += 1;
            }
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    let genuine = genuine.await??;
    let top = resident(&server, "VmHWM:")?;
    tokio::time::sleep(Duration::from_secs(60)).await;
    let after = resident(&server, "VmRSS:")?;
    pages.sort_unstable();
    let ms = |part: usize| pages[(pages.len() * part / 100).min(pages.len() - 1)].as_secs_f64() * 1e3;
    println!("{name}: {MANY} sign-ins at once, all answered by a comparison after {seconds:.1} s; answers by status {answers:?}");
    println!("{name}: memory {before} MB before, {top} MB at the top, {after} MB a minute later");
    println!("{name}: meanwhile a page took p50 {:.0} ms, p99 {:.0} ms ({} pages), and somebody was let in after {:.1} s", ms(50), ms(99), pages.len(), genuine.as_secs_f64());
    server.stop().await
}

/// Tries until it is compared. Gives the status of each answer; 0 where the connection was not taken.
async fn enter(address: String, number: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    let how = How { from: Some(IpAddr::from([127, 0, 2, (number % ADDRESSES) as u8 + 1])), each_anew: true };
    let (username, password) = (format!("nobody.{number}"), format!("a password of number {number}"));
    for _ in 0..TRIES {
        let status = match Browser::new(&address, how).await {
            Ok(mut browser) => try_sign_in(&mut browser, &username, &password).await.unwrap_or(0),
            Err(_) => 0,
        };
        statuses.push(status);
        if status != 0 && status != 503 && status != 429 {
            break;
        }
        tokio::time::sleep(AGAIN).await;
    }
    statuses
}

/// Megabytes, by a line of what the system says of the process.
fn resident(server: &Server, line: &str) -> Result<u64, Fault> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id()))?;
    let kilobytes = status.lines().find_map(|one| one.strip_prefix(line)).ok_or("no such line")?;
    Ok(kilobytes.trim().trim_end_matches(" kB").parse::<u64>()? / 1024)
}
