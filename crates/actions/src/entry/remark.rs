//! What is said about an entry that stands: it is disputed, or, where it was told on somebody's behalf, confirmed by that side, or
//! accepted by a manager where that side does not use Whereabouts. Nothing of the entry changes.

use super::hold::may;
use super::{Recorded, recorded};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{again, append, open, row};
use crate::lens::lens;
use crate::refused::{Refused, Result};
use crate::relation::{reason, tell};
use policy::Act;
use serde_json::{Map, Value, json};

/// Disputes an entry, in one's own words. Both stand, and whoever wrote it is told.
pub async fn dispute(
    app: &App,
    actor: &Actor,
    child: &str,
    version: i64,
    entry: &str,
    why: &str,
    key: &str,
) -> Result<Recorded> {
    let words = reason(why)?;
    let (done, author) = remark(app, actor, (child, entry), version, Act::Dispute, Some(words), key).await?;
    if let Some(author) = author.filter(|author| *author != actor.person) {
        tell(app, [author], "Somebody disputes an entry of yours.", &place(child, &done)).await?;
    }
    Ok(done)
}

/// The page on which an entry is.
pub(super) fn place(child: &str, done: &Recorded) -> String {
    match &done.episode {
        Some(episode) => format!("/children/{child}/episodes/{episode}"),
        None => format!("/children/{child}"),
    }
}

/// Confirms an entry that was told on behalf of one's own side, or accepts one of a side that does not use Whereabouts. From then on it
/// counts as that side's own.
pub async fn confirm(app: &App, actor: &Actor, child: &str, version: i64, entry: &str, key: &str) -> Result<Recorded> {
    Ok(remark(app, actor, (child, entry), version, Act::Confirm, None, key).await?.0)
}

/// Appends a remark; gives the author of the entry as well, unless it was made before.
async fn remark(
    app: &App,
    actor: &Actor,
    (child, entry): (&str, &str),
    version: i64,
    act: Act,
    words: Option<String>,
    key: &str,
) -> Result<(Recorded, Option<String>)> {
    let opened = open(app, actor, child, Verb::Correct).await?;
    if let Some(done) = again(app, &opened, key).await? {
        return Ok((recorded(&lens(app, actor), done), None));
    }
    opened.seen.in_force(entry).ok_or(Refused::NotFound)?;
    let written = may(app, actor, &opened, entry, act).await?;
    let json = about(app, actor, entry, if act == Act::Dispute { "disputed" } else { "confirmed" }, words);
    let id = app.new_id();
    let row = row(app, actor, &id, app.now(), json);
    let done = append(app, actor, opened, version, &[row], key).await?;
    Ok((recorded(&lens(app, actor), done), Some(written.person.to_string())))
}

/// What is said about an entry, as a row has it: that it is so, not so, or withdrawn. It has no event and no fields of its own.
pub(super) fn about(app: &App, actor: &Actor, entry: &str, says: &str, words: Option<String>) -> Map<String, Value> {
    let mut json = Map::new();
    json.insert("corrects".into(), json!(entry));
    json.insert(says.into(), json!(true));
    if app.rules.vocabulary().role(&actor.role).is_some() {
        json.insert("by".into(), json!(actor.role));
    }
    json.insert("by_name".into(), json!(actor.name));
    if let Some(words) = words {
        json.insert("note".into(), json!(words));
    }
    json
}
