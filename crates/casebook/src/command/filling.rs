//! A form of a rulebook, from what was typed to what is kept with the entry: each question with its answer, or what is wrong with it in the
//! user's words. And back: the answers that would fill the form as it was filled in before.

use super::answers::{Answers, FieldProblem};
use super::entry::{BY, BY_NAME, OCCURRED, Setting};
use super::field;
use super::time::{self, Asked, Time};
use super::{fact_value, labels};
use crate::case_file::{Filled, FilledAnswer};
use crate::particulars;
use engine::rulebook::{Also, Block, Bound, Content, Details, FieldType, Form, FormField, Rulebook, Stage};
use engine::time::Moment;
use engine::vocabulary::{Event, Vocabulary};
use serde_json::Value;

/// An answer may have so many characters: long enough for whatever somebody has to say, and still no archive.
const LONGEST: usize = 200_000;
/// A line of writing has so many characters at most.
const LINE: usize = 300;
/// A group has so many lines at most.
pub const MOST_LINES: usize = 40;
/// The parts of a date and a time.
const PARTS: [&str; 5] = ["day", "month", "year", "time", "fold"];

/// The form of a block; none for a block of another kind.
pub fn form_of(block: &Block) -> Option<&Form> {
    if let Content::Form(form) = &block.content { Some(form) } else { None }
}

/// A form of a rulebook by its word, with its block.
pub fn form_in<'a>(book: &'a Rulebook, id: &str) -> Option<(&'a Block, &'a Form)> {
    book.blocks.iter().filter(|block| block.id == id).find_map(|block| Some((block, form_of(block)?)))
}

/// The name of a field on the page. What is a field of the event, or a fact, has the name that it has on other pages.
pub fn asked_as(vocabulary: &Vocabulary, one: &FormField) -> String {
    match &one.bound {
        Bound::Event(id) => field::name(id),
        Bound::Fact(id) => field::name(&vocabulary.fact_at(*id).id),
        Bound::Particular(_) | Bound::No => format!("q-{}", one.id),
    }
}

/// The name of the field for what an answer rests on.
pub fn what_of(name: &str) -> String {
    format!("{name}-what")
}

/// The name of the field for since when.
pub fn since_of(name: &str) -> String {
    format!("{name}-since")
}

/// The name of the hidden field by which an answer is known that was taken over from an earlier form.
pub fn copied_of(name: &str) -> String {
    format!("{name}-copied")
}

/// The name of the field in which somebody says that what was taken over still holds.
pub fn still_of(name: &str) -> String {
    format!("{name}-still")
}

/// The name of the field for a part of a line of a group; lines are counted from 1.
pub fn line_of(name: &str, line: usize, part: &str) -> String {
    format!("{name}-{line}-{part}")
}

/// How many lines of a group were typed: up to the last in which something stands.
pub fn lines_in(name: &str, one: &FormField, answers: &Answers) -> usize {
    let typed = |line: &usize| one.lines.iter().any(|part| !answers.get(&line_of(name, *line, &part.id)).is_empty());
    (1..=MOST_LINES).rfind(typed).unwrap_or(0)
}

/// What is typed of a question, in one text: by it an answer that was taken over is known to be untouched.
pub fn print_of(name: &str, one: &FormField, answers: &Answers) -> String {
    let mut names = vec![name.to_string(), what_of(name), since_of(name)];
    names.extend(PARTS.iter().map(|part| format!("{name}-{part}")));
    for line in 1..=lines_in(name, one, answers) {
        names.extend(one.lines.iter().map(|part| line_of(name, line, &part.id)));
    }
    let text: Vec<String> = names.iter().map(|name| answers.all(name).join("\u{1f}")).collect();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.join("\u{1e}").replace("\r\n", "\n").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// Does an answer stand as it was taken over, with nobody having said that it holds?
pub fn is_unexamined(name: &str, one: &FormField, answers: &Answers) -> bool {
    let copied = answers.get(&copied_of(name));
    !copied.is_empty() && answers.get(&still_of(name)) != "yes" && copied == print_of(name, one, answers)
}

/// A form that is being filled in.
#[derive(Clone, Copy)]
pub struct Filling<'a> {
    /// What is known when answers are judged.
    pub setting: Setting<'a>,
    /// The rulebook whose form it is.
    pub book: &'a Rulebook,
    /// The block of the form.
    pub block: &'a Block,
    /// The form.
    pub form: &'a Form,
    /// How far things have come: what is asked only later is not required yet.
    pub stage: Stage,
}

/// The answers of an event that completing a form records beside its own, as a page of that event would send them: when, what the form says
/// of it, and what goes without saying. None where the form says no time though it asks for one. `occurred`: when the form was filled in.
pub fn answers_of(
    vocabulary: &Vocabulary,
    form: &Form,
    also: &Also,
    (occurred, answers): (Moment, &Answers),
) -> Option<Answers> {
    let denied = also.unless.as_ref().and_then(|question| form.field(question));
    if denied.is_some_and(|one| answers.get(&asked_as(vocabulary, one)) == "yes") {
        return None;
    }
    let mut made = Answers::default();
    let mut copy = |question: &str, name: &str| {
        let Some(asked) = form.field(question).map(|one| asked_as(vocabulary, one)) else { return };
        for end in std::iter::once(String::new()).chain(PARTS.iter().map(|part| format!("-{part}"))) {
            for value in answers.all(&format!("{asked}{end}")) {
                made.add(format!("{name}{end}"), value);
            }
        }
    };
    for (field, question) in &also.asks {
        copy(question, &field::name(field));
    }
    match &also.at {
        Some(question) => {
            copy(question, OCCURRED);
            let typed = |end: &str| !made.get(&format!("{OCCURRED}{end}")).is_empty();
            if !typed("") && !PARTS.iter().any(|part| typed(&format!("-{part}"))) {
                return None;
            }
        }
        None => put(vocabulary, OCCURRED, &vocabulary.calendar.stamp(occurred), &mut made),
    }
    for (field, word) in &also.answers {
        made.set(field::name(field), word.as_str());
    }
    for name in [BY, BY_NAME] {
        made.set(name, answers.get(name));
    }
    Some(made)
}

/// A fact that was answered in a form: as it is kept.
#[derive(Clone, PartialEq, Debug)]
pub struct FactTold {
    /// The fact's word.
    pub fact: String,
    /// Its value.
    pub value: Value,
    /// The day since when, where that was said.
    pub since: Option<Moment>,
}

impl<'a> Filling<'a> {
    fn event(&self) -> Option<&'a Event> {
        self.form.records.map(|event| self.setting.vocabulary.event_at(event))
    }

    /// What was answered of the questions that `asked` names; of those alone anything is required.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn filled(&self, asked: impl Fn(&FormField) -> bool, answers: &Answers) -> Result<Filled, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut given = Vec::new();
        for one in self.form.fields.iter().filter(|one| asked(one)) {
            match self.answer(one, answers) {
                Ok(answer) => {
                    if answer.is_empty() {
                        problems.extend(self.missing(one));
                    }
                    // What is asked only later was not left open.
                    if !answer.is_empty() || one.stage <= self.stage {
                        given.push(answer);
                    }
                }
                Err(found) => problems.extend(found),
            }
        }
        if given.iter().all(FilledAnswer::is_empty) && problems.is_empty() {
            let first = self.form.fields.iter().find(|one| asked(one));
            let name = first.map(|one| asked_as(self.setting.vocabulary, one)).unwrap_or_default();
            problems.push(FieldProblem::new(name, "Nothing is filled in yet: answer at least one question"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Filled {
            rulebook: self.book.id.clone(),
            edition: self.book.edition.clone(),
            form: self.block.id.clone(),
            title: self.block.title.clone(),
            over: String::new(),
            answers: given,
        })
    }

    /// What is said of a question that has to be answered by now and is not.
    fn missing(&self, one: &FormField) -> Option<FieldProblem> {
        // What the event needs, its own reading asks for.
        if !one.required || one.stage > self.stage || matches!(one.bound, Bound::Event(_)) {
            return None;
        }
        let name = asked_as(self.setting.vocabulary, one);
        let label = one.label.trim_end_matches(['?', '.']);
        let says = match one.kind {
            FieldType::YesNo => "choose yes or no",
            FieldType::Graded | FieldType::Choice | FieldType::Role => "choose one of the answers",
            FieldType::Date | FieldType::Moment => "write the day, the month and the year",
            FieldType::Group => "fill in at least one line",
            FieldType::Photograph => "add a photograph of the child first",
            _ => "this cannot be left empty",
        };
        let name = if one.kind == FieldType::Group {
            line_of(&name, 1, one.lines.first().map_or("", |part| &part.id))
        } else {
            name
        };
        Some(FieldProblem::new(name, format!("{label}: {says}")))
    }

    /// The answer to a question; one that says nothing, where nothing was answered.
    fn answer(&self, one: &FormField, answers: &Answers) -> Result<FilledAnswer, Vec<FieldProblem>> {
        let name = asked_as(self.setting.vocabulary, one);
        let label = one.label.trim_end_matches(['?', '.']);
        let mut problems = Vec::new();
        let (answer, words) = self.value(one, &name, answers).unwrap_or_else(|problem| {
            problems.push(problem);
            Default::default()
        });
        let mut beside = |name: String, most: usize, what: &str| match text(answers.get(&name), most) {
            Ok(text) => text,
            Err(why) => {
                problems.push(FieldProblem::new(name, format!("{label}, {what}: {why}")));
                String::new()
            }
        };
        let (what, since) = match one.details {
            Details::None => Default::default(),
            Details::What => (beside(what_of(&name), LONGEST, "what it rests on"), String::new()),
            Details::WhatSince => {
                (beside(what_of(&name), LONGEST, "what it rests on"), beside(since_of(&name), LINE, "since when"))
            }
        };
        let mut lines = Vec::new();
        for line in 1..=lines_in(&name, one, answers) {
            let mut read = Vec::new();
            for part in &one.lines {
                let name = line_of(&name, line, &part.id);
                match text(answers.get(&name), LINE) {
                    Ok(text) => read.push((part.label.clone(), text)),
                    Err(why) => {
                        problems
                            .push(FieldProblem::new(name, format!("{label}, {}: {why}", part.label.to_lowercase())));
                    }
                }
            }
            if read.iter().any(|(_, text)| !text.is_empty()) {
                lines.push(read);
            }
        }
        if answer.is_empty() && !(what.is_empty() && since.is_empty()) && problems.is_empty() {
            let says = if one.kind == FieldType::Graded { "grade it too" } else { "choose an answer too" };
            problems.push(FieldProblem::new(&name, format!("{label}: {says}")));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(FilledAnswer {
            id: one.id.clone(),
            section: one.section.clone().unwrap_or_default(),
            asked: one.label.clone(),
            provisions: one.cites.iter().map(|cite| cite.id.clone()).collect(),
            class: class_of(one),
            words: if words == answer { String::new() } else { words },
            unexamined: is_unexamined(&name, one, answers),
            graded: one.kind == FieldType::Graded,
            answer,
            what,
            since,
            lines,
        })
    }

    /// The answer itself, and as people read it.
    fn value(&self, one: &FormField, name: &str, answers: &Answers) -> Result<(String, String), FieldProblem> {
        match &one.bound {
            Bound::Fact(id) => {
                let fact = self.setting.vocabulary.fact_at(*id);
                let value = fact_value(&self.setting, fact, answers)?;
                return Ok(value.map(|value| self.said(&value, &fact.answers)).unwrap_or_default());
            }
            Bound::Event(id) => {
                // What is wrong with it is said where the entry is made.
                let Some(event) = self.event() else { return Ok(Default::default()) };
                let Some(own) = event.fields.iter().find(|field| field.id == *id) else {
                    return Ok(Default::default());
                };
                let value = field::read(&self.setting, event, own, answers).ok().flatten();
                return Ok(value.map(|value| self.said(&value, &own.answers)).unwrap_or_default());
            }
            Bound::Particular(key) => return self.particular(one, key, name, answers),
            Bound::No => {}
        }
        self.typed(one, name, answers)
    }

    /// A value of the record, and how people read it.
    fn said(&self, value: &Value, known: &[engine::vocabulary::Answer]) -> (String, String) {
        let vocabulary = self.setting.vocabulary;
        let one = |value: &Value| match value {
            Value::Bool(yes) => (if *yes { "yes" } else { "no" }).to_string(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let word = |text: &str| {
            if let Ok(at) = Moment::parse(text)
                && text.contains('T')
            {
                return vocabulary.calendar.words(at);
            }
            if let Ok(date) = text.parse()
                && text.len() == 10
            {
                return day_words(date);
            }
            if known.iter().any(|answer| answer.word == text) {
                return labels::answer(known, text);
            }
            match text {
                "yes" => "Yes".into(),
                "no" => "No".into(),
                _ if vocabulary.role(text).is_some() => labels::capital(vocabulary.role_name(text)),
                _ => text.to_string(),
            }
        };
        match value {
            Value::Array(all) => {
                let all: Vec<String> = all.iter().map(one).collect();
                let words: Vec<String> = all.iter().map(|text| word(text)).collect();
                (all.join("\n"), words.join(", "))
            }
            value => {
                let text = one(value);
                let words = word(&text);
                (text, words)
            }
        }
    }

    fn particular(
        &self,
        one: &FormField,
        key: &str,
        name: &str,
        answers: &Answers,
    ) -> Result<(String, String), FieldProblem> {
        let Some(kept) = particulars::all().iter().find(|particular| particular.id == key) else {
            return self.typed(one, name, answers);
        };
        let label = one.label.trim_end_matches(['?', '.']);
        let wrong = |why: &str| FieldProblem::new(name, format!("{label}: {why}"));
        if kept.kind == particulars::Kind::Date {
            let day = time::day(answers, name).map_err(|what| wrong(&what.says).at(what.part))?.unwrap_or_default();
            let words = kept.words(&day);
            return Ok((day, words));
        }
        let text = answers.get(name);
        if text.is_empty() {
            return Ok(Default::default());
        }
        if kept.kind == particulars::Kind::Choice && !kept.words.contains_key(text) {
            return Err(wrong("choose one of the answers"));
        }
        let most = if kept.kind == particulars::Kind::Lines { 2_000 } else { 200 };
        let text = self::text(text, most).map_err(|why| wrong(&why))?;
        let value = particulars::checked(kept.kind, &text).map_err(wrong)?;
        let words = kept.words(&value);
        Ok((value, words))
    }

    /// An answer that stands in the form alone.
    fn typed(&self, one: &FormField, name: &str, answers: &Answers) -> Result<(String, String), FieldProblem> {
        let label = one.label.trim_end_matches(['?', '.']);
        let wrong = |why: String| FieldProblem::new(name, format!("{label}: {why}"));
        let calendar = &self.setting.vocabulary.calendar;
        let given = answers.get(name);
        let plain = |text: String| (text.clone(), text);
        match one.kind {
            FieldType::Date => {
                let day = time::day(answers, name).map_err(|what| wrong(what.says).at(what.part))?.unwrap_or_default();
                let words = day.parse().map_or_else(|_| day.clone(), day_words);
                Ok((day, words))
            }
            FieldType::Moment => {
                match time::read(calendar, answers, name, label, Asked { now: self.setting.now, ahead: true }) {
                    Time::Nothing => Ok(Default::default()),
                    Time::Wrong(problem) => Err(problem),
                    Time::At(at) => Ok((calendar.stamp(at), calendar.words(at))),
                }
            }
            FieldType::Group => Ok(Default::default()),
            _ if given.is_empty() => Ok(Default::default()),
            FieldType::YesNo => match given {
                "yes" => Ok(("yes".into(), "Yes".into())),
                "no" => Ok(("no".into(), "No".into())),
                _ => Err(wrong("choose yes or no".into())),
            },
            FieldType::Graded | FieldType::Choice if one.choices.iter().any(|choice| choice == given) => {
                Ok((given.into(), labels::capital(given)))
            }
            FieldType::Graded | FieldType::Choice => Err(wrong("choose one of the answers".into())),
            FieldType::Number => match given.parse::<i64>() {
                Ok(number) => Ok(plain(number.to_string())),
                Err(_) => Err(wrong("write a whole number, such as 3".into())),
            },
            FieldType::Time => match given.replace('.', ":").parse::<jiff::civil::Time>() {
                Ok(time) => Ok(plain(time.strftime("%H:%M").to_string())),
                Err(_) => Err(wrong("write a time of day, such as 18:30".into())),
            },
            FieldType::Role if self.setting.vocabulary.role(given).is_some() => {
                Ok((given.into(), labels::capital(self.setting.vocabulary.role_name(given))))
            }
            FieldType::Role => Err(wrong(field::nobody(given))),
            FieldType::Phone => {
                let digits = given.chars().filter(char::is_ascii_digit).count();
                if digits < 3 || given.chars().count() > 60 {
                    return Err(wrong("write a telephone number, such as 01632 960123".into()));
                }
                text(given, LINE).map(plain).map_err(wrong)
            }
            FieldType::Person | FieldType::Place => text(given, LINE).map(plain).map_err(wrong),
            FieldType::Text | FieldType::LongText | FieldType::Photograph => {
                text(given, LONGEST).map(plain).map_err(wrong)
            }
        }
    }

    /// The facts that were answered, each as it is kept. What is wrong with one was said before.
    pub fn facts(&self, asked: impl Fn(&FormField) -> bool, answers: &Answers) -> Vec<FactTold> {
        let mut found = Vec::new();
        for one in self.form.fields.iter().filter(|one| asked(one)) {
            let name = asked_as(self.setting.vocabulary, one);
            // What was only taken over says nothing new of the child.
            if is_unexamined(&name, one, answers) {
                continue;
            }
            if let Some(id) = one.yes.filter(|_| answers.get(&name) == "yes") {
                let fact = self.setting.vocabulary.fact_at(id).id.clone();
                // However many questions say so, it is so from when the form was filled in: since when each has been, each says by itself.
                if !found.iter().any(|told: &FactTold| told.fact == fact) {
                    found.push(FactTold { fact, value: Value::Bool(true), since: None });
                }
            }
            let Bound::Fact(id) = one.bound else { continue };
            let fact = self.setting.vocabulary.fact_at(id);
            if let Ok(Some(value)) = fact_value(&self.setting, fact, answers) {
                let since = answers.get(&since_of(&name));
                let since = read_day(since).map(|day| self.setting.vocabulary.calendar.start_of(day));
                let since = since.filter(|at| at.minute() <= self.setting.now.minute());
                found.push(FactTold { fact: fact.id.clone(), value, since });
            }
        }
        found
    }
}

/// Who may see an answer: of a particular, as the vocabulary says of it.
pub fn class_of(one: &FormField) -> engine::vocabulary::Class {
    match &one.bound {
        Bound::Particular(key) => particulars::class(key).and_then(engine::vocabulary::Class::of).unwrap_or_default(),
        _ => one.class,
    }
}

/// A day that was written in a line: `3 March 2026`, `2026-03-03`, `3/3/2026`. None for anything else, such as `last winter`.
fn read_day(written: &str) -> Option<jiff::civil::Date> {
    let written = written.trim();
    if let Ok(date) = written.parse() {
        return Some(date);
    }
    ["%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"]
        .iter()
        .find_map(|form| jiff::civil::Date::strptime(form, written).ok())
}

fn day_words(date: jiff::civil::Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

fn text(given: &str, most: usize) -> Result<String, String> {
    let length = given.chars().count();
    if length > most {
        return Err(format!(
            "this is {length} characters long; {most} is the most. Nothing is lost: shorten it, or keep the longer text elsewhere and say where"
        ));
    }
    field::clean(given)
}

/// The answers that would fill a form as it was filled in before. What the form of another edition does not ask is left out.
pub fn refill(vocabulary: &Vocabulary, form: &Form, filled: &Filled) -> Answers {
    let mut answers = Answers::default();
    for one in &form.fields {
        let Some(old) = filled.answer(&one.id) else { continue };
        let name = asked_as(vocabulary, one);
        put(vocabulary, &name, &old.answer, &mut answers);
        if !old.what.is_empty() {
            answers.set(what_of(&name), old.what.as_str());
        }
        if !old.since.is_empty() {
            answers.set(since_of(&name), old.since.as_str());
        }
        for (line, parts) in old.lines.iter().enumerate() {
            for part in &one.lines {
                if let Some((_, text)) = parts.iter().find(|(asked, _)| *asked == part.label) {
                    answers.set(line_of(&name, line + 1, &part.id), text.as_str());
                }
            }
        }
    }
    answers
}

/// Puts an answer as a page holds it: days and moments in their parts, several of one name line by line.
pub fn put(vocabulary: &Vocabulary, name: &str, answer: &str, answers: &mut Answers) {
    if answer.is_empty() {
        return;
    }
    if answer.contains('T')
        && let Ok(at) = Moment::parse(answer)
    {
        for (end, part) in PARTS.into_iter().zip(time::split(&vocabulary.calendar, at)) {
            answers.set(format!("{name}-{end}"), part);
        }
    }
    if answer.len() == 10
        && let Ok(date) = answer.parse::<jiff::civil::Date>()
    {
        let parts = [date.day().to_string(), date.month().to_string(), date.year().to_string()];
        for (end, part) in PARTS.into_iter().zip(parts) {
            answers.set(format!("{name}-{end}"), part);
        }
    }
    answers.set(name, answer);
}

/// The same as taken over from an earlier form: unexamined, until somebody says that it holds, or changes it.
pub fn copy_forward(vocabulary: &Vocabulary, form: &Form, filled: &Filled) -> Answers {
    let mut answers = refill(vocabulary, form, filled);
    for one in &form.fields {
        let name = asked_as(vocabulary, one);
        if filled.answer(&one.id).is_some_and(|old| !old.is_empty()) {
            let print = print_of(&name, one, &answers);
            answers.set(copied_of(&name), print);
        }
    }
    answers
}
