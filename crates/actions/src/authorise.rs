//! The one seam at which it is decided who may do what. Every action and every query comes through here, and what is read of a child
//! is written to the access log here, before it is shown.

use crate::app::App;
use crate::refused::{Refused, Result, not_related};
use store::Scope;

/// Somebody who is signed in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Actor {
    /// The person's id.
    pub person: String,
    /// The name.
    pub name: String,
    /// The role, in the vocabulary's word.
    pub role: String,
    /// The role's name.
    pub role_name: String,
    /// The agency's id.
    pub agency: String,
    /// The agency's name.
    pub agency_name: String,
    /// Sees every child of the area.
    pub sees_all: bool,
    /// May see children at all.
    pub sees_children: bool,
    /// The post that they work in now.
    pub post: String,
    /// Every post that they hold now. `role` and `agency` are those of the one that they work in.
    pub posts: Vec<store::HeldPost>,
}

/// What somebody wants to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// See lists of the children of one's agency: home, board, alerts, search.
    List,
    /// See a child's record: the child, an episode, why a duty is due, a form filled from the record.
    See,
    /// Record what happened.
    Record,
    /// Correct or withdraw what was recorded.
    Correct,
    /// Report the child missing.
    Report,
    /// Open the record of a child.
    Create,
    /// Acknowledge an alert.
    Acknowledge,
}

/// That somebody may do something. Only [`authorise`] makes one; what loads or writes a record asks for it.
#[derive(Clone, Debug)]
pub struct Permit {
    /// Whose children are meant.
    pub(crate) scope: Scope,
    /// The child, where it is about one.
    pub(crate) child: String,
    /// Who.
    pub(crate) person: String,
}

/// May this person do this, to this child? Each person sees the children that their agency is related to; who runs the system sees none.
pub(crate) async fn authorise(app: &App, actor: &Actor, verb: Verb, child: Option<&str>) -> Result<Permit> {
    if !actor.sees_children {
        return Err(Refused::NotAllowed(format!(
            "You are signed in as {}, and do not see children or their records.",
            actor.role_name
        )));
    }
    let scope = Scope { agency: actor.agency.clone(), relation_to_all: actor.sees_all };
    let child = match (verb, child) {
        (Verb::List | Verb::Create, _) => "",
        (_, Some(child)) if app.store.is_related(&scope, child).await? => child,
        _ => return Err(not_related()),
    };
    Ok(Permit { scope, child: child.into(), person: actor.person.clone() })
}

/// Writes to the access log that a child's record is read. Where it cannot be written, nothing is shown.
pub(crate) async fn note(app: &App, permit: &Permit, what: &str) -> Result<()> {
    app.store.log_access(&permit.person, &permit.child, what, app.now_us()).await?;
    Ok(())
}

/// So long is a list that draws itself again one reading of each child on it.
const ONE_READING_US: i64 = 15 * 60 * 1_000_000;
/// So many readings are remembered at most; the log is then written more often, never less.
const REMEMBERED: usize = 100_000;

/// As [`note`], for the children of a list.
pub(crate) async fn note_list<'a>(
    app: &App,
    permit: &Permit,
    what: &str,
    children: impl IntoIterator<Item = &'a str>,
) -> Result<()> {
    let now = app.now_us();
    let mut unseen: Vec<String> = Vec::new();
    {
        let mut noted = app.noted.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if noted.len() > REMEMBERED {
            noted.clear();
        }
        for child in children {
            let key = (permit.person.clone(), format!("{what} {child}"));
            let seen = noted.get(&key).is_some_and(|at| (0..ONE_READING_US).contains(&(now - at)));
            if !seen && !unseen.iter().any(|c| c == child) {
                unseen.push(child.to_string());
                noted.insert(key, now);
            }
        }
    }
    for (n, child) in unseen.iter().enumerate() {
        if let Err(error) = app.store.log_access(&permit.person, child, what, now).await {
            // What was not written has to be written the next time.
            let mut noted = app.noted.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            unseen[n..].iter().for_each(|c| _ = noted.remove(&(permit.person.clone(), format!("{what} {c}"))));
            return Err(error.into());
        }
    }
    Ok(())
}
