//! `whereabouts demo`: it fills a database once, says as whom to sign in, and opens to nobody else's people.

use crate::run::{Ran, run};
use crate::site::{Server, html};
use std::time::{Duration, Instant};

const NIGHT: &str = "2026-01-06T03:12+00:00";

/// The lines of the table of people: role, name, username, agency.
fn people(said: &str) -> Vec<Vec<String>> {
    let rows = said.lines().skip_while(|line| !line.trim_start().starts_with("Role")).skip(1);
    let rows = rows.take_while(|line| !line.trim().is_empty());
    rows.map(|row| row.split("  ").filter(|cell| !cell.is_empty()).map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

fn password(said: &str) -> String {
    said.split("Password ").nth(1).unwrap().split(' ').next().unwrap().to_owned()
}

#[test]
fn it_says_as_whom_to_sign_in_and_everybody_can() {
    let server = Server::demo(&["--children", "14", "--now", NIGHT]);
    let asked = Instant::now();
    let front = server.browser().get("/sign-in");
    assert!(asked.elapsed() < Duration::from_secs(1), "the first page took {:?}", asked.elapsed());
    assert_eq!(front.status, 200);
    let people = people(&server.said);
    let roles: std::collections::BTreeSet<&str> = people.iter().map(|row| row[0].as_str()).collect();
    assert!(roles.len() >= 15 && people.len() > roles.len(), "{}", server.said);
    for wanted in ["social worker", "missing co-ordinator", "return interviewer", "police missing persons unit"] {
        assert!(roles.contains(wanted), "{wanted}: {roles:?}");
    }
    for row in &people {
        assert_eq!(row.len(), 4, "{row:?}");
        let mut browser = server.signed_in(&row[2], &password(&server.said));
        let home = browser.get("/");
        assert!(home.status == 200 && home.html.contains(&row[1].replace('\'', "&#39;")), "{row:?}: {}", home.text());
    }
    // Those are offered on the page as well.
    assert!(people.iter().all(|row| front.html.contains(&format!("value=\"{}\"", row[2]))));
}

#[test]
fn the_addresses_worth_opening_can_be_opened_by_whom_it_names() {
    let server = Server::demo(&["--children", "14", "--now", NIGHT]);
    let guide = server.said.split("Worth opening, as ").nth(1).unwrap();
    let username = guide.split('`').nth(1).unwrap();
    let mut browser = server.signed_in(username, &password(&server.said));
    let base = format!("http://{}", server.address);
    let addresses: Vec<&str> = guide.lines().filter_map(|line| line.trim().strip_prefix(&base)).collect();
    assert_eq!(addresses.len(), 3, "{guide}");
    for path in addresses {
        let page = browser.get(path);
        assert_eq!(page.status, 200, "{path}: {}", page.text());
    }
    assert!(browser.get("/board").says("As at 03:12"));
}

#[test]
fn a_database_is_filled_once_and_what_was_recorded_stays() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("demo.db").display());
    let args = ["--children", "12", "--now", NIGHT, "--database-url", &url];
    let first = Server::demo(&args);
    assert!(first.said.contains(&url), "it says where it is kept");
    let said = first.said.clone();
    let mut browser = first.signed_in(&people(&said)[0][2], &password(&said));
    let board = html::links(&browser.get("/board").html, "/children/");
    first.stop();
    let again = Server::demo(&args);
    assert_eq!(people(&again.said), people(&said));
    // The session of before the stop still holds, and leads to the same children.
    browser.address.clone_from(&again.address);
    assert_eq!(html::links(&browser.get("/board").html, "/children/"), board);
}

#[test]
fn what_is_kept_nowhere_is_gone_at_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["demo", "--listen", "127.0.0.1:0", "--children", "1"];
    let server = Server::start(&args, "Ctrl-C", &[("TMPDIR", folder.path().to_str().unwrap())]);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    server.stop();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// Runs a demonstration on a database with one agency, and with somebody in it.
fn on_a_database_with(somebody: bool) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("other.db").display());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = store::Store::open(&url).await.unwrap();
        let agency = store::Agency {
            id: "a".into(),
            name: "A team".into(),
            kind: "social_work_team".into(),
            ..store::Agency::default()
        };
        store.add_agency(&agency).await.unwrap();
        let person = store::Person {
            id: "p".into(),
            username: "somebody".into(),
            name: "Somebody".into(),
            role: "social_worker".into(),
            agency: "a".into(),
            password_hash: "$argon2id$v=19$m=19456,t=2,p=1$c29tZWJvZHk$x".into(),
            relation_to_all: false,
            active: true,
            used_us: None,
        };
        if somebody {
            store.add_person(&person).await.unwrap();
        }
        store.close().await;
    });
    run(&["demo", "--listen", "127.0.0.1:0", "--database-url", &url])
}

#[test]
fn a_database_of_real_people_is_not_opened_to_whoever_reads_the_password() {
    let ran = on_a_database_with(true);
    assert_eq!(ran.status, 2, "{}", ran.out);
    assert!(ran.err.contains("people who are not of a demonstration"), "{}", ran.err);
}

#[test]
fn a_database_that_was_filled_by_half_is_not_shown() {
    let ran = on_a_database_with(false);
    assert_eq!(ran.status, 2, "{}", ran.out);
    assert!(ran.err.contains("half filled"), "{}", ran.err);
}

#[test]
fn an_area_without_a_rulebook_is_named_with_those_there_are() {
    let ran = run(&["demo", "--listen", "127.0.0.1:0", "--area", "atlantis"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("atlantis") && ran.err.contains("`example`"), "{}", ran.err);
    let ran = run(&["demo", "--listen", "127.0.0.1:0", "--now", "yesterday"]);
    assert!(ran.status == 2 && ran.err.contains("--now"), "{}", ran.err);
}

#[test]
fn the_ten_examples_are_printed_with_their_duties() {
    let ran = run(&["examples"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("10 examples") && ran.out.contains("$ whereabouts duties"), "{}", ran.out);
}
