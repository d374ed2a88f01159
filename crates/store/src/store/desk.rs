//! Drafts, and clearing away.

use super::Store;
use crate::error::Result;
use crate::model::Draft;
use crate::trying::in_passing;

impl Store {
    /// Keeps a draft of a person, in place of what it was before.
    pub async fn draft_put(&self, person: &str, draft: &Draft) -> Result<()> {
        let (person, draft) = (person.to_owned(), self.closed_draft(draft));
        in_passing(async move { transact!(self, desk::draft_put(&person, &draft)) }).await
    }

    /// A draft of a person.
    pub async fn draft_get(&self, person: &str, id: &str) -> Result<Option<Draft>> {
        let draft: Option<Draft> = read!(self, desk::draft_get(person, id))?;
        Ok(draft.and_then(|draft| self.opened_draft(draft)))
    }

    /// Saves what a draft says, if nobody saved it since it was read; says whether it was saved.
    pub async fn draft_save(&self, draft: &Draft) -> Result<bool> {
        let draft = self.closed_draft(draft);
        in_passing(async move { transact!(self, desk::draft_save(&draft)) }).await
    }

    /// The drafts of a kind that were begun in a team of an agency, by whomever, and saved since; the last saved first. An empty team is
    /// for those who are in none.
    pub async fn drafts_in(&self, kind: &str, of: (&str, &str), since_us: i64) -> Result<Vec<Draft>> {
        let drafts: Vec<Draft> = read!(self, desk::drafts_in(kind, of, since_us))?;
        Ok(drafts.into_iter().filter_map(|draft| self.opened_draft(draft)).collect())
    }

    /// The drafts of a person, the last saved first.
    pub async fn drafts_of(&self, person: &str) -> Result<Vec<Draft>> {
        let drafts: Vec<Draft> = read!(self, desk::drafts_of(person))?;
        Ok(drafts.into_iter().filter_map(|draft| self.opened_draft(draft)).collect())
    }

    /// Throws a draft away.
    pub async fn draft_delete(&self, person: &str, id: &str) -> Result<()> {
        let (person, id) = (person.to_owned(), id.to_owned());
        transact!(self, desk::draft_delete(&person, &id))
    }

    /// Clears away ended sessions, old failed sign-ins, keys a month old, forms that nobody went on with for half a year, pictures that no record named for a day, and changes that no page asks for. Once an hour is enough.
    pub async fn sweep(&self, now_us: i64) -> Result<()> {
        transact!(self, upkeep::sweep(now_us))
    }
}
