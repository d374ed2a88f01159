//! The answers of a form about a placement: read into a row, or what is wrong with each. A row is laid over the one before it of the same
//! placement, so that what a form does not ask stays.

use super::before;
use super::check::{self, ELSEWHERE, LISTED, STANDS, Weighed, problems};
use super::directory::Home;
use super::{Doing, is_respite, stays};
use crate::agency::is_like;
use crate::app::App;
use crate::case::{Kept, Opened};
use crate::entry::born;
use crate::fact::not_then;
use crate::phone;
use crate::postcode;
use crate::refused::{Refused, Result};
use crate::relation::reason;
use casebook::command::time::{self, Time};
use casebook::command::{Answers, FieldProblem};
use casebook::placement_codes;
use engine::time::Moment;
use engine::value::Type;
use serde_json::{Map, Value, json};
use store::RowKind;
use views::making::is_answer;
use views::words::Names;

/// A line of text is no longer.
const LINE: usize = 200;
/// An address is no longer.
const LINES: usize = 1_000;

/// How somebody knows: the word, and what people read.
pub(super) const SOURCES: [(&str, &str, &str); 3] =
    [("seen", "I saw it, or did it", ""), ("told", "I was told", ""), ("document", "It says so in a document", "")];

/// The facts of a placement that a form asks: the field, the fact.
pub(super) const FACTS: [(&str, &str); 4] = [
    ("type", "placement.type"),
    ("host_authority", "placement.host_authority"),
    ("provider", "placement.provider"),
    ("planned", "placement.planned"),
];

/// The details that a form asks as text.
pub(super) const DETAILS: [&str; 4] = ["phone", "phone_night", "provider_name", "manager"];

/// A change that was answered, ready to be written.
pub(super) struct Change {
    /// The row of the placement.
    pub row: Map<String, Value>,
    /// When it begins.
    pub from: Moment,
    /// The rows of those that end with it, or go on since it never was.
    pub ended: Vec<Map<String, Value>>,
    /// It lies beside another.
    pub respite: bool,
    /// The child was gone in between, and nobody has said yet that the time is right.
    pub between: Option<FieldProblem>,
}

/// What the answers are read beside.
pub(super) struct Around<'a> {
    /// The homes of the directory.
    pub homes: &'a [Home],
    /// The authority in whose area the postcode of the address lies, where that tells.
    pub host: Option<String>,
}

/// The address of the home that was chosen, as the directory has it, or as it was typed.
pub(super) fn address<'a>(answers: &'a Answers, homes: &'a [Home]) -> &'a str {
    let listed = chosen(answers, homes).map(|home| home.listed.address.as_str()).filter(|listed| !listed.is_empty());
    listed.unwrap_or_else(|| answers.get("address"))
}

/// The home of the directory that was chosen, or written in by the very name that it alone has.
pub(super) fn chosen<'a>(answers: &Answers, homes: &'a [Home]) -> Option<&'a Home> {
    let (id, name) = (answers.get("home"), answers.get("name"));
    let mut named = homes.iter().filter(|home| id.is_empty() && !name.is_empty() && home.agency.name == name);
    let alone = named.next().filter(|_| named.next().is_none() && answers.get(LISTED) != STANDS);
    homes.iter().find(|home| home.agency.id == id).or(alone)
}

/// Reads the answers.
pub(super) fn read(app: &App, opened: &Opened, doing: &Doing, answers: &Answers, of: &Around<'_>) -> Result<Change> {
    let kept = opened.kept();
    let all = stays(&kept);
    let own = match doing.of() {
        Some(id) => Some(*all.iter().find(|row| row.id == id).ok_or(Refused::NotFound)?),
        None => None,
    };
    let mut reading = Reading { app, answers, problems: Vec::new() };
    let mut row = match own {
        // With what the writer may not see of it.
        Some(own) => opened.last(RowKind::Placement, &own.id).unwrap_or_else(|| own.says.clone()),
        None => Map::new(),
    };
    let ends = matches!(doing, Doing::End(_));
    let from = if ends { own.and_then(|row| row.at("from")) } else { reading.moment("from", "Began", true) };
    let until = match doing {
        // Whoever says that it began says nothing of its end: what was planned of it stays.
        Doing::Begin(_) => own.and_then(|row| row.at("until")),
        _ => reading.moment("until", "Ended", ends),
    };
    let respite = own.map_or(answers.get("after") == "respite", is_respite);
    if !ends {
        reading.place(of, &mut row);
        set(&mut row, "respite", if respite { "yes" } else { "" });
    }
    let host = row.get("host_authority").and_then(Value::as_str).filter(|_| !ends);
    if let (Some(from), Some(host)) = (from, host)
        && let Some(says) = not_then(app, host, from, until)
    {
        reading.wrong("host_authority", format!("Authority of the area: {says}"));
    }
    set(&mut row, "source", reading.one_of("source", &SOURCES));
    set(&mut row, "reason", "");
    if matches!(doing, Doing::Correct(_)) {
        set(&mut row, "reason", &reading.reason());
        if answers.get("mistake") == "yes" {
            row.insert("void".into(), json!(true));
        }
    }
    // What ended when the one that is put right began ends when it began.
    let corrects = own.filter(|_| matches!(doing, Doing::Correct(_)) && !row.contains_key("void"));
    let along = corrects.and_then(|own| before::ended_with(&kept, own));
    let along = along.filter(|before| before.at("from").zip(from).is_some_and(|(began, ends)| began < ends));
    let goes_along = |row: &Kept| along.is_some_and(|along| along.id == row.id);
    let is_other = |row: &&Kept| Some(row.id.as_str()) != doing.of() && !goes_along(row);
    let others: Vec<&Kept> = all.iter().copied().filter(is_other).collect();
    let mut between = None;
    if let Some(from) = from.filter(|_| reading.problems.is_empty() && !row.contains_key("void")) {
        let answered: Vec<&str> =
            [check::OVERLAP, check::BETWEEN].into_iter().filter(|field| answers.get(field) == STANDS).collect();
        let vocabulary = app.rules.vocabulary();
        let weighed = Weighed {
            doing,
            from,
            until,
            respite,
            now: app.now(),
            born: born(vocabulary, &opened.seen, app.now()),
            others: &others,
            episodes: &opened.seen.case.episodes,
            calendar: &vocabulary.calendar,
            answered: &answered,
        };
        reading.problems.extend(problems(&weighed));
        between = check::between(&weighed);
    }
    let Some(from) = from.filter(|_| reading.problems.is_empty()) else {
        return Err(Refused::Invalid(reading.problems));
    };
    let stamp = |at: Moment| json!(app.rules.vocabulary().calendar.stamp(at));
    row.entry("id").or_insert_with(|| json!(app.new_id()));
    row.insert("from".into(), stamp(from));
    row.insert("recorded_at".into(), stamp(app.now()));
    match until {
        Some(until) => _ = row.insert("until".into(), stamp(until)),
        None => _ = row.remove("until"),
    }
    let ended = match own {
        _ if doing.begins() && !respite => end_before(app, opened, &others, from),
        Some(own) if row.contains_key("void") => {
            let goes_on = before::goes_on(app, opened, &kept, own, answers);
            goes_on.map_err(|problem| Refused::Invalid(vec![problem]))?.into_iter().collect()
        }
        _ => along.and_then(|along| ended_at(app, opened, along, from)).into_iter().collect(),
    };
    Ok(Change { row, from, ended, respite, between })
}

/// The placements that end when another begins: all that would last beyond that moment, but for respite beside them.
fn end_before(app: &App, opened: &Opened, others: &[&Kept], at: Moment) -> Vec<Map<String, Value>> {
    let lasts =
        |row: &&&Kept| row.at("from").is_some_and(|from| from < at) && row.at("until").is_none_or(|until| until > at);
    others.iter().filter(lasts).filter_map(|row| ended_at(app, opened, row, at)).collect()
}

/// The row by which a placement ends since another began then; none where it says so already.
fn ended_at(app: &App, opened: &Opened, row: &Kept, at: Moment) -> Option<Map<String, Value>> {
    if row.at("until").is_some_and(|until| until.minute() == at.minute()) {
        return None;
    }
    let calendar = &app.rules.vocabulary().calendar;
    let mut says = opened.last(RowKind::Placement, &row.id)?;
    says.insert("until".into(), json!(calendar.stamp(at)));
    says.insert("recorded_at".into(), json!(calendar.stamp(app.now())));
    set(&mut says, "act", "left");
    set(&mut says, "reason", "");
    Some(says)
}

/// Puts a detail, or takes it out where it is empty.
pub(super) fn set(row: &mut Map<String, Value>, key: &str, value: &str) {
    let Some(details) = row.entry("details").or_insert_with(|| json!({})).as_object_mut() else { return };
    if value.is_empty() {
        details.remove(key);
    } else {
        details.insert(key.into(), json!(value));
    }
}

struct Reading<'a> {
    app: &'a App,
    answers: &'a Answers,
    problems: Vec<FieldProblem>,
}

impl Reading<'_> {
    fn wrong(&mut self, field: &str, message: impl Into<String>) {
        self.problems.push(FieldProblem::new(field, message));
    }

    /// Is this still to be asked?
    fn asks(&self, field: &str) -> bool {
        self.answers.get(field) != STANDS
    }

    /// A home that was written in, though the directory has one that is called nearly so: that one is offered.
    fn listed(&mut self, homes: &[Home], name: &str) {
        let Some(home) = homes.iter().find(|home| is_like(&home.agency.name, name)) else { return };
        if !name.is_empty() && self.asks(LISTED) {
            let says =
                format!("“{}” is in the list of homes: choose it there, or say that this is another", home.agency.name);
            self.wrong(LISTED, says);
        }
    }

    /// The code of the return, which goes with its type: one says the other.
    fn code(&mut self, row: &mut Map<String, Value>) {
        let written = self.answers.get("code");
        let code = placement_codes::code(written);
        if !written.is_empty() && code.is_none() {
            self.wrong("code", "Choose one of the codes");
        }
        let kind = row.get("type").and_then(Value::as_str).map(String::from);
        match (code, kind) {
            (Some(code), None) => put(row, "type", json!(code.kind)),
            (Some(code), Some(kind)) if code.kind != kind => {
                self.wrong(
                    "code",
                    format!("“{}” is another type of placement than the one above; choose one of them", code.words),
                );
            }
            _ => {}
        }
        set(row, "code", code.map_or("", |code| &code.id));
    }

    fn moment(&mut self, field: &str, label: &str, required: bool) -> Option<Moment> {
        let asked = time::Asked { now: self.app.now(), ahead: true };
        match time::read(&self.app.rules.vocabulary().calendar, self.answers, field, label, asked) {
            Time::At(at) => Some(at),
            Time::Nothing if required => {
                self.wrong(field, format!("{label}: write the day, the month, the year and the time"));
                None
            }
            Time::Nothing => None,
            Time::Wrong(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    fn text(&mut self, field: &str, label: &str, most: usize) -> String {
        let text = self.answers.get(field);
        if text.chars().count() > most || text.contains('\0') {
            self.wrong(field, format!("{label}: write no more than {most} characters, and only what can be seen"));
            return String::new();
        }
        text.to_string()
    }

    fn one_of(&mut self, field: &str, all: &[(&'static str, &str, &str)]) -> &'static str {
        all.iter().find(|(word, ..)| *word == self.answers.get(field)).map_or("", |(word, ..)| word)
    }

    fn reason(&mut self) -> String {
        match reason(self.answers.get("reason")) {
            Ok(text) => text,
            Err(Refused::Invalid(problems)) => {
                self.problems.extend(problems);
                String::new()
            }
            Err(_) => String::new(),
        }
    }

    /// The home of the directory or what was written in, and the facts of the placement.
    fn place(&mut self, of: &Around<'_>, row: &mut Map<String, Value>) {
        let homes = of.homes;
        let chosen = chosen(self.answers, homes);
        let name = self.text("name", "Name of the home or of the carers", LINE);
        let typed = self.text("address", "Address", LINES);
        self.problems.extend(postcode::problem("address", &typed));
        if chosen.is_none() {
            self.listed(homes, &name);
        }
        let name = chosen.map_or(name.as_str(), |home| &home.agency.name);
        put(row, "address", json!(address(self.answers, homes)));
        set(row, "home", chosen.map_or("", |home| &home.agency.id));
        put(row, "name", json!(name));
        for key in DETAILS {
            let text = self.text(key, "This line", LINE);
            let number = chosen.is_none() && key.starts_with("phone");
            self.problems.extend(phone::problem(key, &text).filter(|_| number));
            // What the directory says of a home is read there, so that it never grows old here.
            set(row, key, if chosen.is_some() { "" } else { &text });
        }
        for (field, fact) in FACTS {
            let value = self.fact(field, fact, chosen, of);
            put(row, field, value);
        }
        self.code(row);
        let family = row.get("type") == Some(&json!("family_home"));
        if name.is_empty() && !family {
            self.wrong("home", "Choose the home from the list, or write its name below");
        }
        if row.get("type").is_none() {
            self.wrong("type", "Choose what kind of placement it is");
        }
    }

    fn fact(&mut self, field: &str, fact: &str, chosen: Option<&Home>, of: &Around<'_>) -> Value {
        let vocabulary = self.app.rules.vocabulary();
        let is_host = field == "host_authority";
        let listed = |of: fn(&Home) -> &str| chosen.map(of).filter(|word| !word.is_empty());
        // What the directory says need not be known by whoever places a child.
        let found = match field {
            "host_authority" => listed(|home| &home.listed.host).or(of.host.as_deref()).unwrap_or_default(),
            "provider" => listed(|home| &home.listed.procedure).unwrap_or_default(),
            _ => "",
        };
        let answer = match self.answers.get(field) {
            "" => found,
            given => given,
        };
        if is_host && !found.is_empty() && !postcode::is_one_area(self.app, answer, found) && self.asks(ELSEWHERE) {
            let name = |word: &str| Names::shared(&self.app.rules).area(word);
            let says = format!(
                "The address lies in {}, and {} was chosen as the authority of the area. Check both; or say that it is right",
                name(found),
                name(answer)
            );
            self.wrong(ELSEWHERE, says);
        }
        let kind = vocabulary.fact(fact).map(|id| &vocabulary.fact_at(id).kind);
        match kind {
            _ if answer.is_empty() => Value::Null,
            Some(Type::YesNo) => json!(answer == "yes"),
            Some(Type::Choice(values)) if values.iter().any(|value| value == answer) => json!(answer),
            Some(Type::Area) if is_answer(&Names::shared(&self.app.rules), fact, answer) => json!(answer),
            _ => {
                self.wrong(field, "Choose one of the answers");
                Value::Null
            }
        }
    }
}

/// Puts a value, or takes it out where there is none.
fn put(row: &mut Map<String, Value>, key: &str, value: Value) {
    if value.is_null() || value == json!("") {
        row.remove(key);
    } else {
        row.insert(key.into(), value);
    }
}
