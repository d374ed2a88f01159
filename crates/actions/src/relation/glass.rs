//! Breaks the glass: somebody who has no relation to a child sees what keeps the child safe, for an hour, with the reason in their own
//! words; the guardians of both agencies are told at once, and one of them says afterwards whether it was right.

use super::{guardians, reason, tell};
use crate::app::App;
use crate::authorise::{Actor, Verb, authorise, ties};
use crate::looks;
use crate::refused::{Refused, Result};
use policy::{Act, Answers as _, Tie};
use store::{Relation, Request};

/// So long it lasts.
pub const MINUTES: i64 = 60;

/// Breaks the glass. The same key again does nothing. Whoever has access by other means by now needs no glass, and breaks none.
pub async fn break_glass(app: &App, actor: &Actor, child: &str, why: &str, key: &str) -> Result<()> {
    let permit = authorise(app, actor, Verb::Do(Act::BreakGlass), Some(child)).await?;
    let reason = reason(why)?;
    if !super::ask::is_there(app, actor, &permit.child).await? {
        return Err(crate::refused::not_related());
    }
    if !app.policies.may(&actor.role, ties(app, actor, &permit.child).await?).see.is_empty() {
        return Ok(());
    }
    let now = app.now_us();
    let until = now + MINUTES * 60_000_000;
    let request = Request {
        id: format!("{}:{key}", actor.person),
        child_id: permit.child.clone(),
        person_id: permit.person.clone(),
        agency_id: actor.agency.clone(),
        kind: "glass".into(),
        reason: reason.clone(),
        at_us: now,
        until_us: until,
        ..Request::default()
    };
    let relation = Relation {
        id: format!("glass:{}", request.id),
        child_id: permit.child.clone(),
        person_id: Some(permit.person.clone()),
        kind: Tie::Glass.word().into(),
        from_us: now,
        until_us: Some(until),
        reason,
        made_by: permit.person.clone(),
        made_us: now,
        ..Relation::default()
    };
    looks::broke_glass(app, actor, &permit.child).await?;
    app.store.request_put(&request, Some(&relation)).await?;
    let mut agencies = vec![actor.agency.clone()];
    agencies.extend(app.store.agencies_of_child(&permit.child).await?.into_iter().map(|a| a.id));
    let agencies: Vec<&str> = agencies.iter().map(String::as_str).collect();
    let mut told = guardians(app, &agencies).await?;
    told.remove(&actor.person);
    let says = format!(
        "{} ({}) broke the glass to see a child's record. Look at why, and say whether it was right.",
        actor.name, actor.agency_name
    );
    tell(app, told, &says, &format!("/children/{}/relations", permit.child)).await
}

/// What a review may come to.
pub const OUTCOMES: [(&str, &str); 3] = [
    ("right", "It was right"),
    ("not-needed", "It was not needed, in good faith"),
    ("wrong", "It was wrong, and is followed up"),
];

/// Says afterwards whether breaking the glass was right. Nobody reviews themselves; the first review stands.
pub async fn review(app: &App, actor: &Actor, child: &str, request: &str, outcome: &str, words: &str) -> Result<()> {
    let permit = authorise(app, actor, Verb::Do(Act::Review), Some(child)).await?;
    let glass = app.store.request(request).await?.filter(|r| r.child_id == permit.child && r.kind == "glass");
    let glass = glass.ok_or(Refused::NotFound)?;
    if glass.person_id == permit.person {
        return Err(Refused::NotAllowed("Somebody else reviews what you did.".into()));
    }
    let known = OUTCOMES.iter().any(|(word, _)| *word == outcome);
    if !known {
        let problem = casebook::command::FieldProblem::new("outcome", "Choose what the review comes to");
        return Err(Refused::Invalid(vec![problem]));
    }
    let words = reason(words)?;
    let answered = Request {
        answer: Some(outcome.into()),
        words: Some(words),
        answered_by: Some(permit.person),
        answered_us: Some(app.now_us()),
        ..glass
    };
    if app.store.request_answer(&answered, None).await? {
        tell(app, [answered.person_id], "Somebody reviewed why you broke the glass.", "/").await?;
    }
    Ok(())
}
