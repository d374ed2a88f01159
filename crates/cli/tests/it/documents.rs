//! Blocks of `docs/operating.md` that name places of a Debian machine, run as somebody types them, but in a folder of the test: without `runuser`,
//! `systemctl` and the tunnel, which a test has no right to.

use crate::run::{root, run, shell};
use crate::site::Server;
use std::path::Path;
use std::time::{Duration, Instant};

/// The blocks of a kind in a chapter, with the places of the test in them.
fn blocks(chapter: &str, kind: &str, places: &[(&str, &str)]) -> Vec<String> {
    let text = std::fs::read_to_string(root().join("docs/operating.md")).unwrap();
    let chapter = text.split("\n## ").find(|part| part.starts_with(chapter)).unwrap();
    let begins = format!("```{kind}\n");
    let blocks = chapter.split(&begins).skip(1).filter_map(|rest| rest.split("```").next());
    let placed = |block: &str| {
        let mut block = block.to_owned();
        for (there, here) in places {
            block = block.replace(there, here);
        }
        let typed = block.lines().filter(|line| !line.starts_with("ssh ") && !line.starts_with("systemctl "));
        typed.flat_map(|line| [line, "\n"]).collect::<String>()
    };
    blocks.map(placed).collect()
}

fn ran(block: &str, folder: &Path) -> String {
    let (well, said) = shell(block, folder);
    assert!(well, "{block}\n{said}");
    said
}

#[test]
fn a_second_machine_is_set_up_and_promoted_as_the_document_says() {
    let folder = tempfile::tempdir().unwrap();
    let here = |name: &str| folder.path().join(name).display().to_string();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    for made in ["etc/keys", "lib"] {
        std::fs::create_dir_all(folder.path().join(made)).unwrap();
    }
    let (etc, lib) = (here("etc"), here("lib"));
    let places = [
        ("runuser -u whereabouts -- ", ""),
        ("install -o whereabouts -g whereabouts ", "install "),
        ("/etc/whereabouts", etc.as_str()),
        ("/var/lib/whereabouts", lib.as_str()),
        ("127.0.0.1:8090", port.as_str()),
    ];
    let typed = blocks("A second machine for SQLite", "console", &places);
    let written = blocks("A second machine for SQLite", "toml", &places);
    let ([token, follow, promote], [server, second]) = (&typed[..], &written[..]) else {
        panic!("{typed:?} {written:?}");
    };
    ran(token, folder.path());
    std::fs::write(here("server.toml"), server).unwrap();
    std::fs::write(here("etc/whereabouts.toml"), second).unwrap();
    let url = format!("sqlite:{}", here("whereabouts.db"));
    let server = Server::serve("127.0.0.1:0", &url, &["--config", &here("server.toml")]);
    let follow: Vec<&str> = follow.trim().strip_prefix("whereabouts ").unwrap().split(' ').collect();
    let follower = Server::start(&follow, "Following", &[]);
    let begun = Instant::now();
    while !server.browser().get("/health/ready").html.contains("two copies: the follower has everything") {
        assert!(begun.elapsed() < Duration::from_secs(30), "{}{}", server.log(), follower.log());
        std::thread::sleep(Duration::from_millis(100));
    }
    follower.stop();
    server.kill();
    std::fs::rename(here("whereabouts.db.sealing-key"), here("sealing.key")).unwrap();
    let said = ran(promote, folder.path());
    assert!(said.contains("Nothing is wrong."), "{said}");
    // What was promoted is served, with the key where the document has it put.
    let copy = format!("sqlite:{}", here("lib/copy.db"));
    Server::serve("127.0.0.1:0", &copy, &["--sealing-key", &here("etc/keys/sealing.key")]).stop();
}

#[test]
fn a_lost_key_is_gone_on_without_as_the_document_says() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("whereabouts.db").display());
    Server::demo(&["--children", "12", "--database-url", &url]).stop();
    std::fs::remove_file(folder.path().join("whereabouts.db.sealing-key")).unwrap();
    let without = run(&["verify", "--database", &url]);
    assert!(without.status == 3 && without.err.contains("which is not here"), "{}{}", without.out, without.err);
    let typed = blocks("Files and keys", "console", &[]);
    let [lost] = &typed[..] else { panic!("{typed:?}") };
    let said = ran(lost, folder.path());
    assert!(said.contains("What was sealed with the lost key stays as it is"), "{said}");
    let whole = run(&["verify", "--database", &url]);
    assert!(whole.status == 0 && whole.out.contains("Nothing is wrong."), "{}{}", whole.out, whole.err);
}
