//! The checklist of an act, answered on its form: yes, no with why, or not applicable. What was asked is looked up in the rulebooks by its
//! key; nothing that a browser sends is taken for the words of a protocol.

use super::answers::{Answers, FieldProblem};
use super::field;
use crate::case_file::{CheckAnswer, Checked, EntryLine};
use engine::rulebook::{Exception, Item, Rulebook};

/// The field with the keys of all lines that were shown.
pub const CHECKS: &str = "checks";

/// The name of the field for a line: the same for as long as the rule asks it in these words.
pub fn check_key(rulebook: &str, rule: &str, asked: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in [rulebook, rule, asked].join("\0").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("check-{hash:016x}")
}

/// The name of the field for why.
pub fn why_of(key: &str) -> String {
    format!("{key}-why")
}

/// What was answered; lines that were shown and left open stand as open beside those that were answered. `kept`: what the entry that is
/// corrected says already.
///
/// # Errors
/// A no without why, or a text that cannot be kept.
pub fn checked(books: &[Rulebook], kept: &[Checked], answers: &Answers) -> Result<Vec<Checked>, Vec<FieldProblem>> {
    let shown: Vec<&str> = answers.get(CHECKS).split_whitespace().collect();
    if !shown.iter().any(|key| !answers.get(key).is_empty() || !answers.get(&why_of(key)).is_empty()) {
        return Ok(Vec::new());
    }
    let mut problems = Vec::new();
    let mut found = Vec::new();
    for key in shown {
        let Some(line) = line(books, kept, key) else { continue };
        match answered(line, key, answers) {
            Ok(line) => found.push(line),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

fn answered(line: Checked, key: &str, answers: &Answers) -> Result<Checked, FieldProblem> {
    let name = why_of(key);
    let why = field::text(answers.get(&name)).map_err(|what| FieldProblem::new(&name, format!("Why: {what}")))?;
    let why = Some(why).filter(|why| !why.is_empty());
    // Whoever writes why without a choice says that it is not so.
    let answer = match CheckAnswer::of(answers.get(key)) {
        Some(answer) => answer,
        None if why.is_some() => CheckAnswer::No,
        None => CheckAnswer::Open,
    };
    if answer == CheckAnswer::No && why.is_none() {
        return Err(FieldProblem::new(&name, format!("{}: write why not", line.asked.trim_end_matches('.'))));
    }
    Ok(Checked { answer, why, ..line })
}

/// A line by its key, not answered yet.
fn line(books: &[Rulebook], kept: &[Checked], key: &str) -> Option<Checked> {
    let old = kept.iter().find(|line| check_key(&line.rulebook, &line.rule, &line.asked) == key);
    if let Some(old) = old {
        return Some(Checked { answer: CheckAnswer::Open, why: None, ..old.clone() });
    }
    books.iter().rev().find_map(|book| {
        book.rules.iter().find_map(|rule| {
            let items = rule.checklist.iter().chain(of_exceptions(&rule.exceptions));
            let mut items = items.filter(|item| check_key(&book.id, &rule.id, &item.text) == key);
            items.next().map(|item| Checked {
                rulebook: book.id.clone(),
                rule: rule.id.clone(),
                provisions: item.cites.iter().map(|cite| cite.id.clone()).collect(),
                asked: item.text.clone(),
                answer: CheckAnswer::Open,
                why: None,
            })
        })
    })
}

fn of_exceptions(list: &[Exception]) -> Vec<&Item> {
    list.iter().flat_map(|e| e.checklist.iter().chain(of_exceptions(&e.exceptions))).collect()
}

/// The answers that would answer a checklist as an entry does.
pub(super) fn fill(line: &EntryLine, answers: &mut Answers) {
    let mut keys = Vec::new();
    for one in &line.checklist {
        let key = check_key(&one.rulebook, &one.rule, &one.asked);
        if one.answer != CheckAnswer::Open {
            answers.set(&key, one.answer.word());
        }
        if let Some(why) = &one.why {
            answers.set(why_of(&key), why.as_str());
        }
        keys.push(key);
    }
    if !keys.is_empty() {
        answers.set(CHECKS, keys.join(" "));
    }
}
