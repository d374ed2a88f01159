//! Writes a case file out again as JSON, so that a case that was made or changed in memory can be kept and asked again.
//! What is written reads as the same case; the places of its lines are new ones.

use super::model::{CaseFile, DatedFact, EntryLine, Person, Placement, Remark, SettingLine, Taken};
use engine::ids::LineNo;
use engine::time::Moment;
use engine::value::{Type, Value};
use engine::vocabulary::Vocabulary;
use engine::words::Sym;
use serde_json::{Map, Value as Json, json};

type Object = Map<String, Json>;

struct Writer<'a> {
    case: &'a CaseFile,
    vocabulary: &'a Vocabulary,
}

/// The case as JSON.
pub fn write(case: &CaseFile, vocabulary: &Vocabulary) -> Json {
    let writer = Writer { case, vocabulary };
    let mut top = Object::new();
    top.insert("case".into(), json!(case.id));
    put(&mut top, "about", case.about.as_deref());
    let mut list = |key: &str, items: Vec<Json>| {
        if !items.is_empty() {
            top.insert(key.into(), Json::Array(items));
        }
    };
    list("facts", case.facts.iter().map(|f| writer.fact(f)).collect());
    list("people", case.people.iter().map(|p| writer.person(p)).collect());
    list("placements", case.placements.iter().map(|p| writer.placement(p)).collect());
    list("chronology", case.chronology.iter().map(|e| writer.entry(e)).collect());
    let mut settings = Object::new();
    for line in &case.settings {
        let book = settings.entry(line.rulebook.as_str()).or_insert_with(|| json!({}));
        let set = book.as_object_mut().map(|set| set.entry(line.setting.as_str()).or_insert(Json::Null));
        set.into_iter().for_each(|set| writer.setting(set, line));
    }
    if !settings.is_empty() {
        top.insert("settings".into(), Json::Object(settings));
    }
    Json::Object(top)
}

/// The case as the text of a file, one line for each fact and entry.
pub fn text(case: &CaseFile, vocabulary: &Vocabulary) -> String {
    let Json::Object(top) = write(case, vocabulary) else { return String::new() };
    let one = |(key, value): (&String, &Json)| match value {
        Json::Array(items) => {
            let lines: Vec<String> = items.iter().map(|i| format!("    {i}")).collect();
            format!("  \"{key}\": [\n{}\n  ]", lines.join(",\n"))
        }
        value => format!("  \"{key}\": {value}"),
    };
    format!("{{\n{}\n}}\n", top.iter().map(one).collect::<Vec<_>>().join(",\n"))
}

fn put(object: &mut Object, key: &str, text: Option<&str>) {
    object.extend(text.map(|text| (key.to_string(), json!(text))));
}

fn details(object: &mut Object, details: &[(String, String)]) {
    if !details.is_empty() {
        let all: Object = details.iter().map(|(key, value)| (key.clone(), json!(value))).collect();
        object.insert("details".into(), Json::Object(all));
    }
}

impl Writer<'_> {
    fn fact(&self, fact: &DatedFact) -> Json {
        let mut object = Object::new();
        // By its place a line has an id without being given one.
        let given = Some(fact.id.as_str()).filter(|id| !id.is_empty() && !id.starts_with("fact#"));
        put(&mut object, "id", given);
        object.insert("fact".into(), json!(self.vocabulary.fact_at(fact.fact).id));
        if !fact.withdrawn {
            object.insert("value".into(), self.value(fact.value));
        }
        if fact.from > Moment::EVER {
            object.insert("from".into(), self.moment(fact.from));
        }
        object.extend(fact.until.map(|until| ("until".to_string(), self.moment(until))));
        if fact.recorded != fact.from || fact.corrects.is_some() {
            object.insert("recorded_at".into(), self.moment(fact.recorded));
        }
        put(&mut object, "source", fact.taken.map(Taken::word));
        put(&mut object, "told_by", fact.told_by.as_deref());
        put(&mut object, "corrects", fact.corrects.as_deref());
        if fact.withdrawn {
            object.insert("withdrawn".into(), json!(true));
        }
        put(&mut object, "why", fact.why.as_deref());
        put(&mut object, "note", fact.note.as_deref());
        Json::Object(object)
    }

    fn person(&self, person: &Person) -> Json {
        let mut object = Object::new();
        put(&mut object, "id", Some(&person.id));
        put(&mut object, "name", person.name.as_deref());
        put(&mut object, "role", person.role.and_then(|r| self.vocabulary.word(r)));
        put(&mut object, "phone", person.phone.as_deref());
        put(&mut object, "email", person.email.as_deref());
        put(&mut object, "address", person.address.as_deref());
        if !person.facts.is_empty() {
            let facts: Object = person.facts.iter().map(|(key, value)| (key.clone(), json!(value))).collect();
            object.insert("facts".into(), Json::Object(facts));
        }
        details(&mut object, &person.details);
        Json::Object(object)
    }

    fn placement(&self, placement: &Placement) -> Json {
        let mut object = Object::new();
        put(&mut object, "id", Some(&placement.id));
        let stated = super::placement_keys(self.vocabulary);
        for (key, fact) in stated {
            let value = placement.facts.iter().find(|(f, _)| *f == fact);
            object.extend(value.map(|(_, value)| (key.to_string(), self.value(*value))));
        }
        object.insert("from".into(), self.moment(placement.from));
        object.extend(placement.until.map(|until| ("until".to_string(), self.moment(until))));
        if placement.recorded != placement.from {
            object.insert("recorded_at".into(), self.moment(placement.recorded));
        }
        put(&mut object, "name", placement.name.as_deref());
        put(&mut object, "address", placement.address.as_deref());
        details(&mut object, &placement.details);
        Json::Object(object)
    }

    fn entry(&self, entry: &EntryLine) -> Json {
        let id = |index: LineNo| self.case.chronology.get(index.place()).map(|e| e.id.as_str());
        let mut object = Object::new();
        put(&mut object, "id", Some(&entry.id));
        put(&mut object, "event", Some(&self.vocabulary.event_at(entry.event).id));
        object.insert("occurred_at".into(), self.moment(entry.occurred));
        // Of a correction it is not left out: there it would mean another moment.
        if entry.recorded != entry.occurred || entry.corrects.is_some() {
            object.insert("recorded_at".into(), self.moment(entry.recorded));
        }
        put(&mut object, "by", entry.by.and_then(|by| self.vocabulary.word(by)));
        put(&mut object, "by_name", entry.by_name.as_deref());
        put(&mut object, "episode", entry.episode.and_then(id));
        put(&mut object, "corrects", entry.corrects.and_then(id));
        if entry.withdrawn {
            object.insert("withdrawn".into(), json!(true));
        }
        let followed = entry.texts.iter().find(|(field, _)| *field == self.vocabulary.known.followed);
        put(&mut object, "followed", followed.map(|(_, rulebook)| rulebook.as_str()));
        if let Some(remark) = entry.remark {
            let key = if remark == Remark::Confirmed { "confirmed" } else { "disputed" };
            object.insert(key.into(), json!(true));
        }
        put(&mut object, "told_by", entry.told_by.and_then(|by| self.vocabulary.word(by)));
        for field in &self.vocabulary.event_at(entry.event).fields {
            if field.kind == Type::Entries {
                let named = entry.texts.iter().filter(|(f, _)| *f == field.field).map(|(_, id)| json!(id));
                let named: Vec<Json> = named.collect();
                if !named.is_empty() {
                    object.insert(field.id.clone(), Json::Array(named));
                }
                continue;
            }
            if let Some((_, text)) = entry.texts.iter().find(|(f, _)| *f == field.field) {
                put(&mut object, &field.id, Some(text));
                continue;
            }
            let mut values: Vec<Json> =
                entry.fields.iter().filter(|(f, _)| *f == field.field).map(|(_, v)| self.value(*v)).collect();
            match values.len() {
                0 => {}
                1 if field.kind != Type::Roles => _ = object.insert(field.id.clone(), values.remove(0)),
                _ => _ = object.insert(field.id.clone(), Json::Array(values)),
            }
        }
        put(&mut object, "note", entry.note.as_deref());
        put(&mut object, "why", entry.why.as_deref());
        if !entry.checklist.is_empty() {
            object.insert("checklist".into(), entry.checklist.iter().map(super::Checked::json).collect());
        }
        object.extend(entry.filled.as_ref().map(|filled| ("filled".to_string(), filled.json())));
        Json::Object(object)
    }

    fn value(&self, value: Value) -> Json {
        match value {
            Value::Unknown | Value::Text => Json::Null,
            Value::Bool(yes) => json!(yes),
            Value::Word(word) => json!(self.word(word)),
            Value::Number(number) => json!(number),
            Value::Date(date) => json!(date.to_string()),
            Value::Moment(at) => self.moment(at),
        }
    }

    fn word(&self, word: Sym) -> Option<&str> {
        self.vocabulary.word(word).or_else(|| self.case.words.get(&word).map(String::as_str))
    }

    /// A value, or a list of what holds from when.
    fn setting(&self, set: &mut Json, line: &SettingLine) {
        let mut one = json!({ "value": line.value });
        if line.from != Moment::EVER {
            one["from"] = self.moment(line.from);
        }
        match set {
            Json::Array(before) => before.push(one),
            Json::Null if line.from == Moment::EVER => *set = json!(line.value),
            Json::Null => *set = json!([one]),
            first => *first = json!([{ "value": first }, one]),
        }
    }

    fn moment(&self, at: Moment) -> Json {
        json!(self.vocabulary.calendar.stamp(at))
    }
}
