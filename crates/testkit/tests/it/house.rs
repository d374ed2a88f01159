//! Rules of the house that no compiler knows: layers, sizes, heads, no area in Rust, licences.

use std::path::{Path, PathBuf};
use std::process::Command;
use testkit::root;

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && name != "node_modules" {
            rust_files(&path, found);
        } else if name.ends_with(".rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    rust_files(&root().join("crates"), &mut found);
    let text = |p: &PathBuf| std::fs::read_to_string(p).unwrap();
    found.iter().map(|p| (p.strip_prefix(root()).unwrap().to_string_lossy().into_owned(), text(p))).collect()
}

#[test]
fn no_file_is_over_600_lines_and_each_has_a_head() {
    for (path, text) in sources() {
        assert!(text.lines().count() <= 600, "{path} has {} lines; split it", text.lines().count());
        assert!(text.starts_with("//!"), "{path} has no `//!` head");
    }
}

#[test]
fn no_line_of_a_rulebook_is_over_160_characters() {
    let files = testkit::library_files();
    let tables = files.iter().filter(|f| f.path.ends_with(".toml"));
    let mut seen = 0;
    for file in tables {
        for (number, line) in file.text.lines().enumerate() {
            let width = line.chars().count();
            assert!(width <= 160, "rulebooks/{}:{} has {width} characters; break it", file.path, number + 1);
            seen += 1;
        }
    }
    assert!(seen > 10_000, "only {seen} lines were looked at");
}

#[test]
fn rust_never_names_an_area() {
    let library = testkit::library();
    let areas: Vec<&str> =
        library.rulebooks.iter().filter(|b| b.kind == "area" && b.id != "example").map(|b| b.id.as_str()).collect();
    assert!(areas.len() >= 4);
    // The worlds of the tests live somewhere; nothing of the product does.
    let of_product = |p: &str| p.contains("/src/") && !p.starts_with("crates/testkit/");
    for (path, text) in sources().into_iter().filter(|(p, _)| of_product(p)) {
        let lower = text.to_lowercase();
        for area in &areas {
            // "northamptonshire" and its everyday short forms alike.
            let stem = area.trim_end_matches("shire");
            assert!(!lower.contains(stem), "{path} names {area}");
        }
    }
}

/// What each crate may depend on, of ours.
const ARROWS: [(&str, &[&str]); 11] = [
    ("engine", &[]),
    ("casebook", &["engine"]),
    ("testkit", &["engine", "store", "actions"]),
    ("views", &["engine", "casebook"]),
    ("store", &["engine", "casebook"]),
    ("policy", &[]),
    ("safe", &["store"]),
    ("actions", &["engine", "casebook", "policy", "views", "store"]),
    ("web", &["actions", "views", "engine"]),
    ("county", &["engine", "casebook", "actions", "store"]),
    ("cli", &["engine", "casebook", "actions", "web", "store", "safe", "county"]),
];

#[test]
fn arrows_point_down_only() {
    for entry in std::fs::read_dir(root().join("crates")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(text) = std::fs::read_to_string(path.join("Cargo.toml")) else { continue };
        let (_, may) = ARROWS
            .iter()
            .find(|(n, _)| *n == name)
            .unwrap_or_else(|| panic!("`{name}` has no arrows; add it to the list"));
        let dependencies =
            text.split("[dependencies]").nth(1).unwrap_or_default().split("\n[").next().unwrap_or_default().to_string();
        for (other, _) in ARROWS {
            let depends = dependencies
                .lines()
                .any(|l| l.starts_with(&format!("{other}.")) || l.starts_with(&format!("{other} ")));
            assert!(!depends || may.contains(&other), "{name} may not depend on {other}");
        }
    }
}

/// Rows of a child come out of the store in one folder, which redacts them; what writes on a record asks nothing of the pages.
#[test]
fn a_record_is_loaded_in_one_place_and_writes_know_no_pages() {
    let actions = || sources().into_iter().filter(|(p, _)| p.starts_with("crates/actions/src/"));
    assert!(actions().count() > 40);
    for (path, text) in actions().filter(|(p, _)| !p.starts_with("crates/actions/src/case/")) {
        assert!(!text.contains("store.record("), "{path} reads the rows of a child; use `case::load`");
    }
    let writes = ["alert/acknowledge", "case/", "child/import", "entry/", "photograph/", "report/finish"];
    for (path, text) in actions() {
        let write = writes.iter().any(|w| path.contains(&format!("actions/src/{w}")));
        assert!(!write || !text.contains("crate::queries"), "{path} writes, and imports what pages need");
    }
}

/// What a rule reads is noted while it is asked (`evaluate/reads.rs`), so that it is asked again when something of that changes: nothing of
/// the evaluation comes to the record, to the calendar or to a moment beside now but by what notes it.
#[test]
fn what_a_rule_reads_is_noted() {
    // What notes, what is worked out when rulebooks are loaded, and what is asked of records as wholes.
    let beside = ["reads", "reckoning", "seen", "kept", "prepared", "evaluator", "holding", "verdict", "followed"];
    let stages: Vec<(String, String)> = sources()
        .into_iter()
        .filter(|(path, _)| path.starts_with("crates/engine/src/evaluate/"))
        .filter(|(path, _)| !beside.iter().any(|one| path.ends_with(&format!("/{one}.rs"))))
        .collect();
    assert!(stages.len() > 20);
    for (path, text) in stages {
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let code = code.join("\n");
        let calendar = usize::from(path.ends_with("/facts.rs"));
        assert_eq!(
            code.matches("vocabulary.calendar").count(),
            calendar,
            "{path} asks the calendar; use `reckoning()`"
        );
        for raw in ["Case,", "Case;", "&Case", "Timelines", "now.0", "now).0"] {
            assert!(!code.contains(raw), "{path}: `{raw}` goes past what notes what is read");
        }
        // What is worked out ahead is counted from now, and not kept (`can_go_on`).
        let ahead = usize::from(path.ends_with("/step.rs"));
        assert_eq!(code.matches("now.plus_minutes").count(), ahead, "{path} reckons with now");
    }
}

#[test]
fn no_test_reaches_across_crates_by_path() {
    for (path, text) in sources().into_iter().filter(|(p, _)| p.contains("/tests/")) {
        assert!(
            !text.lines().any(|l| l.starts_with("#[path")),
            "{path} takes in a file of elsewhere; put it into testkit"
        );
    }
}

#[test]
fn every_licence_is_one_that_deny_toml_allows() {
    let deny = std::fs::read_to_string(root().join("deny.toml")).unwrap();
    let list = deny.lines().find(|l| l.starts_with("allow = [")).unwrap();
    let allowed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    for package in built_with() {
        let (name, licence) = (package["name"].as_str().unwrap(), package["license"].as_str().unwrap_or_default());
        assert!(is_allowed(licence, &allowed), "{name} is under `{licence}`, which deny.toml does not allow");
    }
}

/// The advisories are data, since no network is asked: `make advisories DB=...` takes them anew. What deny.toml lets pass says why, and is let
/// pass only while there is something to let pass.
#[test]
fn no_crate_has_a_known_advisory() {
    let text = std::fs::read_to_string(root().join("dist/advisories.json")).unwrap();
    let known: serde_json::Value = serde_json::from_str(&text).unwrap();
    let deny: toml::Table = std::fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap();
    let ignored = deny["advisories"]["ignore"].as_array().unwrap();
    let mut ignored: Vec<&str> = ignored.iter().map(|one| one["id"].as_str().unwrap()).collect();
    let packages = built_with();
    let mut found = Vec::new();
    for one in known["advisories"].as_array().unwrap() {
        let name = one["package"].as_str().unwrap();
        let affected = packages.iter().filter(|package| package["name"] == name && is_affected(package, one));
        found.extend(affected.map(|package| (one["id"].as_str().unwrap(), name, package["version"].as_str().unwrap())));
    }
    let passed = ignored.clone();
    ignored.retain(|id| found.iter().all(|(of, ..)| of != id));
    found.retain(|(id, ..)| !passed.contains(id));
    let found: Vec<String> = found.iter().map(|(id, name, version)| format!("{name} {version}: {id}")).collect();
    assert_eq!(found, [""; 0], "known holes, by the advisories of {}", known["taken"]);
    assert_eq!(ignored, [""; 0], "let pass in deny.toml, and there is nothing to let pass");
}

/// Is this version neither patched nor from before the hole?
fn is_affected(package: &serde_json::Value, advisory: &serde_json::Value) -> bool {
    let version = semver::Version::parse(package["version"].as_str().unwrap()).unwrap();
    let holds = |of: &str| {
        let all = advisory[of].as_array().unwrap().iter();
        all.map(|range| semver::VersionReq::parse(range.as_str().unwrap()).unwrap())
            .any(|range| range.matches(&version))
    };
    !holds("patched") && !holds("unaffected")
}

/// The packages that are built in, and those that tests and the build use.
fn built_with() -> Vec<serde_json::Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--filter-platform", "x86_64-unknown-linux-gnu", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let metadata: serde_json::Value = serde_json::from_str(&text).unwrap();
    let resolved: Vec<&str> =
        metadata["resolve"]["nodes"].as_array().unwrap().iter().map(|n| n["id"].as_str().unwrap()).collect();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages.filter(|package| resolved.contains(&package["id"].as_str().unwrap())).cloned().collect()
}

/// An SPDX expression without nesting deeper than one bracket: every part joined by AND needs one allowed alternative.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let plain = expression.replace('/', " OR ");
    plain.split(" AND ").all(|part| {
        let part = part.trim().trim_start_matches('(').trim_end_matches(')');
        part.split(" OR ").any(|one| allowed.contains(&one.trim().trim_matches(|c| c == '(' || c == ')')))
    })
}

/// Words and a slash: not a comment sign, a pattern or a command.
fn is_path(text: &str) -> bool {
    text.contains('/') && text.starts_with(|c: char| c.is_ascii_alphanumeric()) && !text.contains([' ', '<', '*', '{'])
}

#[test]
fn no_page_or_doc_speaks_of_what_does_not_exist() {
    for doc in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(root().join(doc)).unwrap();
        for part in text.split('`').skip(1).step_by(2).filter(|p| is_path(p)) {
            let at = part.trim_end_matches('/');
            let exists = ["", "crates/", "crates/engine/src/", "crates/casebook/src/", "docs/"]
                .iter()
                .any(|base| root().join(format!("{base}{at}")).exists());
            let built = at.starts_with("target/") || at.contains("area/");
            assert!(exists || built, "{doc} names `{part}`, which is not there");
        }
    }
}
