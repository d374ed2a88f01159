//! One row as what we keep, or everything that is wrong with it, each with the column and what to do. Nothing is guessed: not the order of a date,
//! not what a code means.

use super::HOME;
use super::mapping::{Columns, Kind, Mapping, Of};
use super::table::Table;
use super::texts::{clock, dangerous, date, like, short, unquoted};
use crate::app::App;
use casebook::particulars;
use casebook::placement_codes;
use casebook::postcodes::{self, Lies};
use engine::time::Moment;
use engine::value::{Type, Value as Known};
use serde_json::{Map, Value, json};

type Json = Map<String, Value>;

/// What is wrong with a row.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Fault {
    /// The table.
    pub table: String,
    /// The row of the file; the head is row 1.
    pub row: usize,
    /// The column; empty where it is the row as a whole.
    pub column: String,
    /// What is wrong and what to do, in words.
    pub says: String,
}

/// A row, read.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Read {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, for whoever has to look.
    pub table: String,
    /// Its number there.
    pub row: usize,
    /// The child that it is about, by the id of the file; empty where it is about none.
    pub child: String,
    /// Its id in the file, or what stands for one.
    pub id: String,
    /// What it says: as in a case file, but for a child, an agency, a home and a postcode.
    pub says: Json,
}

/// The cells of a row by what we keep.
pub(super) struct Cells<'a> {
    pub app: &'a App,
    pub mapping: &'a Mapping,
    pub of: &'a Of,
    pub table: &'a Table,
    pub row: usize,
    pub cells: &'a [String],
    pub faults: Vec<Fault>,
}

/// The eldest of whom there is a record.
const ELDEST: i64 = 26;

impl Cells<'_> {
    fn names(&self, what: &str) -> &[String] {
        self.of.columns.get(what).map_or(&[], Columns::names)
    }

    fn fault(&mut self, what: &str, says: impl Into<String>) {
        let column = self.names(what).iter().find(|name| self.table.columns.contains_key(&name.trim().to_lowercase()));
        let column = column.or(self.names(what).first()).cloned().unwrap_or_default();
        self.faults.push(Fault { table: self.table.name.clone(), row: self.row, column, says: says.into() });
    }

    /// The text of what we keep, with the codes of the column in our words.
    fn get(&mut self, what: &str) -> String {
        if let Some(fixed) = self.of.fixed.get(what) {
            return fixed.clone();
        }
        let mut parts: Vec<&str> = Vec::new();
        for name in self.names(what) {
            let text = self.table.get(self.cells, name);
            if !text.is_empty() && !parts.contains(&text) {
                parts.push(text);
            }
        }
        let text = parts.join(" ");
        let text = self.of.values.get(what).and_then(|values| values.get(&text)).cloned().unwrap_or(text);
        if text.contains('\0') || text.chars().count() > 20_000 {
            self.fault(what, "write no more than 20,000 characters, and no signs that cannot be seen");
            return String::new();
        }
        let plain = unquoted(&text);
        if plain.len() < text.len() {
            return plain.into();
        }
        if dangerous(&text) {
            self.fault(
                what,
                format!("`{}` is a formula that a spreadsheet would carry out; write the text itself", short(&text)),
            );
            return String::new();
        }
        text
    }

    /// JSON that was written by us, with whatever has no column of its own.
    fn rest(&mut self) -> Json {
        let names = self.names("rest").to_vec();
        let text = names.first().map_or("", |name| self.table.get(self.cells, name)).to_string();
        match serde_json::from_str(&text) {
            _ if text.is_empty() => Map::new(),
            Ok(Value::Object(rest)) => rest,
            _ => {
                self.fault("rest", "this is not a JSON object; leave it empty where it was not written by Whereabouts");
                Map::new()
            }
        }
    }

    /// A date as `2011-05-02`.
    fn date(&mut self, what: &str) -> Option<String> {
        let text = self.get(what);
        if text.is_empty() {
            return None;
        }
        match date(&text, self.mapping.dates) {
            Ok(date) => Some(date),
            Err(says) => {
                self.fault(what, says);
                None
            }
        }
    }

    /// A moment with its offset, and whether its time of day is said.
    fn moment(&mut self, what: &str) -> Option<(String, bool)> {
        let text = self.get(what);
        if text.is_empty() {
            return None;
        }
        if let Ok(at) = Moment::parse(&text) {
            return Some((self.app.rules.vocabulary().calendar.stamp(at), true));
        }
        let (day, time) = text.split_once([' ', 'T']).unwrap_or((&text, ""));
        let read = date(day, self.mapping.dates).and_then(|day| {
            let Ok(Known::Date(date)) = day.parse().map(Known::Date) else {
                return Err("there is no such day".to_string());
            };
            let (hour, minute) = clock(time)?;
            Ok(self.app.rules.vocabulary().calendar.moment(date.at(hour, minute, 0, 0)))
        });
        match read {
            Ok(at) => {
                Some((self.app.rules.vocabulary().calendar.stamp(at), !time.is_empty() && clock(time) != Ok((0, 0))))
            }
            Err(says) => {
                self.fault(what, says);
                None
            }
        }
    }

    fn name(&mut self, what: &str, needed: bool) -> String {
        let text = self.get(what).split_whitespace().collect::<Vec<_>>().join(" ");
        let long = text.chars().count();
        if long > 200 {
            self.fault(what, format!("the name has {long} letters; write no more than 200"));
            return String::new();
        }
        if needed && text.is_empty() && !self.faults.iter().any(|fault| self.names(what).contains(&fault.column)) {
            self.fault(what, "there is no name; write one, or have the mapping say `nameless`");
        }
        text
    }

    fn postcode(&mut self, what: &str) -> String {
        let text = self.get(what);
        if text.is_empty() {
            return text;
        }
        match postcodes::written(&text).filter(|code| postcodes::lies(code) != Lies::Unknown) {
            Some(code) => code,
            None => {
                self.fault(
                    what,
                    format!("`{}` is no postcode; write it as in `NN15 7QA`, or leave it empty", short(&text)),
                );
                String::new()
            }
        }
    }

    /// The row as what we keep; what is wrong is in `faults`.
    pub fn read(&mut self) -> Option<Read> {
        let kind = self.of.kind;
        let (mut id, mut child) = (self.get("id"), String::new());
        let says = match kind {
            Kind::Agency => self.texts(&["name", "kind", "area"]),
            Kind::Home => self.texts(&[&HOME[..], &["name", "kind"]].concat()),
            Kind::Postcode => {
                let (code, authority) = (self.get("code"), self.get("authority"));
                if !self.is_area(&authority) {
                    self.fault(
                        "authority",
                        format!("there is no authority `{}`{}", short(&authority), self.like(&authority)),
                    );
                }
                id = code.to_uppercase().split_whitespace().collect();
                json!({ "authority": self.area(&authority) }).as_object().cloned().unwrap_or_default()
            }
            Kind::Child => self.child(&id),
            Kind::Fact | Kind::Person | Kind::Placement | Kind::Episode | Kind::Entry => {
                child = self.get("child");
                if child.is_empty() {
                    self.fault("child", "the row says of no child whom it is about");
                }
                match kind {
                    Kind::Fact => self.fact(),
                    Kind::Person => self.person(),
                    Kind::Placement => self.placement(&child, &mut id),
                    Kind::Episode => self.episode(&child, &mut id),
                    _ => self.entry(),
                }
            }
        };
        if kind == Kind::Child {
            child.clone_from(&id);
        }
        if id.is_empty() && kind != Kind::Fact {
            let what = if kind == Kind::Postcode { "code" } else { "id" };
            self.fault(what, "the row has no id, by which it would be known when it is brought in again");
        }
        let (table, row) = (self.table.name.clone(), self.row);
        self.faults.is_empty().then_some(Read { kind, table, row, child, id, says })
    }

    fn texts(&mut self, keys: &[&str]) -> Json {
        keys.iter().map(|key| ((*key).to_string(), json!(self.get(key)))).collect()
    }

    fn is_area(&self, word: &str) -> bool {
        crate::fact::is_area(self.app, &self.area(word))
    }

    /// An area or authority by its word or its name.
    fn area(&self, text: &str) -> String {
        let vocabulary = self.app.rules.vocabulary();
        let named = vocabulary.authorities.iter().find(|a| a.name.eq_ignore_ascii_case(text) || a.has_code(text));
        named.map_or_else(|| text.to_string(), |authority| authority.id.clone())
    }

    fn like(&self, text: &str) -> String {
        let known = self.app.rules.vocabulary().authorities.iter().map(|a| a.name.as_str());
        like(text, known)
    }

    fn child(&mut self, id: &str) -> Json {
        let mut says = Map::new();
        let nameless = self.mapping.nameless.clone();
        let mut name = self.name("name", nameless.is_none());
        if name.is_empty() {
            name = nameless.map(|form| form.replace("{id}", id)).unwrap_or_default();
        }
        says.insert("name".into(), json!(name));
        if let Some(born) = self.date("born") {
            let today = self.app.rules.vocabulary().calendar.date(self.app.now()).to_string();
            let years = |date: &str| date[..4].parse::<i64>().unwrap_or(0);
            if born > today {
                self.fault("born", format!("`{born}` is still to come; check the year"));
            } else if years(&today) - years(&born) > ELDEST {
                self.fault("born", format!("born in {}, nobody is a child any more; check the year", years(&born)));
            }
            says.insert("born".into(), json!(born));
        }
        let (mut address, code) = (self.get("address"), self.postcode("postcode"));
        if !code.is_empty() && !address.to_uppercase().contains(&code) {
            address = if address.is_empty() { code } else { format!("{address}, {code}") };
        }
        says.insert("address".into(), json!(address));
        let agencies: Vec<String> = self
            .get("agencies")
            .split(';')
            .map(|name| name.trim().to_string())
            .filter(|name| !name.is_empty())
            .collect();
        says.insert("agencies".into(), json!(agencies));
        says.insert("details".into(), Value::Object(self.particulars()));
        let facts: Vec<String> =
            self.of.columns.keys().chain(self.of.fixed.keys()).filter(|key| key.contains('.')).cloned().collect();
        let mut held = Map::new();
        for fact in facts {
            let text = self.get(&fact);
            if !text.is_empty()
                && let Some(value) = self.value(&fact, &fact, &text)
            {
                held.insert(fact, value);
            }
        }
        says.insert("facts".into(), Value::Object(held));
        says
    }

    fn particulars(&mut self) -> Json {
        let mut details = Map::new();
        for one in particulars::all() {
            let text = self.get(&one.id);
            if text.is_empty() {
                continue;
            }
            let coded = one.words.keys().find(|word| word.eq_ignore_ascii_case(&text)).cloned();
            let worded =
                one.words.iter().find(|(_, words)| words.eq_ignore_ascii_case(&text)).map(|(word, _)| word.clone());
            let kept = match one.kind {
                particulars::Kind::Choice => coded.or(worded).ok_or_else(|| {
                    let known: Vec<&str> = one.words.keys().map(String::as_str).collect();
                    format!("`{}` is not one of {}", short(&text), known.join(", "))
                }),
                particulars::Kind::Date => date(&text, self.mapping.dates),
                kind => particulars::checked(kind, &text).map_err(String::from),
            };
            match kept {
                Ok(kept) => _ = details.insert(one.id.clone(), json!(kept)),
                Err(says) => self.fault(&one.id, says),
            }
        }
        details
    }

    /// A value of a fact as it stands in a case file.
    fn value(&mut self, what: &str, fact: &str, text: &str) -> Option<Value> {
        let vocabulary = self.app.rules.vocabulary();
        let Some(kind) = vocabulary.fact(fact).map(|id| vocabulary.fact_at(id).kind.clone()) else {
            let known = vocabulary.facts.iter().map(|fact| fact.id.as_str());
            let like = like(fact, known);
            self.fault("fact", format!("there is no fact `{}`{like}", short(fact)));
            return None;
        };
        let lower = text.to_lowercase();
        match &kind {
            Type::YesNo => match lower.as_str() {
                "yes" | "y" | "true" | "1" => Some(json!(true)),
                "no" | "n" | "false" | "0" => Some(json!(false)),
                _ => {
                    self.fault(what, format!("`{}` is neither yes nor no", short(text)));
                    None
                }
            },
            Type::Choice(values) if values.contains(&lower) => Some(json!(lower)),
            Type::Choice(values) => {
                self.fault(what, format!("`{}` is not one of {}", short(text), values.join(", ")));
                None
            }
            Type::Area if self.is_area(text) => Some(json!(self.area(text))),
            Type::Area => {
                self.fault(what, format!("there is no authority `{}`{}", short(text), self.like(text)));
                None
            }
            Type::Date => match date(text, self.mapping.dates) {
                Ok(date) => Some(json!(date)),
                Err(says) => {
                    self.fault(what, says);
                    None
                }
            },
            // Anything else reads what we wrote ourselves: a number, a list.
            _ => Some(serde_json::from_str(text).unwrap_or_else(|_| json!(text))),
        }
    }

    fn fact(&mut self) -> Json {
        let mut says = self.rest();
        let (id, fact, text) = (self.get("id"), self.get("fact"), self.get("value"));
        if !id.is_empty() {
            says.insert("id".into(), json!(id));
        }
        says.insert("fact".into(), json!(fact));
        if !text.is_empty()
            && let Some(value) = self.value("value", &fact, &text)
        {
            says.insert("value".into(), value);
        }
        for key in ["from", "until"] {
            if let Some((at, _)) = self.moment(key) {
                says.insert(key.into(), json!(at));
            }
        }
        says
    }

    fn person(&mut self) -> Json {
        let mut says = self.rest();
        let role = self.get("role");
        let known = self.app.rules.vocabulary();
        if !role.is_empty() && !known.roles.iter().any(|one| one.id == role) {
            let like = like(&role, known.roles.iter().map(|one| one.id.as_str()));
            self.fault("role", format!("there is no role `{}`{like}", short(&role)));
        }
        let name = self.name("name", false);
        let id = self.get("id");
        let texts = [
            ("id", id),
            ("name", name),
            ("role", role),
            ("phone", self.get("phone")),
            ("email", self.get("email")),
            ("address", self.get("address")),
        ];
        says.extend(
            texts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (key.to_string(), json!(text))),
        );
        says
    }

    fn placement(&mut self, child: &str, id: &mut String) -> Json {
        let mut says = self.rest();
        let (from, until) = (self.moment("from"), self.moment("until"));
        match (&from, &until) {
            (None, _) if !self.faults.iter().any(|fault| self.names("from").contains(&fault.column)) => {
                self.fault("from", "the placement says not when it began");
            }
            (Some((from, _)), Some((until, _))) if Moment::parse(until).ok() < Moment::parse(from).ok() => {
                self.fault("until", "the placement ends before it begins");
            }
            _ => {}
        }
        if id.is_empty() {
            *id = format!("{child} {}", from.as_ref().map_or("", |(from, _)| from));
        }
        says.insert("id".into(), json!(format!("{}:{id}", self.mapping.source)));
        if self.mapping.keep_ids {
            says.insert("id".into(), json!(id));
        }
        for (key, at) in [("from", from), ("until", until)] {
            says.extend(at.map(|(at, _)| (key.to_string(), json!(at))));
        }
        let (code, typed) = (self.get("code"), self.get("type"));
        let mut details = says.get("details").and_then(Value::as_object).cloned().unwrap_or_default();
        let mut kind = typed.clone();
        if !code.is_empty() {
            match placement_codes::code(&code) {
                Some(known) => {
                    kind.clone_from(&known.kind);
                    details.insert("code".into(), json!(known.id));
                }
                None => self.fault(
                    "code",
                    format!(
                        "there is no placement code `{}`; the codes are those of the children looked after return",
                        short(&code)
                    ),
                ),
            }
        }
        if !kind.is_empty()
            && let Some(value) = self.value("type", "placement.type", &kind)
        {
            says.insert("type".into(), value);
        }
        for (key, what) in [("registration", "urn"), ("provider_code", "provider_code")] {
            let text = self.get(what);
            if !text.is_empty() {
                details.insert(key.into(), json!(text));
            }
        }
        let host = self.get("host_authority");
        if !host.is_empty()
            && let Some(value) = self.value("host_authority", "placement.host_authority", &host)
        {
            says.insert("host_authority".into(), value);
        }
        let (name, mut address, post) = (self.name("name", false), self.get("address"), self.postcode("postcode"));
        if !post.is_empty() && !address.to_uppercase().contains(&post) {
            address = if address.is_empty() { post.clone() } else { format!("{address}, {post}") };
        }
        for (key, text) in [("name", name), ("address", address)] {
            if !text.is_empty() {
                says.insert(key.into(), json!(text));
            }
        }
        if !details.is_empty() {
            says.insert("details".into(), Value::Object(details));
        }
        says
    }

    fn episode(&mut self, child: &str, id: &mut String) -> Json {
        let (from, until, status) = (self.moment("from"), self.moment("until"), self.get("status"));
        if !["missing", "absent", "away"].contains(&status.as_str()) {
            self.fault("status", format!("`{}` is not one of missing, absent, away", short(&status)));
        }
        let Some((from, exact)) = from else {
            if !self.faults.iter().any(|fault| self.names("from").contains(&fault.column)) {
                self.fault("from", "the episode says not when it began");
            }
            return Map::new();
        };
        let calendar = &self.app.rules.vocabulary().calendar;
        // A day alone lasts to its end: a time that is not known makes no episode shorter than it may have been.
        let until = until.map(|(until, exact)| match Moment::parse(&until) {
            Ok(at) if !exact => (calendar.stamp(calendar.end_of(calendar.date(at)).plus_minutes(-1)), exact),
            _ => (until, exact),
        });
        if until.as_ref().is_some_and(|(until, _)| Moment::parse(until).ok() < Moment::parse(&from).ok()) {
            self.fault("until", "the episode ends before it begins");
        }
        if id.is_empty() {
            *id = format!("{child} {from} {status}");
        }
        let own = format!("{}:{id}", self.mapping.source);
        let note = |exact: bool| {
            let time = if exact { "" } else { " The time of day is not known." };
            format!("Brought in from {}.{time}", self.mapping.source.split('@').next().unwrap_or_default())
        };
        let mut says = json!({
            "start": { "id": own, "event": "absence.noticed", "occurred_at": from, "status": status, "note": note(exact) },
        });
        if let Some((until, exact)) = until {
            says["end"] = json!({
                "id": format!("{own}:back"), "event": "return.recorded", "episode": own, "occurred_at": until, "note": note(exact),
            });
        }
        says.as_object().cloned().unwrap_or_default()
    }

    fn entry(&mut self) -> Json {
        let mut says = self.rest();
        for key in ["id", "event", "by", "by_name", "note"] {
            let text = self.get(key);
            if !text.is_empty() {
                says.insert(key.into(), json!(text));
            }
        }
        for key in ["occurred_at", "recorded_at"] {
            if let Some((at, _)) = self.moment(key) {
                says.insert(key.into(), json!(at));
            }
        }
        says
    }
}
