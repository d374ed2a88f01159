//! The checklist of an act: to be answered on its form, as it was answered in an entry, and what was answered to a duty by any entry.

use super::protocol::cited_ids;
use crate::words::{self, Names, modality_note};
use crate::{CheckLine, CheckedLine, Cited, Lens, Record};
use casebook::case_file::{CheckAnswer, Checked, EntryLine};
use casebook::command::{Answers, FieldProblem, check_key, labels, why_of};
use casebook::rules::Rules;
use engine::evaluate::DutyView;
use engine::ids::EpisodeNo;
use engine::rulebook::Modality;

/// A form that is filled in.
pub(super) struct Filled<'a> {
    pub rules: &'a Rules,
    pub answers: &'a Answers,
    pub problems: &'a [FieldProblem],
}

impl Filled<'_> {
    /// The checklists of the duties that one act does.
    pub fn asked(&self, duties: &[DutyView]) -> Vec<CheckLine> {
        let mut found: Vec<CheckLine> = Vec::new();
        for duty in duties {
            for item in &duty.checklist {
                let key = check_key(&duty.rulebook, &duty.rule, &item.text);
                // What another rulebook asks in the same words is answered once.
                if found.iter().any(|known| known.key == key || known.text == item.text) {
                    continue;
                }
                let badge = words::modality(item.modality).filter(|m| *m != Modality::Must).map(modality_note);
                let cited = cited(self.rules, &duty.rulebook, &item.provisions);
                found.push(self.line(key, &item.text, badge.unwrap_or_default(), cited));
            }
        }
        found
    }

    /// What an entry says that is corrected.
    pub fn kept(&self, entry: &EntryLine) -> Vec<CheckLine> {
        let line = |one: &Checked| {
            let key = check_key(&one.rulebook, &one.rule, &one.asked);
            self.line(key, &one.asked, "", cited(self.rules, &one.rulebook, &one.provisions))
        };
        entry.checklist.iter().map(line).collect()
    }

    fn line(&self, key: String, text: &str, badge: &str, cited: Cited) -> CheckLine {
        let why = why_of(&key);
        let error = self.problems.iter().find(|problem| problem.field == why);
        CheckLine {
            answer: self.answers.get(&key).into(),
            why: self.answers.get(&why).into(),
            error: error.map(|problem| problem.message.clone()).unwrap_or_default(),
            text: text.into(),
            badge: badge.into(),
            cited,
            key,
        }
    }
}

/// The answers of an entry.
pub(super) fn lines(rules: &Rules, entry: &EntryLine) -> Vec<CheckedLine> {
    let line = |one: &Checked| CheckedLine {
        asked: one.asked.clone(),
        answer: answer(one.answer).into(),
        why: one.why.clone().unwrap_or_default(),
        open: one.answer == CheckAnswer::Open,
        cited: cited(rules, &one.rulebook, &one.provisions),
    };
    entry.checklist.iter().map(line).collect()
}

fn answer(answer: CheckAnswer) -> &'static str {
    match answer {
        CheckAnswer::Yes => "Yes",
        CheckAnswer::No => "No",
        CheckAnswer::NotApplicable => "Not applicable",
        CheckAnswer::Open => "Left open",
    }
}

fn cited(rules: &Rules, rulebook: &str, provisions: &[String]) -> Cited {
    let ids: Vec<&str> = provisions.iter().map(String::as_str).collect();
    match rules.book(rulebook) {
        Some(book) => cited_ids(book, &ids),
        None => Cited { provisions: ids.join(" "), paragraphs: String::new() },
    }
}

/// What the entries of an episode, or those outside of any, answer to the lines of a duty.
pub(super) struct Given<'a> {
    pub lens: &'a Lens<'a>,
    pub record: &'a Record,
    pub names: &'a Names<'a>,
    pub episode: Option<&'a str>,
}

impl Given<'_> {
    /// The latest answer to a line, with who gave it and when; both empty while it is open.
    pub fn answer(&self, rulebook: &str, rule: &str, asked: &str) -> (String, String) {
        let standing = self.record.standing();
        let case = &self.record.case;
        let here = |number: Option<EpisodeNo>| number.map(|n| case.episodes[n.place()].id.as_str()) == self.episode;
        let entries = case.entries.iter().rev().filter(|entry| here(entry.episode));
        for line in entries.filter_map(|entry| standing.says(&entry.id)) {
            let same = |one: &&Checked| one.rulebook == rulebook && one.rule == rule && one.asked == asked;
            if let Some(one) = line.checklist.iter().find(same).filter(|one| one.answer != CheckAnswer::Open) {
                let why = one.why.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
                return (format!("{}{why}", answer(one.answer)), self.by(line));
            }
        }
        Default::default()
    }

    /// `Dana Holt, 18:40 today`.
    fn by(&self, line: &EntryLine) -> String {
        let role = line.by.and_then(|by| self.names.vocabulary.word(by)).map(|word| self.names.role(word));
        let who = line.by_name.clone().or(role.map(|role| labels::capital(&role))).unwrap_or_default();
        let when = self.lens.face.when(line.recorded).words;
        if who.is_empty() { when } else { format!("{who}, {when}") }
    }
}
