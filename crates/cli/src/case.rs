//! `whereabouts case`: check case files, print their JSON Schema.

use crate::args::{Case, Format};
use crate::failure::{Failure, Outcome};
use crate::library;
use crate::print::{self, GREEN, line, styled};
use crate::session::{count, named, present};
use casebook::case_file;
use casebook::known::known;
use engine::diagnostic::{Diagnostic, Level};
use engine::evaluate::{Evaluator, flags};
use engine::rulebook::{Library, Rulebook};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub fn run(command: &Case, rulebooks: Option<&Path>, format: Format) -> Outcome {
    let library = library::load_sound(rulebooks).map_err(Failure::File)?;
    match command {
        Case::Schema => {
            print::json(&casebook::schema::schema(&library.vocabulary));
            Ok(())
        }
        Case::Check { files, rulebook } => check(&library, files, rulebook, format),
    }
}

fn check(library: &Library, files: &[PathBuf], rulebooks: &[String], format: Format) -> Outcome {
    let mut books: Vec<&Rulebook> = Vec::new();
    for id in rulebooks {
        books.extend(named(library, id)?);
    }
    let all = Evaluator::new(&library.vocabulary, &library.rulebooks);
    let mut wrong = false;
    let mut answers = Vec::new();
    for path in files {
        let bytes = std::fs::read(path).map_err(|e| Failure::file(path, e))?;
        let reading = case_file::read_bytes(&path.to_string_lossy(), &bytes, &library.vocabulary, Some(present()));
        let mut problems = reading.problems;
        if let Some(file) = &reading.case {
            let (case, found) = known(file, &all, None);
            problems.extend(found.into_iter().map(|f| f.says));
            let evaluator = Evaluator::new(&library.vocabulary, books.iter().copied());
            let place = |entry: &str| {
                file.chronology.iter().find(|e| e.id == entry).map(|e| e.place.clone()).unwrap_or_default()
            };
            for flag in flags(&evaluator, &case, present(), true) {
                let refusal = flag.kind == "refusal";
                let message = format!("{} by {}: {}", flag.kind, flag.rulebook, flag.says);
                let of = if refusal { Diagnostic::error } else { Diagnostic::warning };
                problems.push(of(
                    "C20",
                    place(&flag.entry),
                    message,
                    format!("{} ({})", flag.instead, flag.provisions.join(", ")),
                ));
            }
        }
        wrong |= problems.iter().any(|p| p.level == Level::Error);
        match format {
            Format::Json => answers.push(answer(path, &problems)),
            Format::Text => text(path, &problems),
        }
    }
    if format == Format::Json {
        print::json(&Value::Array(answers));
    }
    if wrong { Err(Failure::Wrong) } else { Ok(()) }
}

fn answer(path: &Path, problems: &[Diagnostic]) -> Value {
    let one = |d: &Diagnostic| {
        let level = if d.level == Level::Error { "error" } else { "warning" };
        json!({ "code": d.code, "level": level, "line": d.place.line, "column": d.place.column, "message": d.message, "help": d.help })
    };
    json!({ "file": path.display().to_string(), "problems": problems.iter().map(one).collect::<Vec<_>>() })
}

fn text(path: &Path, problems: &[Diagnostic]) {
    problems.iter().for_each(|p| line(p.to_string()));
    if problems.is_empty() {
        line(styled(GREEN, &format!("{}: nothing wrong", path.display())));
    } else {
        line(format!("{}: {}", path.display(), count(problems.len(), "problem")));
    }
}
