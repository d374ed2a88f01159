//! What of a completed form belongs to the record: facts that were answered, who the child is, and people around the child. What the record
//! says already is not said again; what somebody left open takes nothing away.

use crate::app::App;
use crate::authorise::Actor;
use crate::case::Opened;
use crate::fact::{is_held, line_row, problem_of, wants};
use crate::living::kept_row;
use crate::refused::{Refused, Result};
use casebook::case_file::Taken;
use casebook::command::{Answers, FactTold, Filling, Terms, asked_as, is_unexamined, line_of, lines_in};
use engine::rulebook::Bound;
use engine::time::Moment;
use serde_json::{Map, Value, json};
use store::{NewRow, RowKind};
use views::making::filling::asks;

/// Lines for the facts that were answered otherwise than they stand: since when the form says, or else since it was filled in.
pub(super) async fn facts(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    told: &[FactTold],
    (title, occurred): (&str, Moment),
) -> Result<Vec<NewRow>> {
    let vocabulary = app.rules.vocabulary();
    let record = &opened.seen;
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for one in told {
        let Some(id) = vocabulary.fact(&one.fact) else { continue };
        let fact = vocabulary.fact_at(id);
        if is_held(record, app.now(), id, &fact.kind, &one.value) {
            continue;
        }
        wants(app, actor, opened, fact.class).await?;
        let terms = Terms {
            from: one.since.unwrap_or(occurred),
            until: None,
            taken: Taken::Document,
            told_by: casebook::command::labels::capital(title),
            note: String::new(),
        };
        problems.extend(problem_of(app, record, (id, fact), &one.value, &terms));
        rows.push(line_row(app, actor, fact, &one.value, &terms));
    }
    if problems.is_empty() { Ok(rows) } else { Err(Refused::Invalid(problems)) }
}

/// Rows for who the child is, and for people around the child whom the record does not know.
pub(super) fn people(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    filling: &Filling<'_>,
    answers: &Answers,
) -> Vec<NewRow> {
    let mut rows = Vec::new();
    rows.extend(child(app, actor, opened, filling, answers));
    rows.extend(around(app, actor, opened, filling, answers));
    rows
}

/// The row about the child, where an answer says otherwise than it stands.
fn child(app: &App, actor: &Actor, opened: &Opened, filling: &Filling<'_>, answers: &Answers) -> Option<NewRow> {
    let kept = opened.kept();
    let own = kept.iter().rfind(|row| row.kind == RowKind::Person && row.text("role") == "child");
    let id = own.map_or("child", |row| &row.id).to_string();
    let mut row = opened.last(RowKind::Person, &id).unwrap_or_default();
    let mut details = match row.remove("details") {
        Some(Value::Object(details)) => details,
        _ => Map::new(),
    };
    let filled = filling.filled(|one| asks(&opened.seen, one), answers).ok()?;
    let mut changed = false;
    for one in &filling.form.fields {
        let Bound::Particular(key) = &one.bound else { continue };
        let Some(answer) = filled.answer(&one.id).filter(|answer| !answer.answer.is_empty()) else { continue };
        if answer.unexamined || details.get(key).and_then(Value::as_str) == Some(answer.answer.as_str()) {
            continue;
        }
        details.insert(key.clone(), json!(answer.answer));
        changed = true;
    }
    if !changed {
        return None;
    }
    row.entry("name").or_insert_with(|| json!(opened.seen.name));
    row.insert("id".into(), json!(id));
    row.insert("role".into(), json!("child"));
    details.insert("source".into(), json!("document"));
    details.insert("reason".into(), json!(format!("Told in the form “{}”.", filling.block.title)));
    details.insert("act".into(), json!("form"));
    row.insert("details".into(), Value::Object(details));
    Some(kept_row(app, actor, RowKind::Person, &row))
}

/// A row for each person of a group whom the record does not know by that name; of those that it knows, for a number that it lacks.
fn around(app: &App, actor: &Actor, opened: &Opened, filling: &Filling<'_>, answers: &Answers) -> Vec<NewRow> {
    let kept = opened.kept();
    let vocabulary = app.rules.vocabulary();
    let mut rows = Vec::new();
    for one in filling.form.fields.iter().filter(|one| asks(&opened.seen, one)) {
        let Some(kind) = &one.keeps else { continue };
        let name = asked_as(vocabulary, one);
        if is_unexamined(&name, one, answers) {
            continue;
        }
        for line in 1..=lines_in(&name, one, answers) {
            let told = |part: &str| answers.get(&line_of(&name, line, part));
            let who = told("name");
            if who.is_empty() || who.chars().count() > 200 {
                continue;
            }
            let same = |text: &str| text.trim().eq_ignore_ascii_case(who);
            let known = kept.iter().rfind(|row| row.kind == RowKind::Person && same(row.text("name")));
            let mut row = match known {
                Some(known) => opened.last(RowKind::Person, &known.id).unwrap_or_default(),
                None => Map::new(),
            };
            let before = row.clone();
            row.entry("id").or_insert_with(|| json!(app.new_id()));
            row.entry("name").or_insert_with(|| json!(who));
            for part in ["phone", "address"] {
                let lacks = row.get(part).and_then(Value::as_str).is_none_or(str::is_empty);
                if lacks && !told(part).is_empty() {
                    row.insert(part.into(), json!(told(part)));
                }
            }
            let details = row.entry("details").or_insert_with(|| json!({}));
            if let Value::Object(details) = details {
                details.entry("kind").or_insert_with(|| json!(kind));
                for part in &one.lines {
                    let key = part.id.as_str();
                    let own = ["name", "phone", "address"].contains(&key);
                    if !own && !told(key).is_empty() {
                        details.entry(key).or_insert_with(|| json!(told(key)));
                    }
                }
            }
            if row == before {
                continue;
            }
            if let Some(Value::Object(details)) = row.get_mut("details") {
                details.insert("source".into(), json!("document"));
                details.insert("reason".into(), json!(format!("Told in the form “{}”.", filling.block.title)));
                details.insert("act".into(), json!(if known.is_some() { "changed" } else { "added" }));
            }
            rows.push(kept_row(app, actor, RowKind::Person, &row));
        }
    }
    rows
}
