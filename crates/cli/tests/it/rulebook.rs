//! The tools for the owners of a protocol, on the real rulebooks and on spoilt copies of them.

use crate::run::{json, root, run};
use std::fs;
use std::path::{Path, PathBuf};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of the rulebooks to spoil.
fn spoil(work: impl FnOnce(&Path)) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let books = folder.path().join("rulebooks");
    copy(&root().join("rulebooks"), &books);
    work(&books);
    (folder, books)
}

fn replace(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{} has no `{from}`", path.display());
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn all_rulebooks_are_sound_and_whole() {
    assert_eq!(run(&["rulebook", "check"]).out.lines().last().unwrap(), "all rulebooks: nothing wrong");
    assert_eq!(run(&["rulebook", "coverage"]).status, 0);
    let tested = run(&["rulebook", "test"]);
    assert!(tested.out.trim_end().ends_with(", 0 failed"), "{}", tested.out);
}

#[test]
fn a_provision_deleted_from_the_catalogue_makes_check_fail() {
    let (_keep, books) = spoil(|books| {
        let path = books.join("northamptonshire/2018/provisions.jsonl");
        let text = fs::read_to_string(&path).unwrap();
        let rest: Vec<&str> = text.lines().filter(|l| !l.contains("\"NORTHANTS-7.22-e\"")).collect();
        fs::write(&path, rest.join("\n")).unwrap();
    });
    let ran = run(&["rulebook", "check", "northamptonshire", "--rulebooks", books.to_str().unwrap()]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("R02") && ran.out.contains("NORTHANTS-7.22-e"), "{}", ran.out);
}

#[test]
fn a_misspelt_citation_makes_check_and_coverage_fail() {
    let (_keep, books) = spoil(|books| {
        replace(&books.join("northamptonshire/2018/strategy-meetings.toml"), "NORTHANTS-7.16-b", "NORTHANTS-7.16-bh");
    });
    let dir = books.to_str().unwrap();
    let ran = run(&["rulebook", "check", "northamptonshire", "--rulebooks", dir]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("no provision `NORTHANTS-7.16-bh`") && ran.out.contains("did you mean"), "{}", ran.out);
    assert!(ran.out.contains("nothing carries out `NORTHANTS-7.16-b`"), "{}", ran.out);
    assert_eq!(run(&["rulebook", "coverage", "northamptonshire", "--rulebooks", dir]).status, 1);
}

#[test]
fn a_new_area_passes_check_test_and_coverage_as_it_is_made() {
    let (_keep, books) = spoil(|_| {});
    let dir = books.to_str().unwrap();
    assert_eq!(run(&["rulebook", "new", "sixthshire", "--rulebooks", dir]).status, 0);
    for tool in ["check", "test", "coverage", "mutants"] {
        let ran = run(&["rulebook", tool, "sixthshire", "--rulebooks", dir]);
        assert_eq!(ran.status, 0, "{tool}: {}{}", ran.out, ran.err);
    }
    assert_eq!(run(&["rulebook", "new", "sixthshire", "--rulebooks", dir]).status, 2);
    assert_eq!(run(&["rulebook", "new", "No Shire", "--rulebooks", dir]).status, 2);
}

#[test]
fn diff_and_replay_show_what_a_changed_edition_asks() {
    let (_keep, books) = spoil(|books| {
        replace(&books.join("wakefield/2023/return.toml"), "within = \"72h\"", "within = \"48h\"");
    });
    let changed = books.join("wakefield/2023");
    let ran = run(&["rulebook", "diff", "wakefield", changed.to_str().unwrap()]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("within 3 days") || ran.out.contains("within 72 h"), "{}", ran.out);
    assert!(ran.out.contains("within 48 h") || ran.out.contains("within 2 days"), "{}", ran.out);
    let ran = run(&["rulebook", "replay", changed.to_str().unwrap(), "examples/02-ordinary-night.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
}

#[test]
fn diff_shows_what_is_refused_now() {
    let (_keep, books) = spoil(|books| {
        let path = books.join("example/2026-01/duties.toml");
        let more = "\n[[refusal]]\nid = \"never-young\"\non = \"absence.noticed\"\nwhere = \"child.age < 18\"\nsays = \"No.\"\ninstead = \"Ask.\"\ncite = [\"EX-4.1-a\"]\n";
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text + more).unwrap();
    });
    let changed = books.join("example/2026-01");
    let ran = run(&["rulebook", "diff", "example/2026-01", changed.to_str().unwrap()]);
    assert!(ran.out.contains("+ now refused: never-young"), "{}{}", ran.out, ran.err);
    let back = run(&["rulebook", "diff", changed.to_str().unwrap(), "example/2026-01"]);
    assert!(back.out.contains("- no longer refused: never-young"), "{}{}", back.out, back.err);
}

#[test]
fn a_property_of_the_campaign_is_run_by_its_name() {
    let answer = json(&["rulebook", "metamorphic", "example", "--property", "order", "--cases", "5"]);
    assert_eq!(answer[0]["property"], "order");
    assert!(answer[0]["cases"].as_u64().unwrap() > 0 && answer[0]["answers"].as_u64().unwrap() > 0);
    assert_eq!(answer[0]["broken_answers"], 0);
    let unknown = run(&["rulebook", "metamorphic", "--property", "ordre"]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("did you mean `order`?"), "{}", unknown.err);
}

#[test]
fn compare_shows_each_rulebook_side_by_side() {
    let ran = run(&["rulebook", "compare", "return_home_interview.hold"]);
    assert_eq!(ran.status, 0);
    for area in ["northamptonshire", "bedfordshire", "essex", "wakefield", "childrens-home"] {
        assert!(ran.out.contains(area), "{area}");
    }
    let answer = json(&["rulebook", "compare", "return_home_interview.hold"]);
    assert!(answer.as_array().unwrap().len() >= 5);
}

#[test]
fn the_coverage_page_lists_every_provision() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("coverage.html");
    assert_eq!(run(&["rulebook", "coverage", "wakefield", "--html", path.to_str().unwrap()]).status, 0);
    let html = fs::read_to_string(&path).unwrap();
    let library = testkit::library();
    let book = library.rulebooks.iter().find(|b| b.id == "wakefield").unwrap();
    assert!(book.provisions.iter().all(|p| html.contains(&format!("id=\"{}\"", p.id))));
    assert!(!html.contains("<script") && !html.contains("http"));
}

#[test]
fn list_and_show_are_readable() {
    assert!(run(&["rulebook", "list"]).out.contains("northamptonshire/2018"));
    let shown = run(&["rulebook", "show", "northamptonshire", "NORTHANTS-7.22-e"]);
    assert!(shown.out.contains("within 72 h from episode.start"), "{}", shown.out);
}
