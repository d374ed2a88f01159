//! Writes what was answered about somebody around the child.

use super::answer::{put, read};
use super::{About, last};
use crate::app::App;
use crate::authorise::{Actor, Permit, Verb};
use crate::case::{Kept, again, append, open};
use crate::living::kept_row;
use crate::refused::{Refused, Result};
use casebook::command::Answers;
use policy::{Act, Class};
use serde_json::{Map, json};
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
    let opened = open(app, actor, child, Verb::Record).await?;
    if again(app, &opened, key).await?.is_some() {
        return Ok(());
    }
    let permit = &opened.permit;
    asks_to_change(actor, permit)?;
    let kept = opened.kept();
    if let About::Correct(id) = about
        && !may_correct(app, actor, permit, &kept, id).await?
    {
        return Err(Refused::NotAllowed(
            "Only those who wrote it put it right. Record what is different now instead.".into(),
        ));
    }
    let before = match about.of() {
        Some(id) => {
            last(&kept, id).ok_or(Refused::NotFound)?;
            opened.last(RowKind::Person, id).ok_or(Refused::NotFound)?
        }
        None => Map::new(),
    };
    let mut row = read(app, about, answers, permit.may.see.has(Class::Whereabouts), before)?;
    row.entry("id").or_insert_with(|| json!(app.new_id()));
    let act = match about {
        About::Add => "added",
        About::Change(_) => "changed",
        About::End(_) => "ended",
        About::Correct(_) if row.contains_key("void") => "mistaken",
        About::Correct(_) => "corrected",
    };
    put(&mut row, "details.act", act);
    let row = kept_row(app, actor, RowKind::Person, &row);
    append(app, actor, opened, version, &[row], key).await?;
    Ok(())
}

/// May they say who is around the child?
pub(super) fn may_change(permit: &Permit) -> bool {
    permit.may.record.has(Class::Ordinary) && permit.may.see.has(Class::Ordinary)
}

/// Refuses whoever may not say who is around the child.
pub(super) fn asks_to_change(actor: &Actor, permit: &Permit) -> Result<()> {
    if may_change(permit) {
        return Ok(());
    }
    Err(Refused::NotAllowed(format!("As {} you do not record this.", actor.role_name)))
}

/// May they put right what is said of somebody: as their agency wrote it, or as those who say where the child lives?
pub(super) async fn may_correct(app: &App, actor: &Actor, permit: &Permit, kept: &[Kept], id: &str) -> Result<bool> {
    if permit.may.acts.has(Act::Place) {
        return Ok(true);
    }
    let Some(row) = last(kept, id) else { return Ok(false) };
    let writer = app.store.person(&row.actor).await?.map(|person| person.agency);
    Ok(may_change(permit) && writer.as_deref() == Some(actor.agency.as_str()))
}
