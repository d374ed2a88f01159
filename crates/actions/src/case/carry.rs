//! The rows of a record carried into another, and what belongs back when the two are taken apart. No id stands for two things: where both
//! have one, that of the record that comes is written anew, here and in whatever names it.

use super::same::Held;
use super::whole::Whole;
use crate::app::App;
use engine::value::Type;
use engine::vocabulary::Vocabulary;
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};
use store::{NewRow, Row, RowKind};

type Json = Map<String, Value>;

/// The particulars of which a child has one, and of which what the other record says is kept beside.
const NUMBERS: [&str; 4] = ["nhs_number", "upn", "authority_number", "police_nominal"];

/// What names another row.
fn names(vocabulary: &Vocabulary, says: &Json) -> Vec<String> {
    let event = says.get("event").and_then(Value::as_str).and_then(|event| vocabulary.event(event));
    let fields = event.into_iter().flat_map(|event| &vocabulary.event_at(event).fields);
    let fields = fields.filter(|field| matches!(field.kind, Type::Entries)).map(|field| field.id.clone());
    ["corrects", "episode"].into_iter().map(String::from).chain(fields).collect()
}

fn id_of(says: &Json) -> Option<&str> {
    says.get("id").and_then(Value::as_str)
}

fn object(row: &Row) -> Option<Json> {
    serde_json::from_str(row.payload.as_deref()?).ok()
}

fn is_child(kind: RowKind, says: &Json) -> bool {
    kind == RowKind::Person && says.get("role").and_then(Value::as_str) == Some("child")
}

/// Writes ids anew, in the row itself and in what it names.
fn renamed(vocabulary: &Vocabulary, kind: RowKind, says: &mut Json, new: &HashMap<(&'static str, String), String>) {
    let space = if tied(kind, says).is_some() { PERSON } else { space(kind) };
    let with = |value: &mut Value| {
        if let Some(other) = value.as_str().and_then(|old| new.get(&(space, old.to_string()))) {
            *value = json!(other);
        }
    };
    if let Some(id) = says.get_mut("id") {
        with(id);
    }
    if let Some(person) = says.get_mut("person").filter(|_| kind == RowKind::Same) {
        with(person);
    }
    // Who goes to a place is named by ids of people, in one text.
    if let Some(Value::String(who)) =
        says.get_mut("details").and_then(|details| details.get_mut("who")).filter(|_| kind == RowKind::Place)
    {
        let one = |id: &str| new.get(&(PERSON, id.to_string())).map_or(id.to_string(), Clone::clone);
        *who = who.split(' ').map(one).collect::<Vec<_>>().join(" ");
    }
    for name in names(vocabulary, says) {
        match says.get_mut(&name) {
            Some(Value::Array(items)) => items.iter_mut().for_each(with),
            Some(value) => with(value),
            None => {}
        }
    }
}

/// The person whom a row says to be around another child as well, or not to be.
fn tied(kind: RowKind, says: &Json) -> Option<&str> {
    says.get("person").and_then(Value::as_str).filter(|_| kind == RowKind::Same)
}

const PERSON: &str = "person";

/// Ids are unique within one of these.
fn space(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Entry => "entry",
        RowKind::Fact => "fact",
        RowKind::Placement => "placement",
        RowKind::Person => PERSON,
        RowKind::Place => "place",
        RowKind::Setting | RowKind::Erasure | RowKind::Same => "",
    }
}

/// The rows of a record with an id each: what has none is known by its place, which is another one elsewhere.
fn numbered(rows: &[Row]) -> Vec<(&Row, Json)> {
    let (mut facts, mut others) = (0, 0);
    let mut found = Vec::new();
    for row in rows {
        let Some(mut says) = object(row) else { continue };
        let place = match row.kind {
            RowKind::Fact => {
                facts += 1;
                format!("fact#{facts}")
            }
            RowKind::Person | RowKind::Placement => {
                others += 1;
                format!("#{others}")
            }
            _ => String::new(),
        };
        if id_of(&says).is_none() && !place.is_empty() {
            says.insert("id".into(), json!(place));
        }
        found.push((row, says));
    }
    found
}

/// The rows of another record, ready to follow those of this one; and the ids that were written anew: of what, the new, the old.
pub(super) fn carried(app: &App, here: &Whole, other: &Whole) -> (Vec<NewRow>, Vec<(String, String, String)>) {
    let vocabulary = app.rules.vocabulary();
    let mut taken: HashSet<(&str, String)> = HashSet::new();
    for (row, says) in numbered(&here.rows) {
        taken.extend(id_of(&says).map(|id| (space(row.kind), id.to_string())));
    }
    let mark: String = other.base.id.chars().filter(char::is_ascii_alphanumeric).collect();
    let mark = &mark[mark.len().saturating_sub(8)..];
    let mut new: HashMap<(&'static str, String), String> = HashMap::new();
    let rows = numbered(&other.rows);
    for (row, says) in &rows {
        let Some(id) = id_of(says).map(String::from) else { continue };
        let key = (space(row.kind), id.clone());
        if taken.contains(&key) && !new.contains_key(&key) {
            let free = (1..).map(|n| if n == 1 { format!("{id}~{mark}") } else { format!("{id}~{mark}{n}") });
            let free = free.into_iter().find(|free| !taken.contains(&(key.0, free.clone()))).unwrap_or_default();
            taken.insert((key.0, free.clone()));
            new.insert(key, free);
        }
    }
    let mut made = Vec::new();
    for (row, mut says) in rows {
        // A setting of one record is of one child's own case; what this record says of the same rulebook stays.
        let setting = row.kind == RowKind::Setting && settings_of(&here.rows).any(|book| says.contains_key(&book));
        let person = tied(row.kind, &says).is_some();
        if setting || is_child(row.kind, &says) || matches!(row.kind, RowKind::Same | RowKind::Erasure) && !person {
            continue;
        }
        renamed(vocabulary, row.kind, &mut says, &new);
        made.push(NewRow { payload: Value::Object(says).to_string(), ..again(app, row) });
    }
    made.extend(together(app, here, other));
    let mut renamed: Vec<_> = new.into_iter().map(|((space, old), new)| (space.to_string(), new, old)).collect();
    renamed.sort();
    (made, renamed)
}

fn settings_of(rows: &[Row]) -> impl Iterator<Item = String> + '_ {
    let settings = rows.iter().filter(|row| row.kind == RowKind::Setting).filter_map(object);
    settings.flat_map(|says| says.into_iter().map(|(book, _)| book))
}

fn again(app: &App, row: &Row) -> NewRow {
    let picture = row.payload.as_deref().and_then(|text| serde_json::from_str::<Json>(text).ok());
    let event = picture.as_ref().and_then(|says| says.get("event")).and_then(Value::as_str);
    let event = event.and_then(|event| app.rules.vocabulary().event(event));
    let photograph = event.zip(picture.as_ref()).and_then(|(event, says)| {
        crate::photograph::id_in(app.rules.vocabulary().event_at(event), says).map(|(_, id)| id.to_string())
    });
    NewRow {
        kind: row.kind,
        occurred_us: row.occurred_us,
        recorded_us: row.recorded_us,
        actor: row.actor.clone(),
        payload: row.payload.clone().unwrap_or_default(),
        salt: app.secret(),
        photograph,
    }
}

/// The last that a record says of who the child is.
fn child(rows: &[Row]) -> Option<(&Row, Json)> {
    rows.iter().rev().filter_map(|row| Some((row, object(row)?))).find(|(row, says)| is_child(row.kind, says))
}

/// Who the child is, by both: what this record says stands, what it does not say comes from the other, and a name or a number of the other
/// that differs is kept beside.
fn together(app: &App, here: &Whole, other: &Whole) -> Option<NewRow> {
    let mut says = child(&here.rows).map_or_else(
        || {
            Map::from_iter([
                ("id".to_string(), json!("child")),
                ("name".to_string(), json!(here.base.name)),
                ("role".to_string(), json!("child")),
            ])
        },
        |(_, says)| says,
    );
    let (row, theirs) = child(&other.rows)?;
    let mut details = says.get("details").and_then(Value::as_object).cloned().unwrap_or_default();
    let no_details = Map::new();
    let their_details = theirs.get("details").and_then(Value::as_object).unwrap_or(&no_details);
    let mut numbers: Vec<String> = Vec::new();
    for (key, value) in their_details {
        match details.get(key) {
            None => _ = details.insert(key.clone(), value.clone()),
            Some(ours) if ours != value && NUMBERS.contains(&key.as_str()) => {
                numbers.extend(value.as_str().map(|number| format!("{} {number}", label(key))));
            }
            Some(_) => {}
        }
    }
    let add = |details: &mut Json, key: &str, text: &str| {
        let before = details.get(key).and_then(Value::as_str).unwrap_or_default();
        if !text.is_empty() && !before.split('\n').any(|line| line == text) {
            let joined = if before.is_empty() { text.to_string() } else { format!("{before}\n{text}") };
            details.insert(key.into(), json!(joined));
        }
    };
    if other.base.name != here.base.name {
        add(&mut details, "former_names", &other.base.name);
    }
    numbers.iter().for_each(|number| add(&mut details, "other_numbers", number));
    for (key, value) in &theirs {
        if key != "details" {
            says.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
    if !details.is_empty() {
        says.insert("details".into(), Value::Object(details));
    }
    Some(NewRow { payload: Value::Object(says).to_string(), photograph: None, ..again(app, row) })
}

fn label(key: &str) -> &str {
    casebook::particulars::all().iter().find(|one| one.id == key).map_or(key, |one| one.label.as_str())
}

/// What goes back when a record is taken out of this one: the places of the rows that were written since and speak of what came with it, the
/// rows themselves as the other record has them, and who the child of this record is without what came from there.
pub(super) fn parted(app: &App, here: &Whole, held: &Held) -> (Vec<i64>, Vec<NewRow>, Option<NewRow>) {
    let vocabulary = app.rules.vocabulary();
    // The ids in the other record, by those that they have here.
    let mut back: HashMap<(&'static str, String), String> = HashMap::new();
    for row in here.rows.iter().filter(|row| held.carried(row.seq)) {
        let Some(id) = object(row).as_ref().and_then(id_of).map(String::from) else { continue };
        let old = held.renamed.iter().find(|(of, new, _)| of == space(row.kind) && *new == id);
        back.insert((space(row.kind), id.clone()), old.map_or(id, |(_, _, old)| old.clone()));
    }
    let own: HashSet<(&str, String)> = here
        .rows
        .iter()
        .filter(|row| !held.carried(row.seq))
        .filter_map(|row| Some((space(row.kind), id_of(&object(row)?)?.to_string())))
        .collect();
    let (mut places, mut rows) = (Vec::new(), Vec::new());
    for row in here.rows.iter().filter(|row| row.seq > held.seq + held.rows) {
        let Some(mut says) = object(row) else { continue };
        if let Some(person) = tied(row.kind, &says) {
            if back.contains_key(&(PERSON, person.to_string())) {
                renamed(vocabulary, row.kind, &mut says, &back);
                places.push(row.seq);
                rows.push(NewRow { payload: Value::Object(says).to_string(), ..again(app, row) });
            }
            continue;
        }
        if space(row.kind).is_empty() {
            continue;
        }
        if is_child(row.kind, &says) {
            continue;
        }
        let of = |id: &str| (space(row.kind), id.to_string());
        let speaks = id_of(&says).is_some_and(|id| back.contains_key(&of(id)))
            || names(vocabulary, &says).iter().any(|name| match says.get(name) {
                Some(Value::Array(items)) => {
                    items.iter().filter_map(Value::as_str).any(|id| back.contains_key(&of(id)))
                }
                Some(value) => value.as_str().is_some_and(|id| back.contains_key(&of(id))),
                None => false,
            });
        if !speaks {
            continue;
        }
        // What is said about this row later goes with it.
        if let Some(id) = id_of(&says).map(String::from) {
            back.entry(of(&id)).or_insert(id);
        }
        // What it names of this record is not there in the other.
        for name in names(vocabulary, &says) {
            let foreign = |id: &str| own.contains(&of(id)) && !back.contains_key(&of(id));
            match says.get_mut(&name) {
                Some(Value::Array(items)) => items.retain(|item| !item.as_str().is_some_and(foreign)),
                Some(value) if value.as_str().is_some_and(foreign) => _ = says.remove(&name),
                _ => {}
            }
        }
        renamed(vocabulary, row.kind, &mut says, &back);
        places.push(row.seq);
        rows.push(NewRow { payload: Value::Object(says).to_string(), ..again(app, row) });
    }
    (places, rows, without(app, here, held))
}

/// Who the child is, where somebody changed it while the records were one: what they changed stays, what came from the other record goes.
fn without(app: &App, here: &Whole, held: &Held) -> Option<NewRow> {
    let (last, now) = child(&here.rows)?;
    if last.seq <= held.seq + held.rows {
        return None;
    }
    let before: Vec<Row> = here.rows.iter().filter(|row| row.seq <= held.seq).cloned().collect();
    let until: Vec<Row> = here.rows.iter().filter(|row| row.seq <= held.seq + held.rows).cloned().collect();
    let (before, merged) =
        (child(&before).map(|(_, says)| says).unwrap_or_default(), child(&until).map(|(_, says)| says)?);
    let mut says = three(&before, &merged, &now);
    let part = |says: &Json| says.get("details").and_then(Value::as_object).cloned().unwrap_or_default();
    let details = three(&part(&before), &part(&merged), &part(&now));
    says.remove("details");
    if !details.is_empty() {
        says.insert("details".into(), Value::Object(details));
    }
    Some(NewRow { payload: Value::Object(says).to_string(), photograph: None, ..again(app, last) })
}

/// What was changed since the merge, and of what was not, what was there before it.
fn three(before: &Json, merged: &Json, now: &Json) -> Json {
    let mut made = Map::new();
    for (key, value) in now {
        if merged.get(key) != Some(value) {
            made.insert(key.clone(), value.clone());
        } else if let Some(value) = before.get(key) {
            made.insert(key.clone(), value.clone());
        }
    }
    made
}
