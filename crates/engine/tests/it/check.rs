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
        let of_code = found.iter().filter(|d| d.code == code && d.place.line > 0);
        let mut lines: Vec<String> = of_code.map(|d| format!("{}:{}", d.place.file, d.place.line)).collect();
        let mut wanted = marked(&files, code);
        lines.sort();
        wanted.sort();
        assert!(!wanted.is_empty(), "{code} has no bad example");
        assert_eq!(lines, wanted, "{code}:\n{}", text(&found));
    }
}

#[test]
fn the_bad_examples_are_said_in_plain_words() {
    for (code, _) in CODES {
        let found = findings(&example(code, "bad"));
        for d in &found {
            assert!(!d.help.is_empty(), "no help: {d}");
            assert!(!d.message.ends_with('.') && !d.help.ends_with('.'), "a full stop: {d}");
        }
        // Faulty words leave holes, and what hangs on them is said too; the others are about one thing each.
        if code != "R03" {
            assert!(found.iter().all(|d| d.code == code), "{code}:\n{}", text(&found));
        }
        insta::with_settings!({ omit_expression => true, description => CODES.iter().find(|c| c.0 == code).unwrap().1 }, {
            insta::assert_snapshot!(code, text(&found));
        });
    }
}
