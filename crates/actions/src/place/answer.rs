//! The answers of a form about a place, read into a row, or what is wrong with each.

use super::{ALONE, About, TEXTS, WHO};
use crate::app::App;
use crate::case::{Kept, text};
use crate::kept::{self, LINES, put};
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem};
use serde_json::{Map, Value};

/// Lays the answers over the last row. `around` are the people around the child.
pub(super) fn read(
    app: &App,
    about: &About,
    answers: &Answers,
    around: &[&Kept],
    mut row: Map<String, Value>,
) -> Result<Map<String, Value>> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    if !about.ends() {
        problems.extend(kept::name(&mut row, answers, "Name: write what the place is called"));
        for (key, field, label, _) in TEXTS {
            let text = answers.get(field);
            if !kept::fits(text, LINES) {
                problems.push(FieldProblem::new(field, format!("{label} Write no more than {LINES} characters")));
            }
            put(&mut row, key, text);
        }
        problems.extend(crate::postcode::problem("address", answers.get("address")));
        put(&mut row, "details.not_alone", if answers.get(ALONE.0) == "yes" { "yes" } else { "" });
        // Whoever is around the child no more by now, and was said to go there, is still said to.
        let before = text(&row, "details.who").to_string();
        let known = |id: &str| around.iter().any(|one| one.id == id);
        let kept: Vec<String> = before.split(' ').filter(|id| !id.is_empty() && !known(id)).map(String::from).collect();
        let chosen = answers.all(WHO.0).into_iter().filter(|id| known(id)).map(String::from);
        put(&mut row, "details.who", &kept.into_iter().chain(chosen).collect::<Vec<_>>().join(" "));
    }
    problems.extend(kept::tail(about, answers, &mut row)?);
    let today = app.rules.vocabulary().calendar.date(app.now()).to_string();
    if !about.ends() && text(&row, "details.since") > today.as_str() {
        problems.push(FieldProblem::new("since", "Since: this is still to come; check the day"));
    }
    if problems.is_empty() { Ok(row) } else { Err(Refused::Invalid(problems)) }
}
