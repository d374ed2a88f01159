//! One field of an event: from the answer of a form to the value in the case file.

use super::answers::{Answers, FieldProblem};
use super::entry::Setting;
use super::labels;
use super::time::{self, Asked, Time, WrongDate};
use crate::reader::{YES_NO, is_fingerprint};
use engine::time::Moment;
use engine::value::Type;
use engine::vocabulary::{EpisodeEffect, Event, Field, Vocabulary};
use engine::words::{did_you_mean, meant};
use serde_json::{Value, json};

/// A text may have so many characters; more is no entry but a document.
const LONGEST: usize = 20_000;
/// An id of an area or a rule has at most so many bytes.
const WORD: usize = 64;
/// A plan further ahead than this, in minutes, is a slip of the pen.
const FARTHEST: i64 = 2 * 366 * 1440;

/// The name of an event's field in a form: apart from what every entry has.
pub fn name(field: &str) -> String {
    format!("f-{field}")
}

/// The value of a field of an event; `None` where nothing was answered.
pub(super) fn read(
    setting: &Setting<'_>,
    event: &Event,
    field: &Field,
    answers: &Answers,
) -> Result<Option<Value>, FieldProblem> {
    // What leads up to an absence lies behind whoever reports it.
    read_until(setting, event.episode != EpisodeEffect::Starts, field, answers)
}

/// The value of a field, of which times may lie ahead or not; `None` where nothing was answered.
pub(super) fn read_until(
    setting: &Setting<'_>,
    ahead: bool,
    field: &Field,
    answers: &Answers,
) -> Result<Option<Value>, FieldProblem> {
    let name = name(&field.id);
    let label = labels::field(field);
    // `Was it on an outing: choose yes or no` is read more easily than a question mark and a colon.
    let label = label.trim_end_matches('?');
    let problem = |message: String| FieldProblem::new(&name, message);
    let answer = answers.get(&name);
    let asked = Asked { now: setting.now, ahead };
    let value = match &field.kind {
        Type::Moment | Type::Since => match time::read(&setting.vocabulary.calendar, answers, &name, label, asked) {
            Time::Nothing => None,
            Time::At(at) => {
                sensible(setting, ahead, at).map_err(|what| problem(format!("{label}: {what}")))?;
                Some(json!(setting.vocabulary.calendar.stamp(at)))
            }
            Time::Wrong(problem) => return Err(problem),
        },
        Type::Date => {
            let wrong = |wrong: WrongDate| problem(format!("{label}: {}", wrong.says)).at(wrong.part);
            date(setting, field.planned, answers, &name).map_err(wrong)?.map(|d| json!(d))
        }
        Type::Roles => {
            let known = || setting.vocabulary.roles.iter().map(|role| role.id.as_str());
            let mut roles: Vec<&str> = Vec::new();
            for written in answers.all(&name) {
                match meant(written, known()) {
                    Some(role) if roles.contains(&role) => {}
                    Some(role) => roles.push(role),
                    None => {
                        return Err(problem(format!("{label}: {}", nobody(written))));
                    }
                }
            }
            (!roles.is_empty()).then(|| json!(roles))
        }
        Type::Entries => {
            let ids = answers.all(&name);
            if let Some(unknown) = ids.iter().find(|id| !setting.episodes.iter().any(|episode| episode.id == **id)) {
                return Err(problem(format!("{label}: “{}” is not one of the list; choose again", short(unknown))));
            }
            (!ids.is_empty()).then(|| json!(ids))
        }
        _ if answer.is_empty() => None,
        Type::YesNo => match meant(answer, YES_NO) {
            Some(word) => Some(json!(matches!(word, "yes" | "true"))),
            None => return Err(problem(format!("{label}: choose yes or no"))),
        },
        Type::Number => match answer.parse::<i64>() {
            Ok(number) => Some(json!(number)),
            Err(_) => return Err(problem(format!("{label}: write a whole number, such as 3"))),
        },
        Type::Text => Some(json!(text(answer).map_err(|what| problem(format!("{label}: {what}")))?)),
        Type::Photograph if is_fingerprint(answer) => Some(json!(answer)),
        Type::Photograph => return Err(problem(format!("{label}: choose the picture again"))),
        Type::Rule if answer.len() <= WORD && !answer.contains(char::is_whitespace) => Some(json!(answer)),
        Type::Rule => return Err(problem(format!("{label}: “{}” names no rule; leave it empty", short(answer)))),
        Type::Choice(_) | Type::Answer(_) | Type::Role | Type::Action | Type::Form | Type::Area | Type::Force => {
            match choice(setting, &field.kind, answer, answers) {
                Ok(word) => Some(json!(word)),
                Err(help) => {
                    let help = if help.is_empty() { "choose again".to_string() } else { help.replace('`', "") };
                    let message = format!("{label}: “{}” is not one of the answers; {help}", short(answer));
                    return Err(problem(message));
                }
            }
        }
    };
    if value.is_none() && field.required {
        return Err(problem(missing(&field.kind, label)));
    }
    Ok(value)
}

/// What is said of a field that has to be given and was left out.
pub(super) fn left_out(field: &Field) -> FieldProblem {
    let label = labels::field(field);
    FieldProblem::new(name(&field.id), missing(&field.kind, label.trim_end_matches('?')))
}

fn missing(kind: &Type, label: &str) -> String {
    match kind {
        Type::Roles | Type::Entries => format!("{label}: choose at least one"),
        Type::Photograph => format!("{label}: choose a picture"),
        Type::Text | Type::Number => format!("{label}: this cannot be left empty"),
        Type::Moment | Type::Since | Type::Date => format!("{label}: write the day, the month and the year"),
        _ => format!("{label}: choose one of the answers"),
    }
}

/// The word of the vocabulary that an answer means, whatever its capitals.
///
/// # Errors
/// What may have been meant.
fn choice<'a>(setting: &Setting<'a>, kind: &'a Type, answer: &'a str, answers: &Answers) -> Result<&'a str, String> {
    let v = setting.vocabulary;
    let words: Vec<&str> = match kind {
        Type::Choice(values) => values.iter().map(String::as_str).collect(),
        Type::Answer(all) => {
            let decision = decision(v, answers).and_then(|word| v.action(word));
            let own = decision.map(|action| v.action_at(action).answers.iter().map(|answer| answer.word.as_str()));
            own.map_or_else(|| all.iter().map(String::as_str).collect(), Iterator::collect)
        }
        Type::Role => v.roles.iter().map(|role| role.id.as_str()).collect(),
        Type::Action => v.actions.iter().map(|action| action.id.as_str()).collect(),
        Type::Form => v.forms.iter().map(|form| form.id.as_str()).collect(),
        _ => {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
            let is_id = answer.len() <= WORD && answer.chars().all(plain);
            return if is_id { Ok(answer) } else { Err(String::new()) };
        }
    };
    meant(answer, words.iter().copied()).ok_or_else(|| did_you_mean(answer, words))
}

/// The decision that answers are about, as the vocabulary writes it.
pub(super) fn decision<'a>(vocabulary: &'a Vocabulary, answers: &Answers) -> Option<&'a str> {
    let field = vocabulary.fields.get(vocabulary.known.decision.place())?;
    meant(answers.get(&name(field)), vocabulary.actions.iter().map(|action| action.id.as_str()))
}

/// A day that has been, unless one to come is asked for.
fn date(setting: &Setting<'_>, ahead: bool, answers: &Answers, name: &str) -> Result<Option<String>, WrongDate> {
    let Some(written) = time::day(answers, name)? else { return Ok(None) };
    let [day, month, year] = ["day", "month", "year"].map(|end| answers.get(&format!("{name}-{end}")));
    let calendar = &setting.vocabulary.calendar;
    // Written year first, days come in the order of their letters.
    if !ahead && written > calendar.date(setting.now).to_string() {
        let says = format!("{day}/{month}/{year} is still to come; it is {} now", calendar.words(setting.now));
        return Err(WrongDate { part: "", says });
    }
    if setting.born.is_some_and(|born| written < calendar.date(born).to_string()) {
        let says = format!("{day}/{month}/{year} is before the child was born; check the year");
        return Err(WrongDate { part: "year", says });
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
    clean(answer)
}

/// A text of any length as it is kept.
pub(super) fn clean(answer: &str) -> Result<String, String> {
    if answer.contains('\0') {
        return Err("this holds a character that is no part of any writing; delete it".into());
    }
    // Browsers send line ends of two characters.
    Ok(answer.replace("\r\n", "\n"))
}

/// Can a moment in a field be meant?
fn sensible(setting: &Setting<'_>, ahead: bool, at: Moment) -> Result<(), String> {
    let words = |m: Moment| setting.vocabulary.calendar.words(m);
    if setting.born.is_some_and(|born| at < born) {
        return Err(format!("{} is before the child was born; check the year", words(at)));
    }
    if !ahead && at.minute() > setting.now.minute() {
        return Err(format!("{} is still to come; it is {} now", words(at), words(setting.now)));
    }
    if at.minute() - setting.now.minute() > FARTHEST {
        return Err(format!("{} is more than two years ahead; check the year", words(at)));
    }
    Ok(())
}

/// What is wrong with a name that was typed where a role is asked for.
pub(super) fn nobody(written: &str) -> String {
    let written = short(written);
    format!("“{written}” is nobody on the list; choose again, or type a role by its name, such as “Social worker”")
}

pub(super) fn short(text: &str) -> String {
    crate::reader::short(text)
}
