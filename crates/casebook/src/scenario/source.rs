//! Reads a file of scenarios: the case each one tells. Expectations are in `expect`.

use super::{Scenario, expect};
use crate::case_file::{CaseFile, DatedFact, Keys, chronology, fact_line, fact_value, setting_lines};
use crate::node::{Content, Node, Property, from_toml};
use crate::reader::{Reader, short};
use engine::diagnostic::Diagnostic;
use engine::rulebook::Rulebook;
use engine::source::SourceFile;
use engine::time::Moment;
use engine::vocabulary::Vocabulary;
use std::collections::HashMap;

const KEYS: [&str; 10] =
    ["id", "says", "provisions", "base", "facts", "start", "entries", "dated_facts", "settings", "expect"];

/// Reads the scenarios of one file, and says everything wrong in it. A scenario with an error in it is left out.
pub fn read(file: &SourceFile, vocabulary: &Vocabulary, book: &Rulebook) -> (Vec<Scenario>, Vec<Diagnostic>) {
    let mut reader = Reader::new(vocabulary, &file.path, &file.text);
    let node = match from_toml(&file.text) {
        Ok(node) => node,
        Err(malformed) => {
            for fault in malformed {
                reader.malformed(fault);
            }
            return (Vec::new(), reader.finish().1);
        }
    };
    let mut scenarios = Vec::new();
    let bases = Bases::new(&mut reader, &node);
    for property in reader.object(&node, "the file") {
        match &*property.name {
            "base" => {}
            "scenario" => {
                for item in reader.list(&property.value, "scenario") {
                    let before = reader.errors();
                    let scenario = scenario(&mut reader, item, &bases, book);
                    scenarios.extend((reader.errors() == before).then_some(scenario));
                }
            }
            _ => reader.unknown_key(property, "a file of scenarios", &["base", "scenario"]),
        }
    }
    let (words, problems) = reader.finish();
    for scenario in &mut scenarios {
        scenario.case.words.clone_from(&words);
    }
    (scenarios, deduplicated(problems))
}

/// Facts shared by several scenarios are read for each of them; what is wrong with them is said once.
fn deduplicated(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    problems.dedup();
    problems
}

/// The facts that scenarios of the file share, by name.
struct Bases<'n, 'a>(HashMap<&'n str, &'n Node<'a>>);

impl<'n, 'a> Bases<'n, 'a> {
    fn new(reader: &mut Reader<'a>, node: &'n Node<'a>) -> Bases<'n, 'a> {
        let mut found = HashMap::new();
        let Some(all) = node.get("base") else { return Bases(found) };
        for base in reader.object(all, "base") {
            for property in reader.object(&base.value, &base.name) {
                if property.name == "facts" {
                    found.insert(&*base.name, &property.value);
                } else {
                    reader.unknown_key(property, "a base", &["facts"]);
                }
            }
        }
        Bases(found)
    }
}

fn scenario<'a>(reader: &mut Reader<'a>, node: &Node<'a>, bases: &Bases<'_, 'a>, book: &Rulebook) -> Scenario {
    // Everything else may be relative to the start, so that is read first.
    reader.start = None;
    let start = node.get("start").map(|start| reader.moment(start, "start"));
    reader.start = start.flatten();
    let place = reader.lines.place(node.at);
    let mut scenario = Scenario {
        rulebook: book.id.clone(),
        edition: book.edition.clone(),
        id: String::new(),
        says: String::new(),
        provisions: Vec::new(),
        start: reader.start.unwrap_or(Moment::EVER),
        case: empty(reader.lines.file()),
        expectations: Vec::new(),
        place,
    };
    for property in reader.object(node, "a scenario") {
        part(reader, property, &mut scenario, bases, book);
    }
    for (key, help) in [
        ("id", "give it a name of its own"),
        ("says", "say in a sentence what it shows"),
        ("start", "write the moment that `+0h` stands for"),
        ("expect", "write at least one [[scenario.expect]]"),
    ] {
        if node.get(key).is_none() {
            reader.missing(node.at, "the scenario", key, help);
        }
    }
    scenario.case.id.clone_from(&scenario.id);
    scenario
}

fn part<'a>(
    reader: &mut Reader<'a>,
    property: &Property<'a>,
    scenario: &mut Scenario,
    bases: &Bases<'_, 'a>,
    book: &Rulebook,
) {
    let value = &property.value;
    match &*property.name {
        "start" => {}
        "id" => scenario.id = reader.full_text(value, "id").unwrap_or_default(),
        "says" => scenario.says = reader.full_text(value, "says").unwrap_or_default(),
        "provisions" => scenario.provisions = provisions(reader, value, book),
        "base" => base(reader, value, scenario, bases),
        "facts" => facts(reader, value, &mut scenario.case.facts),
        "entries" => scenario.case.chronology = chronology(reader, value, &Keys::SCENARIO),
        "dated_facts" => {
            let lines = reader.list(value, "dated_facts").iter().filter_map(|line| fact_line(reader, line, "recorded"));
            let lines: Vec<DatedFact> = lines.collect();
            scenario.case.facts.extend(lines);
        }
        "settings" => {
            for setting in reader.object(value, "settings") {
                check_setting(reader, setting, book);
                scenario.case.settings.extend(setting_lines(reader, &book.id, setting));
            }
        }
        "expect" => {
            for item in reader.list(value, "expect") {
                scenario.expectations.extend(expect::expectation(reader, item, book, &scenario.case));
            }
        }
        _ => reader.unknown_key(property, "a scenario", &KEYS),
    }
}

fn empty(file: &str) -> CaseFile {
    CaseFile {
        file: file.into(),
        id: String::new(),
        about: None,
        facts: Vec::new(),
        people: Vec::new(),
        placements: Vec::new(),
        settings: Vec::new(),
        chronology: Vec::new(),
        words: HashMap::new(),
    }
}

fn provisions<'a>(reader: &mut Reader<'a>, node: &Node<'a>, book: &Rulebook) -> Vec<String> {
    let mut found = Vec::new();
    for item in reader.list(node, "provisions") {
        let Some(id) = reader.full_text(item, "provisions") else { continue };
        // While a rulebook is being written its catalogue may still be missing.
        if book.provision(&id).is_none() && !book.provisions.is_empty() {
            let help = reader.nearest(&id, book.provisions.iter().map(|p| p.id.as_str()));
            reader.error("C01", item.at, format!("the rulebook has no provision `{}`", short(&id)), help);
        }
        found.push(id);
    }
    found
}

/// The facts of the base come before the scenario's own, whatever the order of the keys.
fn base<'a>(reader: &mut Reader<'a>, node: &Node<'a>, scenario: &mut Scenario, bases: &Bases<'_, 'a>) {
    let Some(name) = reader.full_text(node, "base") else { return };
    let Some(shared) = bases.0.get(&*name) else {
        reader.error(
            "C01",
            node.at,
            format!("unknown base `{}`", short(&name)),
            reader.nearest(&name, bases.0.keys().copied()),
        );
        return;
    };
    let own = std::mem::take(&mut scenario.case.facts);
    facts(reader, shared, &mut scenario.case.facts);
    scenario.case.facts.extend(own);
}

/// Facts known from birth. A later one of the same name replaces an earlier one.
fn facts<'a>(reader: &mut Reader<'a>, node: &Node<'a>, found: &mut Vec<DatedFact>) {
    for property in reader.object(node, "facts") {
        // Without quotes, the dots of `child.age` make tables in TOML; that is read alike.
        match &property.value.content {
            Content::Object(inner) => {
                for part in inner {
                    fact(reader, &format!("{}.{}", property.name, part.name), part, found);
                }
            }
            _ => fact(reader, &property.name, property, found),
        }
    }
}

fn fact<'a>(reader: &mut Reader<'a>, word: &str, property: &Property<'a>, found: &mut Vec<DatedFact>) {
    let place = reader.lines.place(property.at);
    if let Some((fact, value)) = fact_value(reader, word, property.at, &property.value) {
        found.push(DatedFact::always(fact, value, place));
    }
}

fn check_setting(reader: &mut Reader<'_>, setting: &Property<'_>, book: &Rulebook) {
    if !book.settings.iter().any(|s| s.id == setting.name) {
        let help = reader.nearest(&setting.name, book.settings.iter().map(|s| s.id.as_str()));
        reader.error("C01", setting.at, format!("the rulebook has no setting `{}`", short(&setting.name)), help);
    }
}
