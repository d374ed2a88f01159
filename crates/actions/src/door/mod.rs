//! Links that open once: the first administrator's, an invitation, a way back in.

use crate::app::App;
use crate::password;
use crate::post::rules;
use crate::refused::{Refused, Result, TRY_AGAIN};
use crate::session::{How, SignedIn, begin};
use casebook::command::FieldProblem;
use store::{Agency, Door, Person, Post};

/// A link opens for so long: the first one, for whoever stands beside the server; one for somebody who was invited; one that lets back in.
const FIRST_US: i64 = 24 * 60 * 60_000_000;
const INVITATION_US: i64 = 14 * 24 * 60 * 60_000_000;
const RECOVERY_US: i64 = 24 * 60 * 60_000_000;

/// Somebody before a link that opens.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Before {
    /// `first`, `invitation` or `recovery`.
    pub kind: String,
    /// The name; empty for the first administrator.
    pub name: String,
    /// The username; empty for the first administrator.
    pub username: String,
    /// Where they work.
    pub agency: String,
}

/// What somebody says when they come in by a link.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Entering {
    /// The name, of the first administrator.
    pub name: String,
    /// The username, of the first administrator.
    pub username: String,
    /// Whom they work for, of the first administrator.
    pub agency: String,
    /// A password; empty for none, where they will add a passkey.
    pub password: String,
}

/// The link that makes the first administrator, if nobody is there yet: the part of it that nobody can guess. Any earlier one opens no more.
pub async fn first(app: &App) -> Result<Option<String>> {
    if app.store.any_people().await? {
        return Ok(None);
    }
    Ok(Some(make(app, "first", None).await?))
}

/// Makes a link: gives the part of it that nobody can guess.
pub(crate) async fn make(app: &App, kind: &str, person: Option<&str>) -> Result<String> {
    let (token, door) = prepared(app, kind, person);
    app.store.door_put(&token, &door).await?;
    Ok(token)
}

pub(crate) fn prepared(app: &App, kind: &str, person: Option<&str>) -> (String, Door) {
    let now = app.now_us();
    let open = match kind {
        "first" => FIRST_US,
        "invitation" => INVITATION_US,
        _ => RECOVERY_US,
    };
    let person = person.map(str::to_owned);
    (app.secret(), Door { kind: kind.into(), person, made_us: now, expires_us: now + open, used_us: None })
}

/// Who stands before a link.
pub async fn look(app: &App, token: &str) -> Result<Before> {
    let closed =
        || Refused::NotAllowed("This link was used, or is too old. Ask whoever gave it to you for another.".into());
    let door = app.store.door_get(token).await?.ok_or_else(closed)?;
    if door.used_us.is_some() || door.expires_us <= app.now_us() {
        return Err(closed());
    }
    let Some(person) = &door.person else { return Ok(Before { kind: door.kind, ..Before::default() }) };
    let person = app.store.person(person).await?.filter(|p| p.active).ok_or_else(closed)?;
    let agency = app.agency_name(&person.agency).await?;
    Ok(Before { kind: door.kind, name: person.name, username: person.username, agency })
}

/// Goes through a link, once, and is signed in.
pub async fn enter(app: &App, token: &str, said: &Entering, browser: &str) -> Result<SignedIn> {
    let before = look(app, token).await?;
    let problems = problems(&before, said);
    if !problems.is_empty() {
        return Err(Refused::Invalid(problems));
    }
    let busy = || Refused::Unavailable(TRY_AGAIN.into());
    let hash = match said.password.as_str() {
        "" => String::new(),
        password => password::make(app, password.to_owned()).await.ok_or_else(busy)?,
    };
    if !app.store.door_use(token, app.now_us()).await? {
        return Err(Refused::NotAllowed("This link was used already. Ask whoever gave it to you for another.".into()));
    }
    let person = if before.kind == "first" {
        found(app, said, &hash).await?
    } else {
        let door = app.store.door_get(token).await?.and_then(|door| door.person).unwrap_or_default();
        if !hash.is_empty() {
            app.store.password_set(&door, &hash).await?;
        }
        app.store.person(&door).await?.ok_or(Refused::NotFound)?
    };
    begin(app, &person, How::Link, browser, None).await
}

/// The first administrator founds the house.
async fn found(app: &App, said: &Entering, hash: &str) -> Result<Person> {
    let now = app.now_us();
    let agency =
        Agency { id: app.new_id(), name: said.agency.trim().into(), kind: "systems".into(), ..Agency::default() };
    let person = Person {
        id: app.new_id(),
        username: said.username.trim().to_lowercase(),
        name: said.name.trim().into(),
        role: rules().keeps_agencies.clone(),
        agency: agency.id.clone(),
        password_hash: hash.into(),
        active: true,
        used_us: Some(now),
        ..Person::default()
    };
    let post = Post {
        id: app.new_id(),
        person: person.id.clone(),
        role: rules().keeps_agencies.clone(),
        agency: agency.id.clone(),
        kind: "own".into(),
        from_us: now,
        source: "kept".into(),
        ..Post::default()
    };
    if app.store.begin(&agency, &person, &post).await? {
        Ok(person)
    } else {
        Err(Refused::NotAllowed("Somebody is here already. Ask them for an invitation.".into()))
    }
}

fn problems(before: &Before, said: &Entering) -> Vec<FieldProblem> {
    let mut found = Vec::new();
    let mut say = |field: &str, message: String| found.push(FieldProblem::new(field, message));
    let first = before.kind == "first";
    if first && said.name.trim().is_empty() {
        say("name", "Enter your name".into());
    }
    if first && let Some(wrong) = crate::person::wrong_username(&said.username) {
        say("username", wrong);
    }
    if first && said.agency.trim().is_empty() {
        say("agency", "Enter whom you work for".into());
    }
    let about = [
        said.name.as_str(),
        &said.username,
        &said.agency,
        &before.name,
        &before.username,
        &before.agency,
        "whereabouts",
    ];
    if !said.password.is_empty()
        && let Some(weak) = password::weakness(&said.password, &about)
    {
        say("password", weak);
    }
    found
}
