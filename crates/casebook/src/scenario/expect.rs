//! Reads one expectation of a scenario.

use super::{DutyWanted, Expectation, Expected, Wanted};
use crate::case_file::CaseFile;
use crate::node::{Content, Node};
use crate::reader::{Reader, short};
use engine::evaluate::State;
use engine::rulebook::Rulebook;
use engine::time::Moment;

const KEYS: [&str; 15] = [
    "at",
    "known_at",
    "duty",
    "n",
    "state",
    "due",
    "owner",
    "because",
    "told",
    "missing",
    "boundary",
    "flag",
    "entry",
    "open_at_most",
    "says",
];
const STATES: [State; 8] = [
    State::Upcoming,
    State::Due,
    State::Overdue,
    State::Done,
    State::DoneLate,
    State::Lapsed,
    State::Waived,
    State::CannotTell,
];

/// What stands in an expectation, before it is known what it is about.
#[derive(Default)]
struct Parts {
    at: Option<Moment>,
    known_at: Option<Moment>,
    duty: Option<String>,
    boundary: Option<String>,
    flag: Option<String>,
    open: Option<(String, usize)>,
    entry: Option<String>,
    wanted: DutyWanted,
}

/// `None` if it is faulty; then it was said why.
pub(super) fn expectation<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
    book: &Rulebook,
    case: &CaseFile,
) -> Option<Expectation> {
    let mut parts = Parts::default();
    for property in reader.object(node, "an expectation") {
        let value = &property.value;
        match &*property.name {
            "says" => _ = reader.text(value, "says"),
            "at" => parts.at = reader.moment(value, "at"),
            "known_at" => parts.known_at = reader.moment(value, "known_at"),
            "duty" => parts.duty = rule(reader, value, "duty", book),
            "boundary" => parts.boundary = rule(reader, value, "boundary", book),
            "flag" => parts.flag = flag(reader, value, book),
            "entry" => parts.entry = entry(reader, value, case),
            "n" => parts.wanted.n = count(reader, value, "n"),
            "state" => parts.wanted.state = state(reader, value),
            "due" => parts.wanted.due = due(reader, value),
            "owner" => parts.wanted.owner = role(reader, value, "owner"),
            "because" => parts.wanted.because = texts(reader, value, "because"),
            "told" => {
                parts.wanted.told = reader.list(value, "told").iter().filter_map(|r| role(reader, r, "told")).collect();
            }
            "missing" => parts.wanted.missing = facts(reader, value),
            "open_at_most" => parts.open = open_at_most(reader, value),
            _ => reader.unknown_key(property, "an expectation", &KEYS),
        }
    }
    assemble(reader, node, parts)
}

fn assemble(reader: &mut Reader<'_>, node: &Node<'_>, parts: Parts) -> Option<Expectation> {
    let known_at = parts.known_at;
    let place = reader.lines.place(node.at);
    let about = ["duty", "boundary", "flag", "open_at_most"].into_iter().filter(|key| node.get(key).is_some()).count();
    if about != 1 {
        reader.error(
            "C03",
            node.at,
            "an expectation is about one thing",
            "write one of duty, boundary, flag, open_at_most",
        );
        return None;
    }
    let at = match (&parts.boundary, parts.wanted.due) {
        (None, _) => parts.at,
        (Some(_), Expected::Is(due)) => Some(due),
        (Some(_), _) => None,
    };
    let Some(at) = at else {
        let (key, help) = if node.get("boundary").is_some() {
            ("due", "write the limit")
        } else {
            ("at", "write the moment asked about")
        };
        if node.get(key).is_none() {
            reader.missing(node.at, "the expectation", key, help);
        }
        return None;
    };
    let wanted = if let Some(rule) = parts.boundary {
        Wanted::Boundary { rule, n: parts.wanted.n }
    } else if let Some(rule) = parts.flag {
        Wanted::Flag { rule, entry: parts.entry, raised: parts.wanted.state != Expected::None }
    } else if let Some((role, duties)) = parts.open {
        Wanted::OpenAtMost { role, duties }
    } else {
        Wanted::Duty(DutyWanted { rule: parts.duty?, ..parts.wanted })
    };
    Some(Expectation { at, known_at, wanted, place })
}

fn rule(reader: &mut Reader<'_>, node: &Node<'_>, key: &str, book: &Rulebook) -> Option<String> {
    let id = reader.full_text(node, key)?;
    if book.rule(&id).is_some() {
        return Some(id);
    }
    let help = reader.nearest(&id, book.rules.iter().map(|r| r.id.as_str()));
    reader.error("C01", node.at, format!("the rulebook has no duty `{}`", short(&id)), help);
    None
}

fn flag(reader: &mut Reader<'_>, node: &Node<'_>, book: &Rulebook) -> Option<String> {
    let id = reader.full_text(node, "flag")?;
    let verdicts = book.verdicts.iter().map(|v| v.id.as_str());
    let known: Vec<&str> = verdicts.chain(book.rules.iter().filter(|r| r.conflict).map(|r| r.id.as_str())).collect();
    if known.contains(&&*id) {
        return Some(id);
    }
    let message = format!("the rulebook has no refusal, warning or conflict `{}`", short(&id));
    reader.error("C01", node.at, message, reader.nearest(&id, known));
    None
}

fn entry(reader: &mut Reader<'_>, node: &Node<'_>, case: &CaseFile) -> Option<String> {
    let id = reader.full_text(node, "entry")?;
    if !case.chronology.iter().any(|e| e.id == id) {
        let help = reader.nearest(&id, case.chronology.iter().map(|e| e.id.as_str()));
        reader.error("C05", node.at, format!("no entry has the id `{}`", short(&id)), help);
    }
    Some(id)
}

fn count(reader: &mut Reader<'_>, node: &Node<'_>, key: &str) -> Option<usize> {
    if let Content::Number(number) = &node.content
        && let Ok(number) = number.parse()
    {
        return Some(number);
    }
    reader.wrong_type(node, key, "a whole number");
    None
}

fn state(reader: &mut Reader<'_>, node: &Node<'_>) -> Expected<State> {
    let Some(word) = reader.full_text(node, "state") else { return Expected::Anything };
    if word == "none" {
        return Expected::None;
    }
    let found = STATES.into_iter().find(|s| s.word() == word);
    if found.is_none() {
        let help = reader.nearest(&word, STATES.iter().map(|s| s.word()).chain(["none"]));
        reader.error("C01", node.at, format!("`{}` is not a state of a duty", short(&word)), help);
    }
    found.map_or(Expected::Anything, Expected::Is)
}

fn due(reader: &mut Reader<'_>, node: &Node<'_>) -> Expected<Moment> {
    match &node.content {
        Content::Text(word) if word == "none" => Expected::None,
        _ => reader.moment(node, "due").map_or(Expected::Anything, Expected::Is),
    }
}

fn role(reader: &mut Reader<'_>, node: &Node<'_>, key: &str) -> Option<String> {
    reader.role(node, key)?;
    match &node.content {
        Content::Text(word) => Some(word.to_string()),
        _ => None,
    }
}

fn texts<'a>(reader: &mut Reader<'a>, node: &Node<'a>, key: &str) -> Vec<String> {
    reader.list(node, key).iter().filter_map(|item| reader.full_text(item, key)).collect()
}

fn facts<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<String> {
    let mut found = Vec::new();
    for item in reader.list(node, "missing") {
        let Some(word) = reader.full_text(item, "missing") else { continue };
        // What an entry of a meeting leaves out is missing as a fact is.
        let vocabulary = reader.vocabulary;
        let came = vocabulary.events.iter().filter_map(|event| event.came);
        let is_field = came.into_iter().any(|field| vocabulary.fields[field.place()] == word);
        if vocabulary.fact(&word).is_none() && !is_field {
            let help = reader.nearest(&word, reader.vocabulary.facts.iter().map(|f| f.id.as_str()));
            reader.error("C01", item.at, format!("unknown fact `{}`", short(&word)), help);
        }
        found.push(word);
    }
    found
}

fn open_at_most<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<(String, usize)> {
    let (mut whose, mut most) = (None, None);
    for property in reader.object(node, "open_at_most") {
        match &*property.name {
            "role" => whose = role(reader, &property.value, "role"),
            "duties" => most = count(reader, &property.value, "duties"),
            _ => reader.unknown_key(property, "open_at_most", &["role", "duties"]),
        }
    }
    for key in ["role", "duties"] {
        if node.get(key).is_none() {
            reader.missing(node.at, "open_at_most", key, "write `{ role = \"carer\", duties = 6 }`");
        }
    }
    whose.zip(most)
}
