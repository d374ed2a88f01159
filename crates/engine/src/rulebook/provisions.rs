//! Reads `provisions.jsonl`: the catalogue of a protocol's provisions, one JSON object a line.

use super::Provision;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::SourceFile;
use crate::words::{did_you_mean_or, list};
use serde_json::Value;
use std::collections::HashSet;

pub(super) fn read(file: &SourceFile, problems: &mut Vec<Diagnostic>) -> Vec<Provision> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for (number, line) in file.text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let place = Place { file: file.path.clone(), line: number + 1, column: 1 };
        let mut wrong =
            |message: String, help: &str| problems.push(Diagnostic::error("R00", place.clone(), message, help));
        let value: Value = match serde_json::from_str(line) {
            Ok(value) => value,
            Err(problem) => {
                // The reader counts lines too, and each is a text of its own to it.
                let problem = problem.to_string();
                let what = problem.split(" at line ").next().unwrap_or_default();
                wrong(
                    format!("this line is not a JSON object: {what}"),
                    "write one object a line: {\"id\": \"AREA-1.1\", \"kind\": \"duty\", \"action\": \"...\"}",
                );
                continue;
            }
        };
        let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
        let id = text("id");
        if id.is_empty() {
            wrong("a provision without an id".into(), "give it an `id`, which rules then cite");
        } else if !seen.insert(id.clone()) {
            wrong(format!("`{id}` is catalogued twice"), "give one of them another id");
        } else {
            let kind = text("kind");
            if !Provision::KINDS.contains(&kind.as_str()) {
                let all = format!("write one of {}", list(&Provision::KINDS));
                let help = did_you_mean_or(&kind, Provision::KINDS, &all);
                wrong(format!("`{id}` is of no known kind: `{kind}`"), &help);
            }
            found.push(Provision {
                id,
                para: text("para"),
                kind: text("kind"),
                actor: text("actor"),
                action: text("action"),
                deadline: text("deadline"),
                modality: text("modality"),
                place,
            });
        }
    }
    found
}
