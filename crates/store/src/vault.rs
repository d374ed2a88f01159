//! What must not be read in the database by whoever gets hold of it: the caller says which texts those are, and closes and opens them with a
//! key that is never there. Every path that writes or reads such a text goes through the functions of [`Store`], which ask for it here.

use crate::error::Result;
use crate::model::{Derived, Draft, FormDraft, Kept, Listed, NewRow, OnLists, Row, RowKind};
use crate::prepare::{Prepared, prepare};
use crate::store::Store;
use std::sync::Arc;

/// Closes and opens texts. What it closes twice for one row is the same both times, so that texts can be compared where they are kept.
pub trait Vault: Send + Sync {
    /// The payload of a row of this child as it is to be kept; none where nothing in it is for few.
    fn close_payload(&self, child: &str, row: &NewRow) -> Option<String>;
    /// The payload of a row as it was written; none where nothing in it was closed.
    fn open_payload(&self, child: &str, kind: RowKind, payload: &str) -> Option<String>;
    /// A text of another table as it is to be kept: `what` it is, and whose.
    fn close(&self, what: &str, whose: &str, text: &str) -> String;
    /// The same as it was written; none where its key is not here. What was never closed is given back as it is.
    fn open(&self, what: &str, whose: &str, text: &str) -> Option<String>;
    /// What stands in an index instead of a key by which a child is found; none for what may be read there.
    fn blind(&self, kind: &str, value: &str) -> Option<String>;
}

/// The line of an address in the directory that few may know.
const FEW: &str = "whereabouts";

impl Store {
    /// The same store, which closes and opens with this.
    #[must_use]
    pub fn with_vault(mut self, vault: Option<Arc<dyn Vault>>) -> Store {
        self.vault = vault;
        self
    }

    /// Rows as they are kept.
    pub(crate) fn closed(&self, child: &str, rows: &[NewRow]) -> Vec<NewRow> {
        let mut rows = rows.to_vec();
        let Some(vault) = &self.vault else { return rows };
        for row in &mut rows {
            if let Some(payload) = vault.close_payload(child, row) {
                row.payload = payload;
            }
        }
        rows
    }

    /// Rows as they were written.
    pub(crate) fn opened(&self, child: &str, mut rows: Vec<Row>) -> Vec<Row> {
        let Some(vault) = &self.vault else { return rows };
        for row in &mut rows {
            let open = row.payload.as_deref().and_then(|payload| vault.open_payload(child, row.kind, payload));
            row.payload = open.or_else(|| row.payload.take());
        }
        rows
    }

    /// What is derived, ready to be written: what few may read in an index stands there blinded.
    pub(crate) fn prepared(&self, child: &str, derived: &Derived) -> Result<Prepared> {
        let mut prepared = prepare(child, derived)?;
        prepared.marks = self.marks(&derived.child.marks).into_iter().collect();
        Ok(prepared)
    }

    /// The first thing that lists keep and the chronology does not give, or the other way round; none if they agree. `now_us` is the
    /// moment of which the chronology was worked out: states are compared as of then.
    pub fn differs(&self, listed: &OnLists, derived: &Derived, now_us: i64) -> Result<Option<String>> {
        Ok(crate::differs::differs(listed, &self.prepared(&listed.child, derived)?, derived, now_us))
    }

    /// Keys as an index keeps them.
    pub(crate) fn marks(&self, marks: &[(String, String)]) -> Vec<(String, String)> {
        let kept = |(kind, value): &(String, String)| (kind.clone(), self.mark(kind, value));
        marks.iter().map(kept).collect()
    }

    /// A key as an index keeps it.
    pub(crate) fn mark(&self, kind: &str, value: &str) -> String {
        let blind = self.vault.as_ref().and_then(|vault| vault.blind(kind, value));
        blind.unwrap_or_else(|| value.to_owned())
    }

    fn close_text(&self, what: &str, whose: &str, text: &mut String) {
        if let Some(vault) = self.vault.as_ref().filter(|_| !text.is_empty()) {
            *text = vault.close(what, whose, text);
        }
    }

    /// Opens a text. False where its key is not here.
    fn open_text(&self, what: &str, whose: &str, text: &mut String) -> bool {
        let Some(vault) = self.vault.as_ref().filter(|_| !text.is_empty()) else { return true };
        let open = vault.open(what, whose, text);
        open.is_some_and(|open| {
            *text = open;
            true
        })
    }

    /// A draft as it is kept.
    pub(crate) fn closed_draft(&self, draft: &Draft) -> Draft {
        let mut draft = draft.clone();
        self.close_text("draft", &draft.id, &mut draft.body);
        draft
    }

    /// A draft as it was written; none where its key is not here.
    pub(crate) fn opened_draft(&self, mut draft: Draft) -> Option<Draft> {
        self.open_text("draft", &draft.id, &mut draft.body).then_some(draft)
    }

    /// A form half filled in as it is kept: whatever drafts a person has about one child can be compared.
    pub(crate) fn closed_form(&self, draft: &FormDraft) -> FormDraft {
        let mut draft = draft.clone();
        let whose = format!("{} {}", draft.person_id, draft.child_id);
        self.close_text("form", &whose, &mut draft.body);
        self.close_text("form", &whose, &mut draft.beside);
        draft
    }

    /// A form half filled in as it was written; none where its key is not here.
    pub(crate) fn opened_form(&self, mut draft: FormDraft) -> Option<FormDraft> {
        let whose = format!("{} {}", draft.person_id, draft.child_id);
        let open = self.open_text("form", &whose, &mut draft.body) && self.open_text("form", &whose, &mut draft.beside);
        open.then_some(draft)
    }

    /// What was typed and not sent, as it is kept.
    pub(crate) fn closed_kept(&self, kept: &Kept) -> Kept {
        let mut kept = kept.clone();
        self.close_text("typed", &kept.id, &mut kept.body);
        kept
    }

    /// What was typed and not sent, as it was written; none where its key is not here.
    pub(crate) fn opened_kept(&self, mut kept: Kept) -> Option<Kept> {
        self.open_text("typed", &kept.id, &mut kept.body).then_some(kept)
    }

    /// A line of the directory as it is kept: an address that few may know is closed.
    pub(crate) fn closed_line(&self, line: &Listed) -> Listed {
        let mut line = line.clone();
        if line.address_class == FEW {
            self.close_text("directory", &line.agency, &mut line.address);
        }
        line
    }

    /// A line of the directory as it was written. Where the key of its address is not here, the address says so.
    pub(crate) fn opened_line(&self, mut line: Listed) -> Listed {
        if !self.open_text("directory", &line.agency, &mut line.address) {
            NOT_HERE.clone_into(&mut line.address);
        }
        line
    }
}

/// Stands where an address cannot be opened.
const NOT_HERE: &str = "(sealed with a key that is not here)";
