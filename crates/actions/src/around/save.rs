//! Writes what was answered about somebody around the child.

use super::answer::read;
use super::{About, last};
use crate::app::App;
use crate::authorise::{Actor, Permit, Verb};
use crate::case::{Kept, again, open};
use crate::kept;
use crate::refused::Result;
use casebook::command::Answers;
use policy::{Act, Class};
use store::RowKind;

/// Saves a change, on the record as it was at the version of the page. The same key again does nothing.
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
    let permit = &opened.permit;
    asks_to_change(actor, permit)?;
    let rows = opened.kept();
    if let About::Correct(id) = about
        && !may_correct(app, actor, permit, &rows, id).await?
    {
        return Err(kept::only_theirs());
    }
    let before = kept::before(&opened, RowKind::Person, about, about.of().and_then(|id| last(&rows, id)))?;
    let row = read(app, about, answers, permit.may.see.has(Class::Whereabouts), before)?;
    kept::write(app, actor, opened, (RowKind::Person, about), row, (version, key)).await
}

/// May they say who is around the child?
pub(super) fn may_change(permit: &Permit) -> bool {
    permit.keeps(Class::Ordinary) && permit.may.see.has(Class::Ordinary)
}

/// Refuses whoever may not say who is around the child.
pub(super) fn asks_to_change(actor: &Actor, permit: &Permit) -> Result<()> {
    if may_change(permit) {
        return Ok(());
    }
    Err(kept::not_theirs_to_record(actor))
}

/// May they put right what is said of somebody?
pub(super) async fn may_correct(app: &App, actor: &Actor, permit: &Permit, kept: &[Kept], id: &str) -> Result<bool> {
    kept::mends(app, actor, permit, may_change(permit), last(kept, id)).await
}
