//! What was answered, step by step, in words: for the last page and for the page to read out.

use super::entries::holds_up;
use super::questions::{STEPS, step};
use super::record::OnRecord;
use casebook::command::FieldProblem;
use casebook::command::time::{self, Time};
use engine::time::Moment;
use views::making::FieldMaker;
use views::words::Clockface;
use views::{FieldKind, FormField, SummaryRow};

/// Said of an answer that cannot be read and that holds nothing up.
const AS_WRITTEN: &str = "You need not put it right before you report: it goes along as you wrote it.";

/// A row for each step, but the last.
pub(super) fn summary(
    maker: &FieldMaker<'_>,
    face: Clockface<'_>,
    record: &OnRecord,
    problems: &[FieldProblem],
) -> Vec<SummaryRow> {
    let steps = STEPS.iter().filter(|(id, _)| *id != "check");
    let rows = steps.filter_map(|(id, title)| {
        let made = step(id, maker, record)?;
        let mut wrong: Vec<_> = problems.iter().filter(|p| made.fields.iter().any(|f| f.name == p.field)).collect();
        // What the report waits for comes first.
        wrong.sort_by_key(|problem| !holds_up(problem));
        let mut value: Vec<String> = answers(maker, face, &made.fields);
        let said = |problem: &&FieldProblem| {
            let what = problem.message.trim_end_matches(['.', '?']);
            if holds_up(problem) { problem.message.clone() } else { format!("{what}. {AS_WRITTEN}") }
        };
        value.extend(wrong.iter().map(said));
        if value.is_empty() {
            value.push("Not answered".into());
        }
        Some(SummaryRow { step: (*id).into(), label: (*title).into(), value, wrong: !wrong.is_empty() })
    });
    rows.collect()
}

/// The question of a field with what was written there: `When was Riley due back, or expected? Tea time`.
pub(super) fn written(maker: &FieldMaker<'_>, face: Clockface<'_>, record: &OnRecord, name: &str) -> String {
    let mut steps = STEPS.iter().filter_map(|(id, _)| step(id, maker, record));
    let found = steps.find_map(|made| Some((made.fields.iter().find(|field| field.name == name)?.clone(), made.title)));
    let Some((field, title)) = found else { return String::new() };
    // A question of one word goes on from that of its page.
    let asked = match field.label.trim_end_matches('?') {
        word if word.contains(' ') => field.label.clone(),
        word if title.starts_with(word) => title,
        _ => format!("{title} {}", field.label),
    };
    let said = kept_words(maker, face, &field);
    if said.is_empty() { said } else { format!("{asked} {said}") }
}

/// `Where? At the bus stop`: each field that was answered.
fn answers(maker: &FieldMaker<'_>, face: Clockface<'_>, fields: &[FormField]) -> Vec<String> {
    let said = fields.iter().filter_map(|field| {
        let words = words(maker, face, field);
        (!words.is_empty()).then_some((field, words))
    });
    let said: Vec<(&FormField, String)> = said.collect();
    // What the police were told as is filled in beforehand; alone it says nothing.
    if said.iter().all(|(field, _)| field.name == "police-as") {
        return Vec::new();
    }
    if let [(_, words)] = said.as_slice() {
        // The name of the row asks for it already.
        return vec![words.clone()];
    }
    let mut lines: Vec<String> = Vec::new();
    let mut before = None;
    for (field, words) in said {
        let listed = field.name.starts_with("search-") || field.name.starts_with("call-");
        let row = field.name.rsplit_once('-').filter(|_| listed).map(|(row, _)| row);
        match lines.last_mut().filter(|_| row.is_some() && row == before) {
            // A place and what came of it, a person and what they said.
            Some(last) => *last = format!("{last}: {words}"),
            None if listed => lines.push(words),
            None => lines.push(format!("{}: {words}", field.label.trim_end_matches('?'))),
        }
        before = row;
    }
    lines
}

/// Whether it can be is asked elsewhere.
const ANY: time::Asked = time::Asked { now: Moment::NEVER, ahead: true };

/// The answer of a field in words; empty where there is none.
pub(super) fn words(maker: &FieldMaker<'_>, face: Clockface<'_>, field: &FormField) -> String {
    told(maker, face, field, |at| face.when(at).words)
}

/// The same for what is kept: a day by its date, since today is another day tomorrow.
pub(super) fn kept_words(maker: &FieldMaker<'_>, face: Clockface<'_>, field: &FormField) -> String {
    told(maker, face, field, |at| face.calendar.words(at))
}

fn told(maker: &FieldMaker<'_>, face: Clockface<'_>, field: &FormField, when: impl Fn(Moment) -> String) -> String {
    match field.kind {
        FieldKind::Date => [&field.day, &field.month, &field.year].map(String::as_str).join(" ").trim().to_string(),
        FieldKind::Moment => match time::read(face.calendar, maker.answers, &field.name, "", ANY) {
            Time::At(at) => when(at),
            // What cannot be read is shown as it was written, and so that nobody takes it for a time.
            _ => match [&field.time, &field.day, &field.month, &field.year].map(String::as_str).join(" ").trim() {
                "" => String::new(),
                written => format!("“{written}”, as it was written"),
            },
        },
        _ => {
            let options = || field.options.iter().chain(field.groups.iter().flat_map(|g| &g.options));
            let label =
                |value: &String| options().find(|o| o.value == *value).map_or(value.clone(), |o| o.label.clone());
            field.values.iter().map(label).collect::<Vec<_>>().join(", ")
        }
    }
}
