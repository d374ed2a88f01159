//! An entry of the chronology: made from the answers of a form, and taken apart again into answers to be corrected.

use super::answers::{Answers, FieldProblem};
use super::time::{self, Asked, Time};
use super::{checklist, doing, field, labels};
use crate::case_file::{CaseFile, EntryLine, Filled};
use engine::case::Episode;
use engine::time::Moment;
use engine::value::{Type, Value};
use engine::vocabulary::{Event, Field, FieldId, Vocabulary};
use engine::words::meant;
use serde_json::{Map, json};

/// The field for when it happened.
pub const OCCURRED: &str = "occurred";
/// The field for the role that did it.
pub const BY: &str = "by";
/// The field for the person who did it.
pub const BY_NAME: &str = "by-name";
/// The field for the rulebook that was followed, where two contradict each other.
pub const FOLLOWED: &str = "followed";
/// The field for free text.
pub const NOTE: &str = "note";

/// What the time of an entry is called.
pub const WHEN: &str = "When it happened";

/// What is known when answers are judged.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The words.
    pub vocabulary: &'a Vocabulary,
    /// The present moment.
    pub now: Moment,
    /// The start of the day on which the child was born.
    pub born: Option<Moment>,
    /// The child's episodes, which an entry can name.
    pub episodes: &'a [Episode],
    /// What the entry that is corrected lacks: whoever puts its time right need not know it.
    pub lacking: &'a [FieldId],
}

/// An entry to be recorded: an object of the case file without `id`, `recorded_at`, `episode` and `corrects`.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// When it happened.
    pub occurred: Moment,
    /// Its keys and values, ready for the case file.
    pub json: Map<String, serde_json::Value>,
}

/// Makes an entry from the answers of a form.
///
/// # Errors
/// Everything that is wrong with the answers, in the order of the form.
pub fn entry(setting: &Setting<'_>, event: &Event, answers: &Answers) -> Result<Entry, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut json = Map::new();
    json.insert("event".into(), json!(event.id));
    let occurred = occurred(setting, answers).unwrap_or_else(|problem| {
        problems.push(problem);
        Moment::EVER
    });
    json.insert("occurred_at".into(), json!(setting.vocabulary.calendar.stamp(occurred)));
    if let Err(problem) = by(setting, event, answers, &mut json) {
        problems.push(problem);
    }
    for one in &event.fields {
        match field::read(setting, event, one, answers) {
            Ok(Some(value)) => {
                problems.extend(planned_behind(setting, one, &value, occurred));
                json.insert(one.id.clone(), value);
            }
            Ok(None) if one.needed && !setting.lacking.contains(&one.field) => problems.push(field::left_out(one)),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    problems.extend(alone(setting, event, &json));
    let followed = answers.get(FOLLOWED);
    if !followed.is_empty() {
        json.insert("followed".into(), json!(followed));
    }
    match field::text(answers.get(NOTE)) {
        Ok(text) if text.is_empty() => {}
        Ok(text) => _ = json.insert("note".into(), json!(text)),
        Err(what) => problems.push(FieldProblem::new(NOTE, format!("Note: {what}"))),
    }
    if problems.is_empty() { Ok(Entry { occurred, json }) } else { Err(problems) }
}

/// What an entry does not say though it has to be said for the act to be one: a meeting without who chaired it, who came or what was
/// decided. Nothing of what is recorded here; what came from elsewhere may lack it.
pub fn lacking<'v>(vocabulary: &'v Vocabulary, line: &EntryLine) -> Vec<&'v Field> {
    let says = |field: &Field| {
        line.fields.iter().any(|(id, _)| *id == field.field)
            || line.texts.iter().any(|(id, text)| *id == field.field && !text.trim().is_empty())
    };
    let event = vocabulary.event_at(line.event);
    let word = |field: FieldId| line.fields.iter().filter(move |(id, _)| *id == field).map(|(_, value)| *value);
    let chair = event.doer.and_then(|doer| word(doer).next());
    // Whoever chairs and sees nobody else holds no meeting.
    let alone = |field: &Field| event.came == Some(field.field) && word(field.field).all(|one| Some(one) == chair);
    event.fields.iter().filter(|field| field.needed && (!says(field) || alone(field))).collect()
}

/// What is wrong with a meeting to which nobody came beside whoever chaired it.
fn alone(setting: &Setting<'_>, event: &Event, json: &Map<String, serde_json::Value>) -> Option<FieldProblem> {
    let field = |id: FieldId| event.fields.iter().find(|one| one.field == id);
    let came = event.came.and_then(field).filter(|one| !setting.lacking.contains(&one.field))?;
    let chair = event.doer.and_then(field).and_then(|one| json.get(&one.id))?;
    let there = json.get(&came.id)?.as_array()?;
    let says = format!(
        "{}: nobody is named but whoever chaired. Choose who else came; what one person did alone is no meeting, and is recorded as something that was done",
        labels::field(came).trim_end_matches('?')
    );
    there.iter().all(|one| one == chair).then(|| FieldProblem::new(field::name(&came.id), says))
}

/// What an entry leaves open, in words: `not said: who chaired; who attended`, `complete, 7 of 19 factors not graded`;
/// empty where it is whole.
pub fn left_open(vocabulary: &Vocabulary, line: &EntryLine) -> String {
    let lacking: Vec<String> = lacking(vocabulary, line).into_iter().map(asked).collect();
    if lacking.is_empty() {
        let open = line.filled.as_ref().map(Filled::left_open).filter(|open| !open.is_empty());
        return open.map(|open| format!("complete, {open}")).unwrap_or_default();
    }
    format!("not said: {}", lacking.join("; "))
}

/// A question within a sentence: `who chaired`.
fn asked(field: &Field) -> String {
    let label = labels::field(field);
    labels::lower(label.trim_end_matches('?'))
}

/// What is planned lies ahead of whoever plans it.
fn planned_behind(
    setting: &Setting<'_>,
    field: &Field,
    value: &serde_json::Value,
    occurred: Moment,
) -> Option<FieldProblem> {
    let at = Moment::parse(value.as_str().filter(|_| field.planned)?).ok()?;
    let words = |at: Moment| setting.vocabulary.calendar.words(at);
    let label = labels::field(field);
    let message = format!(
        "{}: {} is before {}, when it was arranged; change one of the two times",
        label.trim_end_matches('?'),
        words(at),
        words(occurred)
    );
    (at.minute() < occurred.minute()).then(|| FieldProblem::new(field::name(&field.id), message))
}

fn occurred(setting: &Setting<'_>, answers: &Answers) -> Result<Moment, FieldProblem> {
    let calendar = &setting.vocabulary.calendar;
    let problem = |message: String| Err(FieldProblem::new(OCCURRED, message));
    let asked = Asked { now: setting.now, ahead: false };
    let at = match time::read(calendar, answers, OCCURRED, WHEN, asked) {
        Time::At(at) => at,
        Time::Wrong(problem) => return Err(problem),
        Time::Nothing => return problem(format!("{WHEN}: write the day, the month, the year and the time")),
    };
    // Of a time that a program wrote whole, nothing was asked.
    if at.minute() > setting.now.minute() {
        let now = calendar.words(setting.now);
        return problem(format!("{WHEN}: {} is still to come; it is {now} now", calendar.words(at)));
    }
    if setting.born.is_some_and(|born| at < born) {
        return problem(format!("{WHEN}: {} is before the child was born; check the year", calendar.words(at)));
    }
    Ok(at)
}

/// Who did it.
fn by(
    setting: &Setting<'_>,
    event: &Event,
    answers: &Answers,
    json: &mut Map<String, serde_json::Value>,
) -> Result<(), FieldProblem> {
    let role = answers.get(BY);
    if !role.is_empty() {
        let known = setting.vocabulary.roles.iter().map(|role| role.id.as_str());
        let Some(role) = meant(role, known) else {
            return Err(FieldProblem::new(BY, format!("Who did it: {}", field::nobody(role))));
        };
        if let Some(why) = doing::forbids(setting.vocabulary, event, role) {
            return Err(FieldProblem::new(BY, format!("Who did it: {why}")));
        }
        json.insert("by".into(), json!(role));
    }
    let name = answers.get(BY_NAME);
    if name.chars().count() > 200 || name.contains('\0') {
        return Err(FieldProblem::new(BY_NAME, "Name: write no more than 200 characters".to_string()));
    }
    if !name.is_empty() {
        json.insert("by_name".into(), json!(name));
    }
    Ok(())
}

/// The answers that would make an entry as it stands: what a form for its correction is filled with.
pub fn fill(vocabulary: &Vocabulary, file: &CaseFile, line: &EntryLine) -> Answers {
    let mut answers = Answers::default();
    let moment = |answers: &mut Answers, name: &str, at: Moment| {
        let ends = ["day", "month", "year", "time", "fold"];
        for (end, part) in ends.into_iter().zip(time::split(&vocabulary.calendar, at)) {
            answers.set(format!("{name}-{end}"), part);
        }
    };
    moment(&mut answers, OCCURRED, line.occurred);
    let word = |sym| vocabulary.word(sym).or_else(|| file.words.get(&sym).map(String::as_str)).unwrap_or_default();
    if let Some(by) = line.by {
        answers.set(BY, word(by));
    }
    answers.set(BY_NAME, line.by_name.clone().unwrap_or_default());
    answers.set(NOTE, line.note.clone().unwrap_or_default());
    if let Some((_, followed)) = line.texts.iter().find(|(field, _)| *field == vocabulary.known.followed) {
        answers.set(FOLLOWED, followed.clone());
    }
    checklist::fill(line, &mut answers);
    for one in &vocabulary.event_at(line.event).fields {
        let name = field::name(&one.id);
        if matches!(one.kind, Type::Text | Type::Photograph | Type::Rule | Type::Entries) {
            line.texts.iter().filter(|(f, _)| *f == one.field).for_each(|(_, text)| answers.add(&name, text.clone()));
            continue;
        }
        for (_, value) in line.fields.iter().filter(|(f, _)| *f == one.field) {
            match value {
                Value::Moment(at) => moment(&mut answers, &name, *at),
                Value::Date(date) => time::put_day(&mut answers, &name, &date.to_string()),
                Value::Bool(yes) => answers.add(&name, if *yes { "yes" } else { "no" }),
                Value::Word(sym) => answers.add(&name, word(*sym)),
                Value::Number(number) => answers.add(&name, number.to_string()),
                Value::Text | Value::Unknown => {}
            }
        }
    }
    answers
}
