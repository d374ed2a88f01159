//! `rulebook list`: which there are.

use crate::args::Format;
use crate::print::{self, BOLD, DIM, line, styled};
use engine::rulebook::{Library, Rulebook};
use serde_json::{Value, json};

pub fn run(library: &Library, format: Format) {
    if format == Format::Json {
        print::json(&Value::Array(library.rulebooks.iter().map(|b| one(library, b)).collect()));
        return;
    }
    if library.rulebooks.is_empty() {
        line("There are no rulebooks here. `whereabouts rulebook new AREA` makes one.");
    }
    for book in &library.rulebooks {
        let until = book.in_force_until.map_or("open".into(), |u| u.to_string());
        line(format!("{}  {}", styled(BOLD, &format!("{}/{}", book.id, book.edition)), book.title));
        let stories = scenarios(library, book);
        line(styled(
            DIM,
            &format!(
                "    in force from {} until {until}; {} provisions, {} duties, {stories} scenario files [{}]",
                book.in_force_from,
                book.provisions.len(),
                book.rules.len(),
                book.hash
            ),
        ));
    }
}

fn scenarios(library: &Library, book: &Rulebook) -> usize {
    library.scenarios.iter().filter(|(id, edition, _)| *id == book.id && *edition == book.edition).count()
}

fn one(library: &Library, book: &Rulebook) -> Value {
    json!({
        "id": book.id, "edition": book.edition, "title": book.title, "kind": book.kind, "area": book.area,
        "in_force_from": book.in_force_from.to_string(), "in_force_until": book.in_force_until.map(|d| d.to_string()),
        "review_due": book.review_due.map(|d| d.to_string()), "hash": book.hash, "provisions": book.provisions.len(),
        "duties": book.rules.len(), "scenario_files": scenarios(library, book),
        "settings": book.settings.iter().map(|s| json!({ "id": s.id, "default": s.default_text, "says": s.says })).collect::<Vec<_>>(),
    })
}
