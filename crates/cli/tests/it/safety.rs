//! The commands that keep the record safe, as an operator types them; and every block of commands of `docs/operating.md`, run as it stands.

use crate::databases::on_both;
use crate::run::{root, run};
use crate::site::Server;
use std::path::Path;
use std::process::Command;

/// A database of a demonstration, with a few children.
fn demonstration(folder: &Path) -> String {
    let url = format!("sqlite:{}", folder.join("whereabouts.db").display());
    Server::demo(&["--children", "12", "--database-url", &url]).stop();
    url
}

#[test]
fn every_block_of_commands_in_the_document_runs() {
    let folder = tempfile::tempdir().unwrap();
    demonstration(folder.path());
    let text = std::fs::read_to_string(root().join("docs/operating.md")).unwrap();
    let blocks: Vec<&str> = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() >= 6, "{} blocks", blocks.len());
    let program = Path::new(env!("CARGO_BIN_EXE_whereabouts"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    for block in blocks {
        let ran =
            Command::new("sh").args(["-ec", block]).current_dir(folder.path()).env("PATH", &path).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{block}\n{said}");
    }
}

#[test]
fn verify_says_the_first_fault_and_rebuild_makes_lists_anew() {
    on_both(|database| async move {
        let url = database.url();
        Server::demo(&["--children", "12", "--database-url", url]).stop();
        let whole = run(&["verify", "--database", url]);
        assert_eq!(whole.status, 0, "{}{}", whole.out, whole.err);
        assert!(whole.out.contains("entries a second") && whole.out.contains("Nothing is wrong."), "{}", whole.out);
        // A limit moved in the lists alone: the duty would never be overdue.
        database.tamper("update duty set due_us = due_us + 3600000000 where due_us is not null and open").await;
        let wrong = run(&["verify", "--database", url]);
        assert_eq!(wrong.status, 1, "{}", wrong.out);
        assert!(wrong.out.contains("WRONG: child ") && wrong.out.contains("duty `"), "{}", wrong.out);
        assert_eq!(run(&["rebuild", "--database", url]).status, 0);
        let again = run(&["verify", "--database", url]);
        assert_eq!(again.status, 0, "{}{}", again.out, again.err);
    });
}

#[test]
fn what_is_missing_or_no_database_is_said() {
    for (args, says) in [
        (vec!["verify", "--database", "sqlite:/no/such.db"], "there is no such database"),
        (
            vec!["backup", "--database", "sqlite:/no/such.db", "--to", "/tmp", "--recipient", "x"],
            "there is no such database",
        ),
        (
            vec!["checkpoint", "--database", "sqlite:/no/such.db", "--key", "/no/key", "--log", "/no/log"],
            "the key `/no/key` cannot be read",
        ),
    ] {
        let ran = run(&args);
        assert_eq!(ran.status, 3, "{}", ran.err);
        assert!(ran.err.contains(says), "{}", ran.err);
    }
    assert_eq!(run(&["verify"]).status, 2);
}
