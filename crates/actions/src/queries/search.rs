//! Finding a child by name.

use super::{head, lists};
use crate::app::App;
use crate::authorise::{Actor, Permit, note_list};
use crate::lens::{framed, lens};
use crate::refused::Result;
use views::words::status;
use views::{Lens, SearchPage, SearchRow};

/// So many children are shown.
const SHOWN: usize = 20;

/// The children of this name, of those the person may see.
pub async fn search(app: &App, actor: &Actor, text: &str) -> Result<SearchPage> {
    let lens = lens(app, actor);
    let permit = lists(app, actor).await?;
    let (rows, more) = rows(app, &lens, &permit, text).await?;
    Ok(SearchPage { viewer: framed(app, actor, &lens).await?, asked: text.trim().into(), rows, more })
}

/// The rows, and whether there are more. Nothing is found for nothing.
pub(crate) async fn rows(app: &App, lens: &Lens<'_>, permit: &Permit, text: &str) -> Result<(Vec<SearchRow>, bool)> {
    let text: String = text.trim().chars().take(100).collect();
    if !text.contains(char::is_alphanumeric) {
        return Ok((Vec::new(), false));
    }
    let mut found = app.store.search_children(&permit.scope, &text, SHOWN as i64 + 1).await?;
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    note_list(app, permit, "search", found.iter().map(|r| r.id.as_str())).await?;
    let open =
        if found.iter().any(|r| r.open_episode.is_some()) { app.store.board(&permit.scope).await? } else { Vec::new() };
    let row = |child: &store::ChildRow| {
        let line = open.iter().find(|b| b.child_id == child.id);
        SearchRow {
            child: head(lens, child),
            status: line.map(|b| status(b.episode.status.as_deref())),
            episode: child.open_episode.clone(),
        }
    };
    Ok((found.iter().map(row).collect(), more))
}
