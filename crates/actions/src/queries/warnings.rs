//! What somebody should look at in a record: the rulebooks' warnings, and what does not fit together, in plain words.

use crate::case::Loaded;
use crate::refused::Objection;
use crate::views::Warning;
use crate::words::short_title;
use casebook::known::Flag;
use casebook::rules::Rules;
use engine::case::Case;
use engine::evaluate::{self, flags};
use engine::time::Moment;

/// What the rulebooks say of the entries: refusals and warnings.
pub(crate) fn objections(rules: &Rules, case: &Case, now: Moment) -> Vec<evaluate::Flag> {
    flags(&rules.evaluator, case, now, false)
}

/// Everything to look at in a record.
pub(super) fn warnings(rules: &Rules, loaded: &Loaded, now: Moment) -> Vec<Warning> {
    let ruled = objections(rules, &loaded.case, now).into_iter().map(|flag| warning(rules, flag));
    let odd = loaded.flags.iter().map(|flag| {
        let plain = plain_flag(flag);
        Warning { says: plain.says, instead: plain.instead, provisions: String::new(), entry: flag.entry.clone() }
    });
    ruled.chain(odd).collect()
}

/// A flag of a rulebook as a warning. What would be refused today may be on record from before, or from elsewhere.
pub(crate) fn warning(rules: &Rules, flag: evaluate::Flag) -> Warning {
    let book = rules.book(&flag.rulebook).map(short_title).unwrap_or_default();
    Warning {
        says: flag.says,
        instead: flag.instead,
        provisions: format!("{book}: {}", flag.provisions.join(", ")),
        entry: Some(flag.entry),
    }
}

/// What does not fit together in a record, without codes and ids.
pub(crate) fn plain_flag(flag: &Flag) -> Objection {
    let (says, instead) = match flag.says.code {
        "C10" => (
            "This is a return, and the child was not recorded as gone at that time.",
            "Check the time. If the child was gone and nobody recorded it, record first that the child was not where expected.",
        ),
        "C11" => (
            "The child is already recorded as back.",
            "If that return is wrong, correct it. If the child went again, record first that the child was not where expected.",
        ),
        "C12" => (
            "The child is already recorded as gone at that time.",
            "If something changed, record a change of status. If the child had come back in between, record that return first.",
        ),
        "C18" => (
            "No return is recorded of this absence, and another began after it.",
            "Record when the child came back. Until then it is taken to have ended when the next one began.",
        ),
        "C17" => (
            "This belongs to an episode, and the child was not recorded as gone by then.",
            "Check the time, or record first that the child was not where expected.",
        ),
        _ => (flag.says.message.as_str(), flag.says.help.as_str()),
    };
    Objection { says: says.into(), instead: instead.into(), entry: flag.entry.clone(), ..Objection::default() }
}
