//! One field of an event: from the answer of a form to the value in the case file.

use super::answers::{Answers, FieldProblem};
use super::entry::Setting;
use super::labels;
use super::time::{self, Time};
use crate::reader::is_fingerprint;
use engine::time::Moment;
use engine::value::Type;
use engine::vocabulary::{EpisodeEffect, Event, Field};
use serde_json::{Value, json};

/// A text may have so many characters; more is no entry but a document.
pub(super) const LONGEST: usize = 20_000;
/// A plan further ahead than this, in minutes, is a slip of the pen.
const FARTHEST: i64 = 2 * 366 * 1440;

/// The name of an event's field in a form: apart from what every entry has.
pub fn name(field: &str) -> String {
    format!("f-{field}")
}

/// The value of a field; `None` where nothing was answered.
pub(super) fn read(
    setting: &Setting<'_>,
    event: &Event,
    field: &Field,
    answers: &Answers,
) -> Result<Option<Value>, FieldProblem> {
    let name = name(&field.id);
    let label = labels::field(field);
    // `Was it on an outing: choose yes or no` is read more easily than a question mark and a colon.
    let label = label.trim_end_matches('?');
    let problem = |message: String| FieldProblem::new(&name, message);
    let answer = answers.get(&name);
    let value = match &field.kind {
        Type::Moment | Type::Since => match time::read(&setting.vocabulary.calendar, answers, &name, label) {
            Time::Nothing => None,
            Time::At(at) => {
                sensible(setting, event, at).map_err(|what| problem(format!("{label}: {what}")))?;
                Some(json!(setting.vocabulary.calendar.stamp(at)))
            }
            Time::Wrong(problem) => return Err(problem),
        },
        Type::Date => {
            date(setting, answers, &name).map_err(|what| problem(format!("{label}: {what}")))?.map(|d| json!(d))
        }
        Type::Roles => {
            let roles = answers.all(&name);
            if let Some(unknown) = roles.iter().find(|r| setting.vocabulary.role(r).is_none()) {
                return Err(problem(format!("{label}: “{}” is nobody on the list; choose again", short(unknown))));
            }
            (!roles.is_empty()).then(|| json!(roles))
        }
        _ if answer.is_empty() => None,
        Type::YesNo => match answer {
            "yes" | "true" => Some(json!(true)),
            "no" | "false" => Some(json!(false)),
            _ => return Err(problem(format!("{label}: choose yes or no"))),
        },
        Type::Number => match answer.parse::<i64>() {
            Ok(number) => Some(json!(number)),
            Err(_) => return Err(problem(format!("{label}: write a whole number, such as 3"))),
        },
        Type::Text => Some(json!(text(answer).map_err(|what| problem(format!("{label}: {what}")))?)),
        Type::Photograph if is_fingerprint(answer) => Some(json!(answer)),
        Type::Photograph => return Err(problem(format!("{label}: choose the picture again"))),
        Type::Choice(_) | Type::Role | Type::Action | Type::Form | Type::Area => {
            if !is_choice(setting, &field.kind, answer) {
                return Err(problem(format!("{label}: “{}” is not one of the answers; choose again", short(answer))));
            }
            Some(json!(answer))
        }
    };
    if value.is_none() && field.required {
        return Err(problem(missing(&field.kind, label)));
    }
    Ok(value)
}

fn missing(kind: &Type, label: &str) -> String {
    match kind {
        Type::Roles => format!("{label}: choose at least one"),
        Type::Photograph => format!("{label}: choose a picture"),
        Type::Text | Type::Number => format!("{label}: this cannot be left empty"),
        Type::Moment | Type::Since | Type::Date => format!("{label}: write the day, the month and the year"),
        _ => format!("{label}: choose one of the answers"),
    }
}

fn is_choice(setting: &Setting<'_>, kind: &Type, word: &str) -> bool {
    let v = setting.vocabulary;
    match kind {
        Type::Choice(values) => values.iter().any(|value| value == word),
        Type::Role => v.role(word).is_some(),
        Type::Action => v.action(word).is_some(),
        Type::Form => v.form(word).is_some(),
        _ => {
            word.len() <= 64
                && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
        }
    }
}

/// A day that has been; what is planned has a time of day as well, and is a moment.
fn date(setting: &Setting<'_>, answers: &Answers, name: &str) -> Result<Option<String>, String> {
    let part = |end: &str| answers.get(&format!("{name}-{end}"));
    let (day, month, year) = (part("day"), part("month"), part("year"));
    if [day, month, year].iter().all(|p| p.is_empty()) {
        return Ok(None);
    }
    let calendar = &setting.vocabulary.calendar;
    // Written year first, days come in the order of their letters.
    let written = time::date(day, month, year)?;
    if written > calendar.date(setting.now).to_string() {
        return Err(format!("{day}/{month}/{year} is still to come; it is {} now", calendar.words(setting.now)));
    }
    if setting.born.is_some_and(|born| written < calendar.date(born).to_string()) {
        return Err(format!("{day}/{month}/{year} is before the child was born; check the year"));
    }
    Ok(Some(written))
}

/// A text as it is kept.
pub(super) fn text(answer: &str) -> Result<String, String> {
    let length = answer.chars().count();
    if length > LONGEST {
        return Err(format!(
            "this is {length} characters long; {LONGEST} is the most. Keep a longer document elsewhere and say where"
        ));
    }
    if answer.contains('\0') {
        return Err("this holds a character that is no part of any writing; delete it".into());
    }
    // Browsers send line ends of two characters.
    Ok(answer.replace("\r\n", "\n"))
}

/// Can a moment in a field be meant?
fn sensible(setting: &Setting<'_>, event: &Event, at: Moment) -> Result<(), String> {
    let words = |m: Moment| setting.vocabulary.calendar.words(m);
    if setting.born.is_some_and(|born| at < born) {
        return Err(format!("{} is before the child was born; check the year", words(at)));
    }
    // What leads up to an absence lies behind whoever reports it.
    if event.episode == EpisodeEffect::Starts && at.minute() > setting.now.minute() {
        return Err(format!("{} is still to come; it is {} now", words(at), words(setting.now)));
    }
    if at.minute() - setting.now.minute() > FARTHEST {
        return Err(format!("{} is more than two years ahead; check the year", words(at)));
    }
    Ok(())
}

pub(super) fn short(text: &str) -> String {
    crate::reader::short(text)
}
