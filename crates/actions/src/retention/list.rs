//! The records whose time is over, or will be soon; and those that were let go.

use super::show::decided;
use super::{days, decides};
use crate::app::{App, moment};
use crate::authorise::{Actor, Verb, authorise, may_see, scope};
use crate::case::UNKNOWN;
use crate::lens::{framed, lens};
use crate::looks::note_list;
use crate::refused::{Refused, Result};
use crate::setting::day;
use policy::Act;
use serde_json::Value;
use views::Viewer;

/// So many are listed.
const LISTED: i64 = 200;
/// So many that were let go.
const GONE: i64 = 100;

/// The page.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct List {
    /// Who is looking.
    pub viewer: Viewer,
    /// Records whose time is over by then are listed: `29 December 2026`.
    pub by: String,
    /// The first first.
    pub ending: Vec<Ending>,
    /// Of which it cannot be told until when they are kept.
    pub unknown: Vec<Ending>,
    /// Those that people of this agency let go, the last first.
    pub gone: Vec<Gone>,
}

/// A record whose time is over, or will be.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ending {
    /// The child.
    pub child: String,
    /// The name.
    pub name: String,
    /// `5 May 2056`.
    pub until: String,
    /// It is over.
    pub over: bool,
    /// A hold stands.
    pub held: bool,
    /// Somebody said that it may go, and waits for another.
    pub waits: bool,
}

/// A record that was let go.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Gone {
    /// What is left of it: its number.
    pub child: String,
    /// When.
    pub at: String,
    /// Who decided, and why.
    pub says: String,
}

/// The page.
pub async fn list(app: &App, actor: &Actor) -> Result<List> {
    let permit = authorise(app, actor, Verb::Do(Act::List), None).await?;
    if !decides(app, &actor.role) {
        return Err(Refused::NotAllowed(format!(
            "As {} you do not decide how long records are kept. Those who lead the authority do.",
            actor.role_name
        )));
    }
    let lens = lens(app, actor);
    let (today, by) = days(app, app.now());
    let ending = read(app, actor, &by, &today).await?;
    let unknown = read(app, actor, UNKNOWN, &today).await?;
    note_list(app, actor, &permit, "retention", ending.iter().chain(&unknown).map(|one| one.child.as_str())).await?;
    let mut gone = Vec::new();
    for one in app.store.let_gone(&actor.agency, GONE).await? {
        let says: Value = serde_json::from_str(&one.payload).unwrap_or_default();
        gone.push(Gone {
            child: one.child_id,
            at: lens.face.when(moment(one.at_us)).words,
            says: says["says"].as_str().unwrap_or_default().to_owned(),
        });
    }
    Ok(List { viewer: framed(app, actor, &lens).await?, by: day(&by), ending, unknown, gone })
}

/// Those on which this person decides. An agency that works with a child may keep it for longer than the record says of itself: such a one is not
/// listed yet, and the list goes on behind it.
async fn read(app: &App, actor: &Actor, by: &str, today: &str) -> Result<Vec<Ending>> {
    let (mut found, mut read, mut limit) = (Vec::new(), 0, LISTED);
    loop {
        let rows = app.store.ending(&scope(app, actor), by, limit).await?;
        let all = (rows.len() as i64) < limit;
        for one in rows.into_iter().skip(read) {
            read += 1;
            found.extend(ending(app, actor, one, (by, today)).await?);
        }
        if all || found.len() as i64 >= LISTED {
            break;
        }
        limit *= 2;
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.truncate(LISTED as usize);
    Ok(found.into_iter().map(|(_, one)| one).collect())
}

/// A record with its last day, if this person decides on it and it comes to its end by then.
async fn ending(
    app: &App,
    actor: &Actor,
    one: store::Ending,
    (by, today): (&str, &str),
) -> Result<Option<(String, Ending)>> {
    let permit = may_see(app, actor, &one.child_id).await?.filter(|permit| permit.may.acts.has(Act::LetGo));
    let Some(permit) = permit else { return Ok(None) };
    let decided = decided(app, &permit).await?;
    let until = decided.stays.until().unwrap_or_else(|| one.until.clone());
    if by != UNKNOWN && until.as_str() > by {
        return Ok(None);
    }
    let ending = Ending {
        until: day(&until),
        over: until.as_str() <= today,
        held: decided.held,
        waits: decided.release().is_some(),
        child: one.child_id,
        name: one.name,
    };
    Ok(Some((until, ending)))
}
