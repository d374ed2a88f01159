//! The page of a form that was completed: what was asked and answered, by whom, when; beside it what an earlier version says otherwise.

use super::super::head;
use super::super::protocol::cited_ids;
use super::list::{of_form, review, versions};
use crate::words::{Names, short_title};
use crate::{Cited, FilledForm, FilledLine, FilledLineOf, FilledSection, Lens, Record, Viewer};
use casebook::case_file::{EntryLine, Filled, FilledAnswer, Remark};
use casebook::command::labels;
use engine::ids::LineNo;
use engine::vocabulary::Class;

/// A form that was completed, in one line.
pub fn line(lens: &Lens<'_>, record: &Record, names: &Names<'_>, entry: &str, line: &EntryLine) -> FilledLine {
    let filled = line.filled.clone().unwrap_or_default();
    let role = line.by.and_then(|by| names.vocabulary.word(by)).map(|word| names.role(word)).unwrap_or_default();
    let writer = record.written.get(entry).map(|w| w.name.to_string()).unwrap_or_default();
    let by = match (&line.by_name, role) {
        (Some(name), role) if role.is_empty() => name.clone(),
        (Some(name), role) => format!("{name}, {role}"),
        (None, role) => labels::capital(&role),
    };
    // What is told on somebody's behalf says so wherever it is shown, and who put it down.
    let by = match line.told_by.and_then(|role| names.vocabulary.word(role)) {
        None => by,
        Some(side) => {
            let who = if by.is_empty() { labels::capital(&names.role(side)) } else { by };
            let told = if is_confirmed(record, entry, line) { "as told, and confirmed since" } else { "as told" };
            format!("{who}, {told}; written down by {writer}")
        }
    };
    let (review, review_late) = review(lens, line);
    FilledLine {
        entry: entry.into(),
        title: labels::capital(&filled.title),
        book: lens.rules.book(&filled.rulebook).map(short_title).unwrap_or_default(),
        by: if by.is_empty() { writer } else { by },
        at: lens.face.when(line.occurred),
        review,
        review_late,
        later: 0,
        may_renew: record.written.get(entry).is_some_and(|w| w.may_renew),
        may_dispute: record.written.get(entry).is_some_and(|w| w.may_dispute),
        unexamined: filled.answers.iter().filter(|answer| answer.unexamined).count(),
        open: filled.left_open(),
        rulebook: filled.rulebook,
        form: filled.form,
    }
}

/// Has the side on whose behalf it was told said that it is so?
fn is_confirmed(record: &Record, entry: &str, now: &EntryLine) -> bool {
    let lines = &record.file.chronology;
    let root = lines.iter().position(|line| line.id == entry).map(LineNo::at);
    lines
        .iter()
        .any(|line| Some(line.root) == root && line.remark == Some(Remark::Confirmed) && line.recorded >= now.recorded)
}

/// The page of a completed form; none for what is no such entry, or is hidden from the viewer. `with`: the version it is compared with.
pub fn completed(lens: &Lens<'_>, viewer: Viewer, record: &Record, entry: &str, with: &str) -> Option<FilledForm> {
    let names = Names::of(lens.rules, &record.case, lens.now);
    let own = record.in_force(entry)?;
    let filled = own.filled.as_ref()?;
    let versions = versions(lens, record, &names, entry);
    let mut beside = of_form(lens, record, &names, &filled.rulebook, &filled.form);
    beside.retain(|one| versions.iter().all(|own| own.entry != one.entry));
    let here = versions.iter().find(|one| one.entry == entry).cloned();
    let other = versions.iter().chain(&beside).find(|one| one.entry == with && with != entry).cloned();
    let before = other.as_ref().and_then(|other| record.in_force(&other.entry)).and_then(|line| line.filled.as_ref());
    let case = record.case.entries.iter().find(|e| e.id == entry);
    let episode = case.and_then(|e| e.episode).map(|n| record.case.episodes[n.place()].id.clone());
    Some(FilledForm {
        viewer,
        child: head(lens, record),
        line: here.unwrap_or_else(|| line(lens, record, &names, entry, own)),
        edition: filled.edition.clone(),
        sections: sections(lens, filled, before),
        note: own.note.clone().unwrap_or_default(),
        versions,
        beside,
        with: other,
        episode: episode.unwrap_or_default(),
        may_fill: !record.records.is_empty(),
    })
}

fn sections(lens: &Lens<'_>, filled: &Filled, before: Option<&Filled>) -> Vec<FilledSection> {
    let mut found: Vec<FilledSection> = Vec::new();
    let mut put = |section: &str, answer: FilledLineOf| match found.iter_mut().find(|s| s.title == section) {
        Some(one) => one.answers.push(answer),
        None => found.push(FilledSection { title: section.into(), answers: vec![answer] }),
    };
    for one in &filled.answers {
        let mut made = answer(lens, filled, one);
        if let Some(before) = before {
            let other = before.answer(&one.id).map(|other| answer(lens, before, other)).unwrap_or_default();
            let (now, then) = (in_one(&made), in_one(&other));
            made.other = (now != then).then_some(then);
        }
        put(&one.section, made);
    }
    // What was answered then, and is not asked any more.
    let gone = |one: &&FilledAnswer| !one.is_empty() && !filled.answers.iter().any(|now| now.id == one.id);
    for gone in before.iter().flat_map(|before| &before.answers).filter(gone) {
        let said = before.map(|before| in_one(&answer(lens, before, gone))).unwrap_or_default();
        put(&gone.section, FilledLineOf { asked: gone.asked.clone(), other: Some(said), ..FilledLineOf::default() });
    }
    found
}

fn answer(lens: &Lens<'_>, filled: &Filled, one: &FilledAnswer) -> FilledLineOf {
    let photograph = casebook::command::is_fingerprint(&one.answer);
    FilledLineOf {
        asked: one.asked.clone(),
        said: if photograph { String::new() } else { one.said().to_string() },
        what: one.what.clone(),
        since: one.since.clone(),
        lines: one
            .lines
            .iter()
            .map(|line| line.iter().filter(|(_, text)| !text.is_empty()).cloned().collect())
            .collect(),
        unexamined: one.unexamined,
        open: if !one.is_empty() {
            ""
        } else if one.graded {
            "Not graded"
        } else {
            "Not answered"
        }
        .into(),
        other: None,
        class: whose(filled, one.class).into(),
        photograph: if photograph { one.answer.clone() } else { String::new() },
        cited: cited(lens, filled, &one.provisions),
    }
}

fn cited(lens: &Lens<'_>, filled: &Filled, provisions: &[String]) -> Cited {
    let ids: Vec<&str> = provisions.iter().map(String::as_str).collect();
    let edition = lens.rules.library.rulebooks.iter().find(|b| b.id == filled.rulebook && b.edition == filled.edition);
    match edition.or_else(|| lens.rules.book(&filled.rulebook)) {
        Some(book) => cited_ids(book, &ids),
        None => Cited { provisions: ids.join(" "), paragraphs: String::new() },
    }
}

/// An answer in one text, to be compared and shown beside another.
fn in_one(answer: &FilledLineOf) -> String {
    let since = if answer.since.is_empty() { String::new() } else { format!("since {}", answer.since) };
    let photograph = if answer.photograph.is_empty() { "" } else { "another photograph" };
    let mut parts = vec![answer.said.clone(), answer.what.clone(), since, photograph.to_string()];
    let line = |line: &Vec<(String, String)>| line.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ");
    parts.extend(answer.lines.iter().map(line));
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}

/// In the record of an interview the child's words stand beside what the interviewer makes of them.
const INTERVIEW: &str = "return_interview_record";

/// Whose an answer is, where it is not for everybody's eyes.
fn whose(filled: &Filled, class: Class) -> &'static str {
    match class {
        Class::Ordinary => "",
        Class::ChildsWords if filled.form == INTERVIEW => "Of the interview, not for home or carer",
        Class::ChildsWords => "The child's own words",
        Class::InConfidence => "Told in confidence",
        Class::Health => "Health",
        Class::PoliceLines => "Lines of the police",
        Class::Whereabouts => "Where the child is or lives",
        Class::PractitionerConcern => "A concern about somebody who works with children",
    }
}
