//! Writes what was answered about something kept.

use super::{About, put};
use crate::app::App;
use crate::authorise::{Actor, Permit};
use crate::case::{Kept, Opened, append};
use crate::living::kept_row;
use crate::refused::{Refused, Result};
use policy::Act;
use serde_json::{Map, Value, json};
use store::RowKind;

/// The refusal of whoever does not record such things.
pub(crate) fn not_theirs_to_record(actor: &Actor) -> Refused {
    Refused::NotAllowed(format!("As {} you do not record this.", actor.role_name))
}

/// The refusal of whoever would put right what others wrote.
pub(crate) fn only_theirs() -> Refused {
    Refused::NotAllowed("Only those who wrote it put it right. Record what is different now instead.".into())
}

/// May they put right what a row says: as their agency wrote it, or as those who say where the child lives? `may_change`: they record such things.
pub(crate) async fn mends(
    app: &App,
    actor: &Actor,
    permit: &Permit,
    may_change: bool,
    row: Option<&Kept>,
) -> Result<bool> {
    if permit.may.acts.has(Act::Place) {
        return Ok(true);
    }
    let Some(row) = row else { return Ok(false) };
    let writer = app.store.person(&row.actor).await?.map(|person| person.agency);
    Ok(may_change && writer.as_deref() == Some(actor.agency.as_str()))
}

/// What the answers are laid over: the last row as it was written, or nothing for what is new. `last` is that row as the writer sees it.
pub(crate) fn before(opened: &Opened, kind: RowKind, about: &About, last: Option<&Kept>) -> Result<Map<String, Value>> {
    let Some(id) = about.of() else { return Ok(Map::new()) };
    last.ok_or(Refused::NotFound)?;
    opened.last(kind, id).ok_or(Refused::NotFound)
}

/// Writes a row at the version of the page, under the key of the form.
pub(crate) async fn write(
    app: &App,
    actor: &Actor,
    opened: Opened,
    (kind, about): (RowKind, &About),
    mut row: Map<String, Value>,
    (version, key): (i64, &str),
) -> Result<()> {
    row.entry("id").or_insert_with(|| json!(app.new_id()));
    let act = match about {
        About::Add => "added",
        About::Change(_) => "changed",
        About::End(_) => "ended",
        About::Correct(_) if row.contains_key("void") => "mistaken",
        About::Correct(_) => "corrected",
    };
    put(&mut row, "details.act", act);
    let row = kept_row(app, actor, kind, &row);
    append(app, actor, opened, version, &[row], key).await?;
    Ok(())
}
