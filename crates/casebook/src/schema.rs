//! The JSON Schema (2020-12) of the case file, made from the vocabulary, so that editors and other programs know every event and fact.

use crate::case_file::{CheckAnswer, Taken, placement_keys};
use engine::value::Type;
use engine::vocabulary::{ActionKind, Class, Event, Vocabulary};
use serde_json::{Map, Value, json};

/// Where the schema is kept, and what it calls itself.
const ID: &str = "https://whereabouts.invalid/case-file.schema.json";
const MOMENT: &str =
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?([Zz]|[+-][0-9]{2}:[0-9]{2})$";

/// The schema as a value.
pub fn schema(vocabulary: &Vocabulary) -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "Whereabouts case file",
        "description": "The record of one child: what is known, and what happened. See docs/case-file.md.",
        "type": "object",
        "required": ["case"],
        "additionalProperties": false,
        "properties": {
            "$schema": { "type": "string" },
            "case": { "type": "string", "minLength": 1, "description": "The id of the case." },
            "about": { "type": "string", "description": "What the case shows." },
            "facts": { "type": "array", "items": { "$ref": "#/$defs/fact" } },
            "people": { "type": "array", "items": { "$ref": "#/$defs/person" } },
            "placements": { "type": "array", "items": { "$ref": "#/$defs/placement" } },
            "settings": {
                "description": "Local settings by rulebook and setting.",
                "type": "object",
                "additionalProperties": { "type": "object", "additionalProperties": { "oneOf": [{ "type": ["string", "boolean"] }, dated_setting()] } },
            },
            "chronology": { "type": "array", "items": { "$ref": "#/$defs/entry" } },
        },
        "$defs": {
            "moment": { "type": "string", "pattern": MOMENT, "description": "Date and time with the offset from UTC.", "examples": ["2026-01-05T18:00+00:00"] },
            "date": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
            "area": { "type": "string", "pattern": "^[a-z0-9_-]{1,64}$" },
            "photograph": { "type": "string", "pattern": "^[0-9a-f]{64}$", "description": "The SHA-256 of the picture." },
            "role": words(vocabulary.roles.iter().map(|r| &r.id)),
            "action": words(vocabulary.actions.iter().map(|a| &a.id)),
            "form": words(vocabulary.forms.iter().map(|f| &f.id)),
            "fact": fact(vocabulary),
            "person": person(),
            "placement": placement(vocabulary),
            "entry": entry(vocabulary),
        },
    })
}

/// A setting that was changed: what holds from when.
fn dated_setting() -> Value {
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["value"],
            "additionalProperties": false,
            "properties": { "value": { "type": ["string", "boolean"] }, "from": { "$ref": "#/$defs/moment" } },
        },
    })
}

/// The schema as a text, as it is kept in `docs/case-file.schema.json`.
pub fn text(vocabulary: &Vocabulary) -> String {
    format!("{:#}\n", schema(vocabulary))
}

fn words<'a>(words: impl Iterator<Item = &'a String>) -> Value {
    json!({ "enum": words.collect::<Vec<_>>() })
}

fn kind(kind: &Type) -> Value {
    let reference = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
    match kind {
        Type::YesNo => json!({ "type": "boolean" }),
        Type::Choice(values) | Type::Answer(values) => json!({ "enum": values }),
        Type::Number => json!({ "type": "integer" }),
        Type::Text | Type::Rule => json!({ "type": "string" }),
        Type::Entries => {
            let id = || json!({ "type": "string", "minLength": 1 });
            json!({ "anyOf": [id(), { "type": "array", "items": id() }] })
        }
        Type::Date => reference("date"),
        Type::Moment | Type::Since => reference("moment"),
        Type::Area | Type::Force => reference("area"),
        Type::Photograph => reference("photograph"),
        Type::Role => reference("role"),
        Type::Roles => json!({ "anyOf": [reference("role"), { "type": "array", "items": reference("role") }] }),
        Type::Action => reference("action"),
        Type::Form => reference("form"),
    }
}

fn described(kind: Value, doc: &str) -> Value {
    let mut value = kind;
    if let Value::Object(map) = &mut value {
        map.insert("description".into(), doc.into());
    }
    value
}

/// If the key has this word, the rest looks like that.
fn when(key: &str, word: &str, then: &Value) -> Value {
    json!({ "if": { "properties": { key: { "const": word } }, "required": [key] }, "then": then })
}

fn fact(vocabulary: &Vocabulary) -> Value {
    let recorded = || vocabulary.facts.iter().filter(|f| f.derived.is_none());
    let cases = recorded()
        .map(|f| when("fact", &f.id, &json!({ "properties": { "value": described(kind(&f.kind), &f.doc) } })));
    let sources: Vec<&str> = Taken::ALL.iter().map(|(_, word)| *word).collect();
    json!({
        "description": "A fact, true from a moment on; or the correction or withdrawal of what was recorded of it.",
        "type": "object",
        "required": ["fact"],
        "if": { "properties": { "withdrawn": { "const": true } }, "required": ["withdrawn"] },
        "then": { "required": ["corrects"] },
        "else": { "required": ["value"] },
        "dependentRequired": { "corrects": ["recorded_at"] },
        "additionalProperties": false,
        "properties": {
            "id": { "type": "string", "minLength": 1 },
            "fact": words(recorded().map(|f| &f.id)),
            "value": true,
            "from": described(kind(&Type::Moment), "From when; left out: it was always so."),
            "until": described(kind(&Type::Moment), "Until when it held; left out: it holds until a later line says otherwise."),
            "recorded_at": described(kind(&Type::Moment), "When it was recorded; left out: at `from`."),
            "source": { "enum": sources, "description": "Where it was taken from." },
            "told_by": { "type": "string", "description": "Who told it, or which document says so." },
            "corrects": { "type": "string", "description": "The id of the line that this one replaces: that was wrong." },
            "withdrawn": { "type": "boolean", "description": "With `corrects`: that line does not count any more, and nothing stands in its place." },
            "why": { "type": "string", "description": "With `corrects`: why it was wrong." },
            "note": { "type": "string" },
        },
        "allOf": cases.collect::<Vec<_>>(),
    })
}

fn person() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "id": { "type": "string", "minLength": 1 },
            "name": { "type": "string" },
            "role": { "$ref": "#/$defs/role" },
            "phone": { "type": "string" },
            "email": { "type": "string" },
            "address": { "type": "string" },
            "facts": free(),
            "details": free(),
        },
    })
}

/// Texts by keys that nobody declares.
fn free() -> Value {
    json!({ "type": "object", "additionalProperties": { "type": ["string", "boolean", "number"] } })
}

fn placement(vocabulary: &Vocabulary) -> Value {
    let mut properties = Map::new();
    properties.insert("id".into(), json!({ "type": "string", "minLength": 1 }));
    properties.insert("from".into(), described(kind(&Type::Moment), "When it began or is to begin."));
    properties.insert("until".into(), described(kind(&Type::Moment), "When it ended or is to end."));
    properties
        .insert("recorded_at".into(), described(kind(&Type::Moment), "When it was recorded; left out: at `from`."));
    properties.insert("name".into(), json!({ "type": "string" }));
    properties.insert("address".into(), json!({ "type": "string" }));
    properties.insert("details".into(), free());
    for (key, fact) in placement_keys(vocabulary) {
        let fact = vocabulary.fact_at(fact);
        properties.insert(key.into(), described(kind(&fact.kind), &fact.doc));
    }
    json!({ "type": "object", "required": ["from"], "additionalProperties": false, "properties": properties })
}

/// What is about an entry as a whole, and has no content of its own.
const BARE: [&str; 3] = ["withdrawn", "confirmed", "disputed"];

fn entry(vocabulary: &Vocabulary) -> Value {
    let recorded = || vocabulary.events.iter().filter(|e| !e.made_up);
    let mut cases = vec![json!({
        "if": { "anyOf": BARE.map(|key| json!({ "properties": { key: { "const": true } }, "required": [key] })) },
        "then": { "required": ["corrects"], "anyOf": [{ "required": ["recorded_at"] }, { "required": ["occurred_at"] }] },
        "else": { "required": ["event", "occurred_at"] },
    })];
    cases.extend(recorded().map(|e| when("event", &e.id, &fields(e))));
    cases.extend(answers(vocabulary));
    json!({
        "description": "Something that happened, or the correction or withdrawal of an entry.",
        "type": "object",
        "properties": {
            "id": { "type": "string", "minLength": 1 },
            "event": words(recorded().map(|e| &e.id)),
            "occurred_at": described(kind(&Type::Moment), "When it happened."),
            "recorded_at": described(kind(&Type::Moment), "When it was recorded; left out: when it happened."),
            "by": described(kind(&Type::Role), "The role that did it."),
            "by_name": { "type": "string", "description": "The person who did it." },
            "note": { "type": "string" },
            "why": { "type": "string", "description": "With `corrects`: why what stood before was put right." },
            "episode": { "type": "string", "description": "The id of the entry that starts the episode it belongs to, where time does not tell." },
            "followed": { "type": "string", "description": "The rulebook that was followed, where two contradict each other in who does this." },
            "corrects": { "type": "string", "description": "The id of the entry that this one replaces, or is about." },
            "withdrawn": { "type": "boolean", "description": "With `corrects`: that entry does not count any more." },
            "confirmed": { "type": "boolean", "description": "With `corrects`: that entry, told on somebody's behalf, is so." },
            "disputed": { "type": "boolean", "description": "With `corrects`: that entry is not so, says this one; both stand." },
            "told_by": described(kind(&Type::Role), "The role on whose behalf somebody else put it down: it eases and closes nothing until it is confirmed."),
            "checklist": {
                "type": "array",
                "items": checked(),
                "description": "The checklist of the duty that it did, answered line by line.",
            },
            "filled": filled(),
        },
        "allOf": cases,
        "unevaluatedProperties": false,
    })
}

/// A line of a checklist, answered.
fn checked() -> Value {
    let text = || json!({ "type": "string", "minLength": 1 });
    json!({
        "type": "object",
        "required": ["rulebook", "rule", "asked", "answer"],
        "additionalProperties": false,
        "properties": {
            "rulebook": text(),
            "rule": text(),
            "provisions": { "type": "array", "items": text() },
            "asked": text(),
            "answer": { "enum": CheckAnswer::ALL.map(CheckAnswer::word) },
            "why": { "type": "string" },
        },
    })
}

/// A form that was filled in.
fn filled() -> Value {
    let text = || json!({ "type": "string", "minLength": 1 });
    let open = || json!({ "type": "string" });
    let part = json!({
        "type": "object",
        "required": ["asked"],
        "additionalProperties": false,
        "properties": { "asked": text(), "answer": open() },
    });
    let answer = json!({
        "type": "object",
        "required": ["id", "asked"],
        "additionalProperties": false,
        "properties": {
            "id": text(),
            "section": open(),
            "asked": text(),
            "provisions": { "type": "array", "items": text() },
            "class": { "enum": Class::ALL.map(|(word, _)| word) },
            "answer": open(),
            "words": open(),
            "what": open(),
            "since": open(),
            "lines": { "type": "array", "items": { "type": "array", "items": part } },
            "unexamined": { "type": "boolean" },
            "graded": { "type": "boolean" },
        },
    });
    json!({
        "type": "object",
        "description": "The form that was filled in: what was asked, and what was answered.",
        "required": ["rulebook", "edition", "form", "title", "answers"],
        "additionalProperties": false,
        "properties": {
            "rulebook": text(),
            "edition": text(),
            "form": text(),
            "title": text(),
            "over": open(),
            "answers": { "type": "array", "items": answer },
        },
    })
}

/// The answers of decisions that have others than those to any.
fn answers(vocabulary: &Vocabulary) -> Vec<Value> {
    let mut found: Vec<(Vec<&str>, Vec<&str>)> = Vec::new();
    for action in vocabulary.actions.iter().filter(|action| action.kind == ActionKind::Decide) {
        let answers: Vec<&str> = action.answers.iter().map(|answer| answer.word.as_str()).collect();
        match found.iter_mut().find(|(known, _)| *known == answers) {
            Some((_, decisions)) => decisions.push(&action.id),
            None => found.push((answers, vec![&action.id])),
        }
    }
    let case = |(answers, decisions): (Vec<&str>, Vec<&str>)| {
        json!({
            "if": { "properties": { "decision": { "enum": decisions } }, "required": ["decision"] },
            "then": { "properties": { "answer": { "enum": answers } } },
        })
    };
    found.into_iter().map(case).collect()
}

fn fields(event: &Event) -> Value {
    let properties: Map<String, Value> =
        event.fields.iter().map(|f| (f.id.clone(), described(kind(&f.kind), &f.doc))).collect();
    let required: Vec<&str> = event.fields.iter().filter(|f| f.required).map(|f| f.id.as_str()).collect();
    let mut value = json!({ "description": event.doc, "properties": properties });
    if !required.is_empty() {
        value["required"] = json!(required);
    }
    value
}
