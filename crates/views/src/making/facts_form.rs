//! The form in which the facts of a group are changed together, and the one in which what was recorded of a fact is put right.

use super::facts::Facts;
use super::{FieldMaker, head};
use crate::words::Names;
use crate::{FactForm, FieldKind, FormField, Lens, Record, Viewer};
use casebook::case_file::{DatedFact, Taken};
use casebook::command::{self, Answers, FieldProblem, NOTE, time};
use engine::calendar::Calendar;
use engine::case::Source;
use engine::time::Moment;
use engine::value::{Type, Value};
use engine::vocabulary::{Fact, FactId, Scope};

/// The form for a group; none if there is no such group, or the viewer may record nothing of it.
pub fn facts_form(
    lens: &Lens<'_>,
    viewer: Viewer,
    record: &Record,
    group: &str,
    typed: &Answers,
    problems: &[FieldProblem],
) -> Option<FactForm> {
    let names = Names::of(lens.rules, &record.case, lens.now);
    let teller = Facts { lens, record, names: &names };
    let found = names.vocabulary.fact_group(group)?;
    let facts: Vec<(FactId, &Fact)> =
        names.vocabulary.facts_of(group).filter(|(_, fact)| teller.is_recorded(fact)).collect();
    if facts.is_empty() {
        return None;
    }
    let mut answers = typed.clone();
    if typed.is_empty() {
        for (id, fact) in &facts {
            let held = holds_now(record, lens.now, *id).and_then(|line| word(&names, record, line.0));
            held.into_iter().for_each(|held| fill(&names.vocabulary.calendar, fact, held, &mut answers));
        }
    }
    let maker = FieldMaker { names: &names, answers: &answers, problems, now: lens.now, likely: Vec::new() };
    Some(FactForm {
        viewer,
        child: head(lens, record),
        version: record.version,
        group: group.into(),
        title: found.title.clone(),
        fields: facts.iter().map(|(_, fact)| field(&maker, fact)).collect(),
        why: None,
        terms: terms(&maker),
        correcting: None,
    })
}

/// The form in which a line is put right, filled with what it says; none if there is no such line that stands, or not for the viewer.
pub fn correct_fact_form(
    lens: &Lens<'_>,
    viewer: Viewer,
    record: &Record,
    line: &str,
    typed: &Answers,
    problems: &[FieldProblem],
) -> Option<FactForm> {
    let names = Names::of(lens.rules, &record.case, lens.now);
    let teller = Facts { lens, record, names: &names };
    let line = record.file.facts.iter().find(|l| l.id == line && !l.withdrawn)?;
    let fact = names.vocabulary.fact_at(line.fact);
    let story = teller.story(fact, line);
    if !teller.is_recorded(fact) || fact.group.is_empty() || !story.wrong.is_empty() {
        return None;
    }
    let mut answers = typed.clone();
    if typed.is_empty() {
        refill(&names, record, line, fact, &mut answers);
    }
    let maker = FieldMaker { names: &names, answers: &answers, problems, now: lens.now, likely: Vec::new() };
    let hint = "It is kept beside what was recorded, which stays to be seen.";
    Some(FactForm {
        viewer,
        child: head(lens, record),
        version: record.version,
        group: fact.group.clone(),
        title: fact.label.clone(),
        fields: vec![FormField { required: true, ..field(&maker, fact) }],
        why: Some(FormField {
            required: true,
            ..maker.plain(command::WHY, "What was wrong with it?", hint, FieldKind::LongText)
        }),
        terms: terms(&maker),
        correcting: Some(story),
    })
}

/// What holds of a fact now, as it was recorded, and since when; of an episode's fact in the last episode.
pub fn holds_now(record: &Record, now: Moment, id: FactId) -> Option<(Value, Moment)> {
    let in_episode = record.case.episodes.last().and_then(|e| e.facts.at(id, now));
    let change = record.case.facts.at(id, now).or(in_episode).filter(|c| c.value != Value::Unknown)?;
    let line = if let Source::Record(n) = change.source { record.file.facts.get(n as usize) } else { None };
    Some((line.map_or(change.value, |line| line.value), change.at))
}

fn word(names: &Names<'_>, record: &Record, value: Value) -> Option<String> {
    Some(match value {
        Value::Bool(yes) => if yes { "yes" } else { "no" }.into(),
        Value::Word(word) => {
            names.vocabulary.word(word).or_else(|| record.file.words.get(&word).map(String::as_str))?.into()
        }
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Moment(at) => at.to_string(),
        Value::Unknown | Value::Text => return None,
    })
}

/// Fills a value in as a form holds it.
fn fill(calendar: &Calendar, fact: &Fact, held: String, answers: &mut Answers) {
    let name = command::name(&fact.id);
    match fact.kind {
        Type::Date => {
            let parts: Vec<String> = held.split('-').rev().map(|p| p.trim_start_matches('0').to_string()).collect();
            for (end, part) in ["day", "month", "year"].iter().zip(parts) {
                answers.set(format!("{name}-{end}"), part);
            }
        }
        Type::Moment | Type::Since => moment(calendar, &name, Moment::parse(&held).ok(), answers),
        _ => answers.set(name, held),
    }
}

fn moment(calendar: &Calendar, name: &str, at: Option<Moment>, answers: &mut Answers) {
    let Some(at) = at else { return };
    for (end, part) in ["day", "month", "year", "time", "fold"].iter().zip(time::split(calendar, at)) {
        answers.set(format!("{name}-{end}"), part);
    }
}

/// What a line says, as its form holds it.
fn refill(names: &Names<'_>, record: &Record, line: &DatedFact, fact: &Fact, answers: &mut Answers) {
    let calendar = &names.vocabulary.calendar;
    word(names, record, line.value).into_iter().for_each(|held| fill(calendar, fact, held, answers));
    let dated = line.from > Moment::EVER;
    answers.set(command::HOW_LONG, if dated { command::SINCE } else { command::ALWAYS });
    moment(calendar, command::SINCE, Some(line.from).filter(|_| dated), answers);
    moment(calendar, command::UNTIL, line.until, answers);
    if let Some(taken) = line.taken.filter(|taken| *taken != Taken::Report) {
        answers.set(command::SOURCE, taken.word());
    }
    answers.set(command::TOLD_BY, line.told_by.as_deref().unwrap_or_default());
    answers.set(NOTE, line.note.as_deref().unwrap_or_default());
}

fn field(maker: &FieldMaker<'_>, fact: &Fact) -> FormField {
    let mut made = maker.of(&command::fact_field(fact));
    if fact.scope == Scope::Episode && made.hint.is_empty() {
        made.hint = "In the last episode.".into();
    }
    made
}

/// Since when, until when, where from, and a note.
fn terms(maker: &FieldMaker<'_>) -> Vec<FormField> {
    let how_long = [
        (command::ALWAYS, "It was always so", "Or nobody knows since when."),
        (command::SINCE, "It began at a certain time", "Write it below."),
    ];
    let sources = [
        (Taken::Told.word(), "Somebody told me", ""),
        (Taken::Seen.word(), "I saw it, or know it myself", ""),
        (Taken::Document.word(), "A document says so", ""),
    ];
    vec![
        FormField { required: true, ..maker.choice(command::HOW_LONG, "Since when is it so?", "", &how_long) },
        maker.plain(
            command::SINCE,
            "Since this time",
            "The day alone will do. Leave it empty where it was always so.",
            FieldKind::Moment,
        ),
        maker.plain(
            command::UNTIL,
            "Until when, if it is over",
            "The day alone will do. Leave it empty where it is still so.",
            FieldKind::Moment,
        ),
        FormField { required: true, ..maker.choice(command::SOURCE, "Where is it from?", "", &sources) },
        maker.plain(command::TOLD_BY, "Who told it, or which document", "", FieldKind::Text),
        maker.plain(NOTE, "Anything else", "", FieldKind::LongText),
    ]
}
