//! `docs/writing-a-rulebook.md` and `rulebooks/example/` say the same: what the guide has its reader write is what stands
//! there, and nothing stands there that the guide does not have its reader write.

use engine::check::{check_library, check_rulebook};
use engine::diagnostic::{Diagnostic, Level};
use engine::rulebook::load_library;
use engine::source::SourceFile;
use testkit::{library_files, root};

const GUIDE: &str = "docs/writing-a-rulebook.md";

fn guide() -> String {
    std::fs::read_to_string(root().join(GUIDE)).expect("the guide is there")
}

/// The text of every fenced block of a language, with the line it begins on.
fn blocks(guide: &str, language: &str) -> Vec<(usize, String)> {
    let fence = format!("```{language}");
    let mut found = Vec::new();
    let mut lines = guide.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line.starts_with("```") {
            let body: Vec<&str> = lines.by_ref().map(|(_, l)| l).take_while(|l| *l != "```").collect();
            if line == fence {
                found.push((number + 2, body.join("\n") + "\n"));
            }
        }
    }
    found
}

fn example() -> Vec<SourceFile> {
    library_files().into_iter().filter(|f| f.path.starts_with("example/")).collect()
}

#[test]
fn every_block_of_the_guide_stands_in_the_example() {
    let (guide, files) = (guide(), example());
    let toml = blocks(&guide, "toml");
    assert!(toml.len() > 20, "the guide has only {} blocks", toml.len());
    let catalogue = blocks(&guide, "json").into_iter().filter(|(_, text)| text.starts_with("{\"id\""));
    for (line, text) in toml.into_iter().chain(catalogue) {
        let stands = files.iter().any(|f| format!("\n{}", f.text).contains(&format!("\n{text}")));
        assert!(stands, "{GUIDE}:{line}: no file of rulebooks/example has this block:\n{text}");
    }
}

#[test]
fn every_line_of_the_example_stands_in_the_guide() {
    let guide = guide();
    let written: Vec<String> = ["toml", "json"].into_iter().flat_map(|l| blocks(&guide, l)).map(|(_, t)| t).collect();
    let known: std::collections::HashSet<&str> = written.iter().flat_map(|t| t.lines()).collect();
    for file in example() {
        for (number, line) in file.text.lines().enumerate().filter(|(_, l)| !l.is_empty()) {
            assert!(known.contains(line), "{}:{}: {GUIDE} does not have this line: {line}", file.path, number + 1);
        }
    }
}

#[test]
fn the_case_of_the_guide_is_the_one_beside_it() {
    let kept = std::fs::read_to_string(root().join("docs/example-cases/robin.json")).unwrap();
    assert!(blocks(&guide(), "json").iter().any(|(_, text)| *text == kept), "{GUIDE} shows another robin.json");
}

#[test]
fn the_guide_names_every_code_and_keeps_its_lines_short() {
    let guide = guide();
    for (code, about) in engine::check::CODES {
        assert!(guide.contains(code), "{GUIDE} does not name {code}, {about}");
    }
    for (number, line) in guide.lines().enumerate() {
        assert!(line.chars().count() < 130, "{GUIDE}:{} is too long", number + 1);
    }
}

/// The slips that the guide shows, each as edits (file of the first edition, what stands there, what somebody wrote).
type Slip = &'static [(&'static str, &'static str, &'static str)];

const OWNER: &str = "owner = \"return_interviewer\"\n";
const LIMIT: &str = "due = { within = \"72h\" }\n";
const HIGH: &str = "when = \"episode.risk = high\"\n";
const DAILY: &str = "cite = [\"EX-3.2-a\"]\n";
const HEAD: &str = "# 4.1 The return home interview.\n";

const SLIPS: [Slip; 21] = [
    &[("duties.toml", OWNER, "owner = \"return_interview\"\n")],
    &[("duties.toml", OWNER, "owner = “return_interviewer”\n")],
    &[("duties.toml", "\"EX-2.3-a\", \"EX-2.3-b\"", "\"EX-2.3-a\" \"EX-2.3-b\"")],
    &[("duties.toml", OWNER, "owners = \"return_interviewer\"\n")],
    &[("duties.toml", OWNER, "")],
    &[("duties.toml", DAILY, "cite = \"EX-3.2-a\"\n")],
    &[("duties.toml", "[[refusal]]", "[refusal]")],
    &[("duties.toml", HEAD, "4.1 The return home interview.\n")],
    &[(
        "duties.toml",
        HEAD,
        "[[duty.exception]]\nid = \"x\"\ncite = [\"EX-4.1-b\"]\nwhen = \"always\"\ndue = { within = \"48h\" }\n",
    )],
    &[("duties.toml", LIMIT, "due = { within = \"72 hours\" }\n")],
    &[("duties.toml", LIMIT, "due = \"72h\"\n")],
    &[("duties.toml", OWNER, "owner = \"interviewer\"\n")],
    &[("duties.toml", HIGH, "when = \"episode.risk = very_high\"\n")],
    &[("duties.toml", HIGH, "when = \"episode.risk = high AND child.looked_after\"\n")],
    &[("duties.toml", OWNER, "owner = \"police\"\n")],
    &[("duties.toml", DAILY, "")],
    &[("duties.toml", DAILY, "cite = [\"EX-3.2-aa\"]\n")],
    &[(
        "duties.toml",
        "due = { within = \"48h\" }\n",
        "due = { within = \"48h\" }\n\n[[duty.exception]]\nid = \"raised-risk\"\ncite = [\"EX-4.1-b\"]\nwhen = \"episode.risk in [medium, high]\"\ndue = { within = \"60h\" }\n",
    )],
    &[("duties.toml", "semi_independent, secure, other", "semi_independent, other")],
    &[
        ("pages.toml", "cite = [\"EX-1.3-a\"]", "cite = [\"EX-1.3-a\", \"EX-4.2-a\"]"),
        ("duties.toml", "cite = [\"EX-4.2-a\"]", "cite = [\"EX-2.2-a\"]"),
    ],
    &[("rulebook.toml", "in_force_until = \"2026-09-01\"\n", "")],
];

/// What `check` says of the example with a slip in it: first line, place and help, as the guide shows them.
fn said(slip: Slip) -> Vec<[String; 3]> {
    let mut files: Vec<SourceFile> = library_files()
        .into_iter()
        .filter(|f| f.path.starts_with("example/") || f.path.starts_with("vocabulary/"))
        .collect();
    for (name, from, to) in slip {
        let file =
            files.iter_mut().find(|f| f.path == format!("example/2026-01/{name}")).expect("a file of the example");
        assert!(file.text.contains(from), "{name} has no {from}");
        file.text = file.text.replacen(from, to, 1);
    }
    let (library, mut found) = load_library(&files);
    let library = library.expect("the vocabulary is sound");
    if found.is_empty() {
        found.extend(library.rulebooks.iter().flat_map(|b| check_rulebook(&library.vocabulary, b)));
        found.extend(check_library(&library).into_iter().filter(|d| d.level == Level::Error));
    }
    let line = |d: &Diagnostic| {
        [format!("error {} {}", d.code, d.message), format!("  in {}", d.place), format!("  help: {}", d.help)]
    };
    found.iter().map(line).collect()
}

#[test]
fn the_messages_of_the_guide_are_those_of_the_program() {
    let said: Vec<[String; 3]> = SLIPS.into_iter().flat_map(said).collect();
    let text = blocks(&guide(), "text");
    let shown = text.iter().flat_map(|(line, text)| text.split("\n\n").map(move |message| (line, message)));
    let mut seen = 0;
    for (line, message) in shown.filter(|(_, message)| message.starts_with("error R")) {
        let is = |said: &[String; 3]| said.iter().all(|part| message.lines().any(|l| l == part));
        assert!(said.iter().any(is), "{GUIDE}:{line}: the program does not say this any more:\n{message}");
        seen += 1;
    }
    assert!(seen >= SLIPS.len(), "the guide shows {seen} messages");
}
