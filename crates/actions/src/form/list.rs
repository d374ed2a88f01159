//! The forms of a child: half filled in, completed, and to be begun; and where an entry is recorded by a form.

use super::fill::line;
use crate::app::{App, moment};
use crate::authorise::{Actor, Verb, authorise};
use crate::case::{Purpose, load};
use crate::lens::{framed, lens};
use crate::real::real;
use crate::refused::Result;
use views::making::filling::{self, books, elsewhere, latest};
use views::making::{Asked, head};
use views::{DraftLine, FormList, Record};

/// The page of a child's forms.
pub async fn list(app: &App, actor: &Actor, child: &str) -> Result<FormList> {
    let record = load(app, actor, child, Purpose::see("forms")).await?;
    let lens = lens(app, actor);
    let may_fill = !record.records.is_empty();
    Ok(FormList {
        viewer: framed(app, actor, &lens).await?,
        child: head(&lens, &record),
        drafts: of_child(app, actor, &record).await?,
        filled: latest(&lens, &record),
        elsewhere: elsewhere(&lens, &record),
        books: if may_fill { books(&lens, &record) } else { Vec::new() },
        may_fill,
        back: String::new(),
    })
}

/// The forms about a child that this person has half filled in.
async fn of_child(app: &App, actor: &Actor, record: &Record) -> Result<Vec<DraftLine>> {
    if record.records.is_empty() {
        return Ok(Vec::new());
    }
    let lens = lens(app, actor);
    let rows = app.store.form_drafts_on(&actor.person, &record.id).await?;
    Ok(rows.iter().filter_map(|row| line(&lens, app, row, record)).collect())
}

/// How many forms about a child this person has half filled in.
pub(crate) async fn half_filled(app: &App, actor: &Actor, child: &str) -> Result<usize> {
    Ok(app.store.form_drafts_on(&actor.person, child).await?.len())
}

/// Forms that this person has half filled in, of children whom they may still record on: address and words, the last saved first.
pub(crate) async fn unfinished(app: &App, actor: &Actor) -> Result<Vec<(String, String)>> {
    let lens = lens(app, actor);
    let mut found = Vec::new();
    for row in app.store.form_drafts_of(&actor.person).await? {
        let known = super::fill::known(app, &row.rulebook, &row.edition, &row.form);
        let Ok(of) = known else { continue };
        if authorise(app, actor, Verb::Record, Some(&row.child_id)).await.is_err() {
            continue;
        }
        let Some(child) = app.store.child_row(&row.child_id).await? else { continue };
        let title = casebook::command::labels::capital(&of.block.title);
        let saved = lens.face.when(moment(row.saved_us)).words;
        let words = format!("{title}, of {}: saved {saved}", child.name);
        found.push((format!("/children/{}/forms/draft/{}", row.child_id, row.id), words));
    }
    Ok(found)
}

/// Where an event is recorded by a form, the rulebook and the form; none where it has a page of its own alone.
pub async fn leads_to(
    app: &App,
    actor: &Actor,
    child: &str,
    event: &str,
    asked: &Asked,
) -> Result<Option<(String, String)>> {
    let id = real(app, event)?;
    let rules = app.rules.vocabulary();
    let generic = [rules.event("form.completed"), rules.event("form.reviewed")].contains(&Some(id));
    let own = app.rules.library.rulebooks.iter().flat_map(|book| &book.blocks);
    let any = own
        .filter_map(casebook::command::form_of)
        .any(|form| form.records == Some(id) || form.also.iter().any(|also| also.leads && also.event == id));
    // Most events have no form: for them no record is read twice.
    if !any && !generic {
        return Ok(None);
    }
    let record = load(app, actor, child, Purpose::form(Verb::Record)).await?;
    Ok(filling::leads_to(&lens(app, actor), &record, id, asked))
}
