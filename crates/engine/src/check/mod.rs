//! Static checks of a rulebook: what can be said of it without any case. Each has a code, a place and a help line;
//! `docs/checks.md` lists them, `tests/fixtures/check/` holds one good and one bad example of each.
//! Unknown words (R03) and shape (R00) are found while loading.

pub mod boxes;
mod cite;
mod edition;
mod event;
mod kept;
mod prose;
mod reach;
mod semantics;
mod table;
mod who;

pub use who::{SignIn, check as check_owners};

use crate::diagnostic::Diagnostic;
use crate::rulebook::{Library, Rulebook};
use crate::vocabulary::Vocabulary;

/// A code and what it is about, for the list of checks.
pub const CODES: [(&str, &str); 24] = [
    ("R00", "a file that cannot be read, or a block or key that does not exist"),
    ("R01", "a rule, table row or text cites no provision"),
    ("R02", "a provision is cited that the catalogue does not have"),
    ("R03", "an unknown word, or a word in the wrong place"),
    ("R04", "a rule, exception or table row that no case can reach"),
    ("R05", "two exceptions or rows hold in the same case with different outcomes"),
    ("R06", "a case for which a decision table has no row"),
    ("R07", "dates of editions are wrong, overlap or leave a hole"),
    ("R08", "two rules, or a rule and its exception, that say the same"),
    ("R09", "a duty that nothing in a chronology can meet"),
    ("R10", "an event, table, setting, term or reading that nothing uses"),
    ("R11", "duties that wait for each other"),
    ("R12", "an owner who may not do the act"),
    ("R13", "a provision that nothing carries out"),
    ("R14", "a character that could deceive a reader"),
    ("R15", "a duty that would come and go with the time of day"),
    ("R16", "a duty whose owner nobody who signs in answers for"),
    ("R17", "a duty whose owner does not exist in some case in which it is asked"),
    ("R20", "a term that is made of itself"),
    ("R21", "a form, contact, register or other data block that lacks what its kind must have"),
    ("R22", "a telephone number in prose"),
    ("R23", "a state in an episode that does not say how its spells hang together"),
    ("R24", "a limit that would move with a birthday"),
    ("R25", "a refusal that could turn away the report of a missing child"),
];

/// Everything wrong with one rulebook.
pub fn check_rulebook(vocabulary: &Vocabulary, book: &Rulebook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    cite::check(book, &mut found);
    reach::check(vocabulary, book, &mut found);
    table::check(vocabulary, book, &mut found);
    event::check(vocabulary, book, &mut found);
    kept::check(book, &mut found);
    prose::check(book, &mut found);
    semantics::check(vocabulary, book, &mut found);
    found.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    found
}

/// Everything wrong between rulebooks and with the vocabulary as they use it.
pub fn check_library(library: &Library) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    edition::check(library, &mut found);
    event::unused(library, &mut found);
    found.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    found
}
