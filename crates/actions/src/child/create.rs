//! Opens the record of a child. The child is then seen by the agency of whoever opened it, and by those named.

use crate::app::{App, micros};
use crate::authorise::{Actor, Verb, authorise};
use crate::case::{ChildBase, begun, own_key};
use crate::refused::{Refused, Result, TRY_AGAIN};
use casebook::command::time::{self, WrongDate};
use casebook::command::{Answers, FieldProblem, labels};
use engine::time::Moment;
use engine::value::Type;
use engine::vocabulary::Field;
use policy::Act;
use serde_json::{Value, json};
use store::{NewChild, NewRow, RowKind, StoreError};
use views::making::FieldMaker;
use views::words::Names;
use views::{ChoiceOption, FieldKind, FormField};

/// The facts that are asked for when a record is opened; each may be left out. A form names them `f-<fact>`.
pub const FIELDS: [&str; 5] = [
    "child.looked_after",
    "child.legal_status",
    "child.responsible_authority",
    "child.social_care",
    "child.in_education",
];
const NAME: &str = "name";
const BORN: &str = "born";
const TEAMS: &str = "teams";

/// A record was opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Created {
    /// The child's id.
    pub child: String,
    /// The version of the record.
    pub version: i64,
}

/// The fields of the form, filled with what was typed.
pub async fn form(app: &App, actor: &Actor, answers: &Answers, problems: &[FieldProblem]) -> Result<Vec<FormField>> {
    authorise(app, actor, Verb::Do(Act::Create), None).await?;
    let names = Names::shared(&app.rules);
    let lens = crate::lens::lens(app, actor);
    let maker = FieldMaker { names: &names, answers, problems, likely: Vec::new() };
    let mut fields = vec![
        FormField {
            required: true,
            ..maker.plain(NAME, "Name of the child", "First name and surname.", FieldKind::Text)
        },
        maker.plain(BORN, "Date of birth", "", FieldKind::Date),
    ];
    fields.extend(FIELDS.iter().filter_map(|fact| as_field(app, fact)).map(|field| {
        FormField {
            label: app
                .rules
                .vocabulary()
                .fact(&field.id)
                .map_or_else(String::new, |f| labels::fact(app.rules.vocabulary().fact_at(f))),
            groups: if field.kind == Type::Area {
                views::making::areas(&lens, &names, &[answers.get(&format!("f-{}", field.id)).to_string()])
            } else {
                Vec::new()
            },
            ..maker.of(&field)
        }
    }));
    let teams = teams(app, &actor.agency).await?;
    if !teams.is_empty() {
        let hint = "They see the child's record from now on. The police and the missing children team do once the child is reported.";
        let mut field = maker.plain(TEAMS, "Which social work team works with the child?", hint, FieldKind::Checkboxes);
        let option = |(id, name): &(String, String)| ChoiceOption {
            chosen: field.values.contains(id),
            value: id.clone(),
            label: name.clone(),
            ..ChoiceOption::default()
        };
        field.options = teams.iter().map(option).collect();
        fields.push(field);
    }
    Ok(fields)
}

/// The social work teams, but for one's own: id and name.
async fn teams(app: &App, own: &str) -> Result<Vec<(String, String)>> {
    let agencies = app.store.agencies().await?.into_iter();
    Ok(agencies.filter(|a| a.kind == "social_work_team" && a.id != own).map(|a| (a.id, a.name)).collect())
}

/// A fact as if it were a field of an event.
pub(crate) fn as_field(app: &App, fact: &str) -> Option<Field> {
    let vocabulary = app.rules.vocabulary();
    vocabulary.fact(fact).map(|id| casebook::command::fact_field(vocabulary.fact_at(id)))
}

/// Opens a record. `agencies` work with the child as well. The same key again gives the first answer.
pub async fn create(app: &App, actor: &Actor, answers: &Answers, agencies: &[String], key: &str) -> Result<Created> {
    let permit = authorise(app, actor, Verb::Do(Act::Create), None).await?;
    let key = own_key(&permit, key);
    if let Some(done) = app.store.outcome_of(&key).await? {
        return Ok(Created { child: done.child, version: done.version });
    }
    let (name, mut facts) = read_answers(app, answers)?;
    facts.extend(crate::fact::at_opening(app, actor).await?.map(Value::Object));
    let (now, id) = (app.now(), app.new_id());
    let row = |kind: RowKind, payload: &Value| NewRow {
        kind,
        occurred_us: micros(now),
        recorded_us: micros(now),
        actor: actor.person.clone(),
        payload: payload.to_string(),
        salt: app.secret(),
        photograph: None,
    };
    let mut rows = vec![row(RowKind::Person, &json!({ "id": "child", "name": name, "role": "child" }))];
    rows.extend(facts.iter().map(|fact| row(RowKind::Fact, fact)));
    let mut related = vec![actor.agency.clone()];
    let teams = teams(app, &actor.agency).await?;
    let chosen = answers.all(TEAMS).into_iter().filter(|id| teams.iter().any(|(team, _)| team == id)).map(String::from);
    for agency in agencies.iter().cloned().chain(chosen) {
        if !related.contains(&agency) {
            related.push(agency);
        }
    }
    let base = ChildBase { id: id.clone(), name, agencies: related };
    let derived = begun(app, &base, &rows).await?.map_err(|why| {
        tracing::error!(%why, "a new record cannot be read");
        Refused::Unavailable(TRY_AGAIN.into())
    })?;
    let child = NewChild { id, created_us: micros(now) };
    let done = match app.store.add_child(&child, &rows, &derived, &key).await {
        // It may have been written: the key tells.
        Err(StoreError::Unavailable(_)) => app.store.add_child(&child, &rows, &derived, &key).await,
        other => other,
    };
    let done = done?;
    Ok(Created { child: done.child, version: done.version })
}

/// The name, and the facts as they stand in a case file.
fn read_answers(app: &App, answers: &Answers) -> Result<(String, Vec<Value>)> {
    let mut problems = Vec::new();
    let mut facts = Vec::new();
    let now = app.rules.vocabulary().calendar.stamp(app.now());
    let name = answers.get(NAME);
    if name.is_empty() || name.chars().count() > 200 || name.contains('\0') {
        problems.push(FieldProblem::new(NAME, "Name of the child: write the name, up to 200 characters"));
    }
    match born(app, answers) {
        Ok(Some(date)) => facts.push(json!({ "fact": "child.date_of_birth", "value": date, "recorded_at": now })),
        Ok(None) => {}
        Err(wrong) => problems.push(FieldProblem::new(BORN, format!("Date of birth: {}", wrong.says)).at(wrong.part)),
    }
    for fact in FIELDS {
        let field = format!("f-{fact}");
        let answer = answers.get(&field);
        let kind = app.rules.vocabulary().fact(fact).map(|f| &app.rules.vocabulary().fact_at(f).kind);
        let value = match kind {
            _ if answer.is_empty() => continue,
            Some(Type::YesNo) => json!(answer == "yes"),
            Some(Type::Choice(values)) if values.iter().any(|v| v == answer) => json!(answer),
            Some(Type::Area) if crate::fact::is_area(app, answer) => json!(answer),
            _ => {
                problems.push(FieldProblem::new(field, "Choose one of the answers"));
                continue;
            }
        };
        facts.push(json!({ "fact": fact, "value": value, "recorded_at": now }));
    }
    if problems.is_empty() { Ok((name.to_string(), facts)) } else { Err(Refused::Invalid(problems)) }
}

/// The date of birth, if it is one that a child can have.
fn born(app: &App, answers: &Answers) -> std::result::Result<Option<String>, WrongDate> {
    let Some(date) = time::day(answers, BORN)? else { return Ok(None) };
    let midnight = Moment::parse(&format!("{date}T00:00:00Z")).unwrap_or(app.now());
    let wrong = |says| Err(WrongDate { part: "year", says });
    let years = (app.now().0 - midnight.0) / (365 * 86_400 + 86_400 / 4);
    match years {
        _ if midnight > app.now() => wrong("this is still to come; check the year".into()),
        26.. => wrong(format!("this would make the child {years} years old; check the year")),
        _ => Ok(Some(date)),
    }
}
