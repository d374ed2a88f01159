//! Withdraws an entry: it does not count any more, and is still there to be read.

use super::Recorded;
use super::hold::may;
use super::outcome::recorded;
use super::remark::{about, place};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{again, append, hangs_together, open, row};
use crate::lens::lens;
use crate::refused::{Refused, Result};
use crate::relation::tell;
use casebook::command::WITHDRAWN;
use policy::Act;
use std::collections::BTreeSet;
use store::NewRow;
use views::Written;

/// Why somebody withdraws an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Why<'a> {
    /// A word of the list.
    pub word: &'a str,
    /// In their words.
    pub words: &'a str,
    /// The mark of what they read of what it changes.
    pub read: &'a str,
}

impl<'a> From<(&'a str, &'a str)> for Why<'a> {
    fn from((word, words): (&'a str, &'a str)) -> Why<'a> {
        Why { word, words, read: "" }
    }
}

/// Withdraws an entry of a child's record, with a reason from the list and in words. The same key again gives the first answer.
pub async fn withdraw(
    app: &App,
    actor: &Actor,
    child: &str,
    version: i64,
    entry: &str,
    why: impl Into<Why<'_>>,
    key: &str,
) -> Result<Recorded> {
    let opened = open(app, actor, child, Verb::Correct).await?;
    if let Some(done) = again(app, &opened, key).await? {
        return Ok(recorded(&lens(app, actor), done));
    }
    let why = why.into();
    let reason = WITHDRAWN.reason(why.word, why.words).map_err(Refused::Invalid)?;
    opened.seen.in_force(entry).ok_or(Refused::NotFound)?;
    let written = may(app, actor, &opened, entry, Act::Withdraw).await?;
    // A withdrawal has the event of what it withdraws, and none of its fields; so neither is written.
    let withdrawal = about(app, actor, entry, "withdrawn", Some(reason));
    let id = app.new_id();
    let row = row(app, actor, &id, app.now(), withdrawal);
    hangs_together(app, actor, &opened, std::slice::from_ref(&row), (version, why.read)).await?;
    let done = recorded(&lens(app, actor), append(app, actor, opened, version, &[row], key).await?);
    told(app, actor, &written, &place(child, &done)).await?;
    Ok(done)
}

/// The row that withdraws what was written of itself with something else that never was.
pub(crate) fn with_it(app: &App, actor: &Actor, entry: &str, words: &str) -> NewRow {
    let reason = format!("{}. {words}", WITHDRAWN.list[0].1);
    row(app, actor, &app.new_id(), app.now(), about(app, actor, entry, "withdrawn", Some(reason)))
}

/// The author and the managers of the author's agency hear of every withdrawal, but for whoever did it.
pub(super) async fn told(app: &App, actor: &Actor, written: &Written, link: &str) -> Result<()> {
    let all = app.store.posted(&written.agency, app.now_us()).await?;
    let author = written.person.to_string();
    let managers = all.into_iter().filter(|p| app.policies.roles().is_manager(&p.role)).map(|p| p.id);
    let managers: BTreeSet<String> = managers.filter(|one| *one != author && *one != actor.person).collect();
    let author = Some(author).filter(|one| *one != actor.person);
    tell(app, author, &format!("{} withdrew your entry.", actor.name), link).await?;
    tell(app, managers, &format!("{} withdrew an entry of your agency.", actor.name), link).await
}
