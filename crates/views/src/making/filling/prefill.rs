//! What a form is filled with before anybody types: facts, who the child is, and what entries say.

use super::super::around::{KINDS, detail};
use super::super::child::{places, vulnerabilities};
use super::super::facts_form::holds_now;
use super::OfBook;
use crate::words::{Names, at};
use crate::{Lens, Record};
use casebook::case_file::Person;
use casebook::command::{self, Answers, labels};
use engine::ids::EpisodeNo;
use engine::rulebook::{Bound, FieldType, FormField, Reads};
use engine::value::Value;
use engine::vocabulary::{EventId, FactId};

/// With whom a child may be: no professionals.
const AROUND: [&str; 4] = ["family", "friend", "associate", "risk"];

/// Fills in what the record says, where nothing stands yet.
pub fn prefill(lens: &Lens<'_>, record: &Record, of: OfBook<'_>, answers: &mut Answers) {
    let names = Names::of(lens.rules, &record.case, lens.now);
    let reader = Reader { lens, record, names: &names };
    for one in of.form.fields.iter().filter(|one| super::asks(record, one)) {
        let name = command::asked_as(names.vocabulary, one);
        if !answers.get(&name).is_empty() {
            continue;
        }
        let of_also = of.form.also.iter().find(|also| also.at.as_ref() == Some(&one.id));
        if let Some(value) = reader.held(one).or_else(|| reader.happened(of_also?.event)) {
            command::put(names.vocabulary, &name, &value, answers);
        }
        if one.kind == FieldType::Group && one.reads == Some(Reads::Word("people".into())) {
            reader.people(one, &name, answers);
        }
    }
}

/// Reads a record for a form.
pub(super) struct Reader<'a> {
    pub lens: &'a Lens<'a>,
    pub record: &'a Record,
    pub names: &'a Names<'a>,
}

impl Reader<'_> {
    /// What the record says of a question, as an answer holds it.
    pub fn held(&self, one: &FormField) -> Option<String> {
        match &one.bound {
            Bound::Fact(id) => self.fact(*id),
            Bound::Particular(key) => self.particular(key),
            Bound::Event(_) | Bound::No => None,
        }
        .or_else(|| self.reads(one.reads.as_ref()?))
    }

    /// When something happened in the latest episode, where it is on record already.
    fn happened(&self, event: EventId) -> Option<String> {
        let case = &self.record.case;
        let last = case.episodes.len().checked_sub(1).map(EpisodeNo::at);
        let of = case.entries.iter().filter(|e| e.event == event && e.episode == last && last.is_some() && !e.void);
        of.map(|e| e.occurred).max().map(|at| self.names.vocabulary.calendar.stamp(at))
    }

    /// A fact as a word.
    pub fn fact(&self, id: FactId) -> Option<String> {
        let (value, _) = holds_now(self.record, self.lens.now, id)?;
        let vocabulary = self.names.vocabulary;
        Some(match value {
            Value::Bool(yes) => if yes { "yes" } else { "no" }.into(),
            Value::Word(word) => {
                vocabulary.word(word).or_else(|| self.record.file.words.get(&word).map(String::as_str))?.into()
            }
            Value::Number(number) => number.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Moment(at) => vocabulary.calendar.stamp(at),
            Value::Unknown | Value::Text => return None,
        })
    }

    /// What is kept of who the child is.
    pub fn particular(&self, key: &str) -> Option<String> {
        let known = self.child()?.details.iter().find(|(known, _)| known == key);
        known.map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
    }

    fn child(&self) -> Option<&Person> {
        let child = engine::words::sym("child");
        self.record.file.people.iter().rfind(|person| person.role == Some(child))
    }

    fn reads(&self, reads: &Reads) -> Option<String> {
        let said = match reads {
            Reads::Entry(event, field) => self.entry(*event, field)?,
            Reads::Word(word) => match word.as_str() {
                "name" => self.record.name.clone(),
                "known_as" => self.particular("known_as")?,
                "address" => self.address()?,
                "photograph" => crate::on_file::shown(self.names.vocabulary, &self.record.file)?.id.to_string(),
                "people" => self.named(|_| true),
                "social_worker" => self.named(|person| self.role(person) == "social_worker"),
                "associates" => self.named(|person| AROUND.contains(&detail(person, "kind"))),
                "risks" => vulnerabilities(self.lens, self.record, self.names).join("\n"),
                "places" => {
                    let all = places(self.lens, self.record, false).into_iter();
                    all.map(|(place, at)| format!("{place} ({})", at.words)).collect::<Vec<_>>().join("\n")
                }
                "earlier_episodes" => self.episodes(),
                _ => return None,
            },
        };
        Some(said).filter(|said| !said.is_empty())
    }

    /// The last answer to a field of an event: of the latest episode first, and then of any.
    fn entry(&self, event: EventId, field: &str) -> Option<String> {
        let vocabulary = self.names.vocabulary;
        let own = vocabulary.event_field(event, field)?;
        let standing = self.record.standing();
        let case = &self.record.case;
        let last = case.episodes.len().checked_sub(1).map(EpisodeNo::at);
        let mut entries: Vec<_> = case.entries.iter().filter(|entry| entry.event == event).collect();
        entries.sort_by_key(|entry| entry.episode == last);
        entries.into_iter().rev().find_map(|entry| {
            let line = standing.says(&entry.id)?;
            let text = line.texts.iter().find(|(id, _)| *id == own.field).map(|(_, text)| text.clone());
            text.or_else(|| {
                let all = line.fields.iter().filter(|(id, _)| *id == own.field);
                let words: Vec<String> = all.filter_map(|(_, value)| self.word(*value, own)).collect();
                Some(words.join(", ")).filter(|words| !words.is_empty())
            })
        })
    }

    fn word(&self, value: Value, own: &engine::vocabulary::Field) -> Option<String> {
        let vocabulary = self.names.vocabulary;
        Some(match value {
            Value::Bool(yes) => if yes { "yes" } else { "no" }.into(),
            Value::Word(word) => {
                let word = vocabulary.word(word)?;
                match vocabulary.role(word) {
                    Some(_) => labels::capital(&self.names.role(word)),
                    None => labels::answer(&own.answers, word),
                }
            }
            Value::Number(number) => number.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Moment(at) => vocabulary.calendar.stamp(at),
            Value::Unknown | Value::Text => return None,
        })
    }

    /// Where the child lives now.
    fn address(&self) -> Option<String> {
        let now = self.lens.now;
        let here =
            self.record.file.placements.iter().rfind(|p| p.from <= now && p.until.is_none_or(|end| end > now))?;
        Some(at(here.name.as_deref(), here.address.as_deref()))
    }

    /// What somebody is in the record, in the vocabulary's word; may be empty.
    fn role(&self, person: &Person) -> &str {
        person.role.and_then(|role| self.names.vocabulary.word(role)).unwrap_or_default()
    }

    /// People around the child, one a line, with their numbers.
    fn named(&self, wanted: impl Fn(&Person) -> bool) -> String {
        let line = |person: &Person| {
            let role = self.role(person);
            let kind = || KINDS.iter().find(|(id, ..)| *id == detail(person, "kind")).map_or("", |(_, one, _)| one);
            let title = if role.is_empty() { kind().to_string() } else { labels::capital(&self.names.role(role)) };
            let parts = [person.name.clone().unwrap_or_default(), title, person.phone.clone().unwrap_or_default()];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            (role != "child" && wanted(person)).then(|| parts.join(", "))
        };
        self.record.file.people.iter().filter_map(line).collect::<Vec<_>>().join("\n")
    }

    /// Earlier episodes, one a line.
    fn episodes(&self) -> String {
        let line = |e: &engine::case::Episode| format!("Gone {}", self.lens.face.lasted((e.start, e.end)));
        self.record.case.episodes.iter().rev().take(20).map(line).collect::<Vec<_>>().join("\n")
    }

    /// Lines of a group from the people around the child, of the kind that the group is of.
    fn people(&self, one: &FormField, name: &str, answers: &mut Answers) {
        if command::lines_in(name, one, answers) > 0 {
            return;
        }
        let child = engine::words::sym("child");
        let detail = |p: &Person, key: &str| {
            p.details.iter().find(|(known, _)| known == key).map(|(_, v)| v.clone()).unwrap_or_default()
        };
        let of_kind =
            |p: &&Person| p.role != Some(child) && one.keeps.as_ref().is_none_or(|kind| detail(p, "kind") == *kind);
        let people = self.record.file.people.iter().filter(of_kind).take(command::MOST_LINES);
        for (line, person) in people.enumerate() {
            for part in &one.lines {
                let value = match part.id.as_str() {
                    "name" => person.name.clone().unwrap_or_default(),
                    "phone" => person.phone.clone().unwrap_or_default(),
                    "address" => person.address.clone().unwrap_or_default(),
                    key => detail(person, key),
                };
                if !value.is_empty() {
                    answers.set(command::line_of(name, line + 1, &part.id), value);
                }
            }
        }
    }
}
