//! What can be said while the database is away: whom to ring, by the protocols, which this program carries, and by the numbers that areas
//! have set since, as they were read last.

use crate::app::App;
use crate::setting::newest_known;
use engine::rulebook::{Content, Rulebook};
use engine::time::Moment;
use views::ContactCard;
use views::making::protocol::{contact_card, links};
use views::words::short_title;

/// What to work by on paper.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Downtime {
    /// The areas to choose from: word and name.
    pub areas: Vec<(String, String)>,
    /// The one whose numbers these are; empty where none is chosen.
    pub area: String,
    /// What the area calls itself, and whom it says to ask for help; empty where it has set neither, or nobody has read it since the start.
    pub called: Vec<(String, String)>,
    /// Whom to ring there; the help lines come last.
    pub contacts: Vec<ContactCard>,
}

/// What to work by on paper in an area. It asks the database for nothing.
pub fn downtime(app: &App, area: &str) -> Downtime {
    let books: Vec<&Rulebook> = links(&app.rules, app.now()).into_iter().map(|(book, _)| book).collect();
    let books = || books.iter().filter(|book| book.kind == "area");
    let areas: Vec<(String, String)> = books().map(|book| (book.area.clone(), short_title(book))).collect();
    let chosen = books().find(|book| book.area == area || areas.len() == 1);
    let mut contacts: Vec<ContactCard> = Vec::new();
    if let Some(book) = chosen {
        let blocks = book.blocks.iter().filter(|block| matches!(&block.content, Content::Contact(_)));
        contacts = blocks.filter_map(|block| contact_card(book, block)).collect();
        contacts.sort_by_key(|card| card.helpline);
        newest_known(app, contacts.iter_mut());
    }
    let called = chosen.map(|book| crate::setting::called(app, Some(&book.area))).unwrap_or_default();
    Downtime { called, area: chosen.map(|book| short_title(book)).unwrap_or_default(), areas, contacts }
}

/// A moment, in seconds since 1970, as people say it: `03:12 on Tue 6 Jan`.
pub fn clock(app: &App, at_s: i64) -> String {
    app.rules.vocabulary().calendar.local(Moment(at_s)).strftime("%H:%M on %a %-d %b").to_string()
}
