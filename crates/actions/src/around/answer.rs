//! The answers of a form about somebody, read into a row, or what is wrong with each. A row is laid over the one before it of the same
//! person: what its writer does not see stays as it was.

use super::{ADDRESSES, About, BORN, PHONES, TEXTS};
use crate::app::App;
use crate::phone;
use crate::refused::{Refused, Result};
use crate::relation::reason;
use casebook::command::{Answers, FieldProblem, time};
use serde_json::{Map, Value, json};
use views::making::AROUND;

const LINE: usize = 200;
const LINES: usize = 1_000;

/// Lays the answers over the last row.
pub(super) fn read(
    app: &App,
    about: &About,
    answers: &Answers,
    sees_addresses: bool,
    mut row: Map<String, Value>,
) -> Result<Map<String, Value>> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    let mut wrong = |field: &str, message: &str| problems.push(FieldProblem::new(field, message));
    let ends = matches!(about, About::End(_));
    if !ends {
        let name = answers.get("name");
        if name.is_empty() || name.chars().count() > LINE || name.contains('\0') {
            wrong("name", "Name: write the name, up to 200 characters");
        }
        put(&mut row, "name", name);
        if AROUND.iter().any(|(word, ..)| *word == answers.get("kind")) {
            put(&mut row, "details.kind", answers.get("kind"));
        } else {
            wrong("kind", "Choose what they are to the child");
        }
        let role = answers.get("role");
        if role.is_empty() || role != "child" && app.rules.vocabulary().role(role).is_some() {
            put(&mut row, "role", role);
        } else {
            wrong("role", "Choose one of the roles");
        }
        for (key, field, ..) in TEXTS {
            let text = answers.get(field);
            let most = if field == "told" { LINES } else { LINE };
            if text.chars().count() > most || text.contains('\0') {
                wrong(field, &format!("Write no more than {most} characters here"));
            }
            put(&mut row, key, text);
        }
        for (key, field, label) in ADDRESSES.into_iter().filter(|_| sees_addresses) {
            if answers.get(field).chars().count() > LINES {
                wrong(field, &format!("{label}: write no more than {LINES} characters"));
            }
            put(&mut row, key, answers.get(field));
        }
        let email = answers.get("email");
        if !email.is_empty()
            && !email.split_once('@').is_some_and(|(one, other)| !one.is_empty() && other.contains('.'))
        {
            wrong("email", "E-mail: write it as name@example.org, or leave it empty");
        }
    }
    for (_, field, _) in ADDRESSES.into_iter().filter(|_| sees_addresses && !ends) {
        problems.extend(crate::postcode::problem(field, answers.get(field)));
    }
    for (_, field) in PHONES.into_iter().filter(|_| !ends) {
        problems.extend(phone::problem(field, answers.get(field)));
    }
    let mut days = [None, None, None];
    for (n, (field, label)) in [("since", "Since"), ("until", "Until"), BORN].into_iter().enumerate() {
        match time::day(answers, field).map_err(|wrong| wrong.says) {
            Ok(Some(day)) => days[n] = Some(day),
            Ok(None) if ends && field == "until" => {
                problems.push(FieldProblem::new(field, "Until: write the day, the month and the year"));
            }
            Ok(None) => {}
            Err(what) => problems.push(FieldProblem::new(field, format!("{label}: {what}"))),
        }
    }
    let [since, until, born] = days;
    if born.as_ref().is_some_and(|born| *born > app.rules.vocabulary().calendar.date(app.now()).to_string()) {
        problems.push(FieldProblem::new(BORN.0, format!("{}: this is still to come; check the year", BORN.1)));
    }
    let began = if ends { detail(&row, "since") } else { since.clone().unwrap_or_default() };
    // Days written as 2026-01-05 are in order as texts.
    if until.as_ref().is_some_and(|until| *until < began) {
        problems.push(FieldProblem::new("until", "Until: this is before it began; check both days"));
    }
    if !ends {
        put(&mut row, "details.since", &since.unwrap_or_default());
        put(&mut row, "details.born", &born.unwrap_or_default());
    }
    put(&mut row, "details.until", &until.unwrap_or_default());
    let source = answers.get("source");
    put(&mut row, "details.source", if ["seen", "told", "document"].contains(&source) { source } else { "" });
    put(&mut row, "details.reason", "");
    if matches!(about, About::Correct(_)) {
        match reason(answers.get("reason")) {
            Ok(why) => put(&mut row, "details.reason", &why),
            Err(Refused::Invalid(wrong)) => problems.extend(wrong),
            Err(other) => return Err(other),
        }
        if answers.get("mistake") == "yes" {
            row.insert("void".into(), json!(true));
        }
    }
    if problems.is_empty() { Ok(row) } else { Err(Refused::Invalid(problems)) }
}

fn detail(row: &Map<String, Value>, key: &str) -> String {
    row.get("details").and_then(|d| d.get(key)).and_then(Value::as_str).unwrap_or_default().to_string()
}

/// Puts a text, or takes it out where it is empty. `details.told` is one of the details.
pub(super) fn put(row: &mut Map<String, Value>, key: &str, value: &str) {
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
