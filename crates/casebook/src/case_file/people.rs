//! The people around the child. Kept and shown; nothing is evaluated from them.

use super::model::Person;
use crate::node::{Content, Node};
use crate::reader::{Reader, short};
use std::collections::HashMap;

const KEYS: [&str; 8] = ["id", "name", "role", "phone", "email", "address", "facts", "details"];

pub(super) fn people<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Person> {
    let items = reader.list(node, "people");
    let mut seen = HashMap::new();
    items.iter().enumerate().map(|(n, item)| person(reader, item, n + 1, &mut seen)).collect()
}

fn person<'a>(reader: &mut Reader<'a>, node: &Node<'a>, position: usize, seen: &mut HashMap<String, usize>) -> Person {
    let place = reader.lines.place(node.at);
    let id = format!("#{position}");
    let mut person = Person {
        id,
        name: None,
        role: None,
        phone: None,
        email: None,
        address: None,
        facts: Vec::new(),
        details: Vec::new(),
        place,
    };
    for property in reader.object(node, "a person") {
        let value = &property.value;
        match &*property.name {
            "id" => person.id = reader.full_text(value, "id").unwrap_or(person.id),
            "name" => person.name = reader.text(value, "name"),
            "role" => person.role = reader.role(value, "role"),
            "phone" => person.phone = reader.text(value, "phone"),
            "email" => person.email = reader.text(value, "email"),
            "address" => person.address = reader.text(value, "address"),
            "facts" => person.facts = free(reader, value, "facts"),
            "details" => person.details = free(reader, value, "details"),
            _ => reader.unknown_key(property, "a person", &KEYS),
        }
    }
    unique(reader, seen, &person.id, node.at);
    person
}

/// Says so when an id is used for the second time.
pub(super) fn unique(reader: &mut Reader<'_>, seen: &mut HashMap<String, usize>, id: &str, at: usize) {
    match seen.get(id) {
        None => _ = seen.insert(id.into(), at),
        Some(first) => {
            let line = reader.lines.place(*first).line;
            reader.error(
                "C05",
                at,
                format!("the id `{}` is used twice, first on line {line}", short(id)),
                "give each an id of its own",
            );
        }
    }
}

/// Texts by keys that nobody declares: kept as written.
pub(super) fn free<'a>(reader: &mut Reader<'a>, node: &Node<'a>, what: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for property in reader.object(node, what) {
        let value = match &property.value.content {
            Content::YesNo(yes) => Some(yes.to_string()),
            Content::Number(number) => Some(number.to_string()),
            _ => reader.text(&property.value, &property.name),
        };
        found.extend(value.map(|v| (property.name.to_string(), v)));
    }
    found
}
