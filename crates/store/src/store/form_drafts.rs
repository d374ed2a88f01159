//! Forms half filled in.

use super::Store;
use crate::error::Result;
use crate::model::{DraftSaved, FormDraft};
use crate::trying::in_passing;

impl Store {
    /// Saves a draft as it was read at `draft.version`; at 0 it is begun. Where it was saved in another place since, what was to be saved is
    /// kept beside it, and that is said. `shown`: whoever saves was shown what is overwritten; it stands beside the draft from then on.
    pub async fn form_draft_save(&self, draft: &FormDraft, shown: bool) -> Result<DraftSaved> {
        let draft = self.closed_form(draft);
        in_passing(async move { transact!(self, form_drafts::save(&draft, shown)) }).await
    }

    /// What was kept beside a draft has been looked at, and is let go.
    pub async fn form_draft_settle(&self, person: &str, id: &str) -> Result<()> {
        let (person, id) = (person.to_owned(), id.to_owned());
        transact!(self, form_drafts::settle(&person, &id))
    }

    /// A draft of a person.
    pub async fn form_draft(&self, person: &str, id: &str) -> Result<Option<FormDraft>> {
        let draft: Option<FormDraft> = read!(self, form_drafts::get(person, id))?;
        Ok(draft.and_then(|draft| self.opened_form(draft)))
    }

    /// The draft that a person has of this subject, about a child.
    pub async fn form_draft_of(&self, person: &str, child: &str, subject: &str) -> Result<Option<FormDraft>> {
        let draft: Option<FormDraft> = read!(self, form_drafts::of_subject(person, child, subject))?;
        Ok(draft.and_then(|draft| self.opened_form(draft)))
    }

    /// The drafts of a person, the last saved first.
    pub async fn form_drafts_of(&self, person: &str) -> Result<Vec<FormDraft>> {
        let drafts: Vec<FormDraft> = read!(self, form_drafts::of_person(person))?;
        Ok(drafts.into_iter().filter_map(|draft| self.opened_form(draft)).collect())
    }

    /// Those about one child.
    pub async fn form_drafts_on(&self, person: &str, child: &str) -> Result<Vec<FormDraft>> {
        let drafts: Vec<FormDraft> = read!(self, form_drafts::of_child(person, child))?;
        Ok(drafts.into_iter().filter_map(|draft| self.opened_form(draft)).collect())
    }

    /// Throws a draft away, or lets go of one that was completed.
    pub async fn form_draft_delete(&self, person: &str, id: &str) -> Result<()> {
        let (person, id) = (person.to_owned(), id.to_owned());
        transact!(self, form_drafts::delete(&person, &id))
    }
}
