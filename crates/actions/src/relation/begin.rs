//! Begins and ends a relation of an agency to a child.

use super::reason;
use crate::app::App;
use crate::authorise::{Actor, Verb, authorise};
use crate::refused::{Refused, Result};
use casebook::command::FieldProblem;
use policy::{Act, Tie};
use store::Relation;

/// So long an old home, school or service still sees what it owes.
pub(crate) const GRACE_US: i64 = 14 * 24 * 60 * 60 * 1_000_000;

/// The kinds that somebody may choose.
const KINDS: [Tie; 9] = [
    Tie::Placement,
    Tie::Allocation,
    Tie::Lead,
    Tie::Host,
    Tie::Plan,
    Tie::Panel,
    Tie::Review,
    Tie::School,
    Tie::Joined,
];

/// What an agency may be to a child: word and what people read.
pub fn kinds() -> Vec<(&'static str, &'static str)> {
    KINDS.iter().map(|tie| (tie.word(), super::list::words(*tie))).collect()
}

/// Relates an agency to a child from now on. The same key again does nothing.
pub async fn begin(
    app: &App,
    actor: &Actor,
    child: &str,
    agency: &str,
    kind: &str,
    why: &str,
    key: &str,
) -> Result<()> {
    let permit = authorise(app, actor, Verb::Do(Act::Relate), Some(child)).await?;
    let reason = reason(why)?;
    let kind = KINDS.into_iter().find(|tie| tie.word() == kind);
    let known = app.store.agencies().await?.iter().any(|a| a.id == agency);
    let (Some(kind), true) = (kind, known) else {
        let field = if known { "kind" } else { "agency" };
        return Err(Refused::Invalid(vec![FieldProblem::new(
            field,
            "Choose which agency it is, and what it does for the child",
        )]));
    };
    let now = app.now_us();
    let relation = Relation {
        id: format!("{}:{key}", permit.child),
        child_id: permit.child,
        agency_id: Some(agency.into()),
        kind: kind.word().into(),
        from_us: now,
        reason,
        made_by: permit.person,
        made_us: now,
        ..Relation::default()
    };
    app.store.relate(&relation).await?;
    Ok(())
}

/// Ends a relation now. For a while the agency still sees what it owes.
pub async fn end(app: &App, actor: &Actor, child: &str, relation: &str) -> Result<()> {
    let permit = authorise(app, actor, Verb::Do(Act::Relate), Some(child)).await?;
    let relations = app.store.relations_of_child(&permit.child).await?;
    let one = relations.iter().find(|r| r.id == relation && r.kind != Tie::Barred.word()).ok_or(Refused::NotFound)?;
    if let Some(agency) = &one.agency_id {
        keep_those_who_look(app, &permit.child, agency).await?;
    }
    let now = app.now_us();
    app.store.unrelate(&one.id, now, GRACE_US, &permit.person, now).await?;
    Ok(())
}

/// Those who look for a child who is missing are not shut out: neither by ending what they are to the child, nor by a bar.
pub(super) async fn keep_those_who_look(app: &App, child: &str, agency: &str) -> Result<()> {
    let looks = match app.store.agency(agency).await? {
        Some((agency, _)) => app.policies.roles().joins_at_first_episode(&agency.kind),
        None => false,
    };
    let missing = app.store.episodes_of_child(child).await?.iter().any(|episode| episode.ended_us.is_none());
    if looks && missing {
        let why = "The child is missing, and this agency looks for the child: it stays until the child is back. To keep one \
                   person out, bar the person.";
        return Err(Refused::NotAllowed(why.into()));
    }
    Ok(())
}
