//! Holds a record, lifts that; says that it may go, takes that back; and the second who says so lets it go.

use super::show::{Decided, decided};
use super::{HOLD, RELEASE};
use crate::app::App;
use crate::authorise::{Actor, Permit, Verb, authorise};
use crate::case::let_go;
use crate::refused::{Refused, Result};
use crate::relation::{guardians, reason, tell};
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
            && app.store.keeping_end(&released.id, &permit.person, now).await?
            && released.by_person != actor.person
        {
            let says = "A record that you said may go is held. Look at why.";
            tell(app, [released.by_person], says, &address(&permit)).await?;
        }
    }
    Ok(())
}

/// Lifts a hold.
pub async fn lift(app: &App, actor: &Actor, child: &str, id: &str) -> Result<()> {
    end(app, actor, child, (HOLD, id)).await
}

/// Takes back that a record may go.
pub async fn take_back(app: &App, actor: &Actor, child: &str, id: &str) -> Result<()> {
    end(app, actor, child, (RELEASE, id)).await
}

async fn end(app: &App, actor: &Actor, child: &str, (kind, id): (&str, &str)) -> Result<()> {
    let permit = permit(app, actor, child).await?;
    let said = app.store.keepings_of_child(&permit.child).await?;
    let one = said.iter().find(|one| one.kind == kind && one.id == id).ok_or(Refused::NotFound)?;
    app.store.keeping_end(&one.id, &permit.person, app.now_us()).await?;
    Ok(())
}

/// Says that a record may go. The second person who says so lets it go: true then.
pub async fn release(app: &App, actor: &Actor, child: &str, why: &str, key: &str) -> Result<bool> {
    let permit = permit(app, actor, child).await?;
    let reason = reason(why)?;
    let Decided { stays, said: all, stopped, near } = decided(app, &permit).await?;
    let first = all.iter().find(|one| one.kind == RELEASE && one.ended_us.is_none());
    let Some(first) = first else {
        if !near || all.iter().any(|one| one.kind == HOLD && one.ended_us.is_none()) || stays.open {
            return Err(Refused::NotAllowed(stopped.join(" ")));
        }
        app.store.keeping_put(&said(app, &permit, RELEASE, reason, key)).await?;
        let agencies = app.store.agencies_of_child(&permit.child).await?;
        let agencies: Vec<&str> = agencies.iter().map(|agency| agency.id.as_str()).collect();
        let mut told = guardians(app, &agencies).await?;
        told.remove(&actor.person);
        let says = format!("{} says that a record may be let go. It takes a second person.", actor.name);
        tell(app, told, &says, "/retention").await?;
        return Ok(false);
    };
    // The same press again is the first one still.
    if first.id == format!("{}:{key}", permit.child) {
        return Ok(false);
    }
    if first.by_person == actor.person {
        return Err(Refused::NotAllowed("You said so already. A second person has to say it as well.".into()));
    }
    if !stopped.is_empty() {
        return Err(Refused::NotAllowed(stopped.join(" ")));
    }
    let one = app.store.person(&first.by_person).await?.map(|person| person.name).unwrap_or_default();
    let kinds: Vec<_> = stays.kept.iter().map(|one| format!("{} ({}; {})", one.says, one.counted, one.law)).collect();
    let says = format!("{one} and {} decided. {}.", permit.name, kinds.join(". "));
    let by = [&first.by_person, &permit.person];
    let_go(app, &permit, &json!({ "says": says, "by": by, "why": [first.reason.clone(), reason] }), key).await?;
    Ok(true)
}

fn address(permit: &Permit) -> String {
    format!("/children/{}/retention", permit.child)
}
