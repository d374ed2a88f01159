//! The questions of a form, drawn from its data: the answer, what it rests on, since when, lines of a group; what the record says of it,
//! and where it goes.

use super::super::FieldMaker;
use super::super::facts_form::holds_now;
use super::super::field::{offer_people, option};
use super::super::protocol::cited;
use super::prefill::Reader;
use super::{Fill, OfBook, asks, is_of_entry};
use crate::words::{Names, short_title, value};
use crate::{EventForm, FieldKind, FillQuestion, FillSection, FillShape, FormField};
use casebook::command::{self, Answers, fact_field, labels};
use casebook::particulars;
use engine::rulebook::{Bound, Details, FieldType, FormField as Asks, Stage};
use engine::vocabulary::FactId;

/// So many empty lines a group begins with.
const EMPTY: usize = 2;

/// Draws questions.
pub(super) struct Questions<'a> {
    pub fill: &'a Fill<'a>,
    pub names: &'a Names<'a>,
    pub entry: &'a EventForm,
    pub stage: Stage,
}

impl Questions<'_> {
    /// All questions, under their headings. What is asked only later stands by itself at the end.
    pub fn sections(&self) -> Vec<FillSection> {
        let Fill { record, of: OfBook { form, .. }, .. } = *self.fill;
        let mut found: Vec<FillSection> = Vec::new();
        for one in form.fields.iter().filter(|one| asks(record, one)) {
            let title = one.section.clone().unwrap_or_default();
            let later = match one.stage {
                stage if stage <= self.stage => "",
                Stage::Back => "once the child is back",
                _ => "once the child is missing",
            };
            let question = self.question(one);
            match found.iter_mut().find(|section| section.title == title && section.later == later) {
                Some(section) => section.questions.push(question),
                None => found.push(FillSection { title, later: later.into(), questions: vec![question] }),
            }
        }
        found.sort_by_key(|section| !section.later.is_empty());
        found
    }

    fn maker(&self) -> FieldMaker<'_> {
        let Fill { lens, asked, .. } = *self.fill;
        let (answers, problems) = (&asked.answers, asked.problems.as_slice());
        FieldMaker { names: self.names, answers, problems, now: lens.now, likely: Vec::new() }
    }

    fn question(&self, one: &Asks) -> FillQuestion {
        let Fill { of: OfBook { book, .. }, asked, .. } = *self.fill;
        let name = command::asked_as(self.names.vocabulary, one);
        let maker = self.maker();
        let help = one.help.clone().unwrap_or_default();
        let mut field = self.field(&maker, one, &name);
        field.label.clone_from(&one.label);
        field.required = field.required || one.required && one.stage <= self.stage;
        if !help.is_empty() {
            field.hint.clone_from(&help);
        }
        let beside = |name: &str, label: &str, kind| {
            let mut made = maker.plain(name, label, "", kind);
            made.hint = String::new();
            made
        };
        let what = match one.details {
            Details::None => None,
            Details::What | Details::WhatSince => {
                let label = if one.kind == FieldType::Graded { "What it rests on" } else { "What" };
                Some(beside(&command::what_of(&name), label, FieldKind::LongText))
            }
        };
        let since = (one.details == Details::WhatSince)
            .then(|| beside(&command::since_of(&name), "Since when", FieldKind::Text));
        let lines = if one.kind == FieldType::Group { self.lines(&maker, one, &name) } else { Vec::new() };
        let shape = match one.kind {
            FieldType::Person => FillShape::Person,
            FieldType::Place => FillShape::Place,
            FieldType::Group => FillShape::Group,
            FieldType::Photograph => FillShape::Photograph,
            _ => FillShape::Field,
        };
        let copied = asked.answers.get(&command::copied_of(&name)).to_string();
        // What was changed since was looked at.
        let untouched = copied == command::print_of(&name, one, &asked.answers);
        FillQuestion {
            shape,
            more: one.kind == FieldType::Group && lines.len() < command::MOST_LINES,
            field,
            what,
            since,
            lines,
            held: self.held(one),
            otherwise: match (&one.bound, one.yes) {
                (Bound::Fact(id), _) => self.otherwise(*id),
                (_, Some(id)) => self.contradicts(id),
                _ => String::new(),
            },
            writes: self.writes(one),
            copied: if untouched { copied } else { String::new() },
            still: asked.answers.get(&command::still_of(&name)) == "yes",
            cited: cited(book, &one.cites),
        }
    }

    /// The control of a question.
    fn field(&self, maker: &FieldMaker<'_>, one: &Asks, name: &str) -> FormField {
        match &one.bound {
            Bound::Fact(id) => maker.of(&fact_field(self.names.vocabulary.fact_at(*id))),
            Bound::Event(_) => self.entry.fields.iter().find(|field| field.name == name).cloned().unwrap_or_default(),
            Bound::Particular(key) => self.particular(maker, one, key, name),
            Bound::No => self.typed(maker, one, name),
        }
    }

    fn particular(&self, maker: &FieldMaker<'_>, one: &Asks, key: &str, name: &str) -> FormField {
        let Some(kept) = particulars::all().iter().find(|particular| particular.id == key) else {
            return self.typed(maker, one, name);
        };
        maker.particular(kept, name, &one.label)
    }

    fn typed(&self, maker: &FieldMaker<'_>, one: &Asks, name: &str) -> FormField {
        let kind = match one.kind {
            FieldType::LongText => FieldKind::LongText,
            FieldType::YesNo => FieldKind::YesNo,
            FieldType::Graded | FieldType::Choice => FieldKind::Choice,
            FieldType::Date => FieldKind::Date,
            FieldType::Moment => FieldKind::Moment,
            FieldType::Number => FieldKind::Number,
            FieldType::Role => FieldKind::Select,
            FieldType::Text
            | FieldType::Time
            | FieldType::Phone
            | FieldType::Photograph
            | FieldType::Person
            | FieldType::Place
            | FieldType::Group => FieldKind::Text,
        };
        let hint = match one.kind {
            FieldType::Time => "For example 18:30.",
            _ => "",
        };
        let mut made = maker.plain(name, &one.label, hint, kind);
        // Of a question whose time may lie ahead nobody means just now.
        made.ahead = one.kind == FieldType::Moment;
        match one.kind {
            FieldType::YesNo => {
                made.options = vec![option("yes", "Yes", "", &made.values), option("no", "No", "", &made.values)];
            }
            FieldType::Graded | FieldType::Choice => {
                let choice = |word: &String| option(word, &labels::capital(word), "", &made.values);
                made.options = one.choices.iter().map(choice).collect();
            }
            FieldType::Role => {
                let own = vec![self.fill.lens.who.role.clone()];
                offer_people(&mut made, self.names, &[("You".to_string(), own)]);
            }
            _ => {}
        }
        made
    }

    /// The lines of a group: those that are filled in, and room for more.
    fn lines(&self, maker: &FieldMaker<'_>, one: &Asks, name: &str) -> Vec<Vec<FormField>> {
        let filled = command::lines_in(name, one, &self.fill.asked.answers);
        let more = if self.fill.more == name { 3 } else { EMPTY.saturating_sub(filled).max(1) };
        let count = (filled + more).min(command::MOST_LINES);
        let line = |number: usize| {
            one.lines
                .iter()
                .map(|part| {
                    let name = command::line_of(name, number, &part.id);
                    maker.plain(&name, &part.label, "", FieldKind::Text)
                })
                .collect()
        };
        (1..=count).map(line).collect()
    }

    /// What the record says of a question, beside the answer.
    fn held(&self, one: &Asks) -> String {
        let Fill { lens, record, asked, .. } = *self.fill;
        let reader = Reader { lens, record, names: self.names };
        match &one.bound {
            Bound::Fact(id) => {
                let Some((held, since)) = holds_now(record, lens.now, *id) else { return String::new() };
                let fact = self.names.vocabulary.fact_at(*id);
                let words = value(self.names, lens.face, &record.file.words, (&fact.kind, &fact.answers), held);
                let since = if since > engine::time::Moment::EVER {
                    format!(", since {}", lens.face.when(since).words)
                } else {
                    String::new()
                };
                format!("{words}{since}")
            }
            Bound::Particular(key) => {
                let held = reader.particular(key).unwrap_or_default();
                let kept = particulars::all().iter().find(|particular| particular.id == *key);
                let words = kept.map_or_else(|| held.clone(), |kept| kept.words(&held));
                let name = command::asked_as(self.names.vocabulary, one);
                // Where it says the same, it needs no saying twice.
                if asked.answers.get(&name) == held { String::new() } else { words }
            }
            Bound::Event(_) | Bound::No => String::new(),
        }
    }

    /// Where an answer goes beside the form.
    fn writes(&self, one: &Asks) -> String {
        match (one.yes, &one.bound, &one.keeps) {
            (Some(id), ..) => {
                let fact = labels::fact(self.names.vocabulary.fact_at(id));
                format!("what is known of the child, where it is yes (“{}”: yes)", fact.trim_end_matches('?'))
            }
            (_, Bound::Fact(_), _) => "what is known of the child".into(),
            (_, Bound::Particular(_), _) => "who the child is".into(),
            (_, _, Some(_)) => "the people around the child".into(),
            _ => String::new(),
        }
    }

    /// Does the record say that what a yes would tell of the child is not so? Then whoever answers hears it before they complete the form.
    fn contradicts(&self, fact: FactId) -> String {
        let Fill { lens, record, .. } = *self.fill;
        match holds_now(record, lens.now, fact) {
            Some((engine::value::Value::Bool(false), _)) => {
                let label = labels::fact(self.names.vocabulary.fact_at(fact));
                format!(
                    "The record says no to “{}”. With a yes here it says yes from then on.",
                    label.trim_end_matches('?')
                )
            }
            _ => String::new(),
        }
    }

    /// Does a rulebook that applies work this fact out by itself? Then the record goes on saying so, whatever is answered.
    fn otherwise(&self, fact: FactId) -> String {
        let books = self.names.books().iter();
        let hold = books.flat_map(|book| book.holds.iter().map(move |hold| (book, hold)));
        let said: Vec<String> = hold
            .filter(|(_, hold)| hold.fact == fact)
            .map(|(book, hold)| format!("{}: {}", short_title(book), hold.says.trim_end_matches('.')))
            .collect();
        if said.is_empty() {
            return String::new();
        }
        format!(
            "A protocol sets this by itself ({}). What you answer is kept with the form; while that protocol says otherwise, what it says counts.",
            said.join("; ")
        )
    }

    /// What was saved in another place and differs from what was typed here, question by question.
    pub fn differs(&self, there: &Answers) -> Vec<[String; 3]> {
        let Fill { record, of: OfBook { form, .. }, asked, .. } = *self.fill;
        let mut found = Vec::new();
        for one in form.fields.iter().filter(|one| asks(record, one)) {
            let name = command::asked_as(self.names.vocabulary, one);
            let (here, there) = (typed(&name, one, &asked.answers), typed(&name, one, there));
            if here != there {
                found.push([one.label.clone(), there, here]);
            }
        }
        let note = |answers: &Answers| answers.get(command::NOTE).to_string();
        if note(&asked.answers) != note(there) {
            found.push(["Anything else".into(), note(there), note(&asked.answers)]);
        }
        found
    }
}

/// Everything that was typed of a question, in one text for eyes.
fn typed(name: &str, one: &Asks, answers: &Answers) -> String {
    debug_assert!(!is_of_entry(name), "questions and what every entry is asked have names of their own");
    let part = |end: &str| answers.get(&format!("{name}-{end}")).to_string();
    let mut said: Vec<String> = answers.all(name).into_iter().map(String::from).collect();
    let day: Vec<String> = ["day", "month", "year"].iter().map(|end| part(end)).filter(|p| !p.is_empty()).collect();
    if !day.is_empty() {
        said = vec![format!("{} {}", day.join("/"), part("time")).trim().to_string()];
    }
    said.extend([answers.get(&command::what_of(name)), answers.get(&command::since_of(name))].map(String::from));
    for line in 1..=command::lines_in(name, one, answers) {
        let parts = one.lines.iter().map(|part| answers.get(&command::line_of(name, line, &part.id)));
        said.push(parts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", "));
    }
    said.retain(|text| !text.is_empty());
    said.join("; ").replace("\r\n", "\n")
}
