//! The disk of a server turns read-only while it serves, as systems do with one that fails: it is said on the pages, by `/health/ready`, by `doctor`
//! and in the log, nothing that was typed is lost, and it goes on by itself. The disk is one that tests make (`testkit::disk`), so that this needs no
//! rights over the machine.

use crate::site::{Browser, Server, html};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// So long it may take until it goes on.
const BACK: Duration = Duration::from_secs(10);

/// What the program is run with, so that its folder is on that disk.
fn on_disk(folder: &Path, read_only: &Path) -> Vec<(&'static str, String)> {
    let shown = |path: &Path| path.display().to_string();
    vec![
        ("LD_PRELOAD", shown(testkit::disk::library())),
        ("DISK_UNDER", shown(folder)),
        ("DISK_READ_ONLY", shown(read_only)),
    ]
}

/// What `doctor` says, and how it ends.
fn doctor(url: &str, environment: &[(&str, String)]) -> (String, Option<i32>) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_whereabouts"));
    let environment = environment.iter().map(|(name, value)| (*name, value.as_str()));
    let ran = program.args(["doctor", "--database-url", url]).envs(environment).output().unwrap();
    (String::from_utf8_lossy(&ran.stdout).into_owned(), ran.status.code())
}

/// Asks until it is answered so.
fn until(what: &str, mut asked: impl FnMut() -> Result<(), String>) {
    let begun = Instant::now();
    while let Err(said) = asked() {
        assert!(begun.elapsed() < BACK, "{what} after {BACK:?}: {said}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn ready(browser: &mut Browser, status: u16, says: &str) -> Result<(), String> {
    let page = browser.get("/health/ready");
    if page.status == status && page.html.contains(says) {
        return Ok(());
    }
    Err(format!("{} {}", page.status, page.html))
}

#[test]
fn a_disk_that_turns_read_only_is_said_everywhere_and_it_goes_on_by_itself() {
    let (folder, beside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let read_only = beside.path().join("read-only");
    let url = format!("sqlite:{}", folder.path().join("records.db").display());
    let environment = on_disk(folder.path(), &read_only);
    let given: Vec<(&str, &str)> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let args = ["demo", "--listen", "127.0.0.1:0", "--children", "12", "--database-url", &url];
    let server = Server::start(&args, "Ctrl-C", &given);
    let coordinator = server.said.lines().find(|line| line.contains("missing co-ordinator")).unwrap();
    let username = coordinator.split("  ").filter(|cell| !cell.trim().is_empty()).nth(2).unwrap().trim();
    let mut browser = server.signed_in(username, "whereabouts");
    let board = browser.get("/board");
    let episode = html::links(&board.html, "/children/").into_iter().next().unwrap();
    let address = format!("{}/record/information.received", episode.split("/episodes/").next().unwrap());
    let typed = "Seen at the ferry, with a red bag";
    let page = browser.get(&address);
    let pairs = page.filled(&[("f-text", typed)]);
    let child = episode.split("/episodes/").next().unwrap().to_owned();
    assert_eq!(browser.get(&child).status, 200);
    ready(&mut browser, 200, "ok\n").unwrap();

    std::fs::write(&read_only, "").unwrap();
    until("it is not said", || ready(&mut browser, 503, "nothing can be saved: the disk of the database is read-only"));
    assert_eq!(browser.get("/health/live").status, 200, "it need not be started again");
    let refused = browser.post(&address, &pairs);
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(refused.says("Nothing can be saved just now"), "{}", refused.text());
    assert!(refused.html.contains(typed), "what was typed stays on the page: {}", refused.text());
    let again = browser.get(&child);
    assert!(again.says("Nothing can be saved now"), "{} {}", again.status, again.text());
    let log = server.log();
    assert!(log.contains("the disk of the database is read-only, or its file is: mount it for writing"), "{log}");
    let (said, status) = doctor(&url, &environment);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("nothing can be saved: the disk of the folder"), "{said}");
    assert!(said.contains("is read-only: mount it for writing"), "{said}");

    std::fs::remove_file(&read_only).unwrap();
    until("it is not ready", || ready(&mut browser, 200, "ok\n"));
    let saved = browser.post(&address, &pairs);
    assert_eq!((saved.status, saved.location.as_str()), (303, episode.as_str()), "{}", saved.text());
    assert_eq!(browser.post(&address, &pairs).status, 303);
    until("the page is the old one", || {
        let page = browser.get(&episode);
        let stands = page.html.matches(typed).count();
        (stands == 1).then_some(()).ok_or_else(|| format!("it stands {stands} times: {} {}", page.status, page.text()))
    });
    server.stop();
}
