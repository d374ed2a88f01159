//! Which protocol and which edition: its title, dates, parts and other editions.

use super::{Maker, blocks};
use crate::words::short_title;
use crate::{EditionLink, PartLink, ProtocolHead, ProtocolLink};
use casebook::rules::Rules;
use engine::rulebook::{BlockKind, Rulebook};
use engine::time::Moment;

/// The parts, in the order in which they are offered: word, heading, a sentence.
const PARTS: [(&str, &str, &str); 12] = [
    ("contacts", "Whom to ring", "Numbers and addresses as the protocol prints them. Print this page for the wall."),
    ("steps", "Who does what, by when", "Each act that the protocol asks for, by whose it is."),
    ("chairs", "Who chairs and decides, and how soon", "What hangs on risk, time or who is responsible."),
    ("permissions", "What you may do", "Nobody has to; these people may."),
    ("words", "What its words mean", ""),
    ("powers", "Legal powers", "What the law allows, to whom, and for how long, as the protocol has it."),
    ("guidance", "Guidance", "What the protocol says beside its duties."),
    ("forms", "Forms", "Every form of the protocol, with every question."),
    ("panels", "Panels and meetings", "Who meets on whom, and how often."),
    ("registers", "Lists that are kept", ""),
    ("refused", "What is refused, flagged and worked out", "What Whereabouts checks as somebody records."),
    ("figures", "Figures", "What the protocol wants counted. Whereabouts does not count it yet."),
];

/// The heading of a part.
pub fn title<'h>(part: &str, head: &'h ProtocolHead) -> &'h str {
    let known = PARTS.iter().find(|(id, ..)| *id == part).map(|(_, title, _)| *title);
    known.unwrap_or(&head.title)
}

/// The heading of a part that is not the first.
pub fn title_of(part: &str) -> &'static str {
    PARTS.iter().find(|(id, ..)| *id == part).map_or("", |(_, title, _)| *title)
}

/// The sentence under it.
pub fn lead(part: &str) -> &'static str {
    PARTS.iter().find(|(id, ..)| *id == part).map_or("", |(.., lead)| *lead)
}

/// The kind of block that a part shows.
pub(super) fn kind(part: &str) -> Option<BlockKind> {
    Some(match part {
        "contacts" => BlockKind::Contact,
        "words" => BlockKind::Definition,
        "powers" => BlockKind::Power,
        "guidance" => BlockKind::Guidance,
        "forms" => BlockKind::Form,
        "panels" => BlockKind::Panel,
        "registers" => BlockKind::Register,
        "figures" => BlockKind::Statistic,
        _ => return None,
    })
}

/// The head of every page of a protocol.
pub(super) fn head(maker: &Maker<'_>, asked: &str, now: Moment) -> ProtocolHead {
    let book = maker.book;
    let parts = PARTS.iter().map(|(id, title, _)| PartLink {
        part: (*id).into(),
        title: (*title).into(),
        count: count(maker, id),
    });
    let others = maker.rules.library.rulebooks.iter().filter(|b| b.id == book.id && b.edition != book.edition);
    let today = maker.rules.vocabulary().calendar.date(now);
    let review = book.review_due.map(|date| {
        let words = if date < today { "It was to be reviewed by" } else { "To be reviewed by" };
        format!("{words} {}", date.strftime("%-d %B %Y"))
    });
    ProtocolHead {
        id: book.id.clone(),
        title: book.title.clone(),
        short: short_title(book),
        edition: book.edition.clone(),
        asked: asked.into(),
        in_force: in_force(book),
        review: review.unwrap_or_default(),
        parts: parts.filter(|p| p.count > 0).collect(),
        editions: others.map(|b| EditionLink { edition: b.edition.clone(), in_force: in_force(b) }).collect(),
    }
}

fn count(maker: &Maker<'_>, part: &str) -> usize {
    let book = maker.book;
    match part {
        "steps" => book.rules.len(),
        "chairs" => book.tables.len(),
        "permissions" => book.permissions.len(),
        "refused" => book.verdicts.len() + book.holds.len() + book.terms.len() + book.settings.len(),
        _ => kind(part).map_or(0, |kind| blocks::of(book, kind).count()),
    }
}

fn in_force(book: &Rulebook) -> String {
    let from = format!("In force from {}", book.in_force_from.strftime("%-d %B %Y"));
    match book.in_force_until {
        Some(until) => format!("{from} until {}", until.strftime("%-d %B %Y")),
        None => from,
    }
}

/// The edition of a rulebook that is named, or the one in force; where none is, the latest.
pub fn edition<'r>(rules: &'r Rules, id: &str, edition: &str, now: Moment) -> Option<&'r Rulebook> {
    let of = || rules.library.rulebooks.iter().filter(|b| b.id == id);
    if !edition.is_empty() {
        return of().find(|b| b.edition == edition);
    }
    let today = rules.vocabulary().calendar.date(now);
    let current = |b: &&Rulebook| b.in_force_from <= today && b.in_force_until.is_none_or(|until| today < until);
    of().rfind(current).or_else(|| of().next_back())
}

/// A link to each protocol, by its edition in force.
pub fn links(rules: &Rules, now: Moment) -> Vec<(&Rulebook, ProtocolLink)> {
    let mut found: Vec<(&Rulebook, ProtocolLink)> = Vec::new();
    for book in &rules.library.rulebooks {
        if found.iter().any(|(known, _)| known.id == book.id) {
            continue;
        }
        if let Some(book) = edition(rules, &book.id, "", now) {
            let link = ProtocolLink {
                id: book.id.clone(),
                edition: String::new(),
                title: book.title.clone(),
                in_force: in_force(book),
            };
            found.push((book, link));
        }
    }
    found
}
