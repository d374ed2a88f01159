//! That somebody around one child is somebody around another: a row in the record of each, which has nothing of the other but a mark that both
//! have. Whoever sees both records finds the one from the other by it; to everybody else no row, number or list tells that there is another.

use super::append::{again, own_key, send};
use super::derive::derive;
use super::kept::{Kept, kept};
use super::load::{Opened, Purpose, opened};
use super::merge::{read_with, same_row};
use super::same::{Same, Tie};
use crate::app::App;
use crate::authorise::{Actor, Permit, authorise, may_see, scope};
use crate::looks::note;
use crate::refused::{Refused, Result};
use store::StoreError;
use views::Record;

/// Under this kind lists keep the marks of a record.
pub(super) const TIE: &str = "tie";
/// So many records are looked up by one mark. There are two, unless records were made one.
const FOUND: i64 = 4;

/// A record with the people around the child, as somebody may see it.
pub(crate) struct Tied {
    /// The record.
    pub record: Record,
    /// People and placements, row by row.
    pub kept: Vec<Kept>,
    /// What its reader may.
    pub permit: Permit,
    /// Its reader may see where the child goes, and was found.
    pub sees_places: bool,
    /// Who is around other children as well. Whether its reader sees those, is not settled by it.
    pub ties: Vec<Tie>,
}

impl Tied {
    fn of(opened: Opened) -> Tied {
        let (kept, _) = kept(&opened.sight, &opened.whole);
        let sees_places = opened.sees_places();
        Tied { kept, sees_places, ties: opened.whole.same.ties, record: opened.seen, permit: opened.permit }
    }
}

/// The record of a child with the people around it, for whoever looks at them; on the log of looks.
pub(crate) async fn load_tied(app: &App, actor: &Actor, child: &str, purpose: Purpose) -> Result<Tied> {
    let permit = authorise(app, actor, purpose.verb, Some(child)).await?;
    note(app, actor, &permit, purpose.look).await?;
    Ok(Tied::of(opened(app, permit).await?))
}

/// The same of a child whom this person may see; none where they may not. Whoever shows anything of it puts it on the log of looks.
pub(crate) async fn peek_tied(app: &App, actor: &Actor, child: &str) -> Result<Option<Tied>> {
    let Some(permit) = may_see(app, actor, child).await? else { return Ok(None) };
    Ok(Some(Tied::of(opened(app, permit).await?)))
}

/// The children in whose records this mark is, of those with whom this person's agency works.
pub(crate) async fn children_tied(app: &App, actor: &Actor, mark: &str) -> Result<Vec<String>> {
    Ok(app.store.children_marked(&scope(app, actor), &[(TIE.into(), mark.into())], FOUND).await?)
}

impl Opened {
    /// Who is around other children as well.
    pub fn ties(&self) -> &[Tie] {
        &self.whole.same.ties
    }
}

/// Writes in one of two records that somebody is in another as well, or is not. The same key again does nothing.
pub(crate) async fn tie(app: &App, actor: &Actor, opened: Opened, one: Same, key: &str) -> Result<()> {
    if again(app, &opened, key).await?.is_some() {
        return Ok(());
    }
    let rows = [same_row(app, actor, &one)];
    let Opened { permit, whole, .. } = opened;
    let after = read_with(app, &whole, &rows)?;
    let derived = derive(&app.rules, &after.base, &after.file, &after.case, app.now());
    match send(app, &permit.child, whole.version, &rows, &derived, &own_key(&permit, key)).await {
        Ok(_) => Ok(()),
        // Nothing of what the writer sees has changed, so that there is nothing newer to show: they send it again.
        Err(StoreError::Stale { .. }) => Err(Refused::Unavailable(AT_ONCE.into())),
        Err(error) => Err(error.into()),
    }
}

const AT_ONCE: &str = "Somebody wrote on the same record at the same time. Nothing you typed is lost. Try again; it is never saved twice.";
