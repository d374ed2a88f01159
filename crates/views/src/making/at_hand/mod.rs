//! What somebody needs at hand where they act. It comes from the rulebooks that apply to the child, and of the record only from what the
//! viewer may see.

mod offers;
mod powers;
mod ring;
mod words;

pub(crate) use powers::running;

use super::protocol;
use crate::words::Names;
use crate::{Lens, ProtocolItem, ProtocolLink, Record};
use engine::rulebook::{Block, Rulebook};

/// What is at hand for one record, through somebody's eyes.
pub struct Hand<'a> {
    /// Through whose eyes.
    pub lens: &'a Lens<'a>,
    /// The record.
    pub record: &'a Record,
    /// The names that hold for the child, and the rulebooks that apply.
    pub names: &'a Names<'a>,
}

impl Hand<'_> {
    /// The protocols that apply, each by the edition that does.
    pub fn protocols(&self) -> Vec<ProtocolLink> {
        let now = self.lens.now;
        let mut found: Vec<ProtocolLink> = Vec::new();
        for book in self.names.books() {
            let current = protocol::edition(self.lens.rules, &book.id, "", now);
            let is_current = current.is_some_and(|one| one.edition == book.edition);
            let edition = if is_current { String::new() } else { book.edition.clone() };
            found.push(ProtocolLink {
                id: book.id.clone(),
                edition,
                title: crate::words::short_title(book),
                in_force: String::new(),
            });
        }
        found
    }

    /// A block as a protocol's own page shows it.
    fn item(&self, book: &Rulebook, block: &Block) -> ProtocolItem {
        protocol::item(self.lens.rules, book, block)
    }
}
