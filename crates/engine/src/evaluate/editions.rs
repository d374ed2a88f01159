//! Which edition of a rulebook counts for an occasion, and whether any is in force then.

use super::prepared::Prepared;
use crate::calendar::Calendar;
use crate::case::Episode;
use crate::rulebook::Rulebook;
use crate::time::Moment;
use jiff::civil::Date;

/// Is an edition in force on a day? Dates are half-open.
fn in_force(book: &Rulebook, day: Date) -> bool {
    book.in_force_from <= day && book.in_force_until.is_none_or(|until| day < until)
}

/// The editions given, of any rulebook.
#[derive(Clone, Copy)]
pub(crate) struct Editions<'a> {
    pub books: &'a [Prepared<'a>],
    pub calendar: &'a Calendar,
    /// Dates count. Not so when a rulebook is tried on cases of any time.
    pub dated: bool,
}

impl Editions<'_> {
    /// Is this edition the one for what happens at a moment and belongs to no episode?
    pub fn at(&self, book: &Rulebook, at: Moment) -> bool {
        !self.dated || in_force(book, self.calendar.date(at))
    }

    /// Is this edition the one for an episode? The one in force when the episode began, unless a later one takes over the
    /// episodes that are open when it comes into force.
    pub fn of(&self, book: &Rulebook, episode: &Episode, now: Moment) -> bool {
        if !self.dated {
            return true;
        }
        let (began, today) = (self.calendar.date(episode.start), self.calendar.date(now));
        let ended = episode.end.filter(|end| *end <= now).map(|end| self.calendar.date(end));
        let takes_over = |other: &&Rulebook| {
            let open_then = ended.is_none_or(|ended| ended >= other.in_force_from);
            !other.episodes_keep_edition && other.in_force_from > began && other.in_force_from <= today && open_then
        };
        let editions = self.books.iter().map(|p| p.book).filter(|b| b.id == book.id);
        if let Some(later) = editions.filter(takes_over).max_by_key(|b| b.in_force_from) {
            return later.edition == book.edition && in_force(later, ended.unwrap_or(today));
        }
        in_force(book, began)
    }
}
