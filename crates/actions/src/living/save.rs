//! Writes what was answered: the rows of the placements and the entries that say it, in one write; then the relations of the homes.

use super::answer::{Around, Change, address, read, set};
use super::before;
use super::follow::follow;
use super::{Doing, directory};
use crate::app::App;
use crate::around;
use crate::authorise::{Actor, Permit, Verb};
use crate::case::{Opened, again, append, differs, hangs_together, is_carer, open, row};
use crate::entry::{made, statement};
use crate::refused::{READ_CHANGES, Refused, Result};
use casebook::command::{Answers, BY, BY_NAME, FieldProblem, OCCURRED};
use policy::Act;
use serde_json::{Map, Value};
use store::{NewRow, RowKind};
use views::Warning;

/// A change was saved: what somebody should look at.
pub type Saved = Vec<Warning>;

/// Saves a change of where the child lives, on the record as it was at the version of the page. The same key again does nothing.
pub async fn save(
    app: &App,
    actor: &Actor,
    child: &str,
    version: i64,
    doing: &Doing,
    answers: &Answers,
    key: &str,
) -> Result<Saved> {
    let verb = Verb::Do(Act::Place);
    let opened = open(app, actor, child, verb).await?;
    let respite = |opened: &Opened| {
        let own = opened.kept();
        let own = super::stays(&own).into_iter().find(|row| Some(row.id.as_str()) == doing.of()).map(super::is_respite);
        own.unwrap_or(answers.get("after") == "respite")
    };
    if again(app, &opened, key).await?.is_some() {
        // The write went through; whether the relations did, nobody was told.
        follow(app, actor, &opened, doing, respite(&opened)).await?;
        return Ok(Vec::new());
    }
    let homes = directory::homes(app).await?;
    let host = crate::postcode::host(app, address(answers, &homes)).await?;
    let mut change = read(app, &opened, doing, answers, &Around { homes: &homes, host })?;
    let word = act(doing, &change);
    set(&mut change.row, "act", word);
    let mut rows: Vec<NewRow> =
        change.ended.iter().map(|says| kept_row(app, actor, RowKind::Placement, says)).collect();
    rows.push(kept_row(app, actor, RowKind::Placement, &change.row));
    let permit = opened.permit.clone();
    rows.extend(entry(app, actor, &permit, &opened, doing, &change).await?);
    if let Doing::Correct(id) = doing {
        rows.extend(before::put_right(app, actor, &opened, id, answers, &change));
    }
    if let Some(mut asked) = change.between {
        let changes = differs(app, actor, &opened, &rows).await?;
        asked.message = format!("{} {changes}", asked.message).trim().into();
        return Err(Refused::Invalid(vec![asked]));
    }
    if matches!(doing, Doing::Correct(_)) {
        hangs_together(app, actor, &opened, &rows, (version, answers.get(READ_CHANGES))).await?;
    }
    let moved = doing.begins() && !change.respite && !change.ended.is_empty();
    let before = if moved { carers_of_before(app, &opened) } else { None };
    let done = append(app, actor, opened, version, &rows, key).await?;
    let now = open(app, actor, child, verb).await?;
    follow(app, actor, &now, doing, change.respite).await?;
    let nowhere = if matches!(doing, Doing::Correct(_)) { lives_nowhere(app, &now) } else { None };
    Ok(done.warnings.into_iter().chain(before).chain(nowhere).collect())
}

/// Whoever takes back a move that never was leaves the child nowhere, until what ended with it goes on again.
fn lives_nowhere(app: &App, opened: &Opened) -> Option<Warning> {
    let now = app.now();
    let lives = opened.seen.file.placements.iter().any(|p| p.from <= now && p.until.is_none_or(|until| until > now));
    let instead = "If a move was put down by mistake, put right the place before it as well, and empty until when it lasted: those \
                   who care for the child there see the record again then.";
    (!lives).then(|| Warning {
        says: "Now it stands nowhere where the child lives.".into(),
        instead: instead.into(),
        ..Warning::default()
    })
}

/// Whoever cared for the child before the move still stands among the people around the child, and would be rung: nobody but whoever moves the
/// child knows which of them go on.
fn carers_of_before(app: &App, opened: &Opened) -> Option<Warning> {
    let (kept, roles) = (opened.kept(), app.policies.roles());
    let stand = around::people(&kept).into_iter().filter(|row| row.text("details.until").is_empty());
    let names: Vec<&str> = stand
        .filter(|row| is_carer(roles, &row.says))
        .map(|row| row.text("name"))
        .filter(|name| !name.is_empty())
        .collect();
    let (last, others) = names.split_last()?;
    let (who, stand) = match others {
        [] => ((*last).to_string(), "stands"),
        others => (format!("{} and {last}", others.join(", ")), "stand"),
    };
    let says = format!("{who} still {stand} among the people who care for the child.");
    let instead =
        "If that is over, say so on the page of people around the child: they are rung when the child is missing.";
    Some(Warning { says, instead: instead.into(), ..Warning::default() })
}

/// What was done, for the history.
fn act(doing: &Doing, change: &Change) -> &'static str {
    match doing {
        Doing::Plan => "planned",
        Doing::Move if change.ended.is_empty() => "began",
        Doing::Move => "moved",
        Doing::Begin(_) => "began",
        Doing::End(_) => "ended",
        Doing::Correct(_) if change.row.contains_key("void") => "mistaken",
        Doing::Correct(_) => "corrected",
    }
}

/// A row about a person or a placement.
pub(crate) fn kept_row(app: &App, actor: &Actor, kind: RowKind, says: &Map<String, Value>) -> NewRow {
    let now = app.now_us();
    NewRow {
        kind,
        occurred_us: now,
        recorded_us: now,
        actor: actor.person.clone(),
        payload: Value::Object(says.clone()).to_string(),
        salt: app.secret(),
        photograph: None,
    }
}

/// The entry that says that a placement was planned, or began: what protocols ask on a move hangs on it.
async fn entry(
    app: &App,
    actor: &Actor,
    permit: &Permit,
    opened: &Opened,
    doing: &Doing,
    change: &Change,
) -> Result<Option<NewRow>> {
    let vocabulary = app.rules.vocabulary();
    let word = match doing {
        Doing::Plan => "placement.planned",
        Doing::Move | Doing::Begin(_) => before::STARTED,
        Doing::End(_) | Doing::Correct(_) => return Ok(None),
    };
    let Some(event) = vocabulary.event(word).map(|event| vocabulary.event_at(event)) else { return Ok(None) };
    let mut answers = Answers::default();
    let occurred = if doing.begins() { change.from } else { app.now() };
    answers.set(OCCURRED, vocabulary.calendar.stamp(occurred));
    answers.set(BY, actor.role.as_str());
    answers.set(BY_NAME, actor.name.as_str());
    match doing {
        Doing::Plan => {
            answers.set("f-start_at", vocabulary.calendar.stamp(change.from));
            if let Some(outside) = outside(app, opened, change) {
                answers.set("f-out_of_area", if outside { "yes" } else { "no" });
            }
        }
        _ => {
            if let Some(Value::Bool(planned)) = change.row.get("planned") {
                answers.set("f-planned", if *planned { "yes" } else { "no" });
            }
        }
    }
    let made = made(app, actor, &opened.seen, event, &answers, None).map_err(|refused| match refused {
        // The form has no such fields: it is the time that is wrong.
        Refused::Invalid(all) => {
            Refused::Invalid(all.into_iter().map(|p| FieldProblem { field: "from".into(), ..p }).collect())
        }
        other => other,
    })?;
    let mut json = made.json;
    statement(app, actor, permit, event, &mut json).await?;
    Ok(Some(row(app, actor, &app.new_id(), made.occurred, json)))
}

/// Is it outside the area of the authority that is responsible? None where either is not known.
fn outside(app: &App, opened: &Opened, change: &Change) -> Option<bool> {
    let areas = app.rules.vocabulary().known.areas?;
    let host = change.row.get("host_authority").and_then(Value::as_str)?;
    let responsible = opened.seen.case.facts.at(areas.responsible, app.now())?.value;
    let engine::value::Value::Word(word) = responsible else { return None };
    Some(word != engine::words::sym(host))
}
