//! Terms: conditions that a rulebook names once. They are gathered from all its files before any condition is read.

use super::compile::Compiler;
use super::data::Term;
use super::model::Rulebook;
use super::source;
use crate::condition::{self, Condition};
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;
use crate::vocabulary::{EventId, Vocabulary};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What the language itself says.
const RESERVED: [&str; 11] = ["and", "or", "not", "in", "is", "recorded", "always", "here", "true", "false", "entry"];

/// Declares the terms of a rulebook, each with the file that it stands in.
pub(super) fn declare(
    vocabulary: &Vocabulary,
    list: &[(&SourceFile, &source::Term)],
    book: &mut Rulebook,
    problems: &mut Vec<Diagnostic>,
    read: &RefCell<BTreeSet<String>>,
) {
    let mut kept = Vec::new();
    for (file, term) in list {
        let id = term.id.get_ref();
        let shaped = id.starts_with(|c: char| c.is_ascii_lowercase())
            && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        let wrong = if !shaped || RESERVED.contains(&id.as_str()) {
            Some((
                format!("`{id}` cannot name a term"),
                "write small letters, digits and `_`, and no word of the language",
            ))
        } else if vocabulary.role(id).is_some() || vocabulary.group(id).is_some() {
            Some((format!("`{id}` is a role already"), "choose another name; a word has one meaning"))
        } else if book.term_words.iter().any(|t| t.id == *id) {
            Some((format!("the term `{id}` is declared twice"), "keep one"))
        } else {
            None
        };
        if let Some((message, help)) = wrong {
            problems.push(Diagnostic::error("R03", file.place(term.id.span()), message, help));
            continue;
        }
        let (says, when) = (term.says.clone(), term.when.get_ref().clone());
        book.term_words.push(condition::Term { id: id.clone(), says, when });
        kept.push((*file, *term));
    }
    // A term may use the fields of an entry; which events have them is seen where it is used.
    let events: Vec<EventId> = (0..vocabulary.events.len()).map(EventId::at).collect();
    for (index, (file, term)) in kept.into_iter().enumerate() {
        let mut compiler = Compiler { vocabulary, file, problems, tables: &[], read };
        let circle = comes_back(&book.term_words, index);
        let when = match circle {
            Some(by) => {
                let message = match by.as_slice() {
                    [] => format!("the term `{}` is made of itself", term.id.get_ref()),
                    by => {
                        format!("the term `{}` is made of itself, by way of `{}`", term.id.get_ref(), by.join("`, `"))
                    }
                };
                compiler.wrong("R20", term.when.span(), message, "write out what one of them means");
                Condition::always()
            }
            None => compiler.condition(book, Some(&term.when), Some(&events)),
        };
        let cites = compiler.cites(&term.cite);
        let place = file.place(term.id.span());
        book.terms.push(Term { id: term.id.get_ref().clone(), says: term.says.clone(), when, cites, place });
    }
}

/// The terms by way of which a term comes back to itself, if it does.
fn comes_back(terms: &[condition::Term], start: usize) -> Option<Vec<String>> {
    let uses = |index: usize| {
        let words = terms[index].when.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'));
        words.filter_map(|word| terms.iter().position(|t| t.id == word)).collect::<Vec<_>>()
    };
    // Each term is looked into once; the way to it is kept.
    let mut ways: Vec<(usize, Vec<String>)> = vec![(start, Vec::new())];
    let mut seen = vec![false; terms.len()];
    while let Some((here, way)) = ways.pop() {
        for next in uses(here) {
            if next == start {
                return Some(way);
            }
            if !std::mem::replace(&mut seen[next], true) {
                let mut on = way.clone();
                on.push(terms[next].id.clone());
                ways.push((next, on));
            }
        }
    }
    None
}
