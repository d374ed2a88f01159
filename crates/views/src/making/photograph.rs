//! Photographs of a child: the one that is shown, the page of each, and the page on which one is chosen.

use super::head;
use super::timeline::Teller;
use crate::on_file::{self, OnFile};
use crate::words::Names;
use crate::{Lens, PhotographForm, PhotographLine, PhotographPage, Record, Viewer};
use engine::value::Value;

/// After so many months a child may look different.
const OLD_MONTHS: i32 = 12;

/// The page on which a photograph is chosen.
pub fn photograph_form(lens: &Lens<'_>, viewer: Viewer, record: &Record) -> PhotographForm {
    PhotographForm { viewer, child: head(lens, record), before: shown(lens, record) }
}

/// The page of a photograph on the record; of one that was withdrawn there is none.
pub fn photograph(lens: &Lens<'_>, viewer: Viewer, record: &Record, id: &str) -> Option<PhotographPage> {
    let vocabulary = lens.rules.vocabulary();
    let standing = on_file::on_file(vocabulary, &record.file).into_iter().filter(|one| one.id == id);
    let one = standing.max_by_key(|one| one.line.occurred)?;
    let names = Names::of(lens.rules, &record.case, lens.now);
    let version = Teller::new(lens, record, &names).version(one.line);
    let mut fields = version.fields;
    // The picture stands above, and when it was taken under it.
    fields.retain(|field| field.photograph.is_none() && field.field != "taken_on");
    Some(PhotographPage {
        viewer,
        child: head(lens, record),
        shown: on_file::shown(vocabulary, &record.file).is_some_and(|shown| shown.id == id),
        by: format!("Added {} by {}", lens.face.when(one.root.recorded).words, version.by),
        note: version.note,
        fields,
        may_correct: record.written.get(&one.root.id).is_some_and(|written| written.may_correct),
        line: line(lens, one),
    })
}

/// The photograph that is shown.
pub fn shown(lens: &Lens<'_>, record: &Record) -> Option<PhotographLine> {
    on_file::shown(lens.rules.vocabulary(), &record.file).map(|one| line(lens, one))
}

fn line(lens: &Lens<'_>, OnFile { id, root, line }: OnFile<'_>) -> PhotographLine {
    let taken = line.fields.iter().find_map(|(_, v)| if let Value::Date(date) = v { Some(*date) } else { None });
    let words = match taken {
        Some(date) => format!("Taken on {}", date.strftime("%-d %B %Y")),
        None => "When it was taken is not recorded".into(),
    };
    let today = lens.face.calendar.date(lens.now);
    let months = taken.map_or(0, |date| {
        let whole = i32::from(today.year() - date.year()) * 12 + i32::from(today.month()) - i32::from(date.month());
        whole - i32::from(today.day() < date.day())
    });
    let old = if months >= OLD_MONTHS { format!("{months} months ago") } else { String::new() };
    PhotographLine { id: id.to_string(), entry: root.id.clone(), words, old }
}
