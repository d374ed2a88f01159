//! Writes what was answered about a place.

use super::answer::read;
use super::{About, last, rows};
use crate::app::App;
use crate::around::people;
use crate::authorise::{Actor, Permit, Verb};
use crate::case::{again, open};
use crate::kept;
use crate::refused::Result;
use casebook::command::Answers;
use policy::{Act, Class};
use store::RowKind;

/// Saves a change, on the record as it was at the version of the page. The same key again does nothing.
///
/// # Errors
/// What is wrong with the answers; `NotAllowed` for whoever does not say where the child goes, or puts right what others wrote.
pub async fn save(
    app: &App,
    actor: &Actor,
    child: &str,
    version: i64,
    about: &About,
    answers: &Answers,
    key: &str,
) -> Result<()> {
    let opened = open(app, actor, child, Verb::Do(Act::Keep)).await?;
    if again(app, &opened, key).await?.is_some() {
        return Ok(());
    }
    if !may_change(&opened.permit, opened.sees_places()) {
        return Err(kept::not_theirs_to_record(actor));
    }
    let rows = opened.kept();
    let last = about.of().and_then(|id| last(&rows, id));
    if about.corrects() && !kept::mends(app, actor, &opened.permit, true, last).await? {
        return Err(kept::only_theirs());
    }
    let before = kept::before(&opened, RowKind::Place, about, last)?;
    let row = read(app, about, answers, &people(&rows), before)?;
    kept::write(app, actor, opened, (RowKind::Place, about), row, (version, key)).await
}

/// May they say where the child goes? `sees`: they see the child's places.
pub(super) fn may_change(permit: &Permit, sees: bool) -> bool {
    sees && permit.keeps(Class::Whereabouts)
}

/// Is there such a place, to these eyes?
pub(super) fn is_there(kept: &[crate::case::Kept], id: &str) -> bool {
    !rows(kept, id).is_empty()
}
