//! Brings in what the files say: agencies, homes and postcodes first, then child by child, each in one write. What was brought before is known by the
//! source and the id that it has there: it is not doubled, and where the files say something else now, that is said and nothing is overwritten.

use super::around::around;
use super::mapping::{Kind, Mapping};
use super::plan::{Comer, Double, Settled, plan};
use super::rows::{Fault, Read};
use super::table::Table;
use crate::app::{App, hex, micros};
use crate::authorise::{Actor, Verb, authorise, may_see, read_in};
use crate::case::{Added, add_rows, apart};
use crate::child::{Import, import};
use crate::refused::{NO_SUCH_CHILD, Result};
use crate::same::alike;
use casebook::likeness::{compare, sought};
use engine::time::Moment;
use policy::Act;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};
use store::{Brought as Line, NewRow, RowKind, Scope};
use tokio::task::JoinSet;

type Json = Map<String, Value>;

/// So many children are worked out at once.
const AT_ONCE: usize = 8;

/// Who brings something in: somebody of an agency, or whoever runs the server.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Somebody who is signed in.
    Person(&'a Actor),
    /// Whoever runs the server.
    Operator,
}

/// What files brought, or would bring.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Brought {
    /// Children who are new.
    pub children: usize,
    /// Rows of every other kind that are new, by the word of the kind.
    pub others: BTreeMap<String, usize>,
    /// Rows that are here already.
    pub unchanged: usize,
    /// Children who may be here already, or twice in the files: they wait until somebody says who they are.
    pub doubles: Vec<Double>,
    /// What is wrong, by table and row.
    pub faults: Vec<Fault>,
    /// How files were read, and what was left.
    pub notes: Vec<String>,
}

/// Brings tables in, or only says what they would bring. `told` hears how many children are done, of how many.
pub async fn bring(
    app: &App,
    by: By<'_>,
    mapping: &Mapping,
    tables: &[Table],
    settled: &Settled,
    trial: bool,
    told: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<Brought> {
    let actor = match by {
        By::Person(actor) => {
            authorise(app, actor, Verb::Do(Act::Bring), None).await?;
            actor.clone()
        }
        // What the operator writes is by nobody who signs in.
        By::Operator => Actor { person: "operator".into(), sees_all: true, ..Actor::default() },
    };
    let mut plan = plan(app, mapping, tables);
    let mut done = Brought::default();
    let names = around(app, by, &mut plan, &mut done, trial).await?;
    let known = app.store.brought(&mapping.source).await?;
    let known: HashMap<(String, String), Line> =
        known.into_iter().map(|line| ((line.kind.clone(), line.id.clone()), line)).collect();
    done.doubles = plan.twice(settled);
    let waiting: Vec<String> = done.doubles.iter().map(|double| double.id.clone()).collect();
    let bringing =
        Bringing { app: app.clone(), actor, mapping: mapping.clone(), names, known, settled: settled.clone(), trial };
    let bringing = std::sync::Arc::new(bringing);
    let comers: Vec<(String, Comer)> =
        std::mem::take(&mut plan.children).into_iter().filter(|(id, _)| !waiting.contains(id)).collect();
    let all = comers.len();
    let (mut under_way, mut comers, mut ready) = (JoinSet::new(), comers.into_iter(), 0);
    loop {
        while under_way.len() < AT_ONCE {
            let Some((id, comer)) = comers.next() else { break };
            let bringing = bringing.clone();
            under_way.spawn(async move { bringing.child(&id, &comer).await });
        }
        match under_way.join_next().await {
            None => break,
            Some(Ok(one)) => done.and(one?),
            Some(Err(broken)) => {
                tracing::error!(%broken, "a child could not be brought in");
                return Err(crate::refused::Refused::Unavailable(crate::refused::TRY_AGAIN.into()));
            }
        }
        ready += 1;
        told(ready, all);
    }
    if !trial {
        app.store.brought_in().await?;
    }
    done.faults.append(&mut plan.faults);
    done.notes.append(&mut plan.notes);
    done.faults.sort();
    done.faults.dedup();
    done.doubles.sort_by(|a, b| (a.row, &a.id).cmp(&(b.row, &b.id)));
    Ok(done)
}

impl Brought {
    fn and(&mut self, other: Brought) {
        self.children += other.children;
        self.unchanged += other.unchanged;
        other.others.into_iter().for_each(|(kind, n)| *self.others.entry(kind).or_default() += n);
        self.doubles.extend(other.doubles);
        self.faults.extend(other.faults);
    }

    pub(super) fn count(&mut self, kind: Kind) {
        *self.others.entry(kind.word().to_string()).or_default() += 1;
    }
}

struct Bringing {
    app: App,
    actor: Actor,
    mapping: Mapping,
    names: HashMap<String, String>,
    known: HashMap<(String, String), Line>,
    settled: Settled,
    trial: bool,
}

/// What a row says, in few letters: to see whether it says the same when it comes again.
fn hash(says: &Json) -> String {
    hex(&Sha256::digest(Value::Object(says.clone()).to_string())[..12])
}

impl Bringing {
    fn key(read: &Read, child: &str) -> String {
        if read.id.is_empty() { format!("{child} {}", hash(&read.says)) } else { format!("{child} {}", read.id) }
    }

    /// The id of a new record: the same for the same child of the same source, whenever it is brought.
    fn id(&self, id: &str) -> String {
        if self.mapping.keep_ids {
            return id.to_string();
        }
        let d = hex(&Sha256::digest(format!("{}\0{id}", self.mapping.source))[..16]);
        format!("{}-{}-8{}-8{}-{}", &d[..8], &d[8..12], &d[13..16], &d[17..20], &d[20..32])
    }

    async fn child(&self, id: &str, comer: &Comer) -> Result<Brought> {
        let mut done = Brought::default();
        let known = self.known.get(&(Kind::Child.word().to_string(), id.to_string())).map(|line| line.ours.clone());
        let told = self.settled.get(id).map(String::as_str).filter(|said| *said != "new");
        match known.or(told.map(String::from)) {
            Some(ours) => {
                let ours = read_in(&self.app, &ours).await?;
                if self.may_add(&ours).await? {
                    self.more(id, &ours, comer, &mut done).await?;
                } else {
                    let says = NO_SUCH_CHILD.to_string();
                    done.faults.push(Fault { table: comer.table.clone(), row: comer.row, says, ..Fault::default() });
                }
            }
            None if comer.row == 0 => {
                let part = comer.parts.first();
                let says = format!("there is no child `{id}`, here or in the files");
                let (table, row) = part.map_or((String::new(), 0), |part| (part.table.clone(), part.row));
                done.faults.push(Fault { table, row, says, ..Fault::default() });
            }
            None => self.open(id, comer, &mut done).await?,
        }
        Ok(done)
    }

    /// May whoever brings this write on a record?
    async fn may_add(&self, child: &str) -> Result<bool> {
        if self.actor.role.is_empty() {
            return Ok(self.app.store.is_child(child).await?);
        }
        let permit = may_see(&self.app, &self.actor, child).await?;
        Ok(permit.is_some_and(|permit| !permit.may.record.is_empty() && permit.may.acts.has(Act::Keep)))
    }

    /// The agencies of a child, by id; those that nobody knows are said.
    fn agencies(&self, comer: &Comer, done: &mut Brought) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let own = comer.says.get("agencies").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        for name in own.chain(self.mapping.agencies.iter().map(String::as_str)) {
            match self.names.get(name).or_else(|| self.names.get(&name.to_lowercase())) {
                Some(agency) if found.contains(agency) => {}
                Some(agency) => found.push(agency.clone()),
                None => {
                    let says = format!("there is no agency `{name}`; add it first, or take it out of the row");
                    done.faults.push(Fault {
                        table: comer.table.clone(),
                        row: comer.row,
                        column: "agencies".into(),
                        says,
                    });
                }
            }
        }
        if !self.actor.agency.is_empty() && !found.contains(&self.actor.agency) {
            found.push(self.actor.agency.clone());
        }
        found
    }

    async fn open(&self, id: &str, comer: &Comer, done: &mut Brought) -> Result<()> {
        let settled = self.settled.contains_key(id);
        let others = self.alike(comer).await?;
        if !settled && !others.is_empty() {
            let double = |(other, name, reasons): &(String, String, Vec<String>)| Double {
                row: comer.row,
                id: id.into(),
                name: comer.name().into(),
                other: other.clone(),
                other_name: name.clone(),
                reasons: reasons.clone(),
            };
            done.doubles.extend(others.iter().map(double));
            return Ok(());
        }
        let mut agencies = self.agencies(comer, done);
        if done.faults.iter().any(|fault| fault.column == "agencies") {
            return Ok(());
        }
        if comer.parts.iter().any(|part| matches!(part.kind, Kind::Episode | Kind::Entry)) && !self.mapping.keep_ids {
            for agency in self.app.store.agencies().await? {
                if self.app.policies.roles().joins_at_first_episode(&agency.kind) && !agencies.contains(&agency.id) {
                    agencies.push(agency.id);
                }
            }
        }
        let ours = self.id(id);
        let (case, lines) = self.case(id, &ours, comer, done).await?;
        if self.trial {
            done.children += 1;
            if let Err(wrong) = crate::child::readable(&self.app, &ours, comer.name(), &case).await {
                done.children -= 1;
                done.faults.push(Fault { table: comer.table.clone(), row: comer.row, says: wrong, ..Fault::default() });
            }
            return Ok(());
        }
        let writer = |_: &str, _: &str| self.actor.person.clone();
        let whole = Import { id: &ours, name: comer.name(), agencies: &agencies, case: &case, writer: &writer };
        match import(&self.app, &whole).await {
            Ok(_) => {
                done.children += 1;
                self.app.store.brought_put(&lines).await?;
                if settled {
                    let rows: Vec<NewRow> =
                        others.iter().map(|(other, _, _)| apart(&self.app, &self.actor, other)).collect();
                    self.add(&ours, rows, "apart").await?;
                }
            }
            Err(wrong) => {
                done.faults.push(Fault { table: comer.table.clone(), row: comer.row, says: wrong, ..Fault::default() });
            }
        }
        Ok(())
    }

    /// Records that may be of the same child: id, name and what speaks for it.
    async fn alike(&self, comer: &Comer) -> Result<Vec<(String, String, Vec<String>)>> {
        let marks = comer.marks();
        let words = |like: casebook::likeness::Likeness| like.reasons.iter().map(|r| r.words().to_string()).collect();
        if !self.actor.role.is_empty() {
            let found = alike(&self.app, &self.actor, &marks, None).await?;
            return Ok(found.into_iter().map(|(seen, like)| (seen.record.id, seen.record.name, words(like))).collect());
        }
        // Whoever runs the server has the whole database; what is shown is the name and why.
        let scope = Scope { relation_to_all: true, now_us: self.app.now_us(), ..Scope::default() };
        let keys: Vec<(String, String)> =
            sought(&marks).into_iter().map(|key| (key.kind.to_string(), key.value)).collect();
        let mut found = Vec::new();
        for id in self.app.store.children_marked(&scope, &keys, 12).await? {
            let (name, theirs) = crate::case::marks_of(&self.app, &id).await?;
            if let Some(like) = compare(&marks, &theirs) {
                found.push((id, name, words(like)));
            }
        }
        Ok(found)
    }

    /// The case file of a new child, and the lines by which its rows are known when they come again.
    async fn case(&self, id: &str, ours: &str, comer: &Comer, done: &mut Brought) -> Result<(Value, Vec<Line>)> {
        let mut case = json!({ "case": ours, "facts": [], "people": [], "placements": [], "chronology": [] });
        let now = self.stamp();
        let mut lines = vec![self.line(Kind::Child, id, ours, &comer.says)];
        let push = |case: &mut Value, list: &str, says: Json| {
            if let Some(list) = case[list].as_array_mut() {
                list.push(Value::Object(says));
            }
        };
        let named =
            comer.parts.iter().any(|part| part.kind == Kind::Person && part.says.get("role") == Some(&json!("child")));
        if !named {
            push(&mut case, "people", child_of(comer));
        }
        for fact in facts_of(comer, &now) {
            push(&mut case, "facts", fact);
        }
        for read in &comer.parts {
            lines.push(self.line(read.kind, &Bringing::key(read, id), ours, &read.says));
            done.count(read.kind);
            for (list, says) in self.part(read, &now).await? {
                push(&mut case, list, says);
            }
        }
        Ok((case, lines))
    }

    /// A row as parts of a case file.
    async fn part(&self, read: &Read, now: &str) -> Result<Vec<(&'static str, Json)>> {
        let mut says = read.says.clone();
        Ok(match read.kind {
            Kind::Fact => vec![("facts", says)],
            Kind::Person => vec![("people", says)],
            Kind::Placement => {
                self.host(&mut says).await?;
                vec![("placements", says)]
            }
            Kind::Episode => ["start", "end"]
                .into_iter()
                .filter_map(|key| says.get(key).and_then(Value::as_object).cloned())
                .map(|mut entry| {
                    entry.insert("recorded_at".into(), json!(now));
                    ("chronology", entry)
                })
                .collect(),
            _ => vec![("chronology", says)],
        })
    }

    /// The authority in whose area a placement lies, by its postcode, where that tells.
    async fn host(&self, says: &mut Json) -> Result<()> {
        if says.contains_key("host_authority") {
            return Ok(());
        }
        let address = says.get("address").and_then(Value::as_str).unwrap_or_default();
        let host = crate::postcode::host(&self.app, address).await?;
        says.extend(host.map(|host| ("host_authority".to_string(), json!(host))));
        Ok(())
    }

    fn stamp(&self) -> String {
        self.app.rules.vocabulary().calendar.stamp(self.app.now())
    }

    fn line(&self, kind: Kind, id: &str, ours: &str, says: &Json) -> Line {
        Line {
            source: self.mapping.source.clone(),
            kind: kind.word().into(),
            id: id.into(),
            ours: ours.into(),
            says: hash(says),
        }
    }

    /// A child who is here: the rows that are new are added.
    async fn more(&self, id: &str, ours: &str, comer: &Comer, done: &mut Brought) -> Result<()> {
        let now = self.stamp();
        let (mut rows, mut lines) = (Vec::new(), Vec::new());
        if comer.row > 0 {
            match self.known.get(&(Kind::Child.word().to_string(), id.to_string())) {
                Some(line) if line.says == hash(&comer.says) => done.unchanged += 1,
                Some(_) => {
                    let says = "the row says something else than when it was brought in before; put it right on the child's page".to_string();
                    done.faults.push(Fault { table: comer.table.clone(), row: comer.row, says, ..Fault::default() });
                }
                None => lines.push(self.line(Kind::Child, id, ours, &comer.says)),
            }
        }
        for read in &comer.parts {
            let key = Bringing::key(read, id);
            let mut ended = false;
            match self.known.get(&(read.kind.word().to_string(), key.clone())) {
                Some(line) if line.says == hash(&read.says) => {
                    done.unchanged += 1;
                    continue;
                }
                // Of people and placements a later row takes the place of the one before, and the history keeps both.
                Some(_) if matches!(read.kind, Kind::Person | Kind::Placement) => {}
                Some(before) if read.kind == Kind::Episode && grown(read, before) => ended = true,
                Some(_) => {
                    let says = "the row says something else than when it was brought in before; put it right on the child's page".to_string();
                    done.faults.push(Fault { table: read.table.clone(), row: read.row, says, ..Fault::default() });
                    continue;
                }
                None => {}
            }
            lines.push(self.line(read.kind, &key, ours, &read.says));
            done.count(read.kind);
            // Of an episode that has ended since, the beginning is there.
            for (list, says) in self.part(read, &now).await?.into_iter().skip(usize::from(ended)) {
                rows.push(self.row(list, &says));
            }
        }
        if self.trial {
            return Ok(());
        }
        let words: Vec<&str> = lines.iter().flat_map(|line| [line.id.as_str(), line.says.as_str()]).collect();
        let word = hex(&Sha256::digest(words.join("\n"))[..12]);
        match self.add(ours, rows, &word).await {
            Ok(()) => self.app.store.brought_put(&lines).await?,
            Err(wrong) => {
                let says = wrong.says();
                done.faults.push(Fault { table: comer.table.clone(), row: comer.row, says, ..Fault::default() });
            }
        }
        Ok(())
    }

    fn row(&self, list: &str, says: &Json) -> NewRow {
        let now = micros(self.app.now());
        let at =
            |key: &str| says.get(key).and_then(Value::as_str).and_then(|text| Moment::parse(text).ok()).map(micros);
        NewRow {
            kind: match list {
                "facts" => RowKind::Fact,
                "people" => RowKind::Person,
                "placements" => RowKind::Placement,
                _ => RowKind::Entry,
            },
            occurred_us: at("occurred_at").or(at("from")).unwrap_or(now),
            recorded_us: now,
            actor: self.actor.person.clone(),
            payload: Value::Object(says.clone()).to_string(),
            salt: self.app.secret(),
            photograph: None,
        }
    }

    async fn add(&self, child: &str, rows: Vec<NewRow>, word: &str) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let key = format!("bring:{}:{child}:{word}", self.mapping.source);
        match add_rows(&self.app, child, rows, &key).await? {
            Added::Yes | Added::Before => Ok(()),
            Added::Unreadable(why) => {
                Err(crate::refused::Refused::Unavailable(format!("the rows do not fit the record: {why}")))
            }
        }
    }
}

/// An episode that was open when it was brought in, and has ended since.
fn grown(read: &Read, before: &Line) -> bool {
    let mut open = read.says.clone();
    open.remove("end").is_some() && hash(&open) == before.says
}

fn child_of(comer: &Comer) -> Json {
    let mut child = Map::new();
    child.insert("id".into(), json!("child"));
    child.insert("name".into(), json!(comer.name()));
    child.insert("role".into(), json!("child"));
    for key in ["address", "details"] {
        let value = comer.says.get(key).filter(|value| **value != json!("") && **value != json!({}));
        child.extend(value.map(|value| (key.to_string(), value.clone())));
    }
    child
}

fn facts_of(comer: &Comer, now: &str) -> Vec<Json> {
    let said = |fact: &str| {
        comer.parts.iter().any(|part| part.kind == Kind::Fact && part.says.get("fact") == Some(&json!(fact)))
    };
    let mut found: Vec<(String, Value)> = Vec::new();
    let born = comer.says.get("born").filter(|_| !said("child.date_of_birth"));
    found.extend(born.map(|born| ("child.date_of_birth".to_string(), born.clone())));
    for (fact, value) in comer.says.get("facts").and_then(Value::as_object).into_iter().flatten() {
        found.push((fact.clone(), value.clone()));
    }
    let fact = |(fact, value): (String, Value)| {
        json!({ "fact": fact, "value": value, "recorded_at": now, "source": "document" })
            .as_object()
            .cloned()
            .unwrap_or_default()
    };
    found.into_iter().map(fact).collect()
}
