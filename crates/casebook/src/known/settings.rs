//! Reads the local settings of a case with the rulebooks that have them.

use super::Flag;
use crate::case_file::{CaseFile, SettingLine};
use crate::reader::{nearest, short};
use engine::diagnostic::Diagnostic;
use engine::evaluate::Evaluator;
use engine::rulebook::{Rulebook, SettingValue};
use engine::time::Moment;
use std::collections::HashMap;

/// The settings by rulebook and setting, each with from when it holds. A setting must be one of some edition of its rulebook.
pub(super) fn settings(
    file: &CaseFile,
    evaluator: &Evaluator<'_>,
    flags: &mut Vec<Flag>,
) -> HashMap<(String, String), Vec<(Moment, SettingValue)>> {
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    if file.settings.is_empty() {
        return found;
    }
    let rulebooks: Vec<&Rulebook> = evaluator.rulebooks().collect();
    for line in &file.settings {
        match value(line, &rulebooks) {
            Ok(value) => {
                found.entry((line.rulebook.clone(), line.setting.clone())).or_default().push((line.from, value));
            }
            Err(says) => flags.push(Flag { entry: None, says }),
        }
    }
    found
}

fn value(line: &SettingLine, rulebooks: &[&Rulebook]) -> Result<SettingValue, Diagnostic> {
    let wrong = |code, message: String, help: String| Err(Diagnostic::error(code, line.place.clone(), message, help));
    let mut editions = rulebooks.iter().filter(|b| b.id == line.rulebook).peekable();
    if editions.peek().is_none() {
        let help = nearest(&line.rulebook, rulebooks.iter().map(|b| b.id.as_str()));
        return wrong("C01", format!("there is no rulebook `{}`", short(&line.rulebook)), help);
    }
    let all: Vec<_> = editions.flat_map(|b| &b.settings).collect();
    let mut read = all.iter().filter(|s| s.id == line.setting).map(|s| s.read(&line.value)).peekable();
    if read.peek().is_none() {
        let help = nearest(&line.setting, all.iter().map(|s| s.id.as_str()));
        return wrong(
            "C01",
            format!("the rulebook `{}` has no setting `{}`", line.rulebook, short(&line.setting)),
            help,
        );
    }
    // The newest edition that can read the value decides what it means.
    let mut last = Err(String::new());
    for result in read {
        last = match (result, last) {
            (Ok(value), _) => Ok(value),
            (Err(_), Ok(before)) => Ok(before),
            (Err(help), Err(_)) => Err(help),
        };
    }
    last.or_else(|help| wrong("C02", format!("`{}` is not a value of `{}`", short(&line.value), line.setting), help))
}
