//! `rulebook check`: everything wrong with a rulebook, each with its place and what to do.

use crate::args::Format;
use crate::failure::{Failure, Outcome};
use crate::print::{self, DIM, GREEN, RED, YELLOW, line, styled};
use crate::{library, session};
use engine::check::{check_library, check_owners, check_rulebook};
use engine::diagnostic::{Diagnostic, Level};
use engine::rulebook::load_library;
use engine::source::SourceFile;
use serde_json::{Value, json};
use std::path::Path;

pub fn run(id: Option<&str>, rulebooks: Option<&Path>, format: Format) -> Outcome {
    let files = library::files(rulebooks).map_err(Failure::File)?;
    let (library, mut found) = load_library(&files);
    if let Some(library) = &library {
        let faulty = |edition: &str| found.iter().any(|d| d.level == Level::Error && d.place.file.starts_with(edition));
        let wanted = library.rulebooks.iter().filter(|b| id.is_none_or(|id| session::is_named(b, id)));
        let mut more: Vec<Diagnostic> = Vec::new();
        let sign_in = crate::posts::Posts::read().sign_in();
        for book in wanted {
            // A rulebook with unknown words is checked word by word first; the rest would only repeat it.
            if !faulty(&format!("{}/{}/", book.id, book.edition)) {
                more.extend(check_rulebook(&library.vocabulary, book));
                more.extend(check_owners(&library.vocabulary, book, &sign_in));
            }
        }
        // Where the rules themselves are faulty, what their scenarios then miss would only repeat it.
        let scenarios = casebook::scenario::read_all(library).1;
        let edition = |file: &str| file.split('/').take(2).collect::<Vec<_>>().join("/");
        more.extend(scenarios.into_iter().filter(|d| !faulty(&format!("{}/", edition(&d.place.file)))));
        if let Some(id) = id {
            let known = files.iter().any(|f| f.path.starts_with(&format!("{id}/")));
            if !known {
                session::named(library, id)?;
            }
        } else {
            more.extend(check_library(library));
        }
        found.extend(more);
    }
    if let Some(id) = id {
        found.retain(|d| d.place.file.starts_with(&format!("{id}/")) || d.place.file.starts_with("vocabulary"));
    }
    found.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    match format {
        Format::Json => print::json(&Value::Array(found.iter().map(one).collect())),
        Format::Text => text(&found, &files, id),
    }
    if found.iter().any(|d| d.level == Level::Error) { Err(Failure::Wrong) } else { Ok(()) }
}

fn one(d: &Diagnostic) -> Value {
    let level = if d.level == Level::Error { "error" } else { "warning" };
    json!({ "code": d.code, "level": level, "file": d.place.file, "line": d.place.line, "column": d.place.column, "message": d.message, "help": d.help })
}

fn text(found: &[Diagnostic], files: &[SourceFile], id: Option<&str>) {
    for d in found {
        let (style, level) = if d.level == Level::Error { (RED, "error") } else { (YELLOW, "warning") };
        line(format!("{} {}", styled(style, &format!("{level} {}", d.code)), d.message));
        line(styled(DIM, &format!("  in {}", d.place)));
        excerpt(d, files);
        if !d.help.is_empty() {
            line(format!("  help: {}", d.help));
        }
        line(String::new());
    }
    let errors = found.iter().filter(|d| d.level == Level::Error).count();
    let what = id.unwrap_or("all rulebooks");
    if found.is_empty() {
        line(styled(GREEN, &format!("{what}: nothing wrong")));
    } else {
        line(format!(
            "{what}: {}, {}",
            session::count(errors, "error"),
            session::count(found.len() - errors, "warning")
        ));
    }
}

/// The line itself, and a mark under the place.
fn excerpt(d: &Diagnostic, files: &[SourceFile]) {
    let file = files.iter().find(|f| f.path == d.place.file);
    let text = file.and_then(|f| f.text.lines().nth(d.place.line.wrapping_sub(1)));
    if let Some(text) = text.filter(|_| d.place.line > 0) {
        let cut: String = text.chars().take(160).collect();
        line(format!("  {:>4} | {cut}", d.place.line));
        if d.place.column <= 160 {
            line(format!("       | {}{}", " ".repeat(d.place.column - 1), styled(RED, "^")));
        }
    }
}
