//! Which forms a child has: what was completed, of each form the latest, and what can be begun.

use super::completed::line;
use crate::words::{Names, short_title};
use crate::{FilledLine, FormBook, KeptElsewhere, Lens, Record};
use casebook::case_file::EntryLine;
use casebook::command::{self, labels};
use engine::time::Moment;
use engine::value::Value;

/// Every completed form that stands: its entry, and what that says now, in the order of the record.
pub(super) fn all(record: &Record) -> Vec<(&str, &EntryLine)> {
    let standing = record.standing();
    let entries = record.case.entries.iter();
    let mut found: Vec<(&str, &EntryLine)> = entries
        .filter_map(|entry| {
            let line = standing.says(&entry.id)?;
            line.filled.as_ref().map(|_| (entry.id.as_str(), line))
        })
        .collect();
    found.sort_by_key(|(id, line)| (line.occurred, record.written.get(*id).map(|w| w.seq)));
    found
}

/// The forms of one kind, sorted by whose place each takes: every line of versions by itself, the earliest first. A version takes the place
/// of the one that it was begun from, where whoever filled it in may correct that, and else of their own last; what others completed stands
/// beside it.
fn threads<'r>(record: &'r Record, rulebook: &str, form: &str) -> Vec<Vec<(&'r str, &'r EntryLine)>> {
    let mut found: Vec<Vec<(&str, &EntryLine)>> = Vec::new();
    let author = |id: &str| record.written.get(id).map(|written| &*written.person);
    for (id, line) in all(record) {
        let Some(filled) = line.filled.as_ref().filter(|f| f.rulebook == rulebook && f.form == form) else { continue };
        let of = |thread: &&mut Vec<(&str, &EntryLine)>| match filled.over.as_str() {
            "" => thread.last().is_some_and(|(last, _)| author(last) == author(id)),
            over => thread.iter().any(|(one, _)| *one == over),
        };
        match found.iter_mut().rev().find(of) {
            Some(thread) => thread.push((id, line)),
            None => found.push(vec![(id, line)]),
        }
    }
    found
}

/// One line of versions as it is shown, the latest first.
fn lines(lens: &Lens<'_>, record: &Record, names: &Names<'_>, thread: &[(&str, &EntryLine)]) -> Vec<FilledLine> {
    let mut found: Vec<FilledLine> = thread.iter().rev().map(|(id, l)| line(lens, record, names, id, l)).collect();
    for (later, one) in found.iter_mut().enumerate() {
        one.later = later;
        // Only the latest is still to be looked at again.
        if later > 0 {
            one.review.clear();
            one.review_late = false;
        }
    }
    found
}

/// The versions of a completed form, the latest first.
pub(super) fn versions(lens: &Lens<'_>, record: &Record, names: &Names<'_>, entry: &str) -> Vec<FilledLine> {
    let filled = record.in_force(entry).and_then(|line| line.filled.as_ref());
    let threads = filled.map(|filled| threads(record, &filled.rulebook, &filled.form)).unwrap_or_default();
    let own = threads.iter().find(|thread| thread.iter().any(|(id, _)| *id == entry));
    own.map(|thread| lines(lens, record, names, thread)).unwrap_or_default()
}

/// All that was completed of one form, whoever did, the latest first.
pub(super) fn of_form(
    lens: &Lens<'_>,
    record: &Record,
    names: &Names<'_>,
    rulebook: &str,
    form: &str,
) -> Vec<FilledLine> {
    let order: Vec<&str> = all(record).iter().map(|(id, _)| *id).collect();
    let threads = threads(record, rulebook, form);
    let mut found: Vec<FilledLine> = threads.iter().flat_map(|thread| lines(lens, record, names, thread)).collect();
    found.sort_by_key(|one| std::cmp::Reverse(order.iter().position(|id| *id == one.entry)));
    found
}

/// Of each form that was completed what stands: the latest version of each, the latest first.
pub fn latest(lens: &Lens<'_>, record: &Record) -> Vec<FilledLine> {
    let names = Names::of(lens.rules, &record.case, lens.now);
    let mut known: Vec<(String, String)> = Vec::new();
    for (_, line) in all(record).into_iter().rev() {
        let Some(filled) = &line.filled else { continue };
        let key = (filled.rulebook.clone(), filled.form.clone());
        if !known.contains(&key) {
            known.push(key);
        }
    }
    let of = |(book, form): &(String, String)| -> Vec<FilledLine> {
        of_form(lens, record, &names, book, form).into_iter().filter(|one| one.later == 0).collect()
    };
    known.iter().flat_map(of).collect()
}

/// What the record says was completed or looked through elsewhere, without its answers: of each form and event the latest, the latest first.
pub fn elsewhere(lens: &Lens<'_>, record: &Record) -> Vec<KeptElsewhere> {
    let vocabulary = lens.rules.vocabulary();
    let names = Names::of(lens.rules, &record.case, lens.now);
    let events = ["form.completed", "form.reviewed"].map(|word| vocabulary.event(word));
    let standing = record.standing();
    let entries = record.case.entries.iter().filter(|entry| !entry.void && events.contains(&Some(entry.event)));
    let mut found: Vec<(Moment, KeptElsewhere)> = Vec::new();
    for entry in entries {
        let Some(line) = standing.says(&entry.id).filter(|line| line.filled.is_none()) else { continue };
        let is = |id: &str| vocabulary.event_field(line.event, id).map(|field| field.field);
        let form = line.fields.iter().find(|(id, _)| Some(*id) == is("form"));
        let form =
            form.and_then(|(_, value)| if let Value::Word(word) = value { vocabulary.word(*word) } else { None });
        let Some(form) = form.and_then(|word| vocabulary.form(word)) else { continue };
        let kept_at = line.texts.iter().find(|(id, _)| Some(*id) == is("kept_at")).map(|(_, text)| text.clone());
        let role = line.by.and_then(|by| vocabulary.word(by)).map(|word| labels::capital(&names.role(word)));
        let (review, review_late) = review(lens, line);
        let reviewed = events[1] == Some(line.event);
        let one = KeptElsewhere {
            entry: entry.id.clone(),
            episode: entry.episode.map(|e| record.case.episodes[e.place()].id.clone()).unwrap_or_default(),
            title: labels::capital(&names.form(&form.id)),
            what: if reviewed { "Looked through" } else { "Completed" }.into(),
            by: line.by_name.clone().or(role).unwrap_or_default(),
            at: lens.face.when(line.occurred),
            kept_at: kept_at.unwrap_or_default(),
            review,
            review_late,
        };
        found.retain(|(at, known)| *at > line.occurred || (&known.title, &known.what) != (&one.title, &one.what));
        if !found.iter().any(|(_, known)| (&known.title, &known.what) == (&one.title, &one.what)) {
            found.push((line.occurred, one));
        }
    }
    found.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    found.into_iter().map(|(_, one)| one).collect()
}

/// When a completed form is to be reviewed, in words, and whether that is past.
pub fn review(lens: &Lens<'_>, line: &EntryLine) -> (String, bool) {
    let vocabulary = lens.rules.vocabulary();
    let Some(field) = vocabulary.event_field(line.event, "review_on") else { return Default::default() };
    let at = line.fields.iter().find_map(|(id, value)| match value {
        Value::Moment(at) if *id == field.field => Some(*at),
        _ => None,
    });
    at.map(|at| (lens.face.when(at).words, at < lens.now)).unwrap_or_default()
}

/// The forms that can be begun for a child, by the rulebooks that apply.
pub fn books(lens: &Lens<'_>, record: &Record) -> Vec<FormBook> {
    let names = Names::of(lens.rules, &record.case, lens.now);
    let of_book = |book: &&engine::rulebook::Rulebook| {
        let forms = book.blocks.iter().filter_map(|block| Some((block, command::form_of(block)?)));
        let asked = forms.filter(|(_, form)| form.fields.iter().any(|one| super::asks(record, one)));
        let forms: Vec<[String; 3]> =
            asked.map(|(block, _)| [block.id.clone(), labels::capital(&block.title), block.says.clone()]).collect();
        FormBook { title: short_title(book), rulebook: book.id.clone(), forms }
    };
    names.books().iter().map(of_book).filter(|book| !book.forms.is_empty()).collect()
}
