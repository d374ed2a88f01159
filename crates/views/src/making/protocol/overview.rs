//! The first page of a protocol: what it is, whom it concerns, what a new edition does to running episodes.

use super::blocks::{guidance, of};
use super::{Maker, cited, cited_ids};
use crate::{ProtocolItem, ProtocolPoint, ProtocolPoints, ProtocolSection};
use engine::rulebook::{BlockKind, Content};

pub(super) fn sections(maker: &Maker<'_>) -> Vec<ProtocolSection> {
    let book = maker.book;
    let about = of(book, BlockKind::Guidance)
        .filter(|block| matches!(&block.content, Content::Guidance { at } if at == "help"))
        .map(|block| guidance(maker, block))
        .collect();
    let about = ProtocolSection { title: "What this protocol is".into(), items: about };
    let running = ProtocolItem {
        says: book.running_episodes.clone(),
        lines: book.supersedes.iter().map(|what| ("Takes the place of".to_string(), what.clone())).collect(),
        ..ProtocolItem::default()
    };
    let running = ProtocolSection { title: "When a new edition comes".into(), items: vec![running] };
    let sections = [about, concerns(maker), running];
    sections.into_iter().filter(|s| s.items.iter().any(|i| !i.says.is_empty() || !i.points.is_empty())).collect()
}

/// Whom it concerns, in the words of the paragraphs that say so.
fn concerns(maker: &Maker<'_>) -> ProtocolSection {
    let book = maker.book;
    let pages = of(book, BlockKind::TitlePage).flat_map(|block| &block.cites);
    let mut points: Vec<ProtocolPoint> = Vec::new();
    for cite in pages {
        let text = book.provision(&cite.id).map(|p| p.action.clone()).unwrap_or_default();
        if !points.iter().any(|p| p.cited.provisions == cite.id) {
            points.push(ProtocolPoint { text, cited: cited_ids(book, &[&cite.id]), ..ProtocolPoint::default() });
        }
    }
    let item = ProtocolItem {
        reading: book.applies_reading.clone().unwrap_or_default(),
        points: vec![ProtocolPoints { title: String::new(), points }],
        cited: cited(book, []),
        ..ProtocolItem::default()
    };
    ProtocolSection { title: "Whom it concerns".into(), items: vec![item] }
}
