//! Holds a record, lifts that; says that it may go, takes that back; and the second who says so lets it go.

use super::show::decided;
use super::{HOLD, RELEASE};
use crate::app::App;
use crate::authorise::{Actor, Permit, Verb, authorise};
use crate::case::let_go;
use crate::refused::{Refused, Result};
use crate::relation::{guardians_of, reason, tell};
use casebook::command::FieldProblem;
use policy::Act;
use serde_json::json;
use store::Keeping;

async fn permit(app: &App, actor: &Actor, child: &str) -> Result<Permit> {
    authorise(app, actor, Verb::Do(Act::LetGo), Some(child)).await
}

fn said(app: &App, permit: &Permit, kind: &str, reason: String, key: &str) -> Keeping {
    Keeping {
        id: format!("{}:{key}", permit.child),
        child_id: permit.child.clone(),
        kind: kind.into(),
        reason,
        by_person: permit.person.clone(),
        at_us: app.now_us(),
        ..Keeping::default()
    }
}

/// Holds a record beyond its time. Whoever said that it may go is told.
pub async fn hold(app: &App, actor: &Actor, child: &str, why: &str, key: &str) -> Result<()> {
    let permit = permit(app, actor, child).await?;
    let one = said(app, &permit, HOLD, reason(why)?, key);
    app.store.keeping_put(&one).await?;
    let now = app.now_us();
    for released in app.store.keepings_of_child(&permit.child).await? {
        let stands = released.kind == RELEASE && released.ended_us.is_none();
        if stands
            && app.store.keeping_end(&released.id, &permit.person, "It is held", now).await?
            && released.by_person != actor.person
        {
            let says = "A record that you said may go is held. Look at why.";
            tell(app, [released.by_person], says, &address(&permit)).await?;
        }
    }
    Ok(())
}

/// Lifts a hold. Whoever held it is told.
pub async fn lift(app: &App, actor: &Actor, child: &str, id: &str, why: &str) -> Result<()> {
    let permit = permit(app, actor, child).await?;
    let why = reason(why)?;
    let by = end(app, &permit, (HOLD, id), &why).await?;
    if by == actor.person {
        return Ok(());
    }
    tell(app, [by], &format!("{} lifted your hold of a record. Look at why.", actor.name), &address(&permit)).await
}

/// Takes back that a record may go.
pub async fn take_back(app: &App, actor: &Actor, child: &str, id: &str) -> Result<()> {
    let permit = permit(app, actor, child).await?;
    end(app, &permit, (RELEASE, id), "").await.map(drop)
}

/// Ends what somebody said, and gives who that was.
async fn end(app: &App, permit: &Permit, (kind, id): (&str, &str), why: &str) -> Result<String> {
    let said = decided(app, permit).await?.said;
    let one = said.into_iter().find(|one| one.kind == kind && one.id == id).ok_or(Refused::NotFound)?;
    app.store.keeping_end(&one.id, &permit.person, why, app.now_us()).await?;
    Ok(one.by_person)
}

/// Says that a record may go. The second person who says so, from a page that showed them the first (`seen`, its id), lets it go: true then.
pub async fn release(app: &App, actor: &Actor, child: &str, why: &str, seen: &str, key: &str) -> Result<bool> {
    let permit = permit(app, actor, child).await?;
    let reason = reason(why)?;
    let decided = decided(app, &permit).await?;
    let Some(first) = decided.release() else {
        if !decided.near || decided.held || decided.stays.open {
            return Err(Refused::NotAllowed(decided.stopped.join(" ")));
        }
        let now = app.now_us();
        for old in decided.said.iter().filter(|one| one.kind == RELEASE && one.ended_us.is_none()) {
            app.store.keeping_end(&old.id, &permit.person, "More was recorded since", now).await?;
        }
        app.store.keeping_put(&said(app, &permit, RELEASE, reason, key)).await?;
        let mut told = guardians_of(app, &permit.child).await?;
        told.remove(&actor.person);
        let says = format!("{} says that a record may be let go. It takes a second person.", actor.name);
        tell(app, told, &says, &address(&permit)).await?;
        return Ok(false);
    };
    // The same press again is the first one still.
    if first.id == format!("{}:{key}", permit.child) {
        return Ok(false);
    }
    let refuse = |says: String| Err(Refused::Invalid(vec![FieldProblem::new("reason", says)]));
    if first.by_person == actor.person {
        return Err(Refused::NotAllowed("You said so already. A second person has to say it as well.".into()));
    }
    if !decided.stopped.is_empty() {
        return Err(Refused::NotAllowed(decided.stopped.join(" ")));
    }
    let one = app.store.person(&first.by_person).await?.map(|person| person.name).unwrap_or_default();
    if first.id != seen {
        return refuse(format!(
            "{one} has said so meanwhile, and yours would erase the record: read why, and press again"
        ));
    }
    let kept = &decided.stays.kept;
    let kinds: Vec<_> = kept.iter().map(|one| format!("{} ({}; {})", one.says, one.counted, one.law)).collect();
    let says = format!("{one} and {} decided. {}.", permit.name, kinds.join(". "));
    // Why, in their own words, goes with the record: it may name the child.
    let by = [&first.by_person, &permit.person];
    let_go(app, &permit, &json!({ "says": says, "by": by }), key).await?;
    Ok(true)
}

fn address(permit: &Permit) -> String {
    format!("/children/{}/retention", permit.child)
}
