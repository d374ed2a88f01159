//! What is checked as somebody records, what follows from what is recorded, the words that conditions use, and local settings.

use super::{Maker, cited};
use crate::{ProtocolItem, ProtocolSection};
use casebook::command::labels::capital;
use engine::rulebook::{Cite, Verdict};

pub(super) fn sections(maker: &Maker<'_>) -> Vec<ProtocolSection> {
    let book = maker.book;
    let verdict = |one: &Verdict| ProtocolItem {
        lines: if one.instead.is_empty() { Vec::new() } else { vec![("Instead".into(), one.instead.clone())] },
        reading: one.reading.clone().unwrap_or_default(),
        ..text(maker, &one.says, &one.cites)
    };
    let verdicts = |refuses: bool| book.verdicts.iter().filter(move |v| v.refuses == refuses).map(verdict).collect();
    let settings = book.settings.iter().map(|one| ProtocolItem {
        lines: vec![("Unless it is set locally".into(), one.default_text.replace('_', " "))],
        ..text(maker, &one.says, &one.cites)
    });
    let all = [
        ("May not be recorded", verdicts(true)),
        ("Is recorded, and flagged", verdicts(false)),
        ("Follows from what is recorded", book.holds.iter().map(|one| text(maker, &one.says, &one.cites)).collect()),
        ("What the steps take as one", book.terms.iter().map(|one| text(maker, &one.says, &one.cites)).collect()),
        ("Left open, and set locally", settings.collect()),
    ];
    let made =
        all.into_iter().map(|(title, items): (&str, Vec<ProtocolItem>)| ProtocolSection { title: title.into(), items });
    made.filter(|section| !section.items.is_empty()).collect()
}

fn text(maker: &Maker<'_>, says: &str, cites: &[Cite]) -> ProtocolItem {
    ProtocolItem { says: capital(says), cited: cited(maker.book, cites), ..ProtocolItem::default() }
}
