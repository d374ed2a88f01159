//! Agencies and people on the command line, from an empty database on.

use crate::run::run;
use crate::site::Server;

/// What a command prints, which ends with this status.
fn said(words: &[&str], url: &str, status: i32) -> String {
    let all: Vec<&str> = words.iter().copied().chain(["--database-url", url]).collect();
    let done = run(&all);
    assert_eq!(done.status, status, "{words:?}: {}{}", done.out, done.err);
    format!("{}{}", done.out, done.err)
}

#[test]
fn people_are_added_listed_and_disabled() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("county.db").display());
    let wrong = said(&["agencies", "add", "Larkfield House", "--kind", "castle"], &url, 2);
    assert!(wrong.contains("Choose what it is: local_authority"), "{wrong}");
    said(&["agencies", "add", "Larkfield House", "--kind", "childrens_home"], &url, 0);
    said(&["agencies", "add", "The school", "--kind", "school", "--only-appears"], &url, 0);
    let list = said(&["agencies", "list"], &url, 0);
    assert!(list.contains("only appears in records") && list.contains("2 agencies"), "{list}");

    let added =
        said(&["people", "add", "Dana Holt", "dana", "--role", "home_staff", "--agency", "larkfield house"], &url, 0);
    // Nobody said at which address browsers find the pages, and none is guessed.
    let link = added.lines().find(|line| line.contains("/welcome/")).unwrap();
    assert!(link.starts_with("/welcome/") && link.len() == 73, "{link}");
    assert!(added.contains("No address of the pages is configured") && !added.contains("localhost"), "{added}");
    for (role, agency, says) in [
        ("wizard", "Larkfield House", "There is no role `wizard`"),
        ("home_staff", "Nowhere", "there is no agency `Nowhere`; there are `Larkfield House`"),
        ("home_staff", "The school", "only appears in records"),
    ] {
        let wrong = said(&["people", "add", "Max Kerr", "max", "--role", role, "--agency", agency], &url, 2);
        assert!(wrong.contains(says), "{wrong}");
    }

    let file = folder.path().join("people.csv");
    let rows =
        "name,username,role,agency\nMel Aspinall,mel,home_staff,Larkfield House\nSam Orr,sam,wizard,Larkfield House\n";
    std::fs::write(&file, rows).unwrap();
    let path = file.to_str().unwrap();
    let tried = said(&["people", "import", path, "--dry-run"], &url, 1);
    assert!(tried.contains("row 3: there is no role `wizard`") && tried.contains("1 people would be added"), "{tried}");
    assert!(!said(&["people", "list"], &url, 0).contains("Mel Aspinall"));
    let brought = said(&["people", "import", path], &url, 1);
    assert!(brought.contains("1 people added") && brought.contains("/welcome/"), "{brought}");
    let again = said(&["people", "import", path], &url, 1);
    assert!(again.contains("0 people added") && again.contains("1 rows are here already"), "{again}");

    said(&["people", "disable", "mel"], &url, 0);
    let list = said(&["people", "list"], &url, 0);
    assert!(list.contains("has left") && list.contains("2 people"), "{list}");
    let back = said(&["people", "let-in", "dana", "--why", "She rang; her phone was stolen"], &url, 0);
    assert!(back.contains("All ways in of Dana Holt were taken away") && back.contains("/welcome/"), "{back}");
    let wrong = said(&["people", "let-in", "dana", "--why", " "], &url, 2);
    assert!(wrong.contains("Say why"), "{wrong}");
    let wrong = said(&["people", "disable", "nobody"], &url, 2);
    assert!(wrong.contains("nobody has the username `nobody`"), "{wrong}");
}

#[test]
fn a_link_is_at_the_address_that_the_server_is_configured_with() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("county.db").display());
    said(&["agencies", "add", "Larkfield House", "--kind", "childrens_home"], &url, 0);
    let config = folder.path().join("whereabouts.toml");
    let text = format!("database-url = \"{url}\"\naddress = \"https://records.example\"\nlisten = \"127.0.0.1:1\"\n");
    std::fs::write(&config, text).unwrap();
    let config = config.to_str().unwrap();
    let add = |username: &str, more: &[&str]| {
        let words = ["people", "add", "Dana Holt", username, "--role", "home_staff", "--agency", "larkfield house"];
        let done = run(&[&words[..], &["--config", config], more].concat());
        assert_eq!(done.status, 0, "{}{}", done.out, done.err);
        done.out
    };
    let added = add("dana", &[]);
    assert!(added.contains("https://records.example/welcome/") && !added.contains("No address"), "{added}");
    let typed = add("dana2", &["--address", "https://other.example"]);
    assert!(typed.contains("https://other.example/welcome/"), "what is typed counts more: {typed}");
    let file = folder.path().join("people.csv");
    std::fs::write(&file, "name,username,role,agency\nMel Aspinall,mel,home_staff,Larkfield House\n").unwrap();
    let done = run(&["people", "import", file.to_str().unwrap(), "--config", config]);
    assert!(done.out.contains("https://records.example/welcome/"), "{}{}", done.out, done.err);
    let done = run(&["people", "let-in", "dana", "--why", "She rang", "--config", config]);
    assert!(done.out.contains("https://records.example/welcome/"), "{}{}", done.out, done.err);
}

#[test]
fn where_a_child_is_kept_a_post_that_sees_much_is_proposed_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("county.db").display());
    Server::demo(&["--children", "12", "--database-url", &url]).stop();
    let agencies = said(&["agencies", "list"], &url, 0);
    let police = agencies.lines().find(|line| line.contains("police")).unwrap();
    let police = police.trim().split("  ").next().unwrap().to_owned();
    let words = ["people", "add", "Sam Orr", "sam", "--role", "police_supervisor", "--agency", &police];
    let wrong = said(&words, &url, 2);
    assert!(wrong.contains("Say why, for whoever confirms it"), "{wrong}");
    assert!(!said(&["people", "list"], &url, 0).contains("Sam Orr"), "nothing is half done");
    let added = said(&[&words[..], &["--why", "She leads the unit from Monday"]].concat(), &url, 0);
    assert!(added.contains("waits for a second person") && added.contains("/welcome/"), "{added}");
    let list = said(&["people", "list"], &url, 0);
    let sam = list.lines().find(|line| line.contains("Sam Orr")).unwrap();
    assert!(!sam.contains("supervisor"), "{sam}");
}

#[test]
fn an_empty_database_offers_a_link_that_makes_the_first_administrator() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("county.db").display());
    let server = Server::start(&["serve", "--listen", "127.0.0.1:0", "--database-url", &url], "/welcome/", &[]);
    let link = server.said.lines().find(|line| line.contains("/welcome/")).unwrap().to_owned();
    let path = link.split_once("/welcome/").unwrap().1;
    let mut browser = server.browser();
    browser.get("/sign-in");
    let page = browser.get(&format!("/welcome/{path}"));
    assert!(page.says("The first administrator"), "{}", page.text());
    assert_eq!(browser.get(&format!("/welcome/{}", "0".repeat(64))).status, 403);
    server.stop();
}
