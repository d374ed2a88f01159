//! The static checks: for each code one good and one bad example under `fixtures/check/`. Where a finding is expected, the
//! line says so: `<- R03`.

use crate::fixture::{files, findings, folder};
use engine::check::CODES;
use engine::diagnostic::Diagnostic;
use engine::source::SourceFile;
use std::fmt::Write;

fn example(code: &str, kind: &str) -> Vec<SourceFile> {
    files(&folder().join("check").join(code).join(kind))
}

fn text(found: &[Diagnostic]) -> String {
    found.iter().fold(String::new(), |mut text, d| {
        writeln!(text, "{d}").unwrap();
        text
    })
}

/// The lines on which the examples say that a finding is expected: `file:line`, once for each mark.
fn marked(files: &[SourceFile], code: &str) -> Vec<String> {
    let mark = format!("<- {code}");
    let lines = files.iter().flat_map(|f| f.text.lines().enumerate().map(move |(n, line)| (f, n + 1, line)));
    lines.flat_map(|(f, n, line)| std::iter::repeat_n(format!("{}:{n}", f.path), line.matches(&mark).count())).collect()
}

#[test]
fn nothing_is_said_of_the_good_examples() {
    for (code, _) in CODES {
        let found = findings(&example(code, "good"));
        assert!(found.is_empty(), "{code}:\n{}", text(&found));
    }
}

#[test]
fn the_bad_examples_are_found_on_the_lines_that_are_marked() {
    for (code, _) in CODES {
        let files = example(code, "bad");
        let found = findings(&files);
        let lines = |found: &[Diagnostic]| {
            let mut lines: Vec<String> = found
                .iter()
                .filter(|d| d.code == code && d.place.line > 0)
                .map(|d| format!("{}:{}", d.place.file, d.place.line))
                .collect();
            lines.sort();
            lines
        };
        let mut wanted = marked(&files, code);
        wanted.sort();
        println!("{}", text(&found));
        assert_eq!(lines(&found), wanted, "{code}:\n{}", text(&found));
        assert!(!found.iter().all(|d| d.code != code), "{code} is not found");
    }
}
