//! Puts a picture beside a child's record, to be looked at and then named by an entry.

use super::picture::{make, too_large};
use crate::app::App;
use crate::authorise::{Actor, Verb, authorise};
use crate::refused::{Refused, Result};
use casebook::command::FieldProblem;
use policy::Act;

/// The field that the picture is sent in.
pub const FIELD: &str = "photograph";

/// A picture that was put, and the event by which it is put on the record.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Put {
    /// The picture.
    pub id: String,
    /// The event whose entry names it.
    pub event: String,
}

/// Puts a picture. `None` is a file that was too large to be read to its end. What no entry names within a day is cleared away.
///
/// # Errors
/// That it cannot be used, and why.
pub async fn put(app: &App, actor: &Actor, child: &str, sent: Option<Vec<u8>>) -> Result<Put> {
    let permit = authorise(app, actor, Verb::Do(Act::Keep), Some(child)).await?;
    let invalid = |why: String| Refused::Invalid(vec![FieldProblem::new(FIELD, why)]);
    let sent = sent.ok_or_else(|| invalid(too_large()))?;
    // The semaphore is never closed; were it, pictures would be made all the same.
    let turn = app.picturing.clone().acquire_owned().await.ok();
    let made = tokio::task::spawn_blocking(move || {
        // The turn ends when the picture is made, also where nobody waits for it any more.
        let _turn = turn;
        make(&sent)
    });
    let made = made.await;
    let made = made.map_err(|broken| {
        tracing::error!(%broken, "a picture");
        invalid("The picture cannot be opened. Choose another".into())
    })?;
    let photograph = made.map_err(invalid)?.photograph(app.now_us(), &permit.person);
    app.store.photograph_put(&permit.child, &photograph).await?;
    let vocabulary = app.rules.vocabulary();
    let event = vocabulary
        .events
        .iter()
        .find(|event| event.photograph().is_some())
        .map(|event| event.id.clone())
        .ok_or(Refused::NotFound)?;
    Ok(Put { id: photograph.id, event })
}
