//! Acknowledges an alert: somebody has seen it. The duty stays until it is done, and then the alert clears itself.

use crate::app::App;
use crate::authorise::{Actor, Verb, authorise};
use crate::lens::lens;
use crate::looks;
use crate::refused::{Refused, Result};
use policy::Act;
use views::seen_to::apart;

/// Notes that this person has seen an alert of theirs, or of those whom they manage. Whoever was first stays noted.
pub async fn acknowledge(app: &App, actor: &Actor, alert: &str) -> Result<()> {
    // Before anything is looked up: who runs the system learns of no alert.
    authorise(app, actor, Verb::Do(Act::List), None).await?;
    let id: i64 = alert.parse().map_err(|_| Refused::NotFound)?;
    let alert = app.store.alert(id).await?.ok_or(Refused::NotFound)?;
    // Of a child that is not theirs a person learns nothing, not even that there is an alert.
    let permit = authorise(app, actor, Verb::Do(Act::Acknowledge), Some(&alert.child_id)).await;
    let permit = permit
        .map_err(|refused| if matches!(refused, Refused::NotAllowed(_)) { Refused::NotFound } else { refused })?;
    let (lens, roles) = (lens(app, actor), app.policies.roles());
    let theirs = |owner: &str| lens.is_own(Some(owner)) || roles.manages(&actor.role, apart(owner).0);
    let theirs = alert.owner.as_deref().is_none_or(theirs);
    if !theirs {
        looks::refused(app, actor, &permit.child, Verb::Do(Act::Acknowledge)).await?;
        return Err(Refused::NotAllowed("This alert is for whoever the duty belongs to, or their manager.".into()));
    }
    app.store.acknowledge(id, &permit.person, app.now_us()).await?;
    Ok(())
}
