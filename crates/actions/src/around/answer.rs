//! The answers of a form about somebody, read into a row, or what is wrong with each. A row is laid over the one before it of the same
//! person: what its writer does not see stays as it was.

use super::{ADDRESSES, About, BORN, PHONES, TEXTS};
use crate::app::App;
use crate::kept::{self, LINE, LINES, put};
use crate::phone;
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem, time};
use serde_json::{Map, Value};
use views::making::AROUND;

/// Lays the answers over the last row.
pub(super) fn read(
    app: &App,
    about: &About,
    answers: &Answers,
    sees_addresses: bool,
    mut row: Map<String, Value>,
) -> Result<Map<String, Value>> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    let ends = about.ends();
    if !ends {
        problems.extend(kept::name(&mut row, answers, "Name: write the name"));
        let mut wrong = |field: &str, message: &str| problems.push(FieldProblem::new(field, message));
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
            if !kept::fits(text, most) {
                wrong(field, &format!("Write no more than {most} characters here"));
            }
            put(&mut row, key, text);
        }
        for (key, field, label) in ADDRESSES.into_iter().filter(|_| sees_addresses) {
            if !kept::fits(answers.get(field), LINES) {
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
    match time::day(answers, BORN.0).map_err(|wrong| wrong.says) {
        Ok(Some(born)) if born > app.rules.vocabulary().calendar.date(app.now()).to_string() => {
            problems.push(FieldProblem::new(BORN.0, format!("{}: this is still to come; check the year", BORN.1)));
        }
        Ok(born) if !ends => put(&mut row, "details.born", &born.unwrap_or_default()),
        Ok(_) => {}
        Err(what) => problems.push(FieldProblem::new(BORN.0, format!("{}: {what}", BORN.1))),
    }
    problems.extend(kept::tail(about, answers, &mut row)?);
    if problems.is_empty() { Ok(row) } else { Err(Refused::Invalid(problems)) }
}
