//! Answers that are asked of everything kept, read into a row, or what is wrong with each. A row is laid over the one before it of the same
//! id: what its writer does not see stays as it was.

use super::About;
use crate::refused::{Refused, Result};
use crate::relation::reason;
use casebook::command::{Answers, FieldProblem, time};
use serde_json::{Map, Value, json};

/// The longest line, in characters.
pub(crate) const LINE: usize = 200;
/// The longest text.
pub(crate) const LINES: usize = 1_000;

/// Can it be kept: no longer than this, and without what databases refuse?
pub(crate) fn fits(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.contains('\0')
}

/// Reads the name, which nothing is without. `asks` says what to write.
pub(crate) fn name(row: &mut Map<String, Value>, answers: &Answers, asks: &str) -> Option<FieldProblem> {
    let name = answers.get("name");
    put(row, "name", name);
    (name.is_empty() || !fits(name, LINE))
        .then(|| FieldProblem::new("name", format!("{asks}, up to {LINE} characters")))
}

/// Reads since when and until when, how it is known, and why it is put right.
pub(crate) fn tail(about: &About, answers: &Answers, row: &mut Map<String, Value>) -> Result<Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut days = [None, None];
    for (day, (field, label)) in days.iter_mut().zip([("since", "Since"), ("until", "Until")]) {
        match time::day(answers, field).map_err(|wrong| wrong.says) {
            Ok(Some(read)) => *day = Some(read),
            Ok(None) if about.ends() && field == "until" => {
                problems.push(FieldProblem::new(field, "Until: write the day, the month and the year"));
            }
            Ok(None) => {}
            Err(what) => problems.push(FieldProblem::new(field, format!("{label}: {what}"))),
        }
    }
    let [since, until] = days;
    let stood = || crate::case::text(row, "details.since").to_string();
    let began = if about.ends() { stood() } else { since.clone().unwrap_or_default() };
    // Days written as 2026-01-05 are in order as texts.
    if until.as_ref().is_some_and(|until| *until < began) {
        problems.push(FieldProblem::new("until", "Until: this is before it began; check both days"));
    }
    if !about.ends() {
        put(row, "details.since", &since.unwrap_or_default());
    }
    put(row, "details.until", &until.unwrap_or_default());
    let source = answers.get("source");
    put(row, "details.source", if ["seen", "told", "document"].contains(&source) { source } else { "" });
    put(row, "details.reason", "");
    if about.corrects() {
        match reason(answers.get("reason")) {
            Ok(why) => put(row, "details.reason", &why),
            Err(Refused::Invalid(wrong)) => problems.extend(wrong),
            Err(other) => return Err(other),
        }
        if answers.get("mistake") == "yes" {
            row.insert("void".into(), json!(true));
        }
    }
    Ok(problems)
}

/// Puts a text, or takes it out where it is empty. `details.told` is one of the details.
pub(crate) fn put(row: &mut Map<String, Value>, key: &str, value: &str) {
    let (object, key) = match key.split_once('.') {
        Some((outer, inner)) => {
            let inside = row.entry(outer).or_insert_with(|| json!({}));
            match inside.as_object_mut() {
                Some(object) => (object, inner),
                None => return,
            }
        }
        None => (row, key),
    };
    if value.is_empty() {
        object.remove(key);
    } else {
        object.insert(key.into(), json!(value));
    }
}
