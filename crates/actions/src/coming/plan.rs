//! The rows of all tables put together child by child, and who of them may be here already.

use super::mapping::{Columns, Kind, Mapping, Of};
use super::rows::{Cells, Fault, Read};
use super::table::Table;
use crate::app::App;
use casebook::likeness::{Key, Marks, compare, sought};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};

type Json = Map<String, Value>;

/// What somebody said of a child who may be here already, or twice in the files: the id of the file, and the record that it is; `new` for a
/// child of whom there is no record.
pub type Settled = BTreeMap<String, String>;

/// A child of the files who may be here already, or who may be in the files twice.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Double {
    /// Where it stands.
    pub row: usize,
    /// The id in the file.
    pub id: String,
    /// The name in the file.
    pub name: String,
    /// The record, by its id; or the id of another child of the files, after `file:`.
    pub other: String,
    /// The name there.
    pub other_name: String,
    /// What speaks for it.
    pub reasons: Vec<String>,
}

/// A child with everything that the files say.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Comer {
    /// The row of the child; 0 where the files have none.
    pub row: usize,
    /// The table of that row.
    pub table: String,
    /// What the row says.
    pub says: Json,
    /// Facts, people, placements, episodes and entries.
    pub parts: Vec<Read>,
}

impl Comer {
    pub fn name(&self) -> &str {
        self.says.get("name").and_then(Value::as_str).unwrap_or_default()
    }

    /// What the child is known by.
    pub fn marks(&self) -> Marks {
        let text = |key: &str| self.says.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
        let list = |text: String| if text.is_empty() { Vec::new() } else { vec![text] };
        let mut marks = Marks {
            names: vec![text("name")],
            born: list(text("born")),
            addresses: list(text("address")),
            ..Marks::default()
        };
        for (key, value) in self.says.get("details").and_then(Value::as_object).into_iter().flatten() {
            marks.detail(key, value.as_str().unwrap_or_default());
        }
        for part in &self.parts {
            let text = |key: &str| part.says.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
            match part.kind {
                Kind::Fact if text("fact") == "child.date_of_birth" => marks.born.extend(list(text("value"))),
                Kind::Placement => marks.homes.extend(list(text("name"))),
                Kind::Person if text("role") == "child" => {
                    for (key, value) in part.says.get("details").and_then(Value::as_object).into_iter().flatten() {
                        marks.detail(key, value.as_str().unwrap_or_default());
                    }
                }
                _ => {}
            }
        }
        marks
    }
}

/// Everything that the files say.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub agencies: Vec<Read>,
    pub homes: Vec<Read>,
    pub postcodes: Vec<Read>,
    /// By the id of the file, in order.
    pub children: BTreeMap<String, Comer>,
    pub faults: Vec<Fault>,
    pub notes: Vec<String>,
}

/// The columns of a table that the mapping does not take: whoever sent them is told that they were left.
fn left(of: &Of, table: &Table) -> Option<String> {
    let taken: HashSet<String> =
        of.columns.values().flat_map(Columns::names).map(|name| name.trim().to_lowercase()).collect();
    let mut left: Vec<(&usize, &String)> = table
        .columns
        .iter()
        .filter(|(name, _)| !name.is_empty() && !taken.contains(*name))
        .map(|(a, b)| (b, a))
        .collect();
    left.sort();
    let names: Vec<&str> = left.into_iter().map(|(_, name)| name.as_str()).collect();
    (!names.is_empty()).then(|| {
        let several = if names.len() == 1 { "this column is" } else { "these columns are" };
        format!("{}: {several} not taken by the mapping, and what they say was left: {}", table.name, names.join(", "))
    })
}

/// Reads all rows.
pub(super) fn plan(app: &App, mapping: &Mapping, tables: &[Table]) -> Plan {
    let mut plan = Plan::default();
    let mut seen: HashMap<(Kind, String, String), usize> = HashMap::new();
    for table in tables {
        plan.notes.extend(table.notes.iter().map(|note| format!("{}: {note}", table.name)));
        let Some(of) = mapping.of(&table.name) else {
            plan.notes.push(format!("{}: no table of the mapping goes by this name; it was left", table.name));
            continue;
        };
        plan.notes.extend(left(of, table));
        let columns =
            |names: &[String]| names.iter().any(|name| table.columns.contains_key(&name.trim().to_lowercase()));
        let needed = ["id", "child"].into_iter().find_map(|what| of.columns.get(what));
        if let Some(missing) = needed.filter(|needed| !columns(needed.names())) {
            let says =
                format!("the column `{}` is missing; the first row names the columns", missing.names().join("` or `"));
            plan.faults.push(Fault { table: table.name.clone(), row: 1, says, ..Fault::default() });
            continue;
        }
        for (row, cells) in &table.rows {
            let mut reading = Cells { app, mapping, of, table, row: *row, cells, faults: Vec::new() };
            let read = reading.read();
            plan.faults.append(&mut reading.faults);
            let Some(read) = read else { continue };
            if !read.id.is_empty() && read.kind != Kind::Child {
                let same = (read.kind, read.child.clone(), read.id.clone());
                if let Some(first) = seen.insert(same, read.row) {
                    let says = format!("the id `{}` is that of row {first} already", read.id);
                    plan.faults.push(Fault { table: read.table, row: read.row, says, ..Fault::default() });
                    continue;
                }
            }
            plan.take(read);
        }
    }
    let childless: Vec<String> =
        plan.children.iter().filter(|(_, comer)| comer.row == 0).map(|(id, _)| id.clone()).collect();
    for id in childless {
        let Some(comer) = plan.children.get(&id) else { continue };
        // Of a child brought in before, the files need not say anew who it is.
        if let Some(part) = comer.parts.first() {
            plan.notes.push(format!(
                "{} row {}: the files have no child `{id}`; it has to be here already",
                part.table, part.row
            ));
        }
    }
    plan
}

impl Plan {
    fn take(&mut self, read: Read) {
        match read.kind {
            Kind::Agency => self.agencies.push(read),
            Kind::Home => self.homes.push(read),
            Kind::Postcode => self.postcodes.push(read),
            Kind::Child => {
                let comer = self.children.entry(read.child.clone()).or_default();
                if comer.row == 0 {
                    (comer.row, comer.table, comer.says) = (read.row, read.table, read.says);
                } else {
                    comer.more(read, &mut self.faults);
                }
            }
            _ => self.children.entry(read.child.clone()).or_default().parts.push(read),
        }
    }

    /// Children of the files who may be one child, by what they are known by.
    pub fn twice(&self, settled: &Settled) -> Vec<Double> {
        let mut index: HashMap<Key, Vec<&String>> = HashMap::new();
        let mut marks: HashMap<&String, Marks> = HashMap::new();
        let mut found = Vec::new();
        for (id, comer) in self.children.iter().filter(|(_, comer)| comer.row > 0) {
            let own = comer.marks();
            let keys = sought(&own);
            let mut asked: HashSet<&String> = HashSet::new();
            for key in &keys {
                for other in index.get(key).into_iter().flatten().take(200) {
                    let like = asked
                        .insert(other)
                        .then(|| marks.get(*other).and_then(|theirs| compare(&own, theirs)))
                        .flatten();
                    let Some(like) = like.filter(|_| !settled.contains_key(id)) else { continue };
                    let there = &self.children[*other];
                    found.push(Double {
                        row: comer.row,
                        id: id.clone(),
                        name: comer.name().into(),
                        other: format!("file:{other}"),
                        other_name: format!("{} (row {})", there.name(), there.row),
                        reasons: like.reasons.iter().map(|reason| reason.words().to_string()).collect(),
                    });
                }
            }
            keys.into_iter().for_each(|key| index.entry(key).or_default().push(id));
            marks.insert(id, own);
        }
        found
    }
}

impl Comer {
    /// A second row of the same child, of another table: it says more, and nothing else.
    fn more(&mut self, read: Read, faults: &mut Vec<Fault>) {
        for (key, value) in read.says {
            let empty = value == json!("") || value == json!([]) || value == json!({});
            match self.says.get_mut(&key) {
                _ if empty => {}
                Some(Value::Object(there)) => {
                    let more = value.as_object().cloned().unwrap_or_default();
                    more.into_iter().for_each(|(key, value)| _ = there.entry(key).or_insert(value));
                }
                Some(there) if *there == json!("") || *there == json!([]) => *there = value,
                Some(there) if *there != value && key == "born" => {
                    let says =
                        format!("the date of birth is {value}, and {there} in row {} of {}", self.row, self.table);
                    faults.push(Fault { table: read.table.clone(), row: read.row, says, ..Fault::default() });
                }
                Some(_) => {}
                None => _ = self.says.insert(key, value),
            }
        }
    }
}
