//! Puts right what was recorded of a fact, or takes it back: a later line that says what should have been said. What was known before stays
//! as it was known.

use super::change::may;
use super::{Kept, check, row};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Opened, again, append, hangs_together, open};
use crate::entry::ONLY_ITS_AUTHOR;
use crate::looks;
use crate::refused::{READ_CHANGES, Refused, Result};
use casebook::case_file::DatedFact;
use casebook::command::{self, Answers, FieldProblem, Setting};
use casebook::known::corrected_by;
use engine::time::Moment;
use engine::vocabulary::Fact;
use policy::Act;
use serde_json::{Map, Value};

/// Puts a line right. The same key again gives the first answer.
pub async fn correct(
    app: &App,
    actor: &Actor,
    child: &str,
    version: i64,
    line: &str,
    answers: &Answers,
    key: &str,
) -> Result<Kept> {
    let opened = open(app, actor, child, Verb::Correct).await?;
    if let Some(done) = again(app, &opened, key).await? {
        return Ok(Kept { version: done.version, words: "Put right.".into() });
    }
    let (wrong, fact) = standing(app, actor, &opened, line, version).await?;
    let vocabulary = app.rules.vocabulary();
    let record = &opened.seen;
    let born = check::born(app, record, &[wrong.fact]);
    let setting = Setting { vocabulary, now: app.now(), born, episodes: &record.case.episodes, lacking: &[] };
    let mut problems = Vec::new();
    let why = command::why(answers).map_err(|problem| problems.push(problem)).unwrap_or_default();
    let value = match command::fact_value(&setting, fact, answers) {
        Ok(Some(value)) => {
            problems.extend(check::value(app, record, fact, &value));
            value
        }
        Ok(None) => {
            let says = format!("{}: say what is right, or take it back if nothing is known", fact.label);
            problems.push(FieldProblem::new(command::name(&fact.id), says));
            Value::Null
        }
        Err(problem) => {
            problems.push(problem);
            Value::Null
        }
    };
    let terms = match command::terms(&setting, answers) {
        Ok(terms) => terms,
        Err(found) => {
            problems.extend(found);
            return Err(Refused::Invalid(problems));
        }
    };
    problems.extend(check::time(app, record, wrong.fact, &terms, Some(&wrong.id)));
    problems.extend(check::authority(app, fact, &value, &terms));
    if !problems.is_empty() {
        return Err(Refused::Invalid(problems));
    }
    let corrected = row::line(app, &fact.id, &value, &terms);
    let words = format!("Put right: {}.", fact.label);
    let line = (against(corrected, line, &why), terms.from);
    kept(app, actor, opened, (version, answers.get(READ_CHANGES)), line, words, key).await
}

/// Takes a line back: it should not be there, and nothing stands in its place.
pub async fn take_back(
    app: &App,
    actor: &Actor,
    child: &str,
    version: i64,
    line: &str,
    answers: &Answers,
    key: &str,
) -> Result<Kept> {
    let opened = open(app, actor, child, Verb::Correct).await?;
    if let Some(done) = again(app, &opened, key).await? {
        return Ok(Kept { version: done.version, words: "Taken back.".into() });
    }
    let (_, fact) = standing(app, actor, &opened, line, version).await?;
    let why = command::why(answers).map_err(|problem| Refused::Invalid(vec![problem]))?;
    let mut taken = against(row::bare(app, &fact.id), line, &why);
    taken.insert("withdrawn".into(), true.into());
    let words = format!("Taken back: {}.", fact.label);
    kept(app, actor, opened, (version, answers.get(READ_CHANGES)), (taken, Moment::EVER), words, key).await
}

fn against(mut line: Map<String, Value>, wrong: &str, why: &str) -> Map<String, Value> {
    line.insert("corrects".into(), wrong.into());
    line.insert("why".into(), why.into());
    line
}

/// Writes the line of a moment, if whoever puts it right has read what it changes.
async fn kept(
    app: &App,
    actor: &Actor,
    opened: Opened,
    (version, read): (i64, &str),
    (line, from): (Map<String, Value>, Moment),
    words: String,
    key: &str,
) -> Result<Kept> {
    let row = row::row(app, actor, from, line);
    hangs_together(app, actor, &opened, std::slice::from_ref(&row), (version, read)).await?;
    let done = append(app, actor, opened, version, &[row], key).await?;
    Ok(Kept { version: done.version, words })
}

/// The line that is put right, if it stands and this person may put it right.
async fn standing<'a>(
    app: &'a App,
    actor: &Actor,
    opened: &Opened,
    line: &str,
    version: i64,
) -> Result<(DatedFact, &'a Fact)> {
    let record = &opened.seen;
    let found = record.file.facts.iter().find(|l| l.id == line && !l.withdrawn).ok_or(Refused::NotFound)?;
    let fact = app.rules.vocabulary().fact_at(found.fact);
    if fact.group.is_empty() {
        return Err(Refused::NotFound);
    }
    if corrected_by(&record.file, line).is_some() {
        // Somebody else put it right meanwhile: what they wrote is shown.
        let newer = views::making::newer(&crate::lens::lens(app, actor), record, version);
        return Err(if newer.is_empty() {
            Refused::NotFound
        } else {
            Refused::Stale { newer, version: record.version }
        });
    }
    may(app, actor, opened, std::iter::once(fact.class)).await?;
    if !record.written.get(line).is_some_and(|written| written.may_correct) {
        looks::refused(app, actor, &opened.permit.child, Verb::Do(Act::Correct)).await?;
        return Err(Refused::NotAllowed(ONLY_ITS_AUTHOR.into()));
    }
    Ok((found.clone(), fact))
}
