//! The placements of a case file: each sets the facts `placement.*` while it lasts.

use super::model::Placement;
use super::people::{free, unique};
use crate::node::{Node, Property};
use crate::reader::Reader;
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::{Fact, FactId, Vocabulary};
use std::collections::HashMap;

const OWN: [&str; 7] = ["id", "from", "until", "recorded_at", "name", "address", "details"];
const PREFIX: &str = "placement.";
/// The fact that holds `from`.
const START: &str = "placement.start";

pub(super) fn placements<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Placement> {
    let items = reader.list(node, "placements");
    let mut seen = HashMap::new();
    items.iter().enumerate().filter_map(|(n, item)| placement(reader, item, n + 1, &mut seen)).collect()
}

/// The keys that stand for a fact of the vocabulary, with that fact.
pub(crate) fn fact_keys(vocabulary: &Vocabulary) -> impl Iterator<Item = (&str, FactId)> {
    let facts = vocabulary.facts.iter().filter(|f| f.derived.is_none() && f.id != START);
    facts.filter_map(|f| Some((f.id.strip_prefix(PREFIX)?, vocabulary.fact(&f.id)?)))
}

/// Is a fact one that a placement says while it lasts?
pub fn is_of_placement(fact: &Fact) -> bool {
    fact.derived.is_none() && fact.id.starts_with(PREFIX)
}

fn placement<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
    position: usize,
    seen: &mut HashMap<String, usize>,
) -> Option<Placement> {
    let (mut from, mut recorded) = (None, None);
    let place = reader.lines.place(node.at);
    let id = format!("#{position}");
    let mut placement = Placement {
        id,
        facts: Vec::new(),
        from: Moment::EVER,
        until: None,
        recorded: Moment::EVER,
        name: None,
        address: None,
        details: Vec::new(),
        place,
    };
    let properties = reader.object(node, "a placement");
    for property in properties {
        let value = &property.value;
        match &*property.name {
            "id" => placement.id = reader.full_text(value, "id").unwrap_or(placement.id),
            "from" => from = Some(reader.moment(value, "from")),
            "until" => placement.until = reader.moment(value, "until"),
            "recorded_at" => recorded = reader.moment(value, "recorded_at"),
            "name" => placement.name = reader.text(value, "name"),
            "address" => placement.address = reader.text(value, "address"),
            "details" => placement.details = free(reader, value, "details"),
            _ => placement.facts.extend(fact(reader, property)),
        }
    }
    if properties.is_empty() {
        return None;
    }
    unique(reader, seen, &placement.id, node.at);
    let Some(from) = from else {
        reader.missing(node.at, "the placement", "from", "write when it began or is to begin");
        return None;
    };
    let from = from?;
    if placement.until.is_some_and(|until| until < from) {
        reader.error("C05", node.at, "the placement ends before it begins", "check `from` and `until`");
    }
    placement.from = from;
    placement.recorded = recorded.unwrap_or(from);
    if let Some(start) = reader.vocabulary.fact(START) {
        placement.facts.push((start, Value::Moment(from)));
    }
    Some(placement)
}

fn fact(reader: &mut Reader<'_>, property: &Property<'_>) -> Option<(FactId, Value)> {
    let v = reader.vocabulary;
    let Some((key, id)) = fact_keys(v).find(|(key, _)| *key == property.name) else {
        let known: Vec<&str> = OWN.into_iter().chain(fact_keys(v).map(|(key, _)| key)).collect();
        reader.unknown_key(property, "a placement", &known);
        return None;
    };
    let value = reader.values(&property.value, &v.fact_at(id).kind, key).first().copied()?;
    Some((id, value))
}
