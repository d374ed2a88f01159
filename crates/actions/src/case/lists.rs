//! Lists beside the chronology: worked out again and compared, and made anew.

use super::derive::{ChildBase, derive};
use super::whole::Whole;
use crate::app::{App, micros};
use crate::refused::Result;
use serde_json::Value;
use std::sync::Arc;
use store::{Derived, OnLists, RowKind};

/// What came of comparing the lists of a child.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Compared {
    /// They are what the chronology gives.
    Same,
    /// Time has changed them, and the worker has not yet made them again.
    Waiting,
    /// They are not.
    Differs(String),
}

/// Compares what lists keep of a child with what its chronology gives now.
pub(crate) async fn compare(app: &App, child: &str) -> Result<Compared> {
    let mut listed = app.store.on_lists(child).await?;
    let now = app.now();
    if listed.next_change_us.is_some_and(|next| next <= micros(now)) {
        return Ok(Compared::Waiting);
    }
    let local = crate::setting::local_text(app).await?;
    Ok(match derived(app, &mut listed, local, now) {
        Ok(derived) => app.store.differs(&listed, &derived, micros(now))?.map_or(Compared::Same, Compared::Differs),
        Err(why) => Compared::Differs(format!("the record cannot be read: {why}")),
    })
}

/// Makes everything anew that lists keep of a child. What cannot be read is said.
pub(crate) async fn relist(app: &App, child: &str) -> Result<std::result::Result<(), String>> {
    loop {
        let mut listed = app.store.on_lists(child).await?;
        let local = crate::setting::local_text(app).await?;
        match derived(app, &mut listed, local, app.now()) {
            Err(why) => return Ok(Err(why)),
            // Somebody wrote meanwhile: then it is read again.
            Ok(derived) if app.store.relist(child, listed.version, &derived).await? => return Ok(Ok(())),
            Ok(_) => {}
        }
    }
}

fn derived(
    app: &App,
    listed: &mut OnLists,
    local: Arc<str>,
    now: engine::time::Moment,
) -> std::result::Result<Derived, String> {
    let rows = std::mem::take(&mut listed.rows);
    let mut people = rows.iter().rev().filter(|row| row.kind == RowKind::Person);
    let called = people.find_map(|row| name_of_child(row.payload.as_deref()?));
    // A record that does not say what the child is called has its name in the lists alone.
    let name = called.unwrap_or_else(|| listed.name.clone());
    let base = ChildBase { id: listed.child.clone(), name, agencies: listed.related.clone(), ..ChildBase::default() };
    let whole = Whole::read(&app.rules, base, rows, local)?;
    Ok(derive(&app.rules, &whole.base, &whole.file, &whole.case, now))
}

fn name_of_child(payload: &str) -> Option<String> {
    let person: Value = serde_json::from_str(payload).ok()?;
    (person.get("role")?.as_str()? == "child").then(|| person.get("name")?.as_str().map(str::to_owned)).flatten()
}
