//! Writes looks down.

use crate::app::App;
use crate::authorise::{Actor, Permit, Verb};
use crate::refused::{Refused, Result};
use crate::relation::{guardians, tell};
use policy::{Class, May};
use std::collections::HashSet;
use std::sync::PoisonError;
use store::NewLook;

/// So long is a list that draws itself again one reading of each child on it.
const ONE_READING_US: i64 = 15 * 60 * 1_000_000;
/// So many readings are remembered at most; the log is then written more often, never less.
const REMEMBERED: usize = 100_000;
/// Whoever opens the records of more children than this in an hour has to show again who they are.
pub const MANY: i64 = 30;
const HOUR_US: i64 = 60 * 60 * 1_000_000;

fn look(actor: &Actor, child: Option<&str>, what: &str, class: String) -> NewLook {
    NewLook {
        person_id: actor.person.clone(),
        post: actor.role.clone(),
        agency_id: actor.agency.clone(),
        child_id: child.map(str::to_string),
        what: what.into(),
        class,
        purpose: String::new(),
        session: actor.session.clone(),
    }
}

fn classes(may: May) -> String {
    may.see.each().map(Class::word).collect::<Vec<_>>().join(" ")
}

/// Writes that a child's record is read. Where it cannot be written, nothing is shown.
pub(crate) async fn note(app: &App, actor: &Actor, permit: &Permit, what: &str) -> Result<()> {
    // The report of a missing child is never held up.
    if !matches!(what, "report" | "read-out") {
        many(app, actor, &permit.child).await?;
    }
    let purpose = if permit.is_glass() { "break-glass" } else { "" };
    let look = NewLook { purpose: purpose.into(), ..look(actor, Some(&permit.child), what, classes(permit.may)) };
    app.store.look(&[look], app.now_us()).await?;
    Ok(())
}

/// Refuses a record more to whoever has opened too many, until they have shown again who they are.
async fn many(app: &App, actor: &Actor, child: &str) -> Result<()> {
    let now = app.now_us();
    let since = (now - HOUR_US).max(actor.since_us);
    let opened = app.store.children_opened(&actor.person, child, since).await?;
    if opened < MANY {
        return Ok(());
    }
    let line = look(actor, None, "many", String::new());
    app.store.look(&[line], now).await?;
    alarm(app, actor, now).await?;
    Err(Refused::SignInAgain(format!(
        "You have opened the records of {MANY} children within an hour. Show once more that it is you; those who look after the \
         records are told."
    )))
}

/// Tells those who guard the records of the agency, once an hour.
async fn alarm(app: &App, actor: &Actor, now: i64) -> Result<()> {
    {
        let mut noted = app.noted.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (actor.person.clone(), "many".to_string());
        if noted.get(&key).is_some_and(|at| (0..HOUR_US).contains(&(now - at))) {
            return Ok(());
        }
        noted.insert(key, now);
    }
    let mut told = guardians(app, &[&actor.agency]).await?;
    told.remove(&actor.person);
    tell(app, told, &format!("{} opened many records within an hour, and was stopped.", actor.name), "/looks").await
}

/// As [`note`], for the children of a list: all of them in one write.
pub(crate) async fn note_list<'a>(
    app: &App,
    actor: &Actor,
    permit: &Permit,
    what: &str,
    children: impl IntoIterator<Item = &'a str>,
) -> Result<()> {
    note_lists(app, actor, permit, &[(what, children.into_iter().collect())]).await
}

/// As [`note`], for the children of the lists of one page, each with its word: all of them in one write.
pub(crate) async fn note_lists(app: &App, actor: &Actor, permit: &Permit, lists: &[(&str, Vec<&str>)]) -> Result<()> {
    let now = app.now_us();
    let who = actor.session.clone() + &permit.person;
    let mut unseen: Vec<(String, String)> = Vec::new();
    let mut looks: Vec<NewLook> = Vec::new();
    {
        let noted = app.noted.lock().unwrap_or_else(PoisonError::into_inner);
        let mut once = HashSet::new();
        for (what, child) in lists.iter().flat_map(|(what, children)| children.iter().map(move |child| (*what, *child)))
        {
            let key = (who.clone(), format!("{what} {child}"));
            let seen = noted.get(&key).is_some_and(|at| (0..ONE_READING_US).contains(&(now - at)));
            if !seen && once.insert((what, child)) {
                looks.push(look(actor, Some(child), what, Class::Ordinary.word().into()));
                unseen.push(key);
            }
        }
    }
    app.store.look(&looks, now).await?;
    // Only now: two pages at once are rather noted twice than shown before one of them is.
    let mut noted = app.noted.lock().unwrap_or_else(PoisonError::into_inner);
    if noted.len() > REMEMBERED {
        noted.clear();
    }
    noted.extend(unseen.into_iter().map(|key| (key, now)));
    Ok(())
}

/// Writes that something was refused.
pub(crate) async fn refused(app: &App, actor: &Actor, child: &str, verb: Verb) -> Result<()> {
    let what = match verb {
        Verb::See => "see",
        Verb::Record => "record",
        Verb::Correct => "correct",
        Verb::Do(act) => act.word(),
    };
    // What nobody has a record of is not kept by a name that anybody can make up.
    let child = if child.is_empty() || !app.store.is_child(child).await? { None } else { Some(child) };
    let look = NewLook { purpose: what.into(), ..look(actor, child, "refused", String::new()) };
    app.store.look(&[look], app.now_us()).await?;
    Ok(())
}

/// Writes that somebody signed in.
pub async fn signed_in(app: &App, actor: &Actor) -> Result<()> {
    app.store.look(&[look(actor, None, "sign-in", String::new())], app.now_us()).await?;
    Ok(())
}

/// Writes that a sign-in failed. `person` is the account that was tried, if there is one: what was typed is not kept, it may be a password.
pub async fn failed_sign_in(app: &App, person: &str) -> Result<()> {
    let actor = Actor { person: person.into(), ..Actor::default() };
    app.store.look(&[look(&actor, None, "sign-in failed", String::new())], app.now_us()).await?;
    Ok(())
}

/// Writes that somebody breaks the glass, before they see anything.
pub(crate) async fn broke_glass(app: &App, actor: &Actor, child: &str) -> Result<()> {
    let look = NewLook { purpose: "break-glass".into(), ..look(actor, Some(child), "glass", String::new()) };
    app.store.look(&[look], app.now_us()).await?;
    Ok(())
}
