//! Makes the pages of a protocol from its rulebook alone: no record, no child, nobody's case. One file for each sort of part.

mod blocks;
mod condition;
mod contact;
mod guard;
mod head;
mod overview;
mod steps;
mod tables;

pub use contact::{card as contact_card, dial};
pub use head::{edition, links, title_of};

use crate::words::Names;
use crate::{Cited, ProtocolItem, ProtocolPage, ProtocolSection, Viewer};
use casebook::rules::Rules;
use engine::rulebook::{Block, Cite, Rulebook};
use engine::time::Moment;

/// What the parts of a protocol are made with.
pub(crate) struct Maker<'a> {
    pub rules: &'a Rules,
    pub book: &'a Rulebook,
    pub names: Names<'a>,
}

/// Which page of a protocol is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Wanted<'a> {
    /// The edition in the address; empty for the one in force.
    pub edition: &'a str,
    /// The part; empty for the first page.
    pub part: &'a str,
    /// One page of the part: an owner, a form.
    pub one: Option<&'a str>,
}

/// What a part holds: sections, and links to pages where it has several.
pub(crate) type Parted = (Vec<ProtocolSection>, Vec<crate::PartLink>);

/// A page of a protocol; none if there is no such part.
pub fn page(rules: &Rules, viewer: Viewer, book: &Rulebook, wanted: Wanted<'_>, now: Moment) -> Option<ProtocolPage> {
    let maker = Maker { rules, book, names: Names::of_book(rules, book) };
    let head = head::head(&maker, wanted.edition, now);
    let parted = match (wanted.part, wanted.one) {
        ("", None) => (overview::sections(&maker), Vec::new()),
        ("steps", None) => (Vec::new(), steps::owners(&maker)),
        ("steps", Some(owner)) => (steps::of_owner(&maker, owner)?, Vec::new()),
        ("forms", None) => (Vec::new(), blocks::forms(&maker)),
        ("forms", Some(form)) => (blocks::form(&maker, form)?, Vec::new()),
        ("chairs", None) => (tables::sections(&maker), Vec::new()),
        ("contacts", None) => (contact::sections(&maker), Vec::new()),
        ("refused", None) => (guard::sections(&maker), Vec::new()),
        (part, None) => (blocks::sections(&maker, part)?, Vec::new()),
        _ => return None,
    };
    let (sections, pages): Parted = parted;
    let own = sections.first().map(|s| s.title.clone()).unwrap_or_default();
    let title = if wanted.one.is_some() { own } else { head::title(wanted.part, &head).to_string() };
    Some(ProtocolPage {
        viewer,
        title,
        lead: if wanted.one.is_some() { String::new() } else { head::lead(wanted.part).into() },
        part: wanted.part.into(),
        within: wanted.one.map(|_| wanted.part.to_string()).unwrap_or_default(),
        head,
        sections,
        pages,
    })
}

/// A block as its own page shows it.
pub fn item(rules: &Rules, book: &Rulebook, block: &Block) -> ProtocolItem {
    blocks::item(&Maker { rules, book, names: Names::of_book(rules, book) }, block)
}

/// The provisions of a text, and the paragraphs they stand in.
pub fn cited<'c>(book: &Rulebook, cites: impl IntoIterator<Item = &'c Cite>) -> Cited {
    let mut ids: Vec<&str> = Vec::new();
    for cite in cites {
        if !ids.contains(&cite.id.as_str()) {
            ids.push(&cite.id);
        }
    }
    cited_ids(book, &ids)
}

/// The same, of ids.
pub fn cited_ids(book: &Rulebook, ids: &[&str]) -> Cited {
    let mut paragraphs: Vec<&str> = Vec::new();
    for paragraph in ids.iter().filter_map(|id| book.provision(id)).map(|p| p.para.as_str()) {
        if !paragraph.is_empty() && !paragraphs.contains(&paragraph) {
            paragraphs.push(paragraph);
        }
    }
    // What has no number has a name: `Appendix 4`.
    let (numbers, mut named): (Vec<&str>, Vec<&str>) = paragraphs.into_iter().partition(|one| is_number(one));
    let numbered = match numbers.split_last() {
        None => String::new(),
        Some((only, [])) => paragraph(only),
        Some((last, others)) => format!("Paragraphs {} and {last}", others.join(", ")),
    };
    named.insert(0, &numbered);
    named.retain(|one| !one.is_empty());
    Cited { provisions: ids.join(" "), paragraphs: named.join("; ") }
}

/// A paragraph as people call it: `Paragraph 7.22`, `Appendix 4`.
pub(super) fn paragraph(para: &str) -> String {
    if is_number(para) { format!("Paragraph {para}") } else { para.to_owned() }
}

fn is_number(para: &str) -> bool {
    para.starts_with(|first: char| first.is_ascii_digit())
}
