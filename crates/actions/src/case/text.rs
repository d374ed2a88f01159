//! From the rows of the store to the text of a case file without its chronology: entries are read one by one.

use serde_json::{Map, Value};
use std::fmt::Write as _;
use store::RowKind;

/// What is known of a child beside what happened. Of several people or placements with one id the last counts, and one that says `void`
/// takes them away; a setting is laid over those before it.
pub(crate) fn known_text<'a>(child: &str, rows: impl Iterator<Item = (RowKind, &'a str)>) -> String {
    let mut parts = Parts::default();
    rows.for_each(|(kind, payload)| parts.take(kind, payload));
    parts.text(child)
}

/// The last row of an id; one that says `void` takes it away.
struct Last<'a> {
    id: Option<String>,
    payload: &'a str,
    void: bool,
}

#[derive(Default)]
struct Parts<'a> {
    facts: Vec<&'a str>,
    people: Vec<Last<'a>>,
    placements: Vec<Last<'a>>,
    settings: Map<String, Value>,
}

impl<'a> Parts<'a> {
    fn take(&mut self, kind: RowKind, payload: &'a str) {
        match kind {
            RowKind::Fact => self.facts.push(payload),
            RowKind::Person => replace(&mut self.people, payload),
            RowKind::Placement => replace(&mut self.placements, payload),
            RowKind::Setting => self.lay_over(payload),
            RowKind::Entry | RowKind::Place | RowKind::Erasure | RowKind::Same => {}
        }
    }

    fn lay_over(&mut self, payload: &str) {
        let Ok(Value::Object(books)) = serde_json::from_str(payload) else { return };
        for (book, settings) in books {
            match (self.settings.get_mut(&book), settings) {
                (Some(Value::Object(before)), Value::Object(settings)) => before.extend(settings),
                (_, settings) => _ = self.settings.insert(book, settings),
            }
        }
    }

    fn text(&self, child: &str) -> String {
        let list = |items: &mut dyn Iterator<Item = &'a str>| items.collect::<Vec<_>>().join(",\n");
        let mut text = format!("{{ \"case\": {}", Value::from(child));
        for (key, items) in [
            ("facts", list(&mut self.facts.iter().copied())),
            ("people", list(&mut self.people.iter().filter(|p| !p.void).map(|p| p.payload))),
            ("placements", list(&mut self.placements.iter().filter(|p| !p.void).map(|p| p.payload))),
        ] {
            if !items.is_empty() {
                let _ = write!(text, ",\n\"{key}\": [\n{items}\n]");
            }
        }
        if !self.settings.is_empty() {
            let _ = write!(text, ",\n\"settings\": {}", Value::Object(self.settings.clone()));
        }
        text.push_str(" }");
        text
    }
}

/// Puts a person or placement in the place of the one with the same id.
fn replace<'a>(list: &mut Vec<Last<'a>>, payload: &'a str) {
    let says = serde_json::from_str::<Value>(payload).ok();
    let id = says.as_ref().and_then(|says| Some(says.get("id")?.as_str()?.to_string()));
    let void = says.is_some_and(|says| says.get("void") == Some(&Value::Bool(true)));
    match list.iter_mut().find(|last| id.is_some() && last.id == id) {
        Some(before) => (before.payload, before.void) = (payload, void),
        None => list.push(Last { id, payload, void }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_a_case_file() {
        let rows = [
            (RowKind::Person, r#"{ "id": "sw", "name": "Owen" }"#),
            (RowKind::Fact, r#"{ "fact": "child.looked_after", "value": true }"#),
            (RowKind::Setting, r#"{ "example": { "a": "1h", "b": true } }"#),
            (RowKind::Person, r#"{ "id": "sw", "name": "Olwen" }"#),
            (RowKind::Setting, r#"{ "example": { "a": "2h" } }"#),
        ];
        let text = known_text("c-1", rows.into_iter());
        let made: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(made["people"].as_array().unwrap().len(), 1);
        assert_eq!(made["people"][0]["name"], "Olwen");
        assert_eq!(made["settings"]["example"]["a"], "2h");
        assert_eq!(made["settings"]["example"]["b"], true);
        assert_eq!(made["case"], "c-1");
    }
}
