//! The commands that keep the record safe, as an operator types them; and every block of commands of `docs/operating.md`, run as it stands.

use crate::databases::on_both;
use crate::run::{root, run, shell};
use crate::site::Server;
use std::path::Path;

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
    blocks_run(&root().join("docs/operating.md"), folder.path());
}

/// Runs every block of commands of a document, in a folder, and gives what they said.
fn blocks_run(document: &Path, folder: &Path) -> String {
    let text = std::fs::read_to_string(document).unwrap();
    let blocks: Vec<&str> = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() >= 6, "{} blocks", blocks.len());
    let mut all = String::new();
    for block in blocks {
        let (well, said) = shell(block, folder);
        assert!(well, "{block}\n{said}");
        all += &said;
    }
    all
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
    let mistyped = run(&["people", "list", "--database-url", "whereabouts.db"]);
    assert!(mistyped.status == 2 && mistyped.err.contains("write `sqlite:PATH`"), "{}", mistyped.err);
    // What looks at a database does not make one.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nowhere.db");
    let looked = run(&["doctor", "--database-url", &format!("sqlite:{}", file.display())]);
    assert!(looked.status == 1 && looked.out.contains("there is no such database"), "{}{}", looked.out, looked.err);
    assert!(!file.exists());
}

#[test]
fn checkpoints_that_were_emptied_are_no_checkpoints() {
    let folder = tempfile::tempdir().unwrap();
    let (key, emptied) = (folder.path().join("key"), folder.path().join("emptied.jsonl"));
    let made = run(&["keys", "new", "--to", &key.display().to_string()]);
    std::fs::write(&emptied, "").unwrap();
    let signs = made.out.split_whitespace().last().unwrap().to_string();
    let checked = run(&["verify", "--checkpoints", &emptied.display().to_string(), "--public-key", &signs]);
    assert!(
        checked.status == 3 && checked.err.contains("there is no checkpoint in it"),
        "{}{}",
        checked.out,
        checked.err
    );
}

#[test]
fn every_step_of_the_first_day_runs_from_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let said = blocks_run(&root().join("docs/first-day.md"), folder.path());
    assert!(said.contains("Example Police was added") && said.contains("The privacy notice was set"), "{said}");
    assert!(said.contains("11 people added"), "{said}");
    assert!(said.contains("missing: The protocol asks these for something"), "{said}");
    assert!(said.contains("Nothing is wrong."), "{said}");
}

#[test]
fn an_area_is_asked_for_what_must_be_known() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("area.db").display());
    let none = run(&["area", "init", "atlantis", "--database-url", &url]);
    assert_eq!(none.status, 2);
    assert!(none.err.contains("there is no rulebook of the area `atlantis`"), "{}", none.err);
    // Nothing is typed where it asks: it says what must be known, and nothing is half done.
    let unasked = run(&["area", "init", "essex", "--authority", "Essex", "--database-url", &url]);
    assert_eq!(unasked.status, 2);
    assert!(unasked.err.contains("this must be known: What is the police force called?"), "{}", unasked.err);
    let check = run(&["area", "check", "essex", "--database-url", &url]);
    assert_eq!(check.status, 1);
    assert!(check.out.contains("missing: No agency of the kind police"), "{}", check.out);
}
