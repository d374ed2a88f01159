//! Saves a form half filled in: while somebody types, or when they come back later. Nothing in it is judged yet.

use super::draft::{self, Body};
use super::{Sent, fill};
use crate::app::App;
use crate::authorise::{Actor, Verb, authorise};
use crate::refused::{Refused, Result};
use casebook::command::FieldProblem;
use store::{DraftSaved, FormDraft};

/// So much is kept of a draft, in bytes; a form that brings more is no form.
const MOST: usize = 1024 * 1024;

/// What came of saving a draft.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kept {
    /// Saved; so often by now.
    At(i64),
    /// It was saved in another place since. What was sent is kept beside it.
    Beside,
    /// This person had begun the same form in another place, as this draft. What was sent is kept beside that.
    BesideAnother(String),
    /// It was completed or thrown away in another place.
    Gone,
}

/// Saves what was typed. Only somebody who may record on the child has a draft.
pub async fn save(app: &App, actor: &Actor, child: &str, sent: &Sent) -> Result<Kept> {
    let permit = authorise(app, actor, Verb::Record, Some(child)).await?;
    // The form has to be one: a draft of nothing could never be opened again.
    fill::known(app, &sent.rulebook, &sent.edition, &sent.form)?;
    let body = Body::of(sent).text()?;
    if body.len() > MOST {
        let why =
            "The form is too long to be kept as one: shorten the longest answer, or keep it elsewhere and say where";
        return Err(Refused::Invalid(vec![FieldProblem::new("note", why)]));
    }
    if sent.draft.is_empty() || sent.draft.len() > 64 {
        return Err(Refused::NotFound);
    }
    let draft = FormDraft {
        id: sent.draft.clone(),
        person_id: actor.person.clone(),
        child_id: permit.child.clone(),
        subject: draft::subject(sent),
        rulebook: sent.rulebook.clone(),
        edition: sent.edition.clone(),
        form: sent.form.clone(),
        body,
        beside: String::new(),
        place: sent.place.clone(),
        version: sent.draft_version,
        begun_us: app.now_us(),
        saved_us: app.now_us(),
    };
    if let Some(known) = app.store.form_draft(&actor.person, &sent.draft).await?
        && known.child_id != permit.child
    {
        return Err(Refused::NotFound);
    }
    Ok(match app.store.form_draft_save(&draft, sent.shown).await? {
        DraftSaved::At(version) => Kept::At(version),
        DraftSaved::Beside => Kept::Beside,
        DraftSaved::BesideAnother(draft) => Kept::BesideAnother(draft),
        DraftSaved::Gone => Kept::Gone,
    })
}

/// Throws a draft away.
pub async fn discard(app: &App, actor: &Actor, child: &str, id: &str) -> Result<()> {
    authorise(app, actor, Verb::Record, Some(child)).await?;
    let draft = draft::of(app, actor, child, id).await?;
    Ok(app.store.form_draft_delete(&actor.person, &draft.id).await?)
}

/// Lets go of what was typed in a second place and kept beside a draft.
pub async fn settle(app: &App, actor: &Actor, child: &str, id: &str) -> Result<()> {
    authorise(app, actor, Verb::Record, Some(child)).await?;
    let draft = draft::of(app, actor, child, id).await?;
    Ok(app.store.form_draft_settle(&actor.person, &draft.id).await?)
}
