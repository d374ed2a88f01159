//! Acknowledges an alert: somebody has seen it. The duty stays until it is done.

use crate::app::App;
use crate::authorise::{Actor, Verb, authorise};
use crate::refused::{Refused, Result};

/// Notes that this person has seen an alert. Whoever was first stays noted.
pub async fn acknowledge(app: &App, actor: &Actor, alert: &str) -> Result<()> {
    // Before anything is looked up: who runs the system learns of no alert.
    authorise(app, actor, Verb::List, None).await?;
    let id: i64 = alert.parse().map_err(|_| Refused::NotFound)?;
    let alert = app.store.alert(id).await?.ok_or(Refused::NotFound)?;
    // Of a child that is not theirs a person learns nothing, not even that there is an alert.
    let permit = authorise(app, actor, Verb::Acknowledge, Some(&alert.child_id)).await;
    let permit = permit
        .map_err(|refused| if matches!(refused, Refused::NotAllowed(_)) { Refused::NotFound } else { refused })?;
    app.store.acknowledge(id, &permit.person, app.now_us()).await?;
    Ok(())
}
