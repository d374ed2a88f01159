//! Which edition of a rulebook counts for an occasion, and whether any is in force then.

use super::prepared::Prepared;
use super::seen::Extent;
use crate::time::Moment;

/// The editions given, of any rulebook.
#[derive(Clone, Copy)]
pub(crate) struct Editions<'a> {
    pub books: &'a [Prepared<'a>],
    /// Dates count. Not so when a rulebook is tried on cases of any time.
    pub dated: bool,
}

impl Editions<'_> {
    /// Is this edition the one for what happens at a moment and belongs to no episode?
    pub fn at(&self, book: &Prepared<'_>, at: Moment) -> bool {
        !self.dated || book.in_force.covers(at)
    }

    /// Is this edition the one for an episode? The one in force when the episode began, unless a later one takes over the
    /// episodes that are open when it comes into force.
    pub fn of(&self, book: &Prepared<'_>, episode: Extent, now: Moment) -> bool {
        if !self.dated {
            return true;
        }
        let began = episode.start;
        let ended = episode.end.filter(|end| *end <= now);
        let takes_over = |other: &&Prepared<'_>| {
            let from = other.in_force.from;
            let open_then = ended.is_none_or(|ended| ended >= from);
            !other.book.episodes_keep_edition && from > began && from <= now && open_then
        };
        let editions = self.books.iter().filter(|other| other.id == book.id);
        if let Some(later) = editions.filter(takes_over).max_by_key(|other| other.in_force.from) {
            return later.book.edition == book.book.edition && later.in_force.covers(ended.unwrap_or(now));
        }
        book.in_force.covers(began)
    }
}
