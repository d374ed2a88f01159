//! Decision tables: who chairs or decides, and how soon, by what is so.

use super::{Maker, cited};
use crate::{ProtocolItem, ProtocolPoint, ProtocolPoints, ProtocolSection};
use casebook::command::labels::capital;
use engine::rulebook::{Outcome, Row};

pub(super) fn sections(maker: &Maker<'_>) -> Vec<ProtocolSection> {
    let row = |row: &Row| ProtocolPoint {
        text: match row.then {
            Outcome::Role(role) => capital(&maker.role(role)),
            Outcome::Length(length) => length.to_string(),
        },
        note: format!("if {}", maker.condition(&row.when)),
        cited: cited(maker.book, &row.cites),
    };
    let items = maker.book.tables.iter().map(|table| ProtocolItem {
        anchor: table.id.clone(),
        says: table.says.clone(),
        points: vec![ProtocolPoints { title: String::new(), points: table.rows.iter().map(row).collect() }],
        reading: table.reading.clone().unwrap_or_default(),
        cited: cited(maker.book, &table.cites),
        ..ProtocolItem::default()
    });
    vec![ProtocolSection { title: String::new(), items: items.collect() }]
}
