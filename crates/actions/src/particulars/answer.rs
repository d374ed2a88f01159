//! Reads the answers of a page, checks numbers by their check digits, and writes one row.

use super::{asked, group, may_change, of_child};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{again, append, open};
use crate::living::kept_row;
use crate::phone;
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem, time};
use casebook::particulars::{Kind, Particular, checked};
use policy::Act;
use serde_json::{Map, Value, json};
use store::RowKind;

const LINE: usize = 200;
const LINES: usize = 2_000;

/// Saves a page of who the child is, on the record as it was at the version of the page. The same key again does nothing.
pub async fn save(
    app: &App,
    actor: &Actor,
    child: &str,
    version: i64,
    word: &str,
    answers: &Answers,
    key: &str,
) -> Result<()> {
    let group = group(word).ok_or(Refused::NotFound)?;
    let opened = open(app, actor, child, Verb::Do(Act::Keep)).await?;
    if again(app, &opened, key).await?.is_some() {
        return Ok(());
    }
    if !may_change(&opened.permit) {
        return Err(Refused::NotAllowed(format!("As {} you do not record this.", actor.role_name)));
    }
    let kept = opened.kept();
    let id = of_child(&kept).last().map_or("child", |row| &row.id).to_string();
    let mut row = opened.last(RowKind::Person, &id).unwrap_or_default();
    row.entry("name").or_insert_with(|| json!(opened.seen.name));
    row.insert("id".into(), json!(id));
    row.insert("role".into(), json!("child"));
    let mut problems = Vec::new();
    if group.id == "names" {
        let name = answers.get("name");
        if name.is_empty() || name.chars().count() > LINE || name.contains('\0') {
            problems.push(FieldProblem::new("name", "Name: write the name, up to 200 characters"));
        }
        row.insert("name".into(), json!(name));
    }
    let mut details = match row.remove("details") {
        Some(Value::Object(details)) => details,
        _ => Map::new(),
    };
    let asked = asked(&opened.permit, group);
    if asked.is_empty() {
        return Err(Refused::NotAllowed(format!("As {} you do not see this of the child.", actor.role_name)));
    }
    for one in asked {
        match value(one, answers) {
            Ok(value) => put(&mut details, &one.id, &value),
            Err(what) => problems
                .push(FieldProblem::new(one.id.as_str(), format!("{}: {what}", one.label.trim_end_matches('?')))),
        }
    }
    match time::day(answers, "holds_from").map(Option::unwrap_or_default).map_err(|wrong| wrong.says) {
        Ok(from) => put(&mut details, "holds_from", &from),
        Err(what) => problems.push(FieldProblem::new("holds_from", format!("Since when it holds: {what}"))),
    }
    let source = answers.get("source");
    put(&mut details, "source", if ["seen", "told", "document"].contains(&source) { source } else { "" });
    let why = answers.get("reason");
    if why.chars().count() > LINES {
        problems.push(FieldProblem::new("reason", "Why: write no more than 2,000 characters"));
    }
    put(&mut details, "reason", why);
    put(&mut details, "act", &group.id);
    if !problems.is_empty() {
        return Err(Refused::Invalid(problems));
    }
    row.insert("details".into(), Value::Object(details));
    append(app, actor, opened, version, &[kept_row(app, actor, RowKind::Person, &row)], key).await?;
    Ok(())
}

fn put(details: &mut Map<String, Value>, key: &str, value: &str) {
    if value.is_empty() {
        details.remove(key);
    } else {
        details.insert(key.into(), json!(value));
    }
}

/// An answer as it is kept, or what is wrong with it.
fn value(one: &Particular, answers: &Answers) -> std::result::Result<String, String> {
    if one.kind == Kind::Date {
        return time::day(answers, &one.id).map(Option::unwrap_or_default).map_err(|wrong| wrong.says);
    }
    let text = answers.get(&one.id);
    let most = if one.kind == Kind::Lines { LINES } else { LINE };
    match one.kind {
        _ if text.is_empty() => Ok(String::new()),
        _ if text.chars().count() > most || text.contains('\0') => Err(format!("write no more than {most} characters")),
        Kind::Choice if !one.words.contains_key(text) => Err("choose one of the answers".into()),
        Kind::Phone => phone::problem(&one.id, text).map_or(Ok(text.to_string()), |wrong| Err(wrong.message)),
        kind => checked(kind, text).map_err(String::from),
    }
}
