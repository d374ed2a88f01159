//! Changes facts of one group in one save: those of which another answer was given than holds now.

use super::{Kept, check, row};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Opened, again, append, ends_nothing_late, open};
use crate::looks;
use crate::refused::{READ_CHANGES, Refused, Result};
use casebook::command::{self, Answers, FieldProblem, Setting};
use engine::time::Moment;
use engine::value::{Type, Value as Known};
use engine::vocabulary::{Class, Fact, FactId};
use engine::words::sym;
use policy::{Act, Class as Secrecy};
use serde_json::Value;
use views::Record;
use views::making::holds_now;

/// Records what was answered of a group of facts, as the record was at the version of the page. The same key again gives the first answer.
pub async fn change(
    app: &App,
    actor: &Actor,
    child: &str,
    version: i64,
    group: &str,
    answers: &Answers,
    key: &str,
) -> Result<Kept> {
    let opened = open(app, actor, child, Verb::Do(Act::Keep)).await?;
    let vocabulary = app.rules.vocabulary();
    vocabulary.fact_group(group).ok_or(Refused::NotFound)?;
    if let Some(done) = again(app, &opened, key).await? {
        return Ok(Kept { version: done.version, words: "Recorded.".into() });
    }
    let record = &opened.seen;
    let facts: Vec<(FactId, &Fact)> =
        vocabulary.facts_of(group).filter(|(_, fact)| answered(answers, &command::name(&fact.id))).collect();
    may(app, actor, &opened, facts.iter().map(|(_, fact)| fact.class)).await?;
    let ids: Vec<FactId> = facts.iter().map(|(id, _)| *id).collect();
    let born = check::born(app, record, &ids);
    let setting = Setting { vocabulary, now: app.now(), born, episodes: &record.case.episodes, lacking: &[] };
    let mut problems = Vec::new();
    let mut changed: Vec<(FactId, &Fact, Value)> = Vec::new();
    for (id, fact) in facts {
        match command::fact_value(&setting, fact, answers) {
            Ok(Some(value)) if !is_held(record, app.now(), id, &fact.kind, &value) => changed.push((id, fact, value)),
            Ok(_) => {}
            Err(problem) => problems.push(problem),
        }
    }
    problems.extend(changed.iter().filter_map(|(_, fact, value)| check::value(app, record, fact, value)));
    if changed.is_empty() && problems.is_empty() {
        let first = vocabulary.facts_of(group).next().map(|(_, fact)| command::name(&fact.id)).unwrap_or_default();
        let why = "Nothing was changed: answer at least one question otherwise than it stands, or go back";
        return Err(Refused::Invalid(vec![FieldProblem::new(first, why)]));
    }
    let terms = match command::terms(&setting, answers) {
        Ok(terms) => terms,
        Err(found) => {
            problems.extend(found);
            return Err(Refused::Invalid(problems));
        }
    };
    problems.extend(changed.iter().filter_map(|(id, ..)| check::time(app, record, *id, &terms, None)));
    problems.extend(changed.iter().filter_map(|(_, fact, value)| check::authority(app, fact, value, &terms)));
    if !problems.is_empty() {
        return Err(Refused::Invalid(problems));
    }
    let line = |(_, fact, value): &(FactId, &Fact, Value)| {
        row::row(app, actor, terms.from, row::line(app, &fact.id, value, &terms))
    };
    let rows: Vec<_> = changed.iter().map(line).collect();
    let names: Vec<&str> = changed.iter().map(|(_, fact, _)| fact.label.as_str()).collect();
    let words = format!("Recorded: {}.", names.join("; "));
    ends_nothing_late(app, actor, &opened, &rows, (version, answers.get(READ_CHANGES))).await?;
    let done = append(app, actor, opened, version, &rows, key).await?;
    Ok(Kept { version: done.version, words })
}

/// Was a question answered, in one field or in parts?
fn answered(answers: &Answers, name: &str) -> bool {
    let parts = ["day", "month", "year", "time"];
    !answers.get(name).is_empty() || parts.iter().any(|part| !answers.get(&format!("{name}-{part}")).is_empty())
}

/// May this person record everything of these classes as their own side's? They see no class that they may not, so whoever asks for one
/// did not come by the page.
pub(super) async fn may(app: &App, actor: &Actor, opened: &Opened, classes: impl Iterator<Item = Class>) -> Result<()> {
    let may = opened.permit.may;
    let allowed =
        |class: Class| Secrecy::of(class.word()).is_some_and(|class| may.see.has(class) && may.record.has(class));
    let mut classes = classes;
    if classes.all(allowed) {
        return Ok(());
    }
    looks::refused(app, actor, &opened.permit.child, Verb::Do(Act::Keep)).await?;
    let why = format!("As {} you do not record this. Ask those whose task it is.", actor.role_name);
    Err(Refused::NotAllowed(why))
}

/// Does the record say this very thing already? What is only supposed is not said: to record it confirms it.
pub(crate) fn is_held(record: &Record, now: Moment, id: FactId, kind: &Type, value: &Value) -> bool {
    if record.is_only_supposed(id, now) {
        return false;
    }
    let Some((held, _)) = holds_now(record, now, id) else { return false };
    match (held, value) {
        (Known::Bool(yes), Value::Bool(now)) => yes == *now,
        (Known::Number(number), Value::Number(now)) => Some(number) == now.as_i64(),
        (Known::Word(word), Value::String(now)) => word == sym(now),
        (Known::Date(date), Value::String(now)) => date.to_string() == *now,
        (Known::Moment(at), Value::String(now)) if matches!(kind, Type::Moment | Type::Since) => {
            Moment::parse(now).is_ok_and(|now| now.minute() == at.minute())
        }
        _ => false,
    }
}
