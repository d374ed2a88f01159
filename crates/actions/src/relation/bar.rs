//! Says who must not see a child, and lifts it. It beats whatever else they are to the child.

use super::{guardians_of, reason, tell};
use crate::app::App;
use crate::authorise::{Actor, Verb, authorise};
use crate::refused::{Refused, Result};
use casebook::command::FieldProblem;
use policy::{Act, Tie};
use store::Relation;

/// Who must not see.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whom<'a> {
    /// A person, by id.
    Person(&'a str),
    /// Everybody of an agency, by its id.
    Agency(&'a str),
}

/// Bars somebody. The same key again does nothing.
pub async fn bar(app: &App, actor: &Actor, child: &str, whom: Whom<'_>, why: &str, key: &str) -> Result<()> {
    let permit = authorise(app, actor, Verb::Do(Act::Bar), Some(child)).await?;
    let reason = reason(why)?;
    let (person, agency) = match whom {
        Whom::Person(id) => (app.store.person(id).await?.map(|p| p.id), None),
        Whom::Agency(id) => (None, app.store.agencies().await?.into_iter().find(|a| a.id == id).map(|a| a.id)),
    };
    let own = agency.as_deref() == Some(&actor.agency) || person.as_deref() == Some(&actor.person);
    if person.is_none() && agency.is_none() || own {
        let says =
            if own { "Choose somebody else than yourself or your own agency" } else { "Choose who must not see" };
        return Err(Refused::Invalid(vec![FieldProblem::new("whom", says)]));
    }
    if let Some(agency) = &agency {
        super::begin::keep_those_who_look(app, &permit.child, agency).await?;
    }
    let now = app.now_us();
    let relation = Relation {
        id: format!("{}:{key}", permit.child),
        child_id: permit.child,
        agency_id: agency,
        person_id: person,
        kind: Tie::Barred.word().into(),
        from_us: now,
        reason,
        made_by: permit.person,
        made_us: now,
        ..Relation::default()
    };
    // A bar counts at once; those who guard the record see that there is one, and can lift what should not be.
    let mut told = guardians_of(app, &relation.child_id).await?;
    told.remove(&actor.person);
    told.retain(|person| relation.person_id.as_ref() != Some(person));
    app.store.relate(&relation).await?;
    let link = format!("/children/{}/relations", relation.child_id);
    tell(app, told, "Somebody was barred from a child's record. Look at why.", &link).await
}

/// Lifts it.
pub async fn unbar(app: &App, actor: &Actor, child: &str, relation: &str) -> Result<()> {
    let permit = authorise(app, actor, Verb::Do(Act::Bar), Some(child)).await?;
    let relations = app.store.relations_of_child(&permit.child).await?;
    let one = relations.iter().find(|r| r.id == relation && r.kind == Tie::Barred.word()).ok_or(Refused::NotFound)?;
    let now = app.now_us();
    app.store.unrelate(&one.id, now, 0, &permit.person, now).await?;
    Ok(())
}
