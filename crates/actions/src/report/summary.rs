//! What was answered, step by step, in words: for the last page and for the page to read out.

use super::questions::{STEPS, step};
use super::record::OnRecord;
use crate::queries::FieldMaker;
use crate::views::{FieldKind, FormField, SummaryRow};
use casebook::command::FieldProblem;

/// A row for each step, but the last.
pub(super) fn summary(maker: &FieldMaker<'_>, record: &OnRecord, problems: &[FieldProblem]) -> Vec<SummaryRow> {
    let steps = STEPS.iter().filter(|(id, _)| *id != "check");
    let rows = steps.filter_map(|(id, title)| {
        let made = step(id, maker, record)?;
        let wrong = problems.iter().find(|p| made.fields.iter().any(|f| f.name == p.field));
        let mut value: Vec<String> = answers(&made.fields);
        value.extend(wrong.map(|p| p.message.clone()));
        if value.is_empty() {
            value.push("Not answered".into());
        }
        Some(SummaryRow { step: (*id).into(), label: (*title).into(), value, wrong: wrong.is_some() })
    });
    rows.collect()
}

/// `Where? At the bus stop`: each field that was answered.
fn answers(fields: &[FormField]) -> Vec<String> {
    let said = fields.iter().filter_map(|field| {
        let words = words(field);
        (!words.is_empty()).then_some((field, words))
    });
    let said: Vec<(&FormField, String)> = said.collect();
    // The time of searches and calls is filled in beforehand; alone it says nothing.
    if said.iter().all(|(field, _)| ["searched", "called", "police-at", "police-as"].contains(&field.name.as_str())) {
        return Vec::new();
    }
    said.into_iter().map(|(field, words)| format!("{}: {words}", field.label.trim_end_matches('?'))).collect()
}

/// The answer of a field in words; empty where there is none.
pub(super) fn words(field: &FormField) -> String {
    match field.kind {
        FieldKind::Date => [&field.day, &field.month, &field.year].map(String::as_str).join(" ").trim().to_string(),
        FieldKind::Moment if field.day.is_empty() => String::new(),
        FieldKind::Moment => format!("{} on {}/{}/{}", field.time, field.day, field.month, field.year),
        _ => {
            let options = || field.options.iter().chain(field.groups.iter().flat_map(|g| &g.options));
            let label =
                |value: &String| options().find(|o| o.value == *value).map_or(value.clone(), |o| o.label.clone());
            field.values.iter().map(label).collect::<Vec<_>>().join(", ")
        }
    }
}
