//! A second machine: the server and `whereabouts follow` as two programs. The follower is stopped, the server is killed while ten write, the copy
//! is promoted and served. `FOLLOWER_KILLS=100` is the campaign.

use crate::databases::Database;
use crate::run::run;
use crate::site::{Browser, Server, html};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use store::Store;

const WRITERS: usize = 10;
const ONE_COPY: &str = "One copy only: the second machine has not confirmed it yet.";

/// A port of this machine that is free now.
fn port() -> String {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// Where the copy, the token and the server's side of a pair are.
struct Pair {
    url: String,
    copy: String,
    token: String,
    port: String,
}

impl Pair {
    fn of(folder: &Path, url: &str, copy: &str) -> Pair {
        let token = folder.join("follower.token").display().to_string();
        if !Path::new(&token).exists() {
            let made = run(&["keys", "follower", "--to", &token]);
            assert!(made.status == 0 && made.out.contains("can read every record"), "{}{}", made.out, made.err);
        }
        let copy = format!("sqlite:{}", folder.join(copy).display());
        Pair { url: url.to_owned(), copy, token, port: port() }
    }

    fn server(&self) -> Server {
        self.server_with(&[])
    }

    fn server_with(&self, more: &[&str]) -> Server {
        let mut args = vec!["--children", "12", "--database-url", &self.url];
        args.extend(["--follower-listen", &self.port, "--follower-token", &self.token]);
        args.extend(more);
        Server::demo(&args)
    }

    fn follower(&self) -> Server {
        let from = format!("http://{}", self.port);
        let args = ["follow", "--from", &from, "--database-url", &self.copy, "--follower-token", &self.token];
        Server::start(&args, "Following", &[])
    }

    /// The copy with the key of the server's file beside it, as whoever promotes it puts it there.
    fn promote(&self) -> String {
        let ran = run(&["follow", "--promote", "--database-url", &self.copy]);
        assert!(ran.status == 0 && ran.out.contains("is a database of its own now"), "{}{}", ran.out, ran.err);
        let file = |url: &str| format!("{}.sealing-key", url.strip_prefix("sqlite:").unwrap());
        std::fs::copy(file(&self.url), file(&self.copy)).unwrap();
        self.copy.clone()
    }
}

fn signed_in(server: &Server) -> Browser {
    let coordinator = server.said.lines().find(|line| line.contains("missing co-ordinator")).unwrap();
    let username = coordinator.split("  ").filter(|cell| !cell.trim().is_empty()).nth(2).unwrap().trim().to_owned();
    server.signed_in(&username, "whereabouts")
}

fn health(browser: &mut Browser) -> String {
    browser.get("/health/ready").html
}

/// Waits until the health page says this.
fn until(browser: &mut Browser, says: &str) -> String {
    let begun = Instant::now();
    loop {
        let health = health(browser);
        if health.contains(says) {
            return health;
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "`{says}` is not said: {health}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The episode of somebody who is missing, of so many, and the address of the form for news of it.
fn place(browser: &mut Browser, n: usize) -> (String, String) {
    let board = browser.get("/board");
    let episodes: Vec<String> =
        html::links(&board.html, "/children/").into_iter().filter(|link| link.contains("/episodes/")).collect();
    assert!(!episodes.is_empty(), "nobody is missing: {} {}", board.status, board.text());
    let episode = episodes[n % episodes.len()].clone();
    let address = format!("{}/record/information.received", episode.split("/episodes/").next().unwrap());
    (episode, address)
}

/// Saves what somebody says, of a server that is there.
fn saved(browser: &mut Browser, address: &str, typed: &str) -> (Duration, bool) {
    save(browser, address, typed).unwrap_or_else(|| {
        let page = browser.get(address);
        let pairs = page.filled(&[("f-text", typed)]);
        let answer = browser.post(address, &pairs);
        panic!("`{typed}` was not saved: {} {}, {} {}", page.status, page.text(), answer.status, answer.text())
    })
}

/// Saves what somebody says: how long that took, and whether it stands in two copies; none where it was not acknowledged.
fn save(browser: &mut Browser, address: &str, typed: &str) -> Option<(Duration, bool)> {
    let page = browser.try_get(address).filter(|page| page.status == 200)?;
    let pairs = page.filled(&[("f-text", typed)]);
    let begun = Instant::now();
    let answer = browser.try_post(address, &pairs).filter(|answer| answer.status == 303)?;
    let took = begun.elapsed();
    assert!(answer.location.contains("/episodes/"), "{}", answer.location);
    Some((took, !browser.flash().contains(ONE_COPY)))
}

#[test]
fn a_save_says_one_copy_only_while_the_follower_is_away_and_waits_for_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let pair =
        Pair::of(folder.path(), &format!("sqlite:{}", folder.path().join("whereabouts.db").display()), "copy.db");
    let metrics = port();
    let server = pair.server_with(&["--metrics", &metrics]);
    let mut watcher = Browser { address: metrics, ..server.browser() };
    let mut browser = signed_in(&server);
    let (episode, address) = place(&mut browser, 0);
    assert!(health(&mut browser).contains("ONE COPY ONLY: the follower has not taken its first copy"));
    let doctor = || run(&["doctor", "--database-url", &pair.url]);
    assert!(doctor().out.contains("WRONG  second copy  the follower has not taken its first copy"), "{}", doctor().out);

    let follower = pair.follower();
    until(&mut browser, "two copies: the follower has everything");
    let (took, two) = saved(&mut browser, &address, "seen at both");
    assert!(two, "{took:?}");
    assert!(!browser.get(&episode).says(ONE_COPY));
    // Packets that wait for more would take 80 ms of every save; what a busy machine takes is not of every one.
    let quickest = (0..10).map(|n| saved(&mut browser, &address, &format!("seen at both, {n}"))).min().unwrap();
    assert!(quickest.0 < Duration::from_millis(75), "{quickest:?}");
    follower.kill();

    // The first waits for it; those after it do not, and each says so.
    let (first, two) = saved(&mut browser, &address, "seen at one");
    assert!(!two && first >= Duration::from_millis(250), "{first:?}");
    assert!(browser.get(&episode).says(&format!("Saved. {ONE_COPY}")));
    let (next, two) = saved(&mut browser, &address, "seen at one, later");
    assert!(!two && next < first, "{next:?}, and {first:?} before it");
    let health = until(&mut browser, "ONE COPY ONLY of what was saved since 0 min ago: the follower is ");
    assert!(health.starts_with("ok\n") && health.contains(" entries behind"), "{health}");
    let figures = watcher.get("/metrics").html;
    assert!(figures.contains("whereabouts_one_copy{what=\"alone\"} 1\n"), "{figures}");
    assert!(!figures.contains("whereabouts_one_copy{what=\"behind\"} 0\n"), "{figures}");
    std::thread::sleep(Duration::from_millis(1500));
    let said = doctor();
    assert!(
        said.status == 1 && said.out.contains("WRONG  second copy  one copy only of what was saved since "),
        "{}",
        said.out
    );

    let follower = pair.follower();
    until(&mut browser, "two copies: the follower has everything");
    let (_, two) = saved(&mut browser, &address, "seen at both again");
    assert!(two);
    std::thread::sleep(Duration::from_millis(1500));
    assert!(doctor().out.contains("well   second copy  the follower has everything"), "{}", doctor().out);
    server.stop();
    follower.stop();
    let verified = run(&["follow", "--verify", "--database-url", &pair.copy]);
    assert!(verified.status == 0 && verified.out.contains("all of them continue their chains"), "{}", verified.out);
    let key = format!("{}.sealing-key", pair.url.strip_prefix("sqlite:").unwrap());
    let verify = |url: &str| run(&["verify", "--database", url, "--sealing-key", &key]);
    let (ours, theirs) = (verify(&pair.url), verify(&pair.copy));
    let root = |out: &str| out.lines().find(|line| line.starts_with("root ")).unwrap_or(out).to_owned();
    assert_eq!((theirs.status, root(&theirs.out)), (0, root(&ours.out)), "{}", theirs.out);
    assert!(verified.out.contains(&root(&ours.out)));
    // Served without a follower, nothing is waited for and nothing is said.
    let server = Server::demo(&["--database-url", &pair.url]);
    let mut browser = signed_in(&server);
    assert!(!health_of(&mut browser).contains("cop"), "{}", health_of(&mut browser));
    let (_, said_nothing) = saved(&mut browser, &address, "alone, as ever");
    assert!(said_nothing);
    server.stop();
}

fn health_of(browser: &mut Browser) -> String {
    health(browser).lines().filter(|line| !line.contains("backup") && !line.contains("checked")).collect()
}

/// What ten people saved while the server ran, each with whether it was confirmed in two copies. `meanwhile` is done before the server is killed.
fn write_until_killed(server: Server, round: usize, meanwhile: impl FnOnce()) -> Vec<(String, String, bool)> {
    let stop = Arc::new(AtomicBool::new(false));
    let saved = Arc::new(Mutex::new(Vec::new()));
    let browser = signed_in(&server);
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (stop, saved, mut browser) = (stop.clone(), saved.clone(), browser.clone());
            let (episode, address) = place(&mut browser, writer);
            std::thread::spawn(move || {
                for n in 0.. {
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    let typed = format!("Word {round}-{writer}-{n} end");
                    if let Some((_, two)) = save(&mut browser, &address, &typed) {
                        saved.lock().unwrap().push((episode.clone(), typed, two));
                    }
                }
            })
        })
        .collect();
    meanwhile();
    server.kill();
    stop.store(true, Ordering::Relaxed);
    writers.into_iter().for_each(|writer| writer.join().unwrap());
    Arc::into_inner(saved).unwrap().into_inner().unwrap()
}

#[test]
fn what_was_acknowledged_in_two_copies_is_in_the_follower_when_the_server_is_killed_while_ten_write() {
    let rounds: usize = std::env::var("FOLLOWER_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let folder = tempfile::tempdir().unwrap();
    let mut url = format!("sqlite:{}", folder.path().join("whereabouts.db").display());
    let (mut in_two, mut in_one) = (0, 0);
    for round in 0..rounds {
        let pair = Pair::of(folder.path(), &url, &format!("copy-{round}.db"));
        let server = pair.server();
        let follower = pair.follower();
        until(&mut server.browser(), "two copies: the follower has everything");
        let mut follower = Some(follower);
        let saved = write_until_killed(server, round, || {
            std::thread::sleep(Duration::from_millis(700 + (round as u64 * 733) % 900));
            // Every other time the follower is killed too, and started again.
            if round % 2 == 1 {
                follower.take().into_iter().for_each(Server::kill);
                std::thread::sleep(Duration::from_millis(400));
                follower = Some(pair.follower());
            }
            std::thread::sleep(Duration::from_millis(800 + (round as u64 * 337) % 900));
        });
        let follower = follower.unwrap();
        let log = follower.log();
        follower.stop();
        url = pair.promote();
        let verified = run(&["verify", "--database", &url]);
        assert!(verified.status == 0 && verified.out.contains("Nothing is wrong."), "{}{log}", verified.out);
        let records = records(&url);
        for (episode, typed, two) in &saved {
            let child = episode.split('/').nth(2).unwrap();
            let stands = records[child].matches(typed.as_str()).count();
            assert!(stands == 1 || (!two && stands == 0), "{typed} stands {stands} times; in two copies: {two}\n{log}");
            *if *two { &mut in_two } else { &mut in_one } += 1;
        }
        // It serves: the last save that was confirmed is on its page, and more can be saved.
        let server = Server::demo(&["--database-url", &url]);
        let mut browser = signed_in(&server);
        let (episode, typed, _) = saved.iter().rfind(|(_, _, two)| *two).unwrap();
        assert!(browser.get(episode).says(typed), "{typed} is on no page");
        let (_, address) = place(&mut browser, round);
        self::saved(&mut browser, &address, "Word after the promotion");
        assert!(saved.iter().any(|(_, _, two)| *two), "nothing was saved in two copies in round {round}: {log}");
        server.stop();
    }
    println!(
        "follower: {rounds} kills of the server while {WRITERS} wrote, {in_two} saves acknowledged in two copies, all in the follower; \
         {in_one} acknowledged in one copy"
    );
}

/// What all rows of each record say.
fn records(url: &str) -> BTreeMap<String, String> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(url).await.unwrap();
        let mut found = BTreeMap::new();
        for child in store.children_after("", 1000).await.unwrap() {
            let rows = store.record(&child).await.unwrap().rows;
            found.insert(child, rows.into_iter().filter_map(|row| row.payload).collect());
        }
        store.close().await;
        found
    })
}

#[test]
fn what_the_follower_refuses_ends_it_and_is_an_alarm() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite();
    let pair = Pair::of(folder.path(), database.url(), "copy.db");
    let server = pair.server();
    let mut browser = signed_in(&server);
    let mut follower = pair.follower();
    until(&mut browser, "two copies: the follower has everything");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime
        .block_on(database.tamper("update person set role = 'police_officer' where id = (select min(id) from person)"));
    until(&mut browser, "THE FOLLOWER REFUSES what it is sent");
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = follower.ended() {
            break status;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "the follower goes on: {}", follower.log());
        std::thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(status, 1, "{}", follower.log());
    assert!(follower.log().contains("is not what the journal says of it"), "{}", follower.log());
    let doctor = run(&["doctor", "--database-url", &pair.url]);
    assert!(doctor.status == 1 && doctor.out.contains("the follower refused what it was sent"), "{}", doctor.out);
    server.stop();
}

#[test]
fn a_follower_that_cannot_follow_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let pair =
        Pair::of(folder.path(), &format!("sqlite:{}", folder.path().join("whereabouts.db").display()), "copy.db");
    let follow = |from: &str, copy: &str, token: &str| {
        run(&["follow", "--from", from, "--database-url", copy, "--follower-token", token])
    };
    let far = follow("http://198.51.100.7:8090", &pair.copy, &pair.token);
    assert!(far.status == 3 && far.err.contains("is another machine") && far.err.contains("https://"), "{}", far.err);
    let postgres = follow("https://198.51.100.7", "postgres://w:w@127.0.0.1:1/w", &pair.token);
    assert!(postgres.status == 2 && postgres.err.contains("a standby that confirms each commit"), "{}", postgres.err);
    let none = follow("http://127.0.0.1:1", &pair.copy, "/no/such.token");
    assert!(none.status == 3 && none.err.contains("the token `/no/such.token` cannot be read"), "{}", none.err);
    let open = run(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--database-url",
        &pair.url,
        "--follower-listen",
        "0.0.0.0:0",
        "--follower-token",
        &pair.token,
    ]);
    assert!(open.status == 2 && open.err.contains("is reached from other machines"), "{}", open.err);
    let file = folder.path().join("whereabouts.toml");
    let configured = |text: &str| {
        std::fs::write(&file, text).unwrap();
        run(&["follow", "--config", &file.display().to_string()])
    };
    let token = format!("follower-token = \"{}\"\n", pair.token);
    let misspelt = configured(&format!("{token}folower-listen = \"127.0.0.1:0\"\n"));
    assert!(misspelt.status == 2 && misspelt.err.contains("did you mean `follower-listen`?"), "{}", misspelt.err);
    let read = configured(&format!(
        "{token}listen = \"127.0.0.1:1\"\nfrom = \"http://198.51.100.7:1\"\ndatabase-url = \"{}\"\n",
        pair.copy
    ));
    assert!(read.status == 3 && read.err.contains("http://198.51.100.7:1 is another machine"), "{}", read.err);
    let nothing = run(&["follow", "--promote", "--database-url", &pair.url]);
    assert!(nothing.status == 2 && nothing.err.contains("no follower's copy"), "{}", nothing.err);

    let server = pair.server();
    let other = folder.path().join("other.token").display().to_string();
    assert_eq!(run(&["keys", "follower", "--to", &other]).status, 0);
    let stranger = follow(&format!("http://{}", pair.port), &pair.copy, &other);
    assert!(stranger.status == 3 && stranger.err.contains("does not take this token"), "{}", stranger.err);
    let follower = pair.follower();
    until(&mut server.browser(), "two copies: the follower has everything");
    follower.stop();
    let served = run(&["serve", "--listen", "127.0.0.1:0", "--database-url", &pair.copy]);
    assert!(served.status == 3 && served.err.contains("whereabouts follow --promote"), "{}", served.err);
    server.stop();
}
