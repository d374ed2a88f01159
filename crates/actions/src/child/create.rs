//! Opens the record of a child. The child is then seen by the agency of whoever opened it, and by those named.

use crate::app::{App, micros};
use crate::authorise::{Actor, Verb, authorise, may_see};
use crate::case::{ChildBase, apart, begun, own_key};
use crate::looks::note_list;
use crate::refused::{Refused, Result, TRY_AGAIN};
use crate::same::{Offer, alike, offered};
use casebook::command::time::{self, WrongDate};
use casebook::command::{Answers, FieldProblem, labels};
use casebook::likeness::Marks;
use casebook::particulars;
use engine::time::Moment;
use engine::value::Type;
use engine::vocabulary::Field;
use policy::Act;
use serde_json::{Map, Value, json};
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
/// Other names, numbers and an address, by which the child may be known to others already. Each may be left out.
const KNOWN_AS: &str = "known_as";
const NHS: &str = "nhs_number";
const UPN: &str = "upn";
const AUTHORITY: &str = "authority_number";
const POLICE: &str = "police_nominal";
const ADDRESS: &str = "address";
/// The records of which whoever opens this one has said that they are of other children.
const APART: &str = "apart";

/// `seen`: they were told that others keep a record of this name and date of birth.
const ELSEWHERE: &str = "elsewhere";

/// What came of opening a record.
#[derive(Clone, PartialEq, Debug)]
pub enum Opening {
    /// It was opened.
    Opened(Created),
    /// Nothing was opened yet: the child may be known already, by these records; or, where there is none of them, by a record of others.
    Perhaps(Vec<Offer>),
}

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
    let maker = FieldMaker { names: &names, answers, problems, now: app.now(), likely: Vec::new() };
    let mut fields = vec![
        FormField {
            required: true,
            ..maker.plain(NAME, "Name of the child", "First name and surname.", FieldKind::Text)
        },
        maker.plain(BORN, "Date of birth", "", FieldKind::Date),
        maker.plain(KNOWN_AS, "Known as", "Another name, or another spelling.", FieldKind::Text),
        maker.plain(NHS, "NHS number", "Numbers show whether others know the child already.", FieldKind::Text),
        maker.plain(UPN, "Unique pupil number", "", FieldKind::Text),
        maker.plain(AUTHORITY, "The authority's own number", "", FieldKind::Text),
        maker.plain(POLICE, "Police nominal number", "", FieldKind::Text),
        maker.plain(ADDRESS, "Address of the child", "With the postcode, if you know it.", FieldKind::Text),
    ];
    fields.extend(FIELDS.iter().filter_map(|fact| as_field(app, fact)).map(|field| {
        FormField {
            label: app
                .rules
                .vocabulary()
                .fact(&field.id)
                .map_or_else(String::new, |f| labels::fact(app.rules.vocabulary().fact_at(f))),
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

/// Opens a record, if no record that this person sees may be of the same child, but for those that the answers call other children
/// (`apart`). The same key again gives the first answer.
pub async fn open(app: &App, actor: &Actor, answers: &Answers, key: &str) -> Result<Opening> {
    let permit = authorise(app, actor, Verb::Do(Act::Create), None).await?;
    if app.store.outcome_of(&own_key(&permit, key)).await?.is_none() {
        let (name, facts, child) = read_answers(app, answers)?;
        let apart = answers.all(APART);
        let mut found = alike(app, actor, &marks(&name, &facts, &child), None).await?;
        found.retain(|(seen, _)| !apart.contains(&seen.record.id.as_str()));
        let others = if answers.get(ELSEWHERE) == "seen" { Vec::new() } else { elsewhere(app, actor, answers).await? };
        if !found.is_empty() || !others.is_empty() {
            note_list(app, actor, &permit, "offered", found.iter().map(|(seen, _)| seen.record.id.as_str())).await?;
            return Ok(Opening::Perhaps(offered(app, actor, &found)));
        }
    }
    Ok(Opening::Opened(create(app, actor, answers, &[], key).await?))
}

/// What the child is known by, of what was typed.
fn marks(name: &str, facts: &[Value], child: &Map<String, Value>) -> Marks {
    let mut marks = Marks { names: vec![name.to_string()], ..Marks::default() };
    let born = facts.iter().find(|fact| fact["fact"] == "child.date_of_birth").and_then(|fact| fact["value"].as_str());
    marks.born.extend(born.map(String::from));
    marks.addresses.extend(child.get("address").and_then(Value::as_str).map(String::from));
    for (key, value) in child.get("details").and_then(Value::as_object).into_iter().flatten() {
        marks.detail(key, value.as_str().unwrap_or_default());
    }
    marks
}

/// Others keep a record of exactly this name and date of birth, which this person does not see: they can ask for access.
pub async fn elsewhere(app: &App, actor: &Actor, answers: &Answers) -> Result<Vec<String>> {
    let permit = authorise(app, actor, Verb::Do(Act::Create), None).await?;
    let (name, facts, _) = read_answers(app, answers)?;
    let born = facts.iter().find(|fact| fact["fact"] == "child.date_of_birth").and_then(|fact| fact["value"].as_str());
    let Some(born) = born.filter(|_| permit.may.acts.has(Act::Ask)) else { return Ok(Vec::new()) };
    let mut found = app.store.children_called(&permit.scope, &name, born).await?;
    let mut hidden = Vec::new();
    for id in found.drain(..) {
        if may_see(app, actor, &id).await?.is_none() {
            hidden.push(id);
        }
    }
    Ok(hidden)
}

/// Opens a record. `agencies` work with the child as well. The same key again gives the first answer.
pub async fn create(app: &App, actor: &Actor, answers: &Answers, agencies: &[String], key: &str) -> Result<Created> {
    let permit = authorise(app, actor, Verb::Do(Act::Create), None).await?;
    let key = own_key(&permit, key);
    if let Some(done) = app.store.outcome_of(&key).await? {
        return Ok(Created { child: done.child, version: done.version });
    }
    let (name, mut facts, child) = read_answers(app, answers)?;
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
    let mut rows = vec![row(RowKind::Person, &Value::Object(child))];
    rows.extend(facts.iter().map(|fact| row(RowKind::Fact, fact)));
    for other in answers.all(APART) {
        // Only of those that they see may they say that it is another child.
        if may_see(app, actor, other).await?.is_some() {
            rows.push(apart(app, actor, other));
        }
    }
    let mut related = vec![actor.agency.clone()];
    let teams = teams(app, &actor.agency).await?;
    let chosen = answers.all(TEAMS).into_iter().filter(|id| teams.iter().any(|(team, _)| team == id)).map(String::from);
    for agency in agencies.iter().cloned().chain(chosen) {
        if !related.contains(&agency) {
            related.push(agency);
        }
    }
    let base = ChildBase { id: id.clone(), name, agencies: related, ..ChildBase::default() };
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

/// The name, the facts as they stand in a case file, and the child as one of its people.
fn read_answers(app: &App, answers: &Answers) -> Result<(String, Vec<Value>, Map<String, Value>)> {
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
    let child = person(answers, name, &mut problems);
    if problems.is_empty() { Ok((name.to_string(), facts, child)) } else { Err(Refused::Invalid(problems)) }
}

/// The child as one of the people of the record, with the names and numbers that were typed.
fn person(answers: &Answers, name: &str, problems: &mut Vec<FieldProblem>) -> Map<String, Value> {
    let mut child = Map::new();
    for (key, value) in [("id", "child"), ("name", name), ("role", "child"), (ADDRESS, answers.get(ADDRESS).trim())] {
        if !value.is_empty() {
            child.insert(key.into(), json!(value));
        }
    }
    let mut details = Map::new();
    for (field, label, kind) in [
        (KNOWN_AS, "Known as", particulars::Kind::Text),
        (NHS, "NHS number", particulars::Kind::Nhs),
        (UPN, "Unique pupil number", particulars::Kind::Upn),
        (AUTHORITY, "The authority's own number", particulars::Kind::Text),
        (POLICE, "Police nominal number", particulars::Kind::Text),
    ] {
        let typed = answers.get(field).trim();
        match particulars::checked(kind, typed) {
            _ if typed.is_empty() => {}
            Ok(number) => _ = details.insert(field.into(), json!(number)),
            Err(says) => problems.push(FieldProblem::new(field, format!("{label}: {says}"))),
        }
    }
    for field in [KNOWN_AS, AUTHORITY, POLICE, ADDRESS] {
        if answers.get(field).chars().count() > 300 || answers.get(field).contains('\0') {
            problems.push(FieldProblem::new(field, "Write no more than 300 characters"));
        }
    }
    problems.extend(crate::postcode::problem(ADDRESS, answers.get(ADDRESS)));
    if !details.is_empty() {
        child.insert("details".into(), Value::Object(details));
    }
    child
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
