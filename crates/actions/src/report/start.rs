//! Where a report begins: choose the child, or go on with a report begun.

use super::draft::{Begun, Body, KIND, begin, of_others};
use crate::app::{App, moment};
use crate::authorise::{Actor, Verb, authorise};
use crate::lens::{framed, lens};
use crate::queries::{few, own, rows, sought};
use crate::refused::Result;
use policy::Act;
use views::{ReportStart, Sought};

/// A finished report can be read out for so long; then it is on the record only.
const KEPT_US: i64 = 7 * 86_400 * 1_000_000;

/// The page on which a child is chosen.
pub async fn start_page(app: &App, actor: &Actor, asked: &Sought) -> Result<ReportStart> {
    let lens = lens(app, actor);
    let permit = authorise(app, actor, Verb::Do(Act::List), None).await?;
    let mut page = ReportStart {
        viewer: framed(app, actor, &lens).await?,
        asked: asked.clone(),
        unfinished: unfinished(app, actor).await?,
        ..ReportStart::default()
    };
    match sought(asked) {
        Ok(sought) => page.rows = rows(app, actor, &lens, &permit, &sought).await?.0,
        // A home has few children: nobody has to type while a child is gone.
        Err(_) if asked.is_empty() => {
            page.rows = own(app, actor, &lens, &permit).await?;
            page.own = !page.rows.is_empty();
            if !page.own {
                page.rows = few(app, actor, &lens, &permit).await?;
            }
        }
        Err(why) => page.too_little = why,
    }
    Ok(page)
}

/// Begins a report on a child, and gives the draft's id. A report on this child that was begun and not finished is gone on with, also where
/// somebody of the same home or team began it.
pub async fn start(app: &App, actor: &Actor, child: &str) -> Result<String> {
    let permit = authorise(app, actor, Verb::Do(Act::Report), Some(child)).await?;
    for draft in app.store.drafts_of(&permit.person).await?.into_iter().filter(|d| d.kind == KIND) {
        let finished = serde_json::from_str::<Body>(&draft.body).is_ok_and(|b| b.finished);
        if finished && app.now_us() - draft.updated_us > KEPT_US {
            app.store.draft_delete(&permit.person, &draft.id).await?;
        }
        if !finished && draft.child_id.as_deref() == Some(child) {
            return Ok(draft.id);
        }
    }
    // One report of one child: whoever comes next goes on with what a colleague began.
    if let Some(begun) = of_others(app, actor).await?.into_iter().find(|begun| begun.child == child) {
        return Ok(begun.kept.id);
    }
    let id = app.new_id();
    begin(app, actor, &id, child, &Body::begun(app)).await?;
    Ok(id)
}

/// Reports that this person, or somebody of their home or team, began and did not send: id and words. Of children they may still see.
pub(crate) async fn unfinished(app: &App, actor: &Actor) -> Result<Vec<(String, String)>> {
    let lens = lens(app, actor);
    let mut found = Vec::new();
    for draft in app.store.drafts_of(&actor.person).await?.into_iter().filter(|d| d.kind == KIND) {
        let Some(child) = draft.child_id else { continue };
        let finished = serde_json::from_str::<Body>(&draft.body).is_ok_and(|b| b.finished);
        if finished || authorise(app, actor, Verb::Do(Act::Report), Some(&child)).await.is_err() {
            continue;
        }
        if let Some(row) = app.store.child_row(&child).await? {
            let saved = lens.face.when(moment(draft.updated_us)).words;
            found.push((draft.id, format!("Report of {}, last saved at {saved}", row.name)));
        }
    }
    found.extend(of_colleagues(app, actor).await?);
    Ok(found)
}

/// `Dana Holt began a report about Riley Marsh at 02:10, not sent`: what somebody else of the same home or team began, as in [`unfinished`].
async fn of_colleagues(app: &App, actor: &Actor) -> Result<Vec<(String, String)>> {
    let lens = lens(app, actor);
    let mut found = Vec::new();
    for Begun { child, kept, .. } in of_others(app, actor).await? {
        if let Some(row) = app.store.child_row(&child).await? {
            let who = crate::area::by(app, &kept.person_id, "").await?;
            let at = lens.face.when(moment(kept.begun_us)).words;
            found.push((kept.id, format!("{who} began a report about {} at {at}, not sent", row.name)));
        }
    }
    Ok(found)
}
