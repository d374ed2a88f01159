//! Reads `provisions.jsonl`: the catalogue of a protocol's provisions, one JSON object a line.

use super::Provision;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::SourceFile;
use serde_json::Value;
use std::collections::HashSet;

pub(super) fn read(file: &SourceFile, problems: &mut Vec<Diagnostic>) -> Vec<Provision> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for (number, line) in file.text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let place = Place { file: file.path.clone(), line: number + 1, column: 1 };
        let mut wrong = |message: String| {
            problems.push(Diagnostic::error(
                "R00",
                place.clone(),
                message,
                "one JSON object a line, with id, kind and action",
            ));
        };
        let value: Value = match serde_json::from_str(line) {
            Ok(value) => value,
            Err(problem) => {
                wrong(format!("not a JSON object: {problem}"));
                continue;
            }
        };
        let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
        let id = text("id");
        if id.is_empty() {
            wrong("a provision without an id".into());
        } else if !seen.insert(id.clone()) {
            wrong(format!("`{id}` is catalogued twice"));
        } else {
            found.push(Provision {
                id,
                para: text("para"),
                kind: text("kind"),
                actor: text("actor"),
                action: text("action"),
                deadline: text("deadline"),
                modality: text("modality"),
            });
        }
    }
    found
}
